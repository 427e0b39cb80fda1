import { test } from 'uvu'
import * as assert from 'uvu/assert'
import type { TransaccionDoc } from '../../../../schema/protocol/documentos.ts'
import type { Movimiento } from '../../../domain/transacciones/movimientos.ts'
import type { Recibo } from './recibo.ts'
import { registroDeVenta } from './registro-de-venta.ts'

const RECIBO: Recibo = {
  hechoId: 'h',
  folio: 'C1-000007',
  montoCentavos: 50_000,
  metodoPago: 'efectivo',
  descripcion: null,
  cliente: { nombre: 'Juan Pérez', nivel: 'oro' },
  puntosPrometidos: 75,
  guardadoAt: 1_000,
}
const movimiento = (mas: Partial<Movimiento> = {}): Movimiento => ({
  id: 'h',
  tipo: 'venta',
  folio: 'C1-000007',
  montoCentavos: 50_000,
  descuentoCentavos: 0,
  cuponId: null,
  foto: null,
  lineas: [],
  montoOriginalCentavos: null,
  metodoPago: 'efectivo',
  at: 1_005,
  aspecto: 'aqui',
  motivo: null,
  recibido: false,
  recibidoAt: null,
  puntos: 75,
  puntosFirmes: false,
  conCliente: true,
  clienteNombre: 'Juan Pérez',
  nivel: 'oro',
  descripcion: null,
  configVersion: 1,
  operadorId: 'o',
  propio: true,
  reembolsableCentavos: 50_000,
  devueltoCentavos: 0,
  estado: 'completada',
  transaccionId: null,
  ...mas,
})
const transaccion = (mas: Partial<TransaccionDoc> = {}): TransaccionDoc =>
  ({ id: 'h', clienteId: 'u', acreditada: true, puntosOtorgados: 75, recibidoAt: 2_000, retenida: false, ...mas }) as TransaccionDoc
const dicho = (...partes: Parameters<typeof registroDeVenta>) => {
  const r = registroDeVenta(...partes)
  assert.ok(r)
  return r
}

test('the receipt stands before any list was asked, and claims nothing of the server', () => {
  const r = dicho(RECIBO, null, undefined)
  assert.is(r.puntosSon, 'por_confirmar')
  assert.is(r.puntos, 75)
  assert.is(r.recibido, false)
  assert.is(r.avisado, false)
  assert.is(registroDeVenta(null, undefined, undefined), null)
})

test('received is not credited, and credited is not announced before the server wrote the notice', () => {
  const recibida = dicho(RECIBO, movimiento({ recibido: true, aspecto: 'servidor' }), undefined)
  assert.is(recibida.recibido, true)
  assert.is(recibida.puntosSon, 'por_confirmar')
  assert.is(recibida.avisado, false)
  const firme = dicho(RECIBO, movimiento({ recibido: true, aspecto: 'servidor', puntosFirmes: true }), transaccion())
  assert.is(firme.puntosSon, 'firmes')
  assert.is(firme.recibidoAt, 2_000)
  assert.is(firme.avisado, true)
})

test('held points keep their number and their reason', () => {
  const mas = { recibido: true, aspecto: 'atencion', motivo: 'qr_repetido' } as const
  const r = dicho(RECIBO, movimiento(mas), transaccion({ acreditada: false, retenida: true }))
  assert.is(r.puntosSon, 'retenidos')
  assert.is(r.motivo, 'qr_repetido')
  assert.is(r.avisado, true, 'the client sees them as held')
})

test('a card that turned out not to be ours gives none, and there is nobody to tell', () => {
  const mas = { recibido: true, aspecto: 'atencion', motivo: 'TARJETA_CLAVE', puntos: 0 } as const
  const r = dicho(RECIBO, movimiento(mas), transaccion({ acreditada: false, clienteId: null, puntosOtorgados: 0 }))
  assert.is(r.puntosSon, 'ninguno')
  assert.is(r.avisado, false)
})

test('a sale without a client has no points to wait for', () => {
  const r = dicho(
    { ...RECIBO, cliente: null, puntosPrometidos: 0 },
    movimiento({ conCliente: false, puntos: 0, clienteNombre: null }),
    undefined,
  )
  assert.is(r.cliente, null)
  assert.is(r.puntosSon, 'ninguno')
})

test('after a reload in another tab the journal alone is enough', () => {
  const r = dicho(null, movimiento(), undefined)
  assert.is(r.folio, 'C1-000007')
  assert.is(r.cliente?.nombre, 'Juan Pérez')
  assert.is(r.guardadoAt, 1_005)
})

test('points credited later by another rule count as the server says', () => {
  const r = dicho(RECIBO, movimiento({ recibido: true, aspecto: 'atencion', motivo: 'reloj' }), transaccion({ puntosOtorgados: 62 }))
  assert.is(r.puntosSon, 'firmes')
  assert.is(r.puntos, 62)
})

test.run()
