/** The counter over HTTP on two nodes at once: what must happen once happens once, whichever node is asked. */
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { DIA, HORA } from '../../../schema/core/tiempo.ts'
import type { MiCanje } from '../../../schema/protocol/canjes.ts'
import { openDb } from '../../db/open.ts'
import { asignarCupones } from '../../jobs/asignar-cupones.ts'
import { avisarDeCupones } from '../../jobs/avisar-cupones.ts'
import { difundirCupones } from '../../jobs/difundir-cupones.ts'
import { barrerVencidos } from '../../jobs/sweep.ts'
import { proyectarTodo } from '../../sync/projector.ts'
import { abrirDbPgDePrueba, CLAVE_DE_PRUEBA } from '../../testing/db.ts'
import { DiarioDePrueba } from '../../testing/diario.ts'
import {
  crearNegocioDePrueba,
  crearShopper,
  createTestServer,
  pedir,
  type ServidorDePrueba,
  tokenDeCuenta,
} from '../../testing/servidor.ts'
import { crearCupones } from '../cupones/crear.ts'
import { crearRecompensas } from '../recompensas/crear.ts'
import type { TransaccionRest } from './documento.ts'
import type { ClienteIdentificado } from './identificar.ts'

let nodos: ServidorDePrueba[] = []
test.before(async () => {
  const db = await abrirDbPgDePrueba()
  nodos = [await createTestServer({ db })]
  nodos.push(await createTestServer({ db: await openDb({ databaseUrl: db.databaseUrl, secretKey: CLAVE_DE_PRUEBA }) }))
})
test.after(async () => {
  for (const nodo of nodos.reverse()) await nodo.cerrar()
})

const en = (i: number) => nodos[i % 2]!
const post = <T>(i: number, token: string, camino: string, cuerpo: object, llave?: string) =>
  pedir<T>(en(i), camino, { token, cuerpo, ...(llave ? { cabeceras: { 'idempotency-key': llave } } : {}) })
const veces = (n: number) => Array.from({ length: n }, (_, i) => i)

test('ten requests with one Idempotency-Key through two nodes are one sale', async () => {
  const negocio = await crearNegocioDePrueba(nodos[0]!)
  const token = await tokenDeCuenta(nodos[0]!, negocio.dueno.usuarioId)
  const venta = { monto: 80, metodoPago: 'efectivo' }
  const diez = await Promise.all(veces(10).map((i) => post<TransaccionRest>(i, token, '/api/scanya/venta', venta, 'una-sola-1')))
  assert.equal([...new Set(diez.map((r) => r.estado))], [200])
  assert.is(new Set(diez.map((r) => r.cuerpo.data.id)).size, 1)
  const distintas = await Promise.all(veces(6).map((i) => post(i, token, '/api/scanya/venta', { ...venta, monto: 10 + i }, 'seis-montos')))
  assert.equal(distintas.map((r) => r.cuerpo.code ?? 'ok').sort(), [...Array(5).fill('IDEMPOTENCIA_DISTINTA'), 'ok'])
})

test('an identification used on two nodes at once is one sale', async () => {
  const negocio = await crearNegocioDePrueba(nodos[0]!)
  const ana = await crearShopper(nodos[0]!)
  const token = await tokenDeCuenta(nodos[0]!, negocio.dueno.usuarioId)
  const quien = await post<ClienteIdentificado>(1, token, '/api/scanya/identificar-cliente', { qrPayload: await ana.qr() })
  const { identificacionId } = quien.cuerpo.data
  const seis = await Promise.all(
    veces(6).map((i) => post(i, token, '/api/scanya/venta', { identificacionId, monto: 100, metodoPago: 'efectivo' }, `ident-${i}-xxx`)),
  )
  assert.equal(seis.map((r) => r.cuerpo.code ?? 'ok').sort(), [...Array(5).fill('IDENTIFICACION_INVALIDA'), 'ok'])
})

test('[R6] refunds over HTTP on two nodes and one of a till, at once: never more than the sale', async () => {
  const negocio = await crearNegocioDePrueba(nodos[0]!, { cajas: 1 })
  const token = await tokenDeCuenta(nodos[0]!, negocio.dueno.usuarioId)
  const diario = new DiarioDePrueba(nodos[0]!, negocio.cajas[0]!)
  await diario.abrir()
  const { id: venta } = await diario.vender({ montoCentavos: 10_000 })
  await diario.subir()
  await diario.escribir('reembolso', { folio: 'C1-000002', transaccionId: venta, montoCentavos: 6_000, motivo: 'x' })
  const carrera = veces(6).map((i) =>
    post<TransaccionRest>(i, token, `/api/scanya/reembolso/${venta}`, { motivo: 'x', monto: 30 }, `carrera-${i}-x`),
  )
  const [deLaCaja, ...porHttp] = await Promise.all([pedir(nodos[1]!, '/sync/diario', { cuerpo: await diario.pedido() }), ...carrera])
  assert.is(deLaCaja.estado, 200)
  const aceptados = porHttp.filter((r) => r.estado === 200).length
  assert.ok(porHttp.every((r) => r.estado === 200 || r.cuerpo.code === 'reembolso_excedido'))
  assert.ok(aceptados >= 1 && aceptados <= 3, String(aceptados))
  const [fila] = await nodos[0]!.db.negocio(
    negocio.negocioId,
    (sql) => sql<{ reembolsadoCentavos: number }[]>`
      select reembolsado_centavos from transacciones where negocio_id = ${negocio.negocioId} and id = ${venta}`,
  )
  assert.ok(fila!.reembolsadoCentavos <= 10_000)
})

test('[R4] points for one canje asked for from two phones through two nodes are one canje; confirmed at ten counters at once, one debit', async () => {
  const negocio = await crearNegocioDePrueba(nodos[0]!, { cajas: 1 })
  const { negocioId } = negocio
  const [recompensa] = await crearRecompensas(nodos[0]!.deps, negocioId, negocio.dueno.usuarioId, [{ nombre: 'Café', puntos: 80 }])
  const ana = await crearShopper(nodos[0]!)
  const diario = new DiarioDePrueba(nodos[0]!, negocio.cajas[0]!)
  await diario.abrir()
  await diario.vender({ qr: await ana.qr(), montoCentavos: 120_000 })
  await diario.subir()
  const [deAna, dueno] = [await tokenDeCuenta(nodos[0]!, ana.usuarioId), await tokenDeCuenta(nodos[0]!, negocio.dueno.usuarioId)]
  const pedido = { negocioId, recompensaId: recompensa!.id, puntos: 80 }
  const seis = await Promise.all(veces(6).map((i) => post<MiCanje>(i, deAna, '/api/cardya/canjear', pedido, `canje-${i}-xxx`)))
  assert.equal(seis.map((r) => r.cuerpo.code ?? 'ok').sort(), [...Array(5).fill('PUNTOS_INSUFICIENTES'), 'ok'])
  const { canjeId } = seis.find((r) => r.estado === 200)!.cuerpo.data
  const diez = await Promise.all(veces(10).map((i) => post(i, dueno, '/api/scanya/confirmar-canje', { canjeId }, `dar-${i}-xxxx`)))
  assert.equal(diez.map((r) => r.cuerpo.code ?? 'ok').sort(), [...Array(9).fill('CANJE_YA_ENTREGADO'), 'ok'])
  const [fila] = await nodos[0]!.db.negocio(
    negocioId,
    (sql) => sql<{ puntosDisponibles: number; puntosApartados: number }[]>`
      select puntos_disponibles, puntos_apartados from puntos_por_negocio where negocio_id = ${negocioId}`,
  )
  assert.equal([fila!.puntosDisponibles, fila!.puntosApartados], [40, 0])
})

test('[R5] cancelled, confirmed and swept at once through two nodes: the points are spent or back, once', async () => {
  const negocio = await crearNegocioDePrueba(nodos[0]!, { cajas: 1 })
  const { negocioId } = negocio
  const [recompensa] = await crearRecompensas(nodos[0]!.deps, negocioId, negocio.dueno.usuarioId, [{ nombre: 'Café', puntos: 80 }])
  const ana = await crearShopper(nodos[0]!)
  const diario = new DiarioDePrueba(nodos[0]!, negocio.cajas[0]!)
  await diario.abrir()
  await diario.vender({ qr: await ana.qr(), montoCentavos: 240_000 })
  await diario.subir()
  const tarde = { ...nodos[1]!.deps, now: () => nodos[1]!.deps.now() + DIA + HORA }
  for (let vez = 0; vez < 3; vez++) {
    const [deAna, dueno] = [await tokenDeCuenta(nodos[0]!, ana.usuarioId), await tokenDeCuenta(nodos[0]!, negocio.dueno.usuarioId)]
    const pedido = { negocioId, recompensaId: recompensa!.id, puntos: 80 }
    const { canjeId } = (await post<MiCanje>(vez, deAna, '/api/cardya/canjear', pedido)).cuerpo.data
    const [dado, cancelado] = await Promise.all([
      post(vez, dueno, '/api/scanya/confirmar-canje', { canjeId }, `dar-${vez}-xxxx`),
      post(vez + 1, deAna, `/api/cardya/canjes/${canjeId}/cancelar`, {}),
      ...(vez === 2 ? [barrerVencidos(tarde)] : []),
    ])
    assert.ok(
      [dado, cancelado].every((r) => r.estado === 200 || r.estado === 409 || r.estado === 503),
      `${dado.estado} ${cancelado.estado}`,
    )
  }
  await barrerVencidos(tarde)
  const [fila] = await nodos[0]!.db.negocio(
    negocioId,
    (sql) => sql<{ puntosDisponibles: number; puntosApartados: number; sobregiro: number; dados: number; suma: number }[]>`
      select puntos_disponibles, puntos_apartados, sobregiro, (select count(*)::int from canjes c where c.negocio_id = p.negocio_id and estado = 'confirmado') as dados,
        (select sum(puntos)::int from historial_puntos h where h.negocio_id = p.negocio_id) as suma
      from puntos_por_negocio p where negocio_id = ${negocioId}`,
  )
  const { puntosDisponibles, puntosApartados, sobregiro, dados, suma } = fila!
  assert.equal([puntosApartados, sobregiro, puntosDisponibles, suma], [0, 0, 240 - 80 * dados, 240 - 80 * dados])
})

test('[R3] the last use of a cupón, asked for on two nodes and given by two tills at once: one over HTTP, and never more counted than it allows', async () => {
  const negocio = await crearNegocioDePrueba(nodos[0]!, { cajas: 2 })
  const { negocioId } = negocio
  const token = await tokenDeCuenta(nodos[0]!, negocio.dueno.usuarioId)
  const ahora = nodos[0]!.reloj.ahora()
  const uno = { titulo: 'Para los primeros', tipo: 'monto', valor: 5_000, desdeAt: 0, venceAt: ahora + DIA } as const
  const [http, cajas] = await crearCupones(nodos[0]!.deps, negocioId, negocio.dueno.usuarioId, [
    { ...uno, codigo: 'PRIMEROS', limiteTotal: 1 },
    { ...uno, codigo: 'PRIMEROS-2', limiteTotal: 1 },
  ])
  const seis = await Promise.all(
    veces(6).map((i) =>
      post(i, token, '/api/scanya/aplicar-cupon', { cuponId: http!.id, monto: 100, metodoPago: 'efectivo' }, `ultimo-${i}-xx`),
    ),
  )
  assert.equal(seis.map((r) => r.cuerpo.code ?? 'ok').sort(), [...Array(5).fill('cupon_repetido'), 'ok'])
  const diarios = negocio.cajas.map((caja, i) => new DiarioDePrueba(en(i), caja))
  const usado = { cuponId: cajas!.id, totalCentavos: 10_000, descuentoCentavos: 5_000, regaladoCentavos: 0, codigoUnico: null }
  for (const diario of diarios) {
    await diario.abrir()
    await diario.vender({ montoCentavos: 5_000, cupon: { ...usado, medio: 'codigo', conConexion: false } })
  }
  await Promise.all(diarios.map((diario) => diario.subir()))
  const usos = await nodos[0]!.deps.db.negocio(
    negocioId,
    (sql) => sql<{ cuponId: string; estado: string; costoCentavos: number }[]>`
      select cupon_id, estado, costo_centavos from cupon_usos where negocio_id = ${negocioId} order by estado, cupon_id`,
  )
  assert.equal(
    usos.map((u) => [u.estado, u.costoCentavos]),
    [
      ['excedido', 5_000],
      ['usado', 0],
      ['usado', 0],
    ],
  )
})

test('CUP-04, 16, 18: a cupón kept six times at once, and a sending that two nodes make at the same time: each client has it once and was told once', async () => {
  const [uno, dos] = nodos as [ServidorDePrueba, ServidorDePrueba]
  const negocio = await crearNegocioDePrueba(uno)
  const { negocioId } = negocio
  const token = await tokenDeCuenta(uno, negocio.dueno.usuarioId)
  const gente = [await crearShopper(uno), await crearShopper(uno), await crearShopper(uno)]
  for (const quien of gente) {
    const { cuerpo } = await post<ClienteIdentificado>(0, token, '/api/scanya/identificar-cliente', { qrPayload: await quien.qr() })
    await post(0, token, '/api/scanya/venta', { identificacionId: cuerpo.data.identificacionId, monto: 10, metodoPago: 'efectivo' })
  }
  const base = { titulo: '2x1', tipo: 'dos_por_uno', valor: 0, desdeAt: 0, venceAt: uno.reloj.ahora() + 2 * DIA } as const
  const [publico, dado] = await crearCupones(uno.deps, negocioId, negocio.dueno.usuarioId, [
    { ...base, codigo: 'GUARDA' },
    { ...base, codigo: 'DADO', publico: false },
  ])
  const suyo = await tokenDeCuenta(uno, gente[0]!.usuarioId)
  const guardados = await Promise.all(
    veces(6).map((i) => post<{ codigoUnico: string }>(i, suyo, `/api/cardya/cupones/${publico!.id}/guardar`, { negocioId })),
  )
  assert.is(new Set(guardados.map((r) => r.cuerpo.data.codigoUnico)).size, 1)
  await post(0, token, `/api/cupones/${dado!.id}/asignar`, { a: 'todos' })
  await Promise.all(veces(4).map((i) => asignarCupones(en(i).deps, 2)))
  await Promise.all([avisarDeCupones(uno.deps), avisarDeCupones(dos.deps), difundirCupones(uno.deps), difundirCupones(dos.deps)])
  await Promise.all([proyectarTodo(uno.deps), proyectarTodo(dos.deps)])
  const [envio] = await uno.deps.db.negocio(
    negocioId,
    (sql) =>
      sql<
        { hechos: number; nuevos: number; estado: string }[]
      >`select hechos, nuevos, estado from cupon_envios where negocio_id = ${negocioId}`,
  )
  assert.equal({ ...envio }, { hechos: 3, nuevos: 3, estado: 'terminado' })
  for (const { usuarioId } of gente) {
    const docs = await uno.deps.db.usuario(usuarioId, (sql) => sql<{ id: string }[]>`select id from mias where usuario_id = ${usuarioId}`)
    const de = (principio: string) => docs.filter(({ id }) => id.startsWith(principio)).length
    assert.equal(
      [de(`cupon:${negocioId}:${dado!.id}`), de(`aviso:cupon_nuevo:${dado!.id}`), de(`aviso:cupon_por_vencer:${dado!.id}`)],
      [1, 1, 1],
    )
  }
  const otraVez = await Promise.all(veces(6).map((i) => post(i, token, `/api/cupones/${dado!.id}/reenviar`, {})))
  assert.is(otraVez.filter(({ estado }) => estado === 200).length, 1, 'CUP-05: told again once, however often it is pressed')
})

test.run()
