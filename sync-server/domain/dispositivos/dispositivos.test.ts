import { jwtVerify } from 'jose'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { exportarPublica, firmarTexto, generarParDeLlaves } from '../../../schema/core/firma.ts'
import { DIA, HORA, MINUTO } from '../../../schema/core/tiempo.ts'
import { cotejoDe } from '../../../schema/domain/dispositivos/cotejo.ts'
import type { EnlaceEmitido, RespuestaAlta, RespuestaSesion } from '../../../schema/protocol/dispositivos.ts'
import { requiereDispositivo } from '../../auth/middleware.ts'
import type { DbDePrueba } from '../../testing/db.ts'
import {
  altaDeCaja,
  type CajaDePrueba,
  crearCuentaDePrueba,
  crearNegocioDePrueba,
  createTestServer,
  enlaceDePrueba,
  type NegocioDePrueba,
  pedir,
  type ServidorDePrueba,
  sesionDeDispositivo,
  tokenDeCuenta,
} from '../../testing/servidor.ts'
import { darDeBajaEmpleado } from '../empleados/baja.ts'
import { cambiarPin } from '../empleados/cambiar-pin.ts'
import { crearEmpleado } from '../empleados/crear.ts'

let servidor: ServidorDePrueba<DbDePrueba>
let negocio: NegocioDePrueba
let ajeno: NegocioDePrueba

test.before(async () => {
  servidor = await createTestServer({
    montar: (app, deps) => app.get('/api/prueba/equipo', requiereDispositivo(deps), (c) => c.json(c.get('dispositivo'))),
  })
  negocio = await crearNegocioDePrueba(servidor, { sucursales: [{ nombre: 'Centro' }, { nombre: 'Norte' }] })
  ajeno = await crearNegocioDePrueba(servidor, { cajas: 1 })
})
test.after(() => servidor.cerrar())

const tokenDelDueno = () => tokenDeCuenta(servidor, negocio.dueno.usuarioId)

/** The enrolment request of a fresh key, and what the server answers. */
async function intentar(token: string, cambios: Record<string, unknown> = {}, par?: CryptoKeyPair) {
  const llave = par ?? (await generarParDeLlaves())
  const clavePublica = await exportarPublica(llave.publicKey)
  const firma = await firmarTexto(llave.privateKey, 'CYA1|alta', `${token}|${clavePublica}`)
  const cuerpo = { token, clavePublica, modelo: 'prueba', firma, ...cambios }
  return pedir<RespuestaAlta>(servidor, '/api/dispositivos/alta', { cuerpo })
}

async function gerenteDe(sucursalId: string): Promise<string> {
  const cuenta = await crearCuentaDePrueba(servidor)
  const fila = { negocio_id: negocio.negocioId, usuario_id: cuenta.usuarioId, papel: 'gerente', sucursal_id: sucursalId }
  await servidor.db.plataforma((sql) => sql`insert into negocio_cuentas ${sql(fila)}`)
  return tokenDeCuenta(servidor, cuenta.usuarioId)
}

const pedirEnlace = (token: string, cuerpo: object, negocioId = negocio.negocioId) =>
  pedir<{ token: string; url: string; venceAt: number }>(servidor, `/api/negocios/${negocioId}/dispositivos/enlaces`, { token, cuerpo })
const CAJA = () => ({ tipo: 'caja', nombre: 'Caja 1', sucursalId: negocio.sucursalId })

test('a link carries its token in the fragment, lasts 24 h, and only its hash is stored', async () => {
  const r = await pedirEnlace(await tokenDelDueno(), CAJA())
  assert.is(r.estado, 200)
  const { token, url, venceAt } = r.cuerpo.data
  assert.is(token.length, 22)
  assert.is(url, `http://localhost:8080/i#${token}`)
  assert.is(venceAt, servidor.reloj.ahora() + DIA)
  assert.not.match(JSON.stringify(await servidor.db.superusuario`select * from enlaces_alta`), token)
})

test('a gerente links tills of the own sucursal only; a cashier till needs one', async () => {
  const norte = await gerenteDe(negocio.sucursales[1]!.id)
  assert.is((await pedirEnlace(norte, CAJA())).cuerpo.code, 'SIN_PERMISO')
  assert.is((await pedirEnlace(norte, { ...CAJA(), sucursalId: negocio.sucursales[1]!.id })).estado, 200)
  assert.is((await pedirEnlace(norte, { tipo: 'studio', nombre: 'S', sucursalId: null })).cuerpo.code, 'SIN_PERMISO')
  assert.is((await pedirEnlace(await tokenDelDueno(), { tipo: 'caja', nombre: 'x', sucursalId: null })).cuerpo.campo, 'sucursalId')
})

test('foreign ids are answered exactly like ids that do not exist', async () => {
  const token = await tokenDelDueno()
  const inexistente = '018f0000-0000-7000-8000-00000000dead'
  const sinId = (r: { cuerpo: object; estado: number }) => ({ ...r.cuerpo, requestId: '', estado: r.estado })
  const casos = [
    (id: string) => pedirEnlace(token, CAJA(), id),
    (id: string) => pedir(servidor, `/api/negocios/${id}/dispositivos`, { token }),
    (id: string) => pedir(servidor, `/api/negocios/${id}/empleados`, { token }),
    (id: string) => pedir(servidor, `/api/negocios/${id}/resumen`, { token }),
    (id: string) => pedir(servidor, `/api/negocios/${id}/configuracion`, { token, cuerpo: { participa: false } }),
  ]
  for (const caso of casos) {
    const [deOtro, deNadie] = [await caso(ajeno.negocioId), await caso(inexistente)]
    assert.is(deOtro.estado, 404)
    assert.equal(sinId(deOtro), sinId(deNadie))
  }
  const enlace = await pedirEnlace(token, { ...CAJA(), sucursalId: ajeno.sucursalId })
  assert.equal(sinId(enlace), sinId(await pedirEnlace(token, { ...CAJA(), sucursalId: inexistente })))
  const baja = (id: string) =>
    pedir(servidor, `/api/negocios/${negocio.negocioId}/dispositivos/${id}/baja`, { token, cuerpo: { motivo: 'x' } })
  assert.equal(sinId(await baja(ajeno.cajas[0]!.dispositivoId)), sinId(await baja(inexistente)))
  const [fila] = await servidor.db.superusuario`select baja_at from dispositivos where id = ${ajeno.cajas[0]!.dispositivoId}`
  assert.is(fila.bajaAt, null)
})

test('enrolment gives the sucursal, a series, the keys, and a lease of 72 h and 1,500 sales signed by the platform', async () => {
  const caja = await altaDeCaja(servidor, negocio)
  assert.is(caja.negocioId, negocio.negocioId)
  assert.is(caja.sucursalNombre, 'Centro')
  assert.match(caja.serie, /^C\d+$/)
  assert.is(caja.licencia.venceAt, servidor.reloj.ahora() + 72 * HORA)
  assert.is(caja.licencia.maxVentas, 1_500)
  const { payload, protectedHeader } = await jwtVerify(caja.licencia.jws, servidor.deps.llaves.actual.publica)
  assert.is(protectedHeader.alg, 'ES256')
  assert.is(payload.id, caja.licencia.id)
  assert.is(payload.dispositivoId, caja.dispositivoId)
  assert.is(payload.negocioId, negocio.negocioId)
  assert.equal(caja.llaves, servidor.deps.llaves.publicas)
})

test('series are C1, C2… for tills and S1… for Studios, per negocio, never used again', async () => {
  const otro = await crearNegocioDePrueba(servidor)
  const una = await altaDeCaja(servidor, otro)
  const estudio = await altaDeCaja(servidor, otro, { tipo: 'studio', sucursalId: null })
  const token = await tokenDeCuenta(servidor, otro.dueno.usuarioId)
  await pedir(servidor, `/api/negocios/${otro.negocioId}/dispositivos/${una.dispositivoId}/baja`, { token, cuerpo: { motivo: 'rota' } })
  const tres = await Promise.all([1, 2, 3].map(() => altaDeCaja(servidor, otro)))
  assert.is(una.serie, 'C1')
  assert.is(estudio.serie, 'S1')
  assert.equal(tres.map((c) => c.serie).sort(), ['C2', 'C3', 'C4'])
})

test('a link enrols once: another key is refused, the same key gets the same answer again', async () => {
  const token = await enlaceDePrueba(servidor, negocio)
  const par = await generarParDeLlaves()
  const primera = await intentar(token, {}, par)
  const repetida = await intentar(token, {}, par)
  assert.is(repetida.cuerpo.data.dispositivoId, primera.cuerpo.data.dispositivoId)
  assert.is(repetida.cuerpo.data.licencia.id, primera.cuerpo.data.licencia.id)
  const otra = await intentar(token)
  assert.is(otra.estado, 404)
  assert.is(otra.cuerpo.code, 'ENLACE_INVALIDO')
})

test('two tablets with one link at once: one is enrolled', async () => {
  const token = await enlaceDePrueba(servidor, negocio)
  const codigos = (await Promise.all([intentar(token), intentar(token), intentar(token)])).map((r) => r.cuerpo.code ?? 'ok')
  assert.equal(codigos.sort(), ['ENLACE_INVALIDO', 'ENLACE_INVALIDO', 'ok'])
})

test('a link of nobody or past its hour, a key that is none or lives elsewhere', async () => {
  assert.is((await intentar('x'.repeat(22))).cuerpo.code, 'ENLACE_INVALIDO')
  const token = await enlaceDePrueba(servidor, negocio)
  const firmaAjena = await firmarTexto((await generarParDeLlaves()).privateKey, 'CYA1|alta', 'otra cosa')
  const sinLlave = await intentar(token, { firma: firmaAjena })
  assert.is(sinLlave.estado, 401)
  assert.is(sinLlave.cuerpo.code, 'FIRMA_INVALIDA')
  assert.is((await intentar(token, { clavePublica: 'AAAA' })).cuerpo.campo, 'clavePublica')
  assert.is((await intentar(token, { firma: 'no es base64 !' })).cuerpo.code, 'FIRMA_INVALIDA')
  servidor.reloj.avanzar(DIA)
  assert.is((await intentar(token)).cuerpo.code, 'ENLACE_INVALIDO')
})

test('guessing links stops after five wrong ones an hour', async () => {
  const { limites } = servidor.deps.env
  const corto = await createTestServer({ env: { limites: { ...limites, altasFallidasPorHora: 5 } } })
  const casa = await crearNegocioDePrueba(corto, { cajas: 7 })
  assert.is(casa.cajas.length, 7, 'enrolments that work are not counted')
  const par = await generarParDeLlaves()
  const clavePublica = await exportarPublica(par.publicKey)
  const codigos: (string | undefined)[] = []
  for (let i = 0; i < 6; i++) {
    const token = `adivinanza-numero-${i}`
    const firma = await firmarTexto(par.privateKey, 'CYA1|alta', `${token}|${clavePublica}`)
    const r = await pedir(corto, '/api/dispositivos/alta', { cuerpo: { token, clavePublica, modelo: '', firma } })
    codigos.push(r.cuerpo.code)
  }
  assert.equal(codigos, [...Array(5).fill('ENLACE_INVALIDO'), 'DEMASIADAS_PETICIONES'])
  await corto.cerrar()
})

const equipo = (token: string) => pedir(servidor, '/api/prueba/equipo', { token })
const reto = async (dispositivoId: string) =>
  (await pedir<{ reto: string }>(servidor, '/api/dispositivos/reto', { cuerpo: { dispositivoId } })).cuerpo.data.reto
async function sesion(caja: Pick<CajaDePrueba, 'dispositivoId' | 'par'>, elReto: string, texto = `${caja.dispositivoId}|${elReto}`) {
  const firma = await firmarTexto(caja.par.privateKey, 'CYA1|sesion', texto)
  return pedir<RespuestaSesion>(servidor, '/api/dispositivos/sesion', {
    cuerpo: { dispositivoId: caja.dispositivoId, reto: elReto, firma },
  })
}

test('a device that signs its challenge gets a session; an account is no device', async () => {
  const caja = await altaDeCaja(servidor, negocio)
  const { token, venceAt } = await sesionDeDispositivo(servidor, caja)
  assert.is(venceAt, servidor.reloj.ahora() + 10 * MINUTO)
  assert.is((await equipo(token)).estado, 200)
  const cuenta = await equipo(await tokenDelDueno())
  assert.is(cuenta.estado, 401)
  assert.is(cuenta.cuerpo.code, 'DISPOSITIVO_REQUERIDO')
  assert.is((await pedir(servidor, '/api/auth/yo', { token })).cuerpo.code, 'SIN_PERMISO')
})

test('a challenge is good once, for 2 minutes, for its device; anything else is 401 FIRMA_INVALIDA', async () => {
  const [caja, otra] = [await altaDeCaja(servidor, negocio), await altaDeCaja(servidor, negocio)]
  const usado = await reto(caja.dispositivoId)
  assert.is((await sesion(caja, usado)).estado, 200)
  const viejo = await reto(caja.dispositivoId)
  servidor.reloj.avanzar(2 * MINUTO + 1)
  const nuevo = await reto(caja.dispositivoId)
  const intentos = [
    await sesion(caja, usado),
    await sesion(caja, viejo),
    await sesion(caja, nuevo, 'otro texto'),
    await sesion({ ...caja, par: otra.par }, nuevo),
    await sesion(otra, nuevo),
    await sesion(
      caja,
      nuevo.replace(/.$/, (c) => (c === 'A' ? 'B' : 'A')),
    ),
    await sesion({ ...caja, dispositivoId: '018f0000-0000-7000-8000-00000000dead' }, nuevo),
  ]
  for (const [i, r] of intentos.entries()) {
    assert.is(r.estado, 401, `case ${i}`)
    assert.is(r.cuerpo.code, 'FIRMA_INVALIDA', `case ${i}`)
  }
  assert.is((await sesion(caja, nuevo)).estado, 200, 'wrong signatures do not use the challenge up')
})

test('R15: a lease with more than 60 h left is handed out again; then a new one is made', async () => {
  const caja = await altaDeCaja(servidor, negocio)
  servidor.reloj.avanzar(11 * HORA)
  assert.is((await sesionDeDispositivo(servidor, caja)).licencia.id, caja.licencia.id)
  servidor.reloj.avanzar(2 * HORA)
  const renovada = (await sesionDeDispositivo(servidor, caja)).licencia
  assert.is.not(renovada.id, caja.licencia.id)
  assert.is(renovada.venceAt, servidor.reloj.ahora() + 72 * HORA)
  await servidor.db.superusuario`update licencias set ventas = 800 where id = ${renovada.id}`
  assert.is.not((await sesionDeDispositivo(servidor, caja)).licencia.id, renovada.id, 'a lease half spent is renewed too')
})

test('revocation is instant: the session ends, no new one opens, streams are told, and doing it twice keeps the hour', async () => {
  const caja = await altaDeCaja(servidor, negocio)
  const { token } = await sesionDeDispositivo(servidor, caja)
  const avisados: string[] = []
  const callar = servidor.deps.hub.alRevocar((id) => avisados.push(id))
  const darDeBaja = async () =>
    pedir<{ bajaAt: number }>(servidor, `/api/negocios/${negocio.negocioId}/dispositivos/${caja.dispositivoId}/baja`, {
      token: await tokenDelDueno(),
      cuerpo: { motivo: 'robada' },
    })
  const primera = await darDeBaja()
  assert.is(primera.estado, 200)
  assert.equal(avisados, [caja.dispositivoId])
  const despues = await equipo(token)
  assert.is(despues.estado, 401)
  assert.is(despues.cuerpo.code, 'DISPOSITIVO_REVOCADO')
  const r = await sesion(caja, await reto(caja.dispositivoId))
  assert.is(r.estado, 401)
  assert.is(r.cuerpo.code, 'DISPOSITIVO_REVOCADO')
  servidor.reloj.avanzar(HORA)
  assert.is((await darDeBaja()).cuerpo.data.bajaAt, primera.cuerpo.data.bajaAt)
  callar()
})

test('R10: bajaAt is never earlier than a sale already accepted', async () => {
  const casa = await crearNegocioDePrueba(servidor, { cajas: 1 })
  const recibidoAt = servidor.reloj.ahora() + 5 * MINUTO
  await servidor.db
    .superusuario`update contadores_negocio set ultimo_recibido_at = ${new Date(recibidoAt)} where negocio_id = ${casa.negocioId}`
  const r = await pedir<{ bajaAt: number }>(servidor, `/api/negocios/${casa.negocioId}/dispositivos/${casa.cajas[0]!.dispositivoId}/baja`, {
    token: await tokenDeCuenta(servidor, casa.dueno.usuarioId),
    cuerpo: { motivo: 'x' },
  })
  assert.is(r.cuerpo.data.bajaAt, recibidoAt)
})

test('the list shows devices without their keys; a gerente sees the own sucursal', async () => {
  const camino = `/api/negocios/${negocio.negocioId}/dispositivos`
  const todas = await pedir<object[]>(servidor, camino, { token: await tokenDelDueno() })
  assert.ok(todas.cuerpo.data.length >= 5)
  assert.not.match(JSON.stringify(todas.cuerpo), 'clavePublica')
  const norte = await pedir<object[]>(servidor, camino, { token: await gerenteDe(negocio.sucursales[1]!.id) })
  assert.equal(norte.cuerpo.data, [])
})

const PIN = '482913'
let personas = 0
/** An empleado of Centro and the dueño's link for them. */
async function instalacion(datos: object = {}) {
  const empleado = await crearEmpleado(servidor.deps, negocio.negocioId, {
    ...{ nombre: 'Carlos Ruiz', nick: `carlos_${++personas}`, pin: PIN, sucursalId: negocio.sucursalId },
    ...datos,
  })
  const dueno = await tokenDelDueno()
  const pedirDe = (empleadoId: string, sucursalId = negocio.sucursalId) =>
    pedir<{ id: string; token: string; url: string }>(servidor, `/api/negocios/${negocio.negocioId}/dispositivos/enlaces`, {
      token: dueno,
      cuerpo: { tipo: 'caja', nombre: 'ScanYA Carlos', sucursalId, empleadoId },
    })
  return { empleado, dueno, pedirDe, ...(await pedirDe(empleado.id)).cuerpo.data }
}
const enEnlaces = <T>(token: string, camino = '', cuerpo?: object) =>
  pedir<T>(servidor, `/api/negocios/${negocio.negocioId}/dispositivos/enlaces${camino}`, {
    token,
    ...(cuerpo ? { cuerpo } : camino ? { metodo: 'POST' } : {}),
  })
const elEnlace = async (token: string, id: string) => (await enEnlaces<EnlaceEmitido[]>(token)).cuerpo.data.find((e) => e.id === id)

test('PWA-14: the till of an installation link waits until the dueño approves its four digits; then that empleado is inside', async () => {
  const { id, token, dueno, empleado } = await instalacion()
  assert.is((await elEnlace(dueno, id))?.estado, 'abierto')
  const par = await generarParDeLlaves()
  const primera = await intentar(token, { modelo: 'Moto G34' }, par)
  assert.equal([primera.estado, primera.cuerpo.code, primera.cabeceras.get('retry-after')], [503, 'ALTA_POR_APROBAR', '3'])
  const cotejo = await cotejoDe(token, await exportarPublica(par.publicKey))
  const espera = await elEnlace(dueno, id)
  assert.equal([espera?.estado, espera?.modelo, espera?.cotejo, espera?.empleadoId], ['por_aprobar', 'Moto G34', cotejo, empleado.id])
  assert.is((await intentar(token)).cuerpo.code, 'ENLACE_INVALIDO', 'another tablet with the same link')
  const otro = String((Number(cotejo) + 1) % 10_000).padStart(4, '0')
  assert.is((await enEnlaces(dueno, `/${id}/aprobar`, { cotejo: otro })).cuerpo.campo, 'cotejo')
  assert.is((await intentar(token, {}, par)).cuerpo.code, 'ALTA_POR_APROBAR')
  assert.is((await enEnlaces(dueno, `/${id}/aprobar`, { cotejo })).estado, 200)
  const dentro = (await intentar(token, {}, par)).cuerpo.data
  assert.equal([dentro.tipo, dentro.sucursalId, dentro.empleado?.ficha.nick], ['caja', negocio.sucursalId, empleado.nick])
  const [licencia] = await servidor.db
    .superusuario`select dispositivo_id from licencias_empleado where id = ${dentro.empleado!.licencia.id}`
  assert.is(licencia.dispositivoId, dentro.dispositivoId)
  assert.is((await elEnlace(dueno, id))?.estado, 'usado')
  assert.is((await enEnlaces(dueno, `/${id}/cancelar`)).cuerpo.code, 'NO_ENCONTRADO')
  const deNuevo = (await intentar(token, {}, par)).cuerpo.data
  assert.is(deNuevo.dispositivoId, dentro.dispositivoId, 'a lost answer is asked again')
})

test('PWA-15: an installation link works once, for 24 h, one at a time, until it is taken back or its empleado leaves', async () => {
  const primero = await instalacion()
  const { empleado, dueno, pedirDe } = primero
  const segundo = (await pedirDe(empleado.id)).cuerpo.data
  assert.is((await intentar(primero.token)).cuerpo.code, 'ENLACE_INVALIDO')
  assert.is((await elEnlace(dueno, primero.id))?.estado, 'cancelado')
  const par = await generarParDeLlaves()
  await intentar(segundo.token, {}, par)
  assert.is((await enEnlaces(dueno, `/${segundo.id}/cancelar`)).estado, 200)
  assert.is((await intentar(segundo.token, {}, par)).cuerpo.code, 'ENLACE_INVALIDO', 'the digits did not match')
  assert.is((await enEnlaces(dueno, `/${segundo.id}/aprobar`, { cotejo: '0000' })).cuerpo.code, 'NO_ENCONTRADO')
  const tercero = (await pedirDe(empleado.id)).cuerpo.data
  servidor.reloj.avanzar(DIA)
  assert.is((await intentar(tercero.token)).cuerpo.code, 'ENLACE_INVALIDO')
  const otra = await tokenDelDueno()
  assert.is((await elEnlace(otra, tercero.id))?.estado, 'vencido')
  const ultimo = await instalacion()
  await darDeBajaEmpleado(servidor.deps, negocio.negocioId, ultimo.empleado.id)
  assert.is((await intentar(ultimo.token)).cuerpo.code, 'ENLACE_INVALIDO')
  assert.is((await ultimo.pedirDe(ultimo.empleado.id)).cuerpo.campo, 'empleadoId')
})

test('PWA-15: a PIN that changes between the approval and the till takes the session it would grant', async () => {
  const { id, token, dueno, empleado } = await instalacion()
  const par = await generarParDeLlaves()
  await intentar(token, {}, par)
  await enEnlaces(dueno, `/${id}/aprobar`, { cotejo: await cotejoDe(token, await exportarPublica(par.publicKey)) })
  servidor.reloj.avanzar(1)
  await cambiarPin(servidor.deps, negocio.negocioId, empleado.id, '730182')
  const r = await intentar(token, {}, par)
  assert.equal([r.estado, r.cuerpo.data.empleado], [200, null])
})

test('PWA-14: a link is for a sucursal where they work; a gerente links the own people only, and approves no till of another sucursal', async () => {
  const norte = negocio.sucursales[1]!.id
  const { id, token, empleado, pedirDe } = await instalacion()
  assert.is((await pedirDe(empleado.id, norte)).cuerpo.campo, 'sucursalId')
  assert.is((await pedirDe(norte)).cuerpo.campo, 'empleadoId')
  const gerente = await gerenteDe(norte)
  const deTodas = await instalacion({ sucursalId: null, todasLasSucursales: true })
  const suyo = { tipo: 'caja', nombre: 'x', sucursalId: norte, empleadoId: deTodas.empleado.id }
  assert.is((await enEnlaces(gerente, '', suyo)).cuerpo.campo, 'empleadoId')
  const par = await generarParDeLlaves()
  await intentar(token, {}, par)
  const cotejo = await cotejoDe(token, await exportarPublica(par.publicKey))
  for (const camino of ['aprobar', 'cancelar'])
    assert.is((await enEnlaces(gerente, `/${id}/${camino}`, camino === 'aprobar' ? { cotejo } : undefined)).cuerpo.code, 'NO_ENCONTRADO')
  assert.not.ok(await elEnlace(gerente, id))
})

test.run()
