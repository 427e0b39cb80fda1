import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { firmarTexto, generarParDeLlaves } from '../../schema/core/firma.ts'
import { HORA } from '../../schema/core/tiempo.ts'
import { mensajeDeCabeza } from '../../schema/protocol/diario.ts'
import { DiarioDePrueba } from '../testing/diario.ts'
import {
  altaDeCaja,
  crearNegocioDePrueba,
  crearShopper,
  createTestServer,
  type NegocioDePrueba,
  type ServidorDePrueba,
} from '../testing/servidor.ts'

const servidor = await createTestServer()
const sql = servidor.db.superusuario
test.after(() => servidor.cerrar())

const negocio = await crearNegocioDePrueba(servidor, { cajas: 1 })
const ana = await crearShopper(servidor)

/** A journal of a till of its own, opened. */
async function unDiario(s: ServidorDePrueba = servidor, n: NegocioDePrueba = negocio): Promise<DiarioDePrueba> {
  const diario = new DiarioDePrueba(s, await altaDeCaja(s, n))
  await diario.abrir()
  return diario
}
const recibidos = (cadenaId: string) => sql`select * from hechos_recibidos where cadena_id = ${cadenaId} order by n`
const veredictos = (cadenaId: string) => sql`select * from veredictos where cadena_id = ${cadenaId} order by seq`

test('[DI1] a greeting learns esperado and stores nothing', async () => {
  const diario = await unDiario()
  const { estado, cuerpo } = await diario.enviar(await diario.pedido(0, 0))
  assert.is(estado, 200)
  assert.equal([cuerpo.data.recibidoHasta, cuerpo.data.esperado, cuerpo.data.revocado], [-1, 0, false])
  assert.is((await sql`select from cadenas where cadena_id = ${diario.cadenaId}`).length, 0)
  await diario.subir()
  const otra = await diario.enviar(await diario.pedido(0, 0))
  assert.is(otra.cuerpo.data.esperado, 1)
})

test('[DI3] a sale is acknowledged once it is in the ledger, credited and logged', async () => {
  const diario = await unDiario()
  const venta = await diario.vender({ qr: await ana.qr(), puntosPrometidos: 50 })
  const respuesta = await diario.subir()
  assert.equal([respuesta.recibidoHasta, respuesta.esperado], [1, 2])
  const [t] = await sql`select * from transacciones where id = ${venta.id}`
  assert.equal([t.montoCentavos, t.puntosOtorgados, t.acreditada, t.clienteId], [50_000, 50, true, ana.usuarioId])
  const [v] = await sql`select * from veredictos where hecho_id = ${venta.id}`
  assert.is(v.estado, 'aceptado')
  const log =
    await sql`select seq, coleccion, despues from cambios_negocio where negocio_id = ${negocio.negocioId} and seq > ${v.seqStream - 4} order by seq`
  assert.equal(
    log.map((c) => c.coleccion),
    ['transacciones', 'clientes', 'veredictos', 'veredictos'],
  )
  assert.is(log.at(-1).seq, v.seqStream)
  const [evento] = await sql`select * from usuario_eventos where hecho_id = ${venta.id}`
  assert.equal([evento.usuarioId, evento.cuerpo.saldo.puntosDisponibles, evento.negocioNombre], [ana.usuarioId, 50, 'Negocio de prueba'])
})

test('[DI2] the same bytes again change nothing and get the same answer', async () => {
  const diario = await unDiario()
  for (let i = 0; i < 5; i++) await diario.vender()
  const pedido = await diario.pedido()
  const primera = await diario.enviar(pedido)
  const antes = await recibidos(diario.cadenaId)
  const contador = await sql`select seq, aceptados from contadores_negocio where negocio_id = ${negocio.negocioId}`
  const segunda = await diario.enviar(pedido)
  assert.equal([segunda.cuerpo.data.recibidoHasta, segunda.cuerpo.data.esperado], [5, 6])
  assert.equal(segunda.cuerpo.data.esperado, primera.cuerpo.data.esperado)
  assert.equal(await recibidos(diario.cadenaId), antes)
  assert.equal(await sql`select seq, aceptados from contadores_negocio where negocio_id = ${negocio.negocioId}`, contador)
})

test('[DI2] an overlap is skipped and the rest is taken', async () => {
  const diario = await unDiario()
  for (let i = 0; i < 3; i++) await diario.vender()
  await diario.enviar(await diario.pedido(0, 2))
  const { cuerpo } = await diario.enviar(await diario.pedido(0, 4))
  assert.is(cuerpo.data.esperado, 4)
  assert.equal(
    (await recibidos(diario.cadenaId)).map((r) => r.seq),
    [0, 1, 2, 3],
  )
})

test('[DI4] a wrong signature, an unknown device or a wrong head store nothing', async () => {
  const diario = await unDiario()
  const bueno = await diario.pedido()
  const ajena = await generarParDeLlaves()
  const firma = await firmarTexto(ajena.privateKey, 'CYA1|diario', mensajeDeCabeza(bueno))
  const casos = [
    [{ ...bueno, firma }, 401, 'FIRMA_INVALIDA'],
    [{ ...bueno, enviadoAt: bueno.enviadoAt + 1 }, 401, 'FIRMA_INVALIDA'],
    [{ ...bueno, dispositivoId: crypto.randomUUID() }, 401, 'FIRMA_INVALIDA'],
    [await diario.pedido(0, 1, { cabeza: { seq: 0, hash: '0'.repeat(64) } }), 400, 'DIARIO_CABEZA'],
    [await diario.pedido(0, 1, { cabeza: { seq: 7, hash: diario.renglones[0]!.hash } }), 400, 'DIARIO_CABEZA'],
    [{ ...bueno, cuerpos: [`${bueno.cuerpos[0]} `] }, 400, 'DIARIO_CABEZA'],
  ] as const
  for (const [pedido, estado, codigo] of casos) {
    const respuesta = await diario.enviar(pedido as never)
    assert.equal([respuesta.estado, respuesta.cuerpo.code], [estado, codigo])
  }
  assert.is((await recibidos(diario.cadenaId)).length, 0)
})

test('[DI1] too much at a time is refused with its own code', async () => {
  const diario = await unDiario()
  const p = await diario.pedido()
  const muchos = await diario.enviar({ ...p, cuerpos: Array.from({ length: 101 }, () => '{}') })
  assert.equal([muchos.estado, muchos.cuerpo.code], [413, 'DIARIO_EXCEDIDO'])
  const largo = await diario.enviar({ ...p, cuerpos: ['x'.repeat(66_000)] })
  assert.equal([largo.estado, largo.cuerpo.code], [413, 'RENGLON_EXCEDIDO'])
  const pesado = await diario.enviar({ ...p, cuerpos: Array.from({ length: 20 }, () => 'x'.repeat(60_000)) })
  assert.equal([pesado.estado, pesado.cuerpo.code], [413, 'DIARIO_EXCEDIDO'])
  const informe = await diario.enviar(await diario.pedido(0, 0, { perdidos: [{ desde: 0, hasta: 1e9 }] }))
  assert.is(informe.cuerpo.code, 'DIARIO_EXCEDIDO')
  const sinForma = await diario.enviar({ ...p, cadenaId: 'no' })
  assert.equal([sinForma.estado, sinForma.cuerpo.code, sinForma.cuerpo.campo], [400, 'DATO_INVALIDO', 'cadenaId'])
})

test('[DI5] a gap stores nothing and answers esperado', async () => {
  const diario = await unDiario()
  for (let i = 0; i < 4; i++) await diario.vender()
  await diario.enviar(await diario.pedido(0, 2))
  const { estado, cuerpo } = await diario.enviar(await diario.pedido(3, 5))
  assert.equal([estado, cuerpo.data.esperado, cuerpo.data.recibidoHasta], [200, 2, 1])
  assert.is((await recibidos(diario.cadenaId)).length, 2)
})

test('[DI5] lost entries are declared, alerted once, and what follows is marked hueco', async () => {
  const diario = await unDiario()
  for (let i = 0; i < 6; i++) await diario.vender()
  await diario.enviar(await diario.pedido(0, 2))
  const { renglones } = diario
  const cuerpos = [renglones[4]!.cuerpo, renglones[5]!.cuerpo]
  const pedido = await diario.pedido(2, 6, { cuerpos, perdidos: [{ desde: 2, hasta: 3 }], cabeza: { seq: 5, hash: renglones[5]!.hash } })
  const { cuerpo } = await diario.enviar(pedido)
  assert.is(cuerpo.data.esperado, 6)
  const filas = await recibidos(diario.cadenaId)
  assert.equal(
    filas.map((f) => f.estado),
    ['juzgado', 'juzgado', 'perdido', 'perdido', 'juzgado', 'juzgado'],
  )
  assert.equal(
    (await veredictos(diario.cadenaId)).map((v) => [v.seq, v.hueco]),
    [
      [0, false],
      [1, false],
      [4, true],
      [5, true],
    ],
  )
  const avisos = await sql`select * from avisos where codigo = 'hueco' and datos ->> 'cadenaId' = ${diario.cadenaId}`
  assert.is(avisos.length, 1)
  const repetido = await diario.enviar(pedido)
  assert.is(repetido.cuerpo.data.esperado, 6)
  assert.is((await recibidos(diario.cadenaId)).length, 6)
  await diario.enviar(await diario.pedido(6, 7))
  assert.is((await veredictos(diario.cadenaId)).at(-1).hueco, true)
  assert.is((await sql`select from avisos where codigo = 'hueco' and datos ->> 'cadenaId' = ${diario.cadenaId}`).length, 1)
})

test('[DI5] losses at the end of a chain may come before the next entries, with or without desde at the loss', async () => {
  const diario = await unDiario()
  for (let i = 0; i < 3; i++) await diario.vender()
  await diario.enviar(await diario.pedido(0, 1))
  const solo = await diario.enviar(await diario.pedido(1, 1, { perdidos: [{ desde: 1, hasta: 1 }] }))
  assert.is(solo.cuerpo.data.esperado, 2)
  const p = await diario.pedido(3, 4, { perdidos: [{ desde: 2, hasta: 2 }] })
  assert.is((await diario.enviar(p)).cuerpo.data.esperado, 4)
  assert.equal(
    (await recibidos(diario.cadenaId)).map((f) => f.estado),
    ['juzgado', 'perdido', 'perdido', 'juzgado'],
  )
})

test('[DI5] losses after the last text of the same request are taken with it', async () => {
  const diario = await unDiario()
  for (let i = 0; i < 2; i++) await diario.vender()
  const p = await diario.pedido(0, 2, { perdidos: [{ desde: 2, hasta: 3 }] })
  assert.is((await diario.enviar(p)).cuerpo.data.esperado, 4)
  assert.equal(
    (await recibidos(diario.cadenaId)).map((f) => f.estado),
    ['juzgado', 'juzgado', 'perdido', 'perdido'],
  )
})

test('a link that does not hold and no loss explains is received and alerted', async () => {
  const diario = await unDiario()
  await diario.vender()
  await diario.vender({}, { prevHash: 'f'.repeat(64) })
  await diario.subir()
  assert.is((await sql`select from transacciones where cadena_id = ${diario.cadenaId}`).length, 2)
  const [aviso] = await sql`select datos from avisos where codigo = 'hueco' and datos ->> 'cadenaId' = ${diario.cadenaId}`
  assert.equal([aviso.datos.seq, aviso.datos.eslabon], [2, false])
})

test('[DI6] another body for a received seq is kept, not judged, in review; the device is revoked', async () => {
  const caja = await altaDeCaja(servidor, negocio)
  const diario = new DiarioDePrueba(servidor, caja)
  await diario.abrir()
  await diario.vender()
  await diario.subir()
  let revocado = ''
  const quitar = servidor.deps.hub.alRevocar((id) => {
    revocado = id
  })
  const gemelo = new DiarioDePrueba(servidor, caja, diario.cadenaId)
  gemelo.renglones.push(diario.renglones[0]!)
  await gemelo.vender({ montoCentavos: 99_900 })
  const pedido = await gemelo.pedido()
  const { cuerpo } = await gemelo.enviar(pedido)
  quitar()
  assert.equal([cuerpo.data.esperado, cuerpo.data.revocado, revocado], [2, true, caja.dispositivoId])
  const filas = await recibidos(diario.cadenaId)
  assert.equal(
    filas.map((f) => [f.seq, f.variante, f.estado]),
    [
      [0, 0, 'juzgado'],
      [1, 0, 'juzgado'],
      [1, 1, 'bifurcado'],
    ],
  )
  assert.is((await sql`select from transacciones where cadena_id = ${diario.cadenaId}`).length, 1)
  const [d] = await sql`select baja_at, baja_motivo from dispositivos where id = ${caja.dispositivoId}`
  assert.ok(d.bajaAt > 0)
  assert.is(d.bajaMotivo, 'bifurcacion')
  assert.is((await sql`select from avisos where codigo = 'DIARIO_BIFURCADO' and datos ->> 'cadenaId' = ${diario.cadenaId}`).length, 1)
  await gemelo.enviar(pedido)
  assert.is((await recibidos(diario.cadenaId)).length, 3)
})

test('[DI8] an unreadable text, one that lies about its place and an unknown kind are received and stay visible', async () => {
  const diario = await unDiario()
  await diario.escribirTexto('this is not JSON')
  await diario.escribirTexto(JSON.stringify({ v: 1, seq: 99 }))
  const raro = await diario.escribir('propina', { algo: 1 })
  const venta = await diario.vender()
  const respuesta = await diario.subir()
  assert.is(respuesta.esperado, 5)
  const v = await veredictos(diario.cadenaId)
  assert.equal(
    v.map((x) => [x.estado, x.motivos[0]?.codigo ?? null]),
    [
      ['aceptado', null],
      ['sin_procesar', 'HECHO_INVALIDO'],
      ['sin_procesar', 'HECHO_INVALIDO'],
      ['sin_procesar', 'HECHO_DESCONOCIDO'],
      ['aceptado', null],
    ],
  )
  assert.is(v[3].hechoId, raro.id)
  assert.is((await sql`select from transacciones where id = ${venta.id}`).length, 1)
  assert.equal(
    (await recibidos(diario.cadenaId)).map((f) => f.estado),
    ['juzgado', 'sin_procesar', 'sin_procesar', 'sin_procesar', 'juzgado'],
  )
})

test('[DI8] wrong amounts keep their own codes and stop nothing', async () => {
  const diario = await unDiario()
  for (const montoCentavos of [0, -100, 10.5, 10_000_000_000]) await diario.vender({ montoCentavos })
  await diario.vender()
  await diario.subir()
  const codigos = (await veredictos(diario.cadenaId)).map((v) => v.motivos[0]?.codigo ?? v.estado)
  assert.equal(codigos, ['aceptado', 'MONTO_CERO', 'MONTO_NEGATIVO', 'MONTO_DECIMALES', 'MONTO_EXCEDIDO', 'aceptado'])
})

test('[DI8] what the database cannot keep is set apart, not the till', async () => {
  const diario = await unDiario()
  await diario.vender({ descripcion: 'a\u0000b' })
  const venta = await diario.vender({ descripcion: 'with an emoji 🍕' })
  await diario.subir()
  const v = await veredictos(diario.cadenaId)
  assert.equal(
    v.map((x) => x.motivos[0]?.codigo ?? x.estado),
    ['aceptado', 'HECHO_INVALIDO', 'aceptado'],
  )
  assert.is((await sql`select descripcion from transacciones where id = ${venta.id}`)[0].descripcion, 'with an emoji 🍕')
})

test('[DI9] a revoked device still uploads, is told, and its points wait', async () => {
  const caja = await altaDeCaja(servidor, negocio)
  const diario = new DiarioDePrueba(servidor, caja)
  await diario.abrir()
  const venta = await diario.vender({ qr: await ana.qr() })
  await sql`update dispositivos set baja_at = ${new Date(servidor.reloj.ahora())} where id = ${caja.dispositivoId}`
  servidor.reloj.avanzar(1_000)
  const respuesta = await diario.subir()
  assert.equal([respuesta.esperado, respuesta.revocado], [2, true])
  const [t] = await sql`select acreditada, puntos_otorgados from transacciones where id = ${venta.id}`
  assert.equal([t.acreditada, t.puntosOtorgados], [false, 50])
  const [r] = await sql`select regla, codigo from retenciones where transaccion_id = ${venta.id}`
  assert.equal([r.regla, r.codigo], ['R10', 'dispositivo_revocado'])
})

test('[DI9] a client below the minimum protocol may still upload', async () => {
  const diario = await unDiario()
  const respuesta = await servidor.fetch('http://localhost/sync/diario', {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-anunciaya-protocolo': '0' },
    body: JSON.stringify(await diario.pedido()),
  })
  assert.is(respuesta.status, 200)
})

test('[DI10] acceptance order is gapless and receipt never falls, with clock steps back', async () => {
  const n = await crearNegocioDePrueba(servidor)
  const diarios = [await unDiario(servidor, n), await unDiario(servidor, n)]
  for (const salto of [HORA, -2 * HORA, 500, -1_000]) {
    servidor.reloj.avanzar(salto)
    for (const diario of diarios) {
      await diario.vender()
      await diario.subir()
    }
  }
  servidor.reloj.avanzar(HORA + 500)
  const filas = await sql`select n, recibido_at from hechos_recibidos where negocio_id = ${n.negocioId} order by n`
  assert.equal(
    filas.map((f) => f.n),
    filas.map((_, i) => i + 1),
  )
  for (let i = 1; i < filas.length; i++) assert.ok(filas[i].recibidoAt >= filas[i - 1].recibidoAt)
})

test('[DI11] a second chain of a device is taken and announced', async () => {
  const caja = await altaDeCaja(servidor, negocio)
  const primera = new DiarioDePrueba(servidor, caja)
  await primera.abrir()
  await primera.subir()
  const segunda = new DiarioDePrueba(servidor, caja)
  await segunda.abrir('diario_perdido')
  await segunda.vender()
  assert.is((await segunda.subir()).esperado, 2)
  const avisos = await sql`select tipo, codigo from avisos where datos ->> 'cadenaId' = ${segunda.cadenaId} and codigo = 'cadena_nueva'`
  assert.ok(avisos.length >= 1)
})

test('a chain of another device is refused, in the greeting too', async () => {
  const diario = await unDiario()
  await diario.subir()
  const ajeno = new DiarioDePrueba(servidor, await altaDeCaja(servidor, negocio), diario.cadenaId)
  await ajeno.abrir()
  for (const p of [await ajeno.pedido(), await ajeno.pedido(0, 0)]) {
    const { estado, cuerpo } = await ajeno.enviar(p)
    assert.equal([estado, cuerpo.code], [403, 'DIARIO_AJENO'])
  }
})

test('the device and negocio of a text are not believed', async () => {
  const otro = await crearNegocioDePrueba(servidor)
  const diario = await unDiario()
  await diario.vender({}, { negocioId: otro.negocioId })
  await diario.vender({}, { dispositivoId: crypto.randomUUID() })
  await diario.subir()
  const v = await veredictos(diario.cadenaId)
  assert.equal(
    v.map((x) => x.motivos[0]?.codigo ?? null),
    [null, 'NEGOCIO_AJENO', null],
  )
  assert.is(v[2].dispositivoId, diario.caja.dispositivoId)
  assert.is((await sql`select from hechos_recibidos where negocio_id = ${otro.negocioId}`).length, 0)
})

test('the uploads of a device are limited per minute', async () => {
  const s = await createTestServer({
    env: { limites: { ...servidor.deps.env.limites, diarioPorMinuto: 2 } },
  })
  try {
    const n = await crearNegocioDePrueba(s)
    const diario = await unDiario(s, n)
    const estados: number[] = []
    for (let i = 0; i < 3; i++) estados.push((await diario.enviar(await diario.pedido(0, 0))).estado)
    assert.equal(estados, [200, 200, 429])
    const falsa = await diario.pedido(0, 0, { firma: 'AAAA' })
    assert.is((await diario.enviar(falsa)).estado, 401)
  } finally {
    await s.cerrar()
  }
})

test.run()
