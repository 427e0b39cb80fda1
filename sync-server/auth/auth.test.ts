import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { HORA, MINUTO, SEGUNDO } from '../../schema/core/tiempo.ts'
import type { DbDePrueba } from '../testing/db.ts'
import { type CuentaDePrueba, crearCuentaDePrueba, createTestServer, pedir, type ServidorDePrueba } from '../testing/servidor.ts'
import { duracionDeBloqueo } from './bloqueos.ts'
import { ipDe } from './limites.ts'
import { limpiarAccesos } from './limpiar.ts'

let servidor: ServidorDePrueba<DbDePrueba>
let ana: CuentaDePrueba

test.before(async () => {
  servidor = await createTestServer()
  ana = await crearCuentaDePrueba(servidor, { nombre: 'Ana', apellidos: 'López' })
})
test.after(() => servidor.cerrar())

type Token = { token: string; venceAt: number; usuarioId: string }
const login = (correo: string, contrasena: string, app?: string) =>
  pedir<Token>(servidor, '/api/auth/login', { cuerpo: { correo, contrasena, ...(app ? { app } : {}) } })
const cookieDe = (cabeceras: Headers) => /^(__Host-rt-\w+=[^;]*)/.exec(cabeceras.get('set-cookie') ?? '')?.[1] ?? ''
const refresh = (cookie: string, app = 'tienda') => pedir<Token>(servidor, '/api/auth/refresh', { cuerpo: { app }, cabeceras: { cookie } })
const yo = (token: string) => pedir<{ correo: string; nombre: string }>(servidor, '/api/auth/yo', { token })

test('AUTH-46: login gives a token usable as Bearer, for 10 minutes', async () => {
  const r = await login(ana.correo.toUpperCase(), ana.contrasena)
  assert.is(r.estado, 200)
  assert.is(r.cuerpo.data.venceAt, servidor.reloj.ahora() + 10 * MINUTO)
  assert.is((await yo(r.cuerpo.data.token)).cuerpo.data.nombre, 'Ana')
  servidor.reloj.avanzar(10 * MINUTO)
  assert.is((await yo(r.cuerpo.data.token)).cuerpo.code, 'SESION_VENCIDA')
})

test('no token, one of nobody, a malformed one: 401 SESION_REQUERIDA', async () => {
  for (const token of ['', 'x'.repeat(43), '!!!']) {
    const r = await pedir(servidor, '/api/auth/yo', { token })
    assert.is(r.estado, 401)
    assert.is(r.cuerpo.code, 'SESION_REQUERIDA')
  }
})

test('the refresh cookie is __Host-, HttpOnly, Secure, Strict, one per app; only hashes are stored', async () => {
  const r = await login(ana.correo, ana.contrasena, 'caja')
  const cookie = r.cabeceras.get('set-cookie') ?? ''
  for (const parte of ['__Host-rt-caja=', 'HttpOnly', 'Secure', 'SameSite=Strict', 'Path=/', 'Max-Age=7776000']) assert.match(cookie, parte)
  const guardado = JSON.stringify(await servidor.db.superusuario`select * from refresh_tokens`)
  assert.not.match(guardado, cookieDe(r.cabeceras).split('=')[1]!)
  assert.not.match(JSON.stringify(await servidor.db.superusuario`select * from sesiones`), r.cuerpo.data.token)
})

test('a wrong password and an unknown correo get the same answer: 401 CREDENCIALES', async () => {
  const mala = await login(ana.correo, 'no es esta, no')
  const nadie = await login('nadie@example.mx', 'no es esta, no')
  for (const r of [mala, nadie]) {
    assert.is(r.estado, 401)
    assert.is(r.cuerpo.code, 'CREDENCIALES')
    assert.is(r.cabeceras.get('set-cookie'), null)
  }
  assert.is(mala.cuerpo.message, nadie.cuerpo.message)
  await login(ana.correo, ana.contrasena)
})

test('five wrong tries lock for 15 minutes, then 30; even the right password waits; the same for an unknown correo', async () => {
  const beto = await crearCuentaDePrueba(servidor)
  for (const correo of [beto.correo, 'tampoco@example.mx']) {
    for (let i = 0; i < 5; i++) assert.is((await login(correo, 'equivocada!')).cuerpo.code, 'CREDENCIALES')
    const bloqueada = await login(correo, beto.contrasena)
    assert.is(bloqueada.estado, 429)
    assert.is(bloqueada.cuerpo.code, 'CUENTA_BLOQUEADA')
    assert.is(bloqueada.cabeceras.get('retry-after'), String((15 * MINUTO) / SEGUNDO))
  }
  servidor.reloj.avanzar(15 * MINUTO)
  for (let i = 0; i < 5; i++) assert.is((await login(beto.correo, 'equivocada!')).cuerpo.code, 'CREDENCIALES')
  servidor.reloj.avanzar(29 * MINUTO)
  assert.is((await login(beto.correo, beto.contrasena)).cuerpo.code, 'CUENTA_BLOQUEADA')
  servidor.reloj.avanzar(MINUTO)
  assert.is((await login(beto.correo, beto.contrasena)).estado, 200)
  assert.is((await login(beto.correo, 'equivocada!')).cuerpo.code, 'CREDENCIALES', 'a right one ends the count')
})

test('many tries at once count one by one', async () => {
  const carla = await crearCuentaDePrueba(servidor)
  const codigos = await Promise.all(Array.from({ length: 12 }, () => login(carla.correo, 'equivocada!').then((r) => r.cuerpo.code)))
  assert.is(codigos.filter((c) => c === 'CREDENCIALES').length, 5)
  assert.is(codigos.filter((c) => c === 'CUENTA_BLOQUEADA').length, 7)
})

test('locks double up to a day; four old tries are forgotten after 15 minutes', async () => {
  assert.equal([1, 2, 3, 8, 20].map(duracionDeBloqueo), [15 * MINUTO, 30 * MINUTO, HORA, 24 * HORA, 24 * HORA])
  const dario = await crearCuentaDePrueba(servidor)
  for (let i = 0; i < 4; i++) await login(dario.correo, 'equivocada!')
  servidor.reloj.avanzar(16 * MINUTO)
  for (let i = 0; i < 4; i++) assert.is((await login(dario.correo, 'equivocada!')).cuerpo.code, 'CREDENCIALES')
  assert.is((await login(dario.correo, dario.contrasena)).estado, 200)
})

test('refresh rotates; a lost answer gets the same successor within 60 s', async () => {
  const primera = cookieDe((await login(ana.correo, ana.contrasena)).cabeceras)
  const a = await refresh(primera)
  assert.is(a.estado, 200)
  const segunda = cookieDe(a.cabeceras)
  assert.is.not(segunda, primera)
  servidor.reloj.avanzar(59 * SEGUNDO)
  const otraVez = await refresh(primera)
  assert.is(cookieDe(otraVez.cabeceras), segunda)
  assert.is((await yo(otraVez.cuerpo.data.token)).estado, 200)
  const b = await refresh(segunda)
  assert.is(b.estado, 200)
  assert.is((await yo(b.cuerpo.data.token)).estado, 200)
})

test('a refresh token used again after its successor was shown ends the whole login: two hold it', async () => {
  const primera = cookieDe((await login(ana.correo, ana.contrasena)).cabeceras)
  const segunda = cookieDe((await refresh(primera)).cabeceras)
  const b = await refresh(segunda)
  servidor.reloj.avanzar(61 * SEGUNDO)
  assert.is((await refresh(primera)).cuerpo.code, 'SESION_VENCIDA')
  assert.is((await yo(b.cuerpo.data.token)).cuerpo.code, 'SESION_VENCIDA', 'also its access tokens')
  assert.is((await refresh(cookieDe(b.cabeceras))).cuerpo.code, 'SESION_VENCIDA', 'also the last successor')
})

test('a browser killed before it wrote its cookie down stays in; whoever holds the cookie it lost ends the login', async () => {
  const primera = cookieDe((await login(ana.correo, ana.contrasena)).cabeceras)
  const perdida = cookieDe((await refresh(primera)).cabeceras)
  servidor.reloj.avanzar(3 * HORA)
  const vuelta = await refresh(primera)
  assert.is(vuelta.estado, 200)
  const tercera = cookieDe(vuelta.cabeceras)
  assert.is.not(tercera, perdida)
  servidor.reloj.avanzar(3 * HORA)
  assert.is((await refresh(primera)).estado, 200, 'killed once more')
  assert.is((await refresh(perdida)).cuerpo.code, 'SESION_VENCIDA')
  assert.is((await refresh(tercera)).cuerpo.code, 'SESION_VENCIDA', 'nobody is in any more')
})

test('a refresh cookie is good for its own app, 90 days', async () => {
  const cookie = cookieDe((await login(ana.correo, ana.contrasena, 'tarjeta')).cabeceras)
  assert.is((await refresh(cookie, 'panel')).cuerpo.code, 'SESION_REQUERIDA')
  assert.is((await refresh(cookie.replace('tarjeta', 'panel'), 'panel')).cuerpo.code, 'SESION_VENCIDA')
  servidor.reloj.avanzar(90 * 24 * HORA)
  assert.is((await refresh(cookie, 'tarjeta')).cuerpo.code, 'SESION_VENCIDA')
})

test('logout ends the tokens of this login at once, and only of this one', async () => {
  const una = await login(ana.correo, ana.contrasena)
  const otra = await login(ana.correo, ana.contrasena, 'panel')
  const cookie = cookieDe(una.cabeceras)
  const salida = await pedir(servidor, '/api/auth/logout', { cuerpo: {}, cabeceras: { cookie } })
  assert.is(salida.estado, 200)
  assert.match(salida.cabeceras.get('set-cookie') ?? '', 'Max-Age=0')
  assert.is((await yo(una.cuerpo.data.token)).cuerpo.code, 'SESION_VENCIDA')
  assert.is((await refresh(cookie)).cuerpo.code, 'SESION_VENCIDA')
  assert.is((await yo(otra.cuerpo.data.token)).estado, 200)
})

test('AUTH-01: registration opens a session; a correo is taken once, whatever its case', async () => {
  const cuerpo = { correo: ' Nueva@Example.MX ', contrasena: 'una frase larga', nombre: 'Nueva' }
  const r = await pedir<Token>(servidor, '/api/auth/registro', { cuerpo })
  assert.is(r.estado, 200)
  assert.is((await yo(r.cuerpo.data.token)).cuerpo.data.correo, 'nueva@example.mx')
  const mias = await servidor.db.superusuario`select doc from mias where usuario_id = ${r.cuerpo.data.usuarioId}`
  assert.equal(
    mias.map((m) => m.doc),
    [{ id: 'perfil', tipo: 'perfil', nombre: 'Nueva', puntosLifetime: 0, nivel: 'bronce' }],
  )
  const repetido = await pedir(servidor, '/api/auth/registro', { cuerpo: { ...cuerpo, correo: 'nueva@example.mx' } })
  assert.is(repetido.estado, 409)
  assert.is(repetido.cuerpo.code, 'CORREO_EN_USO')
  const debil = await pedir(servidor, '/api/auth/registro', { cuerpo: { ...cuerpo, correo: 'otra@example.mx', contrasena: 'corta' } })
  assert.is(debil.cuerpo.code, 'CONTRASENA_DEBIL')
  const invalido = await pedir(servidor, '/api/auth/registro', { cuerpo: { ...cuerpo, correo: 'sin arroba' } })
  assert.is(invalido.cuerpo.campo, 'correo')
})

test('an erased account is over at once', async () => {
  const eva = await crearCuentaDePrueba(servidor)
  const { token } = (await login(eva.correo, eva.contrasena)).cuerpo.data
  await servidor.db.superusuario`update usuarios set borrado_at = now() where id = ${eva.usuarioId}`
  assert.is((await yo(token)).cuerpo.code, 'SESION_VENCIDA')
  assert.is((await login(eva.correo, eva.contrasena)).cuerpo.code, 'CREDENCIALES')
})

test('what can no longer matter is forgotten, and nothing else', async () => {
  const viva = await login(ana.correo, ana.contrasena)
  await limpiarAccesos(servidor.deps)
  assert.is((await yo(viva.cuerpo.data.token)).estado, 200)
  assert.is((await refresh(cookieDe(viva.cabeceras))).estado, 200)
  servidor.reloj.avanzar(91 * 24 * HORA)
  await limpiarAccesos(servidor.deps)
  for (const tabla of ['sesiones', 'refresh_tokens', 'bloqueos_acceso'])
    assert.is((await servidor.db.superusuario.begin((sql) => sql`select 1 from ${sql(tabla)}`)).length, 0, tabla)
})

test('an IP that tries too much waits: 429 DEMASIADAS_PETICIONES with Retry-After', async () => {
  const { limites } = servidor.deps.env
  const corto = await createTestServer({ env: { limites: { ...limites, accesoPorMinuto: 2 } } })
  const tocar = () => pedir(corto, '/api/auth/login', { cuerpo: { correo: 'x@example.mx' } })
  assert.is((await tocar()).estado, 400)
  assert.is((await tocar()).estado, 400)
  const tercera = await tocar()
  assert.is(tercera.estado, 429)
  assert.is(tercera.cuerpo.code, 'DEMASIADAS_PETICIONES')
  assert.ok(Number(tercera.cabeceras.get('retry-after')) >= 1)
  await corto.cerrar()
})

test('behind a proxy nearby each client has its own limit; a peer from outside is believed nothing', () => {
  const desde = (address: string, anotadas?: string) =>
    ipDe({
      env: { incoming: { socket: { remoteAddress: address, remotePort: 1, remoteFamily: 'IPv4' } } },
      req: { header: () => anotadas },
    } as never)
  assert.is(desde('127.0.0.1', '1.1.1.1, 201.2.3.4'), '201.2.3.4')
  assert.is(desde('::ffff:172.18.0.2', '201.2.3.4'), '201.2.3.4')
  assert.is(desde('10.0.0.9'), '10.0.0.9')
  assert.is(desde('189.4.5.6', '201.2.3.4'), '189.4.5.6')
})

test.run()
