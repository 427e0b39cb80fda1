import { test } from 'uvu'
import * as assert from 'uvu/assert'
import type { CanjeDoc } from '../../../schema/protocol/documentos.ts'
import type { CuponVisto } from '../../../workers/replica/api.ts'
import { entregadosDelDia } from '../canjes/entregados.ts'
import { cuentaDe } from './cuenta.ts'
import { condicionesDe, loQueQuita, vencePronto } from './en-palabras.ts'

const ZONA = 'America/Mexico_City'
const MEDIODIA = Date.UTC(2026, 10, 21, 18)
const HORA = 3_600_000
const SUCURSAL = 'centro'

const unCupon = (cambios: Partial<CuponVisto> = {}): CuponVisto => ({
  ...{ cuponId: 'c', titulo: '20% de descuento', descripcion: '', tipo: 'porcentaje', valor: 20, compraMinimaCentavos: 20_000 },
  ...{ desdeAt: 0, venceAt: MEDIODIA, nivelRequerido: null, codigo: 'PROMO', articulos: [], soloConConexion: false },
  ...{ quedan: 1, propio: true, motivo: null, ...cambios },
})

test('SCAN-28: total, discount and what is left to pay, as the pad fills; below the minimum nothing is taken off and the reason stands', () => {
  const cuenta = (total: number, cambios: Partial<CuponVisto> = {}, regaladoCentavos = 0) =>
    cuentaDe(total, { visto: unCupon(cambios), regaladoCentavos })
  assert.equal(cuentaDe(50_000, null), { totalCentavos: 50_000, descuentoCentavos: 0, porCobrarCentavos: 50_000, falta: null })
  assert.equal(cuenta(50_000), { totalCentavos: 50_000, descuentoCentavos: 10_000, porCobrarCentavos: 40_000, falta: null })
  assert.equal(cuenta(19_999), { totalCentavos: 19_999, descuentoCentavos: 0, porCobrarCentavos: 19_999, falta: 'cupon_minimo' })
  const gratis = cuenta(30_000, { tipo: 'monto', valor: 99_900 })
  assert.equal([gratis.descuentoCentavos, gratis.porCobrarCentavos], [30_000, 0])
  assert.is(cuenta(36_000, { tipo: 'dos_por_uno', valor: 0 }, 18_000).porCobrarCentavos, 18_000)
  assert.is(cuenta(36_000, { tipo: 'regalo', valor: 0 }).porCobrarCentavos, 36_000)
})

test('SCAN-16, 27: what it takes off fits a stub; its conditions, and the last two days, are said in words', () => {
  assert.equal(
    [unCupon(), unCupon({ tipo: 'monto', valor: 5_000 }), unCupon({ tipo: 'monto', valor: 5_050 }), unCupon({ tipo: 'dos_por_uno' })].map(
      loQueQuita,
    ),
    ['−20%', '−$50', '−$50.50', '2x1'],
  )
  assert.equal(condicionesDe(unCupon({ nivelRequerido: 'oro', soloConConexion: true, quedan: 3 })), [
    ...['Compra mínima $200', 'Nivel Oro o más', 'Solo con conexión', 'Le quedan 3 usos'],
  ])
  const alas = (horas: number) => vencePronto(MEDIODIA, MEDIODIA - horas * HORA, ZONA)
  assert.equal([alas(1), alas(24), alas(48)], ['Vence hoy', 'Vence mañana', null])
})

test('SCAN-33, 37: the canjes given today, one each, out of what this till wrote and what it pulled', () => {
  const canje = (id: string, cambios: Partial<CanjeDoc> = {}): CanjeDoc => ({
    ...{
      id,
      usuarioId: 'u',
      cardId: '00000000deadbeef',
      recompensaId: 'r',
      nombre: 'Café',
      puntos: 80,
      valorCentavos: 0,
      sucursalId: SUCURSAL,
    },
    ...{ venceAt: 0, estado: 'confirmado', apartado: false, creadoAt: 1, cerradoAt: MEDIODIA, codigoHmac: '' },
    ...{ dispositivoId: null, cadenaId: null, empleadoId: 'lucia', ...cambios },
  })
  // Given anywhere: f by this till, through the server; g by who knows which.
  const SIN_SUCURSAL = ['f', 'g'].map((id) => canje(id, { sucursalId: null, empleadoId: null, nombre: 'Pan' }))
  const dado = (canjeId: string, entregadoAt = MEDIODIA - 1) => ({
    canjeId,
    nombre: 'Té',
    puntos: 5,
    entregadoAt,
    dadoAt: 0,
    operadorId: 'ana',
  })
  const renglon = (canjeId: string, wall: number, estado: string) => ({
    tipo: 'canje_confirmado',
    estado,
    cuerpo: JSON.stringify({ tiempo: { wall, offset: 0 }, operador: { tipo: 'empleado', id: 'carlos' }, datos: { canjeId } }),
  })
  const entregados = entregadosDelDia(
    {
      diario: [
        renglon('a', MEDIODIA + 1, 'recibido'),
        renglon('b', MEDIODIA + 2, 'pendiente'),
        renglon('z', MEDIODIA - 24 * HORA, 'recibido'),
        renglon('a', MEDIODIA + 1, 'trasladado'),
        { tipo: 'canje_confirmado', estado: 'perdido', cuerpo: 'roto' },
      ],
      canjes: [canje('a'), canje('c'), canje('d', { estado: 'pendiente' }), canje('e', { sucursalId: 'norte' }), ...SIN_SUCURSAL],
      dados: [dado('f'), dado('h'), dado('a'), dado('z', MEDIODIA - 24 * HORA)],
      sucursalId: SUCURSAL,
    },
    '2026-11-21',
    ZONA,
  )
  assert.equal(
    entregados.map(({ canjeId, nombre, recibido, operadorId }) => [canjeId, nombre, recibido, operadorId]),
    [
      ['b', null, false, 'carlos'],
      ['a', 'Café', true, 'carlos'],
      ['c', 'Café', true, 'lucia'],
      ['f', 'Pan', true, 'ana'],
      ['h', 'Té', true, 'ana'],
    ],
  )
})

test.run()
