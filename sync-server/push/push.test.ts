/** Notifications from the sale to the browser: a push service in this process opens what it gets as a browser would. */
import { createECDH } from 'node:crypto'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { DIA, HORA, MINUTO, SEGUNDO } from '../../schema/core/tiempo.ts'
import { createApp } from '../app.ts'
import { revocarFamilia } from '../auth/sesiones.ts'
import { claveDeCupon, notificar } from '../domain/notificaciones/notificar.ts'
import { dejarDeEstarListo } from '../http/despedida.ts'
import { asentarLifetime } from '../jobs/settlement.ts'
import { barrerVencidos } from '../jobs/sweep.ts'
import { crearHub } from '../sync/hub.ts'
import { proyectarTodo } from '../sync/projector.ts'
import { DiarioDePrueba } from '../testing/diario.ts'
import { abrirMensaje, ServicioPushLocal } from '../testing/push-local.ts'
import {
  altaDeCaja,
  crearNegocioDePrueba,
  crearShopper,
  createTestServer,
  pedir,
  type ShopperDePrueba,
  tokenDeCuenta,
} from '../testing/servidor.ts'
import { cifrarPara, TEXTO_MAXIMO } from './cifrado.ts'
import { buscarEnInternet, esDestino, esPrivada } from './destinos.ts'
import { enviarPendientes, esperaTras } from './enviar.ts'
import { llavePushDe } from './vapid.ts'

const servicio = await new ServicioPushLocal().abrir()
const servidor = await createTestServer({ env: { pushExtra: [servicio.origen] } })
const { deps, reloj } = servidor
const sql = servidor.db.superusuario
test.after(async () => {
  await servidor.cerrar()
  await servicio.cerrar()
})

const negocio = await crearNegocioDePrueba(servidor, { nombre: 'Pizzería Roma' })
const diario = new DiarioDePrueba(servidor, await altaDeCaja(servidor, negocio))
await diario.abrir()

/** Somebody with a phone that asked to be told. */
async function conTelefono(idioma: 'es' | 'en' = 'es') {
  const ana = await crearShopper(servidor)
  const token = await tokenDeCuenta(servidor, ana.usuarioId)
  const navegador = servicio.navegador()
  const { estado } = await pedir(servidor, '/api/push/suscripciones', { token, cuerpo: { ...navegador, idioma } })
  assert.is(estado, 200)
  return { ana, token, navegador }
}
async function vender(ana: ShopperDePrueba, montoCentavos = 50_000) {
  const venta = await diario.vender({ qr: await ana.qr(), montoCentavos })
  await diario.subir()
  await proyectarTodo(deps)
  return venta
}
/** What the service got since the last time. */
const llegados = () => servicio.recibidos.splice(0).map(({ mensaje }) => mensaje)
const suscripciones = (usuarioId: string) =>
  sql`select seq_enviado, fallos, proximo_at from suscripciones_push where usuario_id = ${usuarioId}`

test('RFC 8291: the message of its appendix, byte by byte; what is too long is refused', () => {
  const llaves = {
    p256dh: 'BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4',
    auth: 'BTBZMqHH6r4Tts7J_aSIgg',
  }
  const fijo = {
    sal: Buffer.from('DGv6ra1nlYgDCS1FRnbzlw', 'base64url'),
    privada: Buffer.from('yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw', 'base64url'),
  }
  const cuerpo = cifrarPara(llaves, 'When I grow up, I want to be a watermelon', fijo)
  assert.is(
    cuerpo.toString('base64url'),
    'DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN',
  )
  const suya = createECDH('prime256v1')
  suya.setPrivateKey(Buffer.from('q1dXpw3UpT5VOmu_cf_v6ih07Aems3njxI-JWgLcM94', 'base64url'))
  const auth = Buffer.from(llaves.auth, 'base64url')
  assert.is(abrirMensaje(suya, auth, cuerpo), 'When I grow up, I want to be a watermelon')
  assert.not.equal(cifrarPara(llaves, 'a'), cifrarPara(llaves, 'a'), 'no two messages are alike')
  assert.is(cifrarPara(llaves, 'x'.repeat(TEXTO_MAXIMO)).length, 4_096)
  assert.throws(() => cifrarPara(llaves, 'x'.repeat(TEXTO_MAXIMO + 1)))
})

test('SCAN-25: a sale is told to the shopper’s phone, once, in words that only it can read, by a key that is this installation’s', async () => {
  const { ana } = await conTelefono()
  const { id } = await vender(ana)
  assert.is(await enviarPendientes(deps), 1)
  assert.is(await enviarPendientes(deps), 0)
  const [recibido] = servicio.recibidos
  assert.equal(servicio.quejas, [])
  assert.equal(llegados(), [
    {
      id: `historial:${negocio.negocioId}:${id}`,
      titulo: '+50 puntos',
      cuerpo: 'Ganaste 50 puntos en Pizzería Roma.',
      ir: `#historial=${negocio.negocioId}`,
    },
  ])
  const { cabeceras, jwt } = recibido!
  assert.is(cabeceras['content-encoding'], 'aes128gcm')
  assert.match(String(cabeceras.topic), /^[\w-]{32}$/)
  assert.ok(Number(cabeceras.ttl) > 3_600)
  assert.is(jwt.sub, 'mailto:equipo@example.mx')
  assert.is(jwt.k, (await llavePushDe(deps)).publica)
  assert.ok(Number(jwt.exp) * SEGUNDO - reloj.ahora() <= DIA)
})

test('the key of this installation is made once, and is not in the database as it is', async () => {
  const { publica, privada } = await llavePushDe(deps)
  const [fila] = await sql`select publica, privada_cifrada from llave_push`
  assert.is(fila.publica, publica)
  const { d } = privada.export({ format: 'jwk' })
  assert.not.match(JSON.stringify(fila), String(d))
  const otra = await llavePushDe({ ...deps, db: Object.assign(Object.create(deps.db), {}) })
  assert.is(otra.publica, publica, 'another node reads the same')
})

test('what happened before it subscribed is not told; nor what it does not want, which stays in the list', async () => {
  const ana = await crearShopper(servidor)
  await vender(ana)
  const token = await tokenDeCuenta(servidor, ana.usuarioId)
  await pedir(servidor, '/api/push/suscripciones', { token, cuerpo: servicio.navegador() })
  assert.is(await enviarPendientes(deps), 0)
  const quiere = { puntos: false, nivel: true, canjes: true, cupones: true }
  await pedir(servidor, '/api/cardya/notificaciones/preferencias', { token, cuerpo: quiere })
  assert.equal((await pedir(servidor, '/api/cardya/notificaciones/preferencias', { token })).cuerpo.data, quiere)
  await vender(ana)
  assert.is(await enviarPendientes(deps), 0)
  await notificar(deps, ana.usuarioId, { tipo: 'cupon_nuevo', clave: 'c1', nombre: '2x1 en pizza', negocioNombre: 'Pizzería Roma' })
  assert.is(await enviarPendientes(deps), 1)
  assert.equal(
    llegados().map(({ titulo, cuerpo }) => [titulo, cuerpo]),
    [['Tienes un cupón nuevo', '2x1 en pizza, de Pizzería Roma.']],
  )
  const { data } = (await pedir<{ total: number }>(servidor, '/api/cardya/notificaciones', { token })).cuerpo
  assert.is(data.total, 3)
})

test('ten sales in a minute are one message; each is told once', async () => {
  const { ana } = await conTelefono()
  await vender(ana)
  await enviarPendientes(deps)
  assert.is(llegados().length, 1)
  for (let i = 0; i < 5; i++) await vender(ana)
  assert.is(await enviarPendientes(deps), 0, 'the minute after a message is quiet')
  reloj.avanzar(MINUTO)
  assert.is(await enviarPendientes(deps), 1)
  const [varias] = llegados()
  assert.equal([varias?.titulo, varias?.cuerpo, varias?.ir], ['Tienes 5 avisos', 'En total, +250 puntos.', '#avisos'])
  reloj.avanzar(HORA)
  assert.is(await enviarPendientes(deps), 0)
})

test('CARD-21: a new nivel is told by push, in the language of the phone', async () => {
  const { ana } = await conTelefono('en')
  await vender(ana, 4_990_000)
  await vender(ana, 20_000)
  await enviarPendientes(deps)
  llegados()
  reloj.avanzar(DIA)
  await asentarLifetime(deps)
  assert.is(await enviarPendientes(deps), 1)
  assert.equal(
    llegados().map(({ titulo, ir }) => [titulo, ir]),
    [['You are Silver now!', '#tarjeta']],
  )
})

test('410: the browser is gone, and so is its subscription', async () => {
  const { ana } = await conTelefono()
  servicio.respuestas.push({ estado: 410 })
  await vender(ana)
  assert.is(await enviarPendientes(deps), 0)
  assert.is((await suscripciones(ana.usuarioId)).length, 0)
  llegados()
})

test('503 and 429: again later, longer each time and as long as the service asks; then told once', async () => {
  const { ana, navegador } = await conTelefono()
  await vender(ana)
  servicio.respuestas.push({ estado: 503 }, { estado: 429, retryAfter: 600 })
  assert.is(await enviarPendientes(deps), 0)
  assert.is((await suscripciones(ana.usuarioId))[0].proximoAt, reloj.ahora() + 30 * SEGUNDO)
  reloj.avanzar(30 * SEGUNDO)
  assert.is(await enviarPendientes(deps), 0)
  assert.is((await suscripciones(ana.usuarioId))[0].proximoAt, reloj.ahora() + 600 * SEGUNDO)
  reloj.avanzar(600 * SEGUNDO)
  assert.is(await enviarPendientes(deps), 1)
  // A browser that is open again hands in its subscription: it is not kept waiting for what failed before.
  const { proximoAt } = (await suscripciones(ana.usuarioId))[0]
  const token = await tokenDeCuenta(servidor, ana.usuarioId)
  const otraVez = () => pedir(servidor, '/api/push/suscripciones', { token, cuerpo: { ...navegador, idioma: 'es' } })
  assert.is((await otraVez()).estado, 200)
  assert.is((await suscripciones(ana.usuarioId))[0].proximoAt, proximoAt, 'the quiet minute after a message stays')
  await sql`update suscripciones_push set fallos = 9, proximo_at = ${new Date(reloj.ahora() + 6 * HORA)} where usuario_id = ${ana.usuarioId}`
  await otraVez()
  const { fallos, proximoAt: ya } = (await suscripciones(ana.usuarioId))[0]
  assert.equal([fallos, ya], [0, reloj.ahora()])
  const ids = llegados().map(({ id }) => id)
  assert.equal([ids.length, new Set(ids).size], [3, 1], 'the same message each time, so it takes the place of itself')
  assert.equal(
    (await suscripciones(ana.usuarioId)).map(({ fallos }) => fallos),
    [0],
  )
  assert.equal(
    [1, 2, 3, 30].map((n) => esperaTras(n, 0)),
    [30 * SEGUNDO, MINUTO, 2 * MINUTO, 6 * HORA],
  )
})

test('a service that nobody answers for does not stop the others', async () => {
  const sorda = await new ServicioPushLocal().abrir()
  deps.env.pushExtra = [servicio.origen, sorda.origen]
  const luis = await crearShopper(servidor)
  const token = await tokenDeCuenta(servidor, luis.usuarioId)
  await pedir(servidor, '/api/push/suscripciones', { token, cuerpo: sorda.navegador() })
  await sorda.cerrar()
  const { ana } = await conTelefono()
  await vender(luis)
  await vender(ana)
  assert.is(await enviarPendientes(deps), 1)
  assert.is(llegados().length, 1)
  assert.equal(
    (await suscripciones(luis.usuarioId)).map(({ fallos }) => fallos),
    [1],
  )
})

test('a server that was told to stop begins no more messages; they are sent by who comes after', async () => {
  const todas = await Promise.all(Array.from({ length: 12 }, () => conTelefono()))
  for (const { ana } of todas)
    await notificar(deps, ana.usuarioId, { tipo: 'cupon_nuevo', clave: 'c', nombre: '2x1', negocioNombre: 'Roma' })
  const hub = crearHub()
  const alApartar = () => {
    dejarDeEstarListo({ hub })
    return deps.now()
  }
  assert.is(await enviarPendientes({ ...deps, hub, now: alApartar }), 0)
  reloj.avanzar(2 * MINUTO)
  assert.is(await enviarPendientes(deps), 12)
  assert.is(llegados().length, 12)
})

test('two nodes at once send each thing once', async () => {
  const gente = await Promise.all([conTelefono(), conTelefono(), conTelefono()])
  for (const { ana } of gente) await vender(ana)
  const dados = await Promise.all([enviarPendientes(deps), enviarPendientes(deps)])
  assert.is(dados[0] + dados[1], 3)
  assert.is(llegados().length, 3)
})

test('it ends with its login, with its owner’s wish, and when somebody else enters in that browser', async () => {
  const uno = await conTelefono()
  const [{ familia }] = await sql`select familia from suscripciones_push where usuario_id = ${uno.ana.usuarioId}`
  await deps.db.plataforma((tx) => revocarFamilia(tx, familia, reloj.ahora()))
  await vender(uno.ana)
  assert.is(await enviarPendientes(deps), 0)
  assert.is((await suscripciones(uno.ana.usuarioId)).length, 0)

  const dos = await conTelefono()
  const otra = await crearShopper(servidor)
  const deOtra = await tokenDeCuenta(servidor, otra.usuarioId)
  const { endpoint } = dos.navegador
  const quitar = (token: string) =>
    pedir<{ habia: boolean }>(servidor, '/api/push/suscripciones', { token, metodo: 'DELETE', cuerpo: { endpoint } })
  assert.is((await quitar(deOtra)).cuerpo.data.habia, false, 'nobody ends what is another’s')
  await pedir(servidor, '/api/push/suscripciones', { token: deOtra, cuerpo: dos.navegador })
  assert.is((await suscripciones(dos.ana.usuarioId)).length, 0)
  assert.is((await quitar(deOtra)).cuerpo.data.habia, true)
  assert.is((await quitar(deOtra)).cuerpo.data.habia, false)
})

test('the same subscription again is one; of more than ten phones the oldest gives way', async () => {
  const { ana, token, navegador } = await conTelefono()
  await pedir(servidor, '/api/push/suscripciones', { token, cuerpo: navegador })
  assert.is((await suscripciones(ana.usuarioId)).length, 1)
  for (let i = 0; i < 11; i++) {
    reloj.avanzar(1)
    await pedir(servidor, '/api/push/suscripciones', { token, cuerpo: servicio.navegador() })
  }
  const ids = await sql`select endpoint from suscripciones_push where usuario_id = ${ana.usuarioId}`
  assert.is(ids.length, 10)
  assert.not(ids.some((fila) => fila.endpoint === navegador.endpoint))
})

test('only push services of browsers are sent to, over https; keys must be a browser’s', async () => {
  for (const bueno of [
    'https://fcm.googleapis.com/fcm/send/x',
    'https://updates.push.services.mozilla.com/wpush/v2/x',
    'https://web.push.apple.com/x',
  ])
    assert.ok(esDestino(bueno, []), bueno)
  const malos = [
    'http://fcm.googleapis.com/fcm/send/x',
    'https://fcm.googleapis.com:8443/x',
    'https://fcm.googleapis.com.example.mx/x',
    'https://evilpush.apple.com.mx/x',
    'https://user:clave@fcm.googleapis.com/x',
    'https://127.0.0.1/x',
    'https://[::1]/x',
    'file:///etc/passwd',
    'no es',
    `https://fcm.googleapis.com/${'x'.repeat(2_000)}`,
  ]
  for (const malo of malos) assert.not(esDestino(malo, []), malo)
  const token = await tokenDeCuenta(servidor, (await crearShopper(servidor)).usuarioId)
  const { llaves, endpoint } = servicio.navegador()
  const intentar = async (cuerpo: object) => (await pedir(servidor, '/api/push/suscripciones', { token, cuerpo })).cuerpo.campo
  assert.is(await intentar({ llaves, endpoint: 'http://169.254.169.254/latest' }), 'endpoint')
  assert.is(await intentar({ endpoint, llaves: { ...llaves, p256dh: `B${'A'.repeat(86)}` } }), 'llaves')
  assert.is(await intentar({ endpoint, llaves: { ...llaves, auth: 'AAAA' } }), 'llaves')
})

test('a name that leads into a private network is not found', async () => {
  for (const ip of [
    '127.0.0.1',
    '10.1.2.3',
    '172.16.0.1',
    '192.168.1.1',
    '169.254.169.254',
    '100.64.0.1',
    '0.0.0.0',
    '::1',
    'fd00::1',
    'fe80::1',
    '::ffff:10.0.0.1',
    '',
  ])
    assert.ok(esPrivada(ip), ip)
  for (const ip of ['142.250.1.1', '2607:f8b0::1', '::ffff:8.8.8.8']) assert.not(esPrivada(ip), ip)
  const code = await new Promise((listo) => buscarEnInternet('localhost', {}, (error) => listo(error?.code)))
  assert.is(code, 'EACCES')
})

test('the list: what is read stays read on every phone, and nobody reads another’s', async () => {
  const { ana, token } = await conTelefono()
  const luis = await crearShopper(servidor)
  await vender(ana)
  reloj.avanzar(MINUTO)
  await vender(ana)
  type Lista = { notificaciones: { id: string; leida: boolean; cuerpo: string; fecha: number }[]; total: number; sinLeer: number }
  const lista = async (mas = '', de = token) =>
    (await pedir<Lista>(servidor, `/api/cardya/notificaciones${mas}`, { token: de })).cuerpo.data
  const todas = await lista()
  assert.equal([todas.total, todas.sinLeer], [2, 2])
  assert.ok(todas.notificaciones[0]!.fecha > todas.notificaciones[1]!.fecha, 'newest first')
  assert.is((await lista('?idioma=en&limit=1')).notificaciones[0]?.cuerpo, 'You earned 50 points at Pizzería Roma.')
  assert.is((await lista('?page=2&limit=1')).notificaciones[0]?.id, todas.notificaciones[1]?.id)
  const leer = async (hasta: number) =>
    (await pedir(servidor, '/api/cardya/notificaciones/leidas', { token, cuerpo: { hasta } })).cuerpo.data
  assert.equal(await leer(todas.notificaciones[1]!.fecha), { leidasHasta: todas.notificaciones[1]!.fecha, sinLeer: 1 })
  assert.equal(
    (await lista()).notificaciones.map(({ leida }) => leida),
    [false, true],
  )
  assert.equal(await leer(Date.UTC(2100, 0)), { leidasHasta: todas.notificaciones[0]!.fecha, sinLeer: 0 }, 'not beyond what there is')
  assert.equal(await leer(0), { leidasHasta: todas.notificaciones[0]!.fecha, sinLeer: 0 }, 'never back')
  const deLuis = await tokenDeCuenta(servidor, luis.usuarioId)
  assert.equal(await lista('', deLuis), { notificaciones: [], page: 1, limit: 20, total: 0, sinLeer: 0 })
  const [marca] = await sql`select doc from mias where usuario_id = ${ana.usuarioId} and id = 'aviso:leidas'`
  assert.is(marca.doc.at, todas.notificaciones[0]!.fecha, 'it travels in the shopper’s stream')
})

test('the same thing asked to be told twice is told once', async () => {
  await enviarPendientes(deps)
  llegados()
  const { ana } = await conTelefono()
  const aviso = { tipo: 'cupon_por_vencer', clave: 'c1:3', nombre: 'Café gratis', negocioNombre: 'Café Central' } as const
  assert.ok(await notificar(deps, ana.usuarioId, { ...aviso, venceAt: Date.UTC(2026, 11, 3, 18) }))
  assert.not(await notificar(deps, ana.usuarioId, aviso))
  await enviarPendientes(deps)
  assert.equal(
    llegados().map(({ cuerpo }) => cuerpo),
    ['Café gratis, de Café Central: hasta el 3 dic.'],
  )
})

test('the day a cupón ends is told by the calendar of the shop', async () => {
  await enviarPendientes(deps)
  llegados()
  const { ana } = await conTelefono()
  const sucursales = [{ nombre: 'Playas', zonaHoraria: 'America/Tijuana' }]
  const { negocioId } = await crearNegocioDePrueba(servidor, { nombre: 'Café Baja', sucursales })
  const clave = `${claveDeCupon(negocioId, ana.usuarioId)}:2:x`
  const de = { negocioId, negocioNombre: 'Café Baja', nombre: 'Café gratis', venceAt: Date.parse('2026-12-03T23:59:59.999-08:00') }
  await notificar(deps, ana.usuarioId, { tipo: 'cupon_por_vencer', clave, ...de })
  await enviarPendientes(deps)
  assert.equal(
    llegados().map(({ cuerpo }) => cuerpo),
    ['Café gratis, de Café Baja: hasta el 3 dic.'],
  )
})

test('whoever asks too often is told to wait, and nobody else is', async () => {
  const limites = { ...deps.env.limites, avisosPorMinuto: 2 }
  const app = createApp({ ...deps, env: { ...deps.env, limites } })
  const con = { fetch: (async (url: string, init: RequestInit) => app.fetch(new Request(url, init))) as typeof fetch }
  const [ana, luis] = [await crearShopper(servidor), await crearShopper(servidor)]
  const [deAna, deLuis] = [await tokenDeCuenta(servidor, ana.usuarioId), await tokenDeCuenta(servidor, luis.usuarioId)]
  const estados: number[] = []
  for (const token of [deAna, deAna, deAna, deLuis]) estados.push((await pedir(con, '/api/push/llave', { token })).estado)
  assert.equal(estados, [200, 200, 429, 200])
})

// Last: the till's lease ends while it waits.
test('points on hold are told as such, and when they are released; a cancelled sale too', async () => {
  const { ana } = await conTelefono()
  const decir = async () => {
    await proyectarTodo(deps)
    await enviarPendientes(deps)
    return llegados().map(({ titulo, cuerpo }) => [titulo, cuerpo])
  }
  const venta = await diario.vender({ qr: await ana.qr(reloj.ahora() - 6 * MINUTO) })
  await diario.subir()
  assert.equal(await decir(), [['50 puntos en espera', 'Pizzería Roma está revisando tu compra. Te avisamos cuando se sumen.']])
  const [{ venceAt }] = await sql`select vence_at from retenciones where transaccion_id = ${venta.id}`
  reloj.avanzar(venceAt - reloj.ahora())
  assert.ok((await barrerVencidos(deps)) > 0)
  assert.equal(await decir(), [['+50 puntos', 'Ya son tuyos tus puntos de Pizzería Roma.']])
  reloj.avanzar(MINUTO)
  await diario.escribir('anulacion', { transaccionId: venta.id, motivo: 'error' })
  await diario.subir()
  assert.equal(await decir(), [['−50 puntos', 'Por una devolución, anulación o corrección en Pizzería Roma.']])
  const nuevo = await tokenDeCuenta(servidor, ana.usuarioId)
  type Lista = { notificaciones: { tipo: string }[] }
  const { data } = (await pedir<Lista>(servidor, '/api/cardya/notificaciones', { token: nuevo })).cuerpo
  assert.equal(
    data.notificaciones.map(({ tipo }) => tipo),
    ['devolucion', 'puntos_liberados'],
    'what waited and came is one thing in the list',
  )
})

test.run()
