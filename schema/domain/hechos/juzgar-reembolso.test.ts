import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { DIA, HORA } from '../../core/tiempo.ts'
import { AHORA, CADENA, CADENA_SERVIDOR, CLIENTE, Mesa, unaVenta, unId, unQr } from '../../testing/constructores.ts'
import type { Veredicto } from './libro.ts'

const reglas = (v: Veredicto) => `${v.estado} ${v.motivos.map((m) => `${m.regla}:${m.codigo}`).join(' ')}`.trim()
const saldo = (mesa: Mesa) => {
  const s = mesa.libro.saldos.get(CLIENTE)
  return s && [s.puntosDisponibles, s.puntosAcumulados, s.puntosRetenidos, s.sobregiro]
}
const sumaDelHistorial = (mesa: Mesa) => mesa.cambios.historial.reduce((suma, h) => suma + h.puntos, 0)
const VENTA = unId(50)
const devolver = (mesa: Mesa, montoCentavos: number, opciones = {}) =>
  mesa.juzgar('reembolso', { folio: 'C1-000002', transaccionId: VENTA, montoCentavos, motivo: 'fría' }, opciones)
const anular = (mesa: Mesa, opciones = {}) => mesa.juzgar('anulacion', { transaccionId: VENTA, motivo: 'error' }, opciones)
const t = (mesa: Mesa) => mesa.libro.transacciones.get(VENTA)

/** $500.00 by an oro: 75 points; `retenida` by an old QR. */
function mesaConVenta(retenida = false): Mesa {
  const mesa = new Mesa()
  mesa.juzgar('venta', unaVenta({ qr: unQr(mesa.libro, { nivel: 'oro', tsMs: retenida ? AHORA - DIA : AHORA }) }), { id: VENTA })
  return mesa
}

test('[R6] partial refunds add up, points follow the total, and the last one makes it reembolsada', () => {
  const mesa = mesaConVenta()
  const pasos: [monto: number, quitados: number, disponibles: number, estado: string][] = [
    [16_667, -25, 50, 'completada'],
    [16_667, -25, 25, 'completada'],
    [16_666, -25, 0, 'reembolsada'],
  ]
  for (const [monto, quitados, disponibles, estado] of pasos) {
    assert.is(devolver(mesa, monto).puntos, quitados)
    assert.equal([saldo(mesa)?.[0], t(mesa)?.estado], [disponibles, estado])
  }
  assert.equal(saldo(mesa), [0, 75, 0, 0])
  assert.equal([t(mesa)?.puntosDevueltos, t(mesa)?.motivo, sumaDelHistorial(mesa)], [75, 'fría', 0])
})

test('SCAN-50: a refund leaves lifetime points alone', () => {
  const mesa = mesaConVenta()
  devolver(mesa, 50_000)
  assert.is(mesa.cambios.eventos.at(-1)?.cuerpo.lifetime, null)
  assert.equal(mesa.cambios.eventos.at(-1)?.cuerpo.venta?.estado, 'reembolsada')
})

test('[R6] what exceeds the sale is a cost of the merchant, in review', () => {
  const mesa = mesaConVenta()
  devolver(mesa, 40_000)
  const veredicto = devolver(mesa, 30_000, { id: unId(60) })
  assert.equal([reglas(veredicto), veredicto.puntos], ['en_revision R6:reembolso_excedido', -15])
  const [aviso] = mesa.cambios.avisos
  assert.equal([aviso?.id, aviso?.tipo, aviso?.costoCentavos], [`${unId(60)}:reembolso_excedido`, 'revision', 20_000])
  assert.equal([t(mesa)?.reembolsadoCentavos, t(mesa)?.estado, saldo(mesa)?.[0]], [50_000, 'reembolsada', 0])
  assert.is(devolver(mesa, 1).puntos, 0)
})

test('[R6] points already spent become a named sobregiro, and later points pay it first', () => {
  const mesa = mesaConVenta()
  const gastado = mesa.libro.saldos.get(CLIENTE)
  if (gastado) gastado.puntosDisponibles = 20
  const veredicto = devolver(mesa, 50_000, { id: unId(60) })
  assert.equal([reglas(veredicto), veredicto.puntos], ['aceptado R6:sobregiro', -75])
  assert.equal(saldo(mesa), [0, 75, 0, 55])
  assert.equal(
    mesa.cambios.avisos.map((a) => [a.id, a.puntos]),
    [[`${unId(60)}:sobregiro`, 55]],
  )
  const [aviso] = mesa.cambios.avisos
  assert.equal([aviso?.tipo, aviso?.regla, aviso?.datos.transaccionId, aviso?.datos.folio], ['revision', 'R6', VENTA, 'C1-000001'])
  mesa.juzgar('venta', unaVenta({ qr: unQr(mesa.libro, { ctr: 2, nivel: 'oro' }) }))
  assert.equal(saldo(mesa), [20, 150, 0, 0])
})

test('[R6] a refund of a held sale takes from what is held; what remains is what will be credited', () => {
  const mesa = mesaConVenta(true)
  assert.is(devolver(mesa, 25_000).puntos, -37)
  assert.equal([saldo(mesa), mesa.cambios.historial], [[0, 0, 38, 0], []])
  assert.is(mesa.decidir(VENTA, 'R11', 'aprobar').puntos, 38)
  assert.equal([saldo(mesa), sumaDelHistorial(mesa)], [[38, 38, 0, 0], 38])
  assert.is(devolver(mesa, 25_000).puntos, -38)
  assert.equal(saldo(mesa), [0, 38, 0, 0])
})

test('a sale without a client is refunded without points', () => {
  const mesa = new Mesa()
  mesa.juzgar('venta', unaVenta(), { id: VENTA })
  assert.equal([reglas(devolver(mesa, 50_000)), t(mesa)?.estado, mesa.cambios.eventos.length], ['aceptado', 'reembolsada', 0])
})

test('SCAN-51: an anulacion takes back what remains, and says when, for the lifetime points', () => {
  const mesa = mesaConVenta()
  devolver(mesa, 25_000)
  const veredicto = anular(mesa, { recibidoAt: AHORA + HORA })
  assert.equal([reglas(veredicto), veredicto.puntos], ['aceptado', -38])
  assert.equal([saldo(mesa), t(mesa)?.estado, t(mesa)?.puntosDevueltos, sumaDelHistorial(mesa)], [[0, 75, 0, 0], 'anulada', 75, 0])
  assert.equal(mesa.cambios.eventos.at(-1)?.cuerpo.lifetime, { tipo: 'anulado', effAt: AHORA + HORA })
})

test('[R1] a second anulacion changes nothing', () => {
  const mesa = mesaConVenta()
  anular(mesa)
  const antes = JSON.stringify([saldo(mesa), t(mesa), mesa.cambios.eventos.length])
  assert.is(reglas(anular(mesa)), 'aceptado R1:ya_anulada')
  assert.is(JSON.stringify([saldo(mesa), t(mesa), mesa.cambios.eventos.length]), antes)
})

test('PTS-15: a client spent what is left of the sales that stand; what was refunded was a visit, what never was is none', () => {
  const cuentas = (mesa: Mesa) => {
    const c = mesa.libro.clientes.get(CLIENTE)
    return [c?.visitas, c?.gastadoCentavos]
  }
  for (const retenida of [false, true]) {
    const mesa = mesaConVenta(retenida)
    mesa.juzgar('venta', unaVenta({ qr: unQr(mesa.libro, { ctr: 2 }), montoCentavos: 1_000 }))
    mesa.cambios.clientes.clear() // another batch
    devolver(mesa, 20_000)
    assert.equal([...cuentas(mesa), [...mesa.cambios.clientes]], [2, 31_000, [CLIENTE]])
    mesa.cambios.clientes.clear()
    anular(mesa)
    assert.equal([...cuentas(mesa), [...mesa.cambios.clientes]], [1, 1_000, [CLIENTE]])
    anular(mesa)
    devolver(mesa, 50_000)
    assert.equal(cuentas(mesa), [1, 1_000], 'never twice')
  }
  const mesa = mesaConVenta()
  devolver(mesa, 40_000)
  devolver(mesa, 30_000) // 10,000 of it are left
  assert.equal([t(mesa)?.estado, ...cuentas(mesa)], ['reembolsada', 1, 0])
  anular(mesa)
  assert.equal([t(mesa)?.estado, ...cuentas(mesa)], ['anulada', 0, 0])
})

test('[R6] a refund of a cancelled sale is all excess', () => {
  const mesa = mesaConVenta()
  anular(mesa)
  assert.is(reglas(devolver(mesa, 10_000)), 'en_revision R6:reembolso_excedido')
  assert.equal([t(mesa)?.reembolsadoCentavos, t(mesa)?.estado, mesa.cambios.avisos[0]?.costoCentavos], [0, 'anulada', 10_000])
})

test('a held sale that is cancelled is never credited: its holds are refused', () => {
  const mesa = mesaConVenta(true)
  assert.is(anular(mesa).puntos, -75)
  assert.equal([saldo(mesa), mesa.libro.retenciones.get(VENTA)?.[0]?.estado, mesa.cambios.historial], [[0, 0, 0, 0], 'rechazada', []])
  assert.is(mesa.cambios.eventos.at(-1)?.cuerpo.lifetime, null, 'it was never credited')
  assert.is(reglas(mesa.decidir(VENTA, 'R11', 'aprobar')), 'en_revision R11:regla_no_retenida')
  assert.is(mesa.servidor('retencion.vencida', { transaccionId: VENTA, regla: 'R11' }).puntos, 0)
  assert.equal(saldo(mesa), [0, 0, 0, 0])
})

test('[R14] what arrives before its sale waits, and is settled in acceptance order once the sale is in', () => {
  const mesa = new Mesa()
  assert.is(reglas(devolver(mesa, 40_000, { cadenaId: CADENA_SERVIDOR, id: unId(60), wall: AHORA - 5 })), 'en_espera R14:en_espera')
  assert.is(reglas(devolver(mesa, 30_000, { id: unId(61), seq: 61, wall: AHORA - 4 })), 'en_espera R14:en_espera')
  assert.is(mesa.libro.enEspera.get(VENTA)?.[0]?.venceAt, AHORA + 14 * DIA)
  mesa.juzgar('venta', unaVenta({ qr: unQr(mesa.libro, { nivel: 'oro', tsMs: AHORA + HORA }) }), { id: VENTA, recibidoAt: AHORA + HORA })
  const [primero, segundo] = [mesa.cambios.veredictos.get(`${CADENA_SERVIDOR}|1`), mesa.cambios.veredictos.get(`${CADENA}|61`)]
  assert.ok(primero && segundo)
  assert.equal([reglas(primero), primero.puntos, primero.effAt], ['aceptado', -60, AHORA - 5], 'its hour is that of its first verdict')
  assert.equal([reglas(segundo), segundo.puntos, segundo.effAt], ['en_revision R6:reembolso_excedido', -15, AHORA - 4])
  assert.equal([t(mesa)?.estado, saldo(mesa), mesa.libro.enEspera.size], ['reembolsada', [0, 75, 0, 0], 0])
  assert.equal([...mesa.cambios.esperas.values()], [null, null])
})

test('[R14] after 14 days without its sale it is an orphan, and stays one', () => {
  const mesa = new Mesa()
  devolver(mesa, 40_000, { id: unId(60), seq: 5 })
  const vencer = () => mesa.servidor('espera.vencida', { cadenaId: CADENA, seq: 5 }, { recibidoAt: AHORA + 14 * DIA })
  assert.is(vencer().estado, 'aceptado')
  const huerfano = mesa.cambios.veredictos.get(`${CADENA}|5`)
  assert.ok(huerfano)
  assert.equal([reglas(huerfano), huerfano.effAt], ['huerfano R14:huerfano', AHORA])
  assert.equal(
    mesa.cambios.avisos.map((a) => [a.id, a.tipo, a.creadoAt]),
    [[`${unId(60)}:huerfano`, 'revision', AHORA + 14 * DIA]],
  )
  assert.is(mesa.cambios.esperas.get(`${CADENA}|5`), null)
  vencer()
  assert.is(mesa.cambios.avisos.length, 1)
  mesa.juzgar('venta', unaVenta(), { id: VENTA, recibidoAt: AHORA + 15 * DIA })
  assert.is(t(mesa)?.reembolsadoCentavos, 0)
})

test('[R14] a wait that ended because the sale came does not lapse any more', () => {
  const mesa = new Mesa()
  devolver(mesa, 40_000, { id: unId(60), seq: 5 })
  mesa.juzgar('venta', unaVenta(), { id: VENTA })
  mesa.servidor('espera.vencida', { cadenaId: CADENA, seq: 5 })
  assert.is(mesa.cambios.veredictos.get(`${CADENA}|5`)?.estado, 'aceptado')
})

test('SCAN-40: a refund by line says what came back, never more of a line than was sold; the money decides', () => {
  const mesa = new Mesa()
  const linea = (n: number, cantidad: number) => ({ articuloId: unId(n), nombre: 'Pizza', cantidad, precioCentavos: 10_000 })
  mesa.juzgar('venta', unaVenta({ montoCentavos: 60_000, lineas: [linea(30, 2), linea(31, 1), linea(30, 3)] }), { id: VENTA })
  const devueltas = (lineas: { articuloId: string; cantidad: number }[]) => {
    mesa.juzgar('reembolso', { folio: 'C1-000002', transaccionId: VENTA, montoCentavos: 10_000, motivo: 'fría', lineas })
    return t(mesa)?.lineas.map((l) => l.devueltas)
  }
  assert.equal(devueltas([{ articuloId: unId(30), cantidad: 1 }]), [1, undefined, undefined])
  const dos = [
    { articuloId: unId(30), cantidad: 2 },
    { articuloId: unId(31), cantidad: 9 },
  ]
  assert.equal(devueltas(dos), [2, 1, 1])
  assert.equal(devueltas([{ articuloId: unId(99), cantidad: 1 }]), [2, 1, 1])
  assert.equal([t(mesa)?.reembolsadoCentavos, t(mesa)?.estado], [30_000, 'completada'])
})

test.run()
