import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { textoCanonico } from '../../../schema/core/canonico.ts'
import { HORA } from '../../../schema/core/tiempo.ts'
import type { TransaccionDoc, VeredictoDoc } from '../../../schema/protocol/documentos.ts'
import { type Fuentes, movimientosDelDia, resumenDelDia } from './movimientos.ts'

const ZONA = 'America/Mexico_City'
const DIA = '2026-11-21'
const MEDIODIA = Date.UTC(2026, 10, 21, 18)
const uuid = (n: number) => `00000000-0000-7000-8000-${String(n).padStart(12, '0')}`
const CADENA = uuid(900)
const llave = (seq: number) => `${CADENA}|${String(seq).padStart(10, '0')}`

function renglon(seq: number, tipo: string, datos: unknown, wall = MEDIODIA + seq, estado = 'pendiente') {
  const cuerpo = textoCanonico({
    v: 1,
    id: uuid(seq),
    cadenaId: CADENA,
    seq,
    prevHash: seq === 0 ? '' : 'a'.repeat(64),
    negocioId: uuid(800),
    sucursalId: uuid(801),
    dispositivoId: uuid(802),
    licenciaId: null,
    operador: null,
    tiempo: { wall, offset: 0, offsetAt: 0, mono: 0, arranque: uuid(803) },
    tipo,
    datos,
  })
  return { id: llave(seq), cuerpo, estado }
}
const venta = (seq: number, montoCentavos: number, mas: object = {}, wall?: number) =>
  renglon(
    seq,
    'venta',
    {
      folio: `C1-${String(seq).padStart(6, '0')}`,
      montoCentavos,
      metodoPago: 'efectivo',
      descripcion: null,
      lineas: [],
      qr: null,
      configVersion: 1,
      puntosPrometidos: 0,
      ...mas,
    },
    wall,
  )
const veredicto = (seq: number, mas: Partial<VeredictoDoc> = {}): VeredictoDoc => ({
  id: llave(seq),
  cadenaId: CADENA,
  seq,
  hechoId: uuid(seq),
  tipo: 'venta',
  dispositivoId: uuid(802),
  estado: 'aceptado',
  motivos: [],
  puntos: 0,
  effAt: MEDIODIA,
  hueco: false,
  seqStream: 1,
  ...mas,
})
const transaccion = (seq: number, montoCentavos: number, mas: Partial<TransaccionDoc> = {}): TransaccionDoc => ({
  id: uuid(seq),
  sucursalId: uuid(801),
  dispositivoId: uuid(802),
  cadenaId: CADENA,
  seq,
  folio: `C1-${String(seq).padStart(6, '0')}`,
  clienteId: null,
  cardId: null,
  empleadoId: null,
  montoCentavos,
  descripcion: null,
  metodoPago: 'efectivo',
  lineas: [],
  puntosBase: 0,
  multiplicadorPct: 100,
  puntosOtorgados: 0,
  puntosDevueltos: 0,
  acreditada: false,
  nivelCliente: null,
  configVersion: 1,
  reembolsadoCentavos: 0,
  motivo: null,
  estado: 'completada',
  effAt: MEDIODIA,
  recibidoAt: MEDIODIA + 5_000,
  retenida: false,
  ...mas,
})
const lista = (fuentes: Partial<Fuentes>, dia = DIA) =>
  movimientosDelDia({ diario: [], veredictos: [], transacciones: [], ...fuentes }, dia, ZONA)

test('a sale that the server has not acknowledged is only here', () => {
  const [m] = lista({ diario: [venta(1, 12_500)] })
  assert.is(m?.aspecto, 'aqui')
  assert.is(m?.recibido, false)
  assert.is(m?.montoCentavos, 12_500)
  assert.is(m?.reembolsableCentavos, 12_500)
})

test('an acknowledged sale is solid, dated by the server’s own receipt', () => {
  const [m] = lista({ diario: [venta(1, 100)], veredictos: [veredicto(1)], transacciones: [transaccion(1, 100)] })
  assert.is(m?.aspecto, 'servidor')
  assert.is(m?.recibidoAt, MEDIODIA + 5_000)
  assert.is(lista({ diario: [{ ...venta(1, 100), estado: 'recibido' }] })[0]?.recibido, true, 'acknowledged, not pulled yet')
})

test('a sale appears once, though the journal and the pull both have it', () => {
  assert.is(lista({ diario: [venta(1, 100)], transacciones: [transaccion(1, 100)] }).length, 1)
})

test('sales of another till of the sucursal, and of a lost journal, come from the pull', () => {
  const [m] = lista({ transacciones: [transaccion(7, 300)] })
  assert.is(m?.propio, false)
  assert.is(m?.aspecto, 'servidor')
})

test('held points need a person, and say why', () => {
  const [m] = lista({
    diario: [venta(1, 100, { puntosPrometidos: 9 })],
    veredictos: [veredicto(1, { estado: 'retenido', motivos: [{ regla: 'R2', codigo: 'qr_repetido' }], puntos: 9 })],
  })
  assert.is(m?.aspecto, 'atencion')
  assert.is(m?.motivo, 'qr_repetido')
  assert.is(m?.puntosFirmes, false)
})

test('a refund that waits here is not offered twice; once judged, only the server’s sum counts', () => {
  const reembolso = renglon(2, 'reembolso', { folio: 'C1-000002', transaccionId: uuid(1), montoCentavos: 400, motivo: 'frío' })
  const diario = [venta(1, 1_000), reembolso]
  const antes = lista({ diario }).find((m) => m.tipo === 'venta')
  assert.is(antes?.reembolsableCentavos, 600)
  const despues = lista({
    diario,
    veredictos: [veredicto(1), veredicto(2)],
    transacciones: [transaccion(1, 1_000, { reembolsadoCentavos: 400 })],
  })
  assert.is(despues.find((m) => m.tipo === 'venta')?.reembolsableCentavos, 600)
})

test('a cancelled sale is not in the sum and cannot be refunded', () => {
  const diario = [venta(1, 1_000), venta(2, 500), renglon(3, 'anulacion', { transaccionId: uuid(1), motivo: 'error' })]
  const movimientos = lista({ diario })
  assert.is(movimientos.find((m) => m.id === uuid(1))?.reembolsableCentavos, 0)
  assert.equal(resumenDelDia(movimientos), { ventas: 1, vendidoCentavos: 500, devueltoCentavos: 0 })
})

test('the day is the sucursal’s: 23:59 and 00:01 fall on two lists', () => {
  const medianoche = Date.UTC(2026, 10, 22, 6)
  const diario = [venta(1, 100, {}, medianoche - 60_000), venta(2, 200, {}, medianoche + 60_000)]
  assert.equal(
    lista({ diario }).map((m) => m.montoCentavos),
    [100],
  )
  assert.equal(
    lista({ diario }, '2026-11-22').map((m) => m.montoCentavos),
    [200],
  )
})

test('a hecho entered again in the next chain is listed once', () => {
  assert.is(lista({ diario: [{ ...venta(1, 100), estado: 'trasladado' }, venta(2, 100)] }).length, 1)
})

test('newest first; what cannot be read is left to the pending list', () => {
  const diario = [
    venta(1, 100),
    venta(2, 200, {}, MEDIODIA + HORA),
    { id: llave(3), cuerpo: 'no es json' },
    renglon(0, 'cadena.abierta', { motivo: 'alta', serie: 'C1' }),
  ]
  assert.equal(
    lista({ diario }).map((m) => m.montoCentavos),
    [200, 100],
  )
})

test.run()
