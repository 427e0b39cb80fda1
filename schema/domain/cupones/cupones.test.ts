import fc from 'fast-check'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { DIA } from '../../core/tiempo.ts'
import { CONFIGURACION_POR_DEFECTO } from '../configuracion-app/configuracion-app.ts'
import { alcanzaNivel, seOfrece } from './adelanto.ts'
import { codigoEscrito, codigoUnicoDe } from './codigo-unico.ts'
import { type Cupon, cupones, motivoDeCupon, seAgoto, type UsoDeCupon } from './cupon.ts'
import { descuentoDeCupon } from './descuento.ts'
import { etapaDeFin, etapaPorDecir } from './fin.ts'

const ID = '019f0000-0000-7000-8000-000000000001'
const [CAFE, PAN] = ['019f0000-0000-7000-8000-00000000000a', '019f0000-0000-7000-8000-00000000000b']
const CUPON: Cupon = {
  ...{ id: ID, titulo: '10 % en café', descripcion: '', tipo: 'porcentaje', valor: 10, compraMinimaCentavos: 20_000 },
  ...{ desdeAt: 1_000, venceAt: 9_000, limitePorCliente: 1, limiteTotal: null, codigo: 'CAFE-10', imagen: null, nivelRequerido: null },
  ...{ soloConConexion: false, activo: true, publico: true, sucursales: [], articulos: [], borrado: false, sellos: {} },
}
const USO: UsoDeCupon = {
  effAt: 5_000,
  totalCentavos: 20_000,
  nivel: 'bronce',
  sucursalId: ID,
  delCliente: 0,
  loTiene: false,
  deTodos: 0,
  conConexion: false,
}
const motivo = (cupon: Partial<Cupon>, uso: Partial<UsoDeCupon> = {}) => motivoDeCupon({ ...CUPON, ...cupon }, false, { ...USO, ...uso })
const cuenta = (...lineas: [string, number, number][]) => ({
  totalCentavos: lineas.reduce((suma, [, cantidad, precio]) => suma + cantidad * precio, 0),
  lineas: lineas.map(([articuloId, cantidad, precioCentavos]) => ({ articuloId, cantidad, precioCentavos })),
  regaladoCentavos: 0,
})
const descuento = (cupon: Partial<Cupon>, ...lineas: [string, number, number][]) =>
  descuentoDeCupon({ ...CUPON, ...cupon }, cuenta(...lineas))

test('CUP-25: a cupón is an editable whose every field but the id merges by itself', () => {
  assert.equal(cupones.schema.parse(CUPON), CUPON)
  assert.equal(
    [...cupones.campos].sort(),
    Object.keys(CUPON)
      .filter((campo) => !['id', 'borrado', 'sellos'].includes(campo))
      .sort(),
  )
  for (const codigo of ['ab', 'navidad', 'A', '-ABC', 'CON ESPACIO', 'X'.repeat(21)])
    assert.not(cupones.schema.safeParse({ ...CUPON, codigo }).success, codigo)
})

test('SCAN-29: each reason why a cupón does not count, and only then', () => {
  assert.is(motivo({}), null)
  assert.is(motivo({ activo: false }), 'cupon_inactivo')
  assert.is(motivoDeCupon(CUPON, true, USO), 'cupon_inactivo')
  assert.is(motivo({ publico: false }), 'CUPON_AJENO')
  assert.is(motivo({ publico: false }, { loTiene: true }), null)
  assert.is(motivo({}, { effAt: 999 }), 'cupon_no_empieza')
  assert.is(motivo({}, { effAt: 1_000 }), null)
  assert.is(motivo({}, { effAt: 9_000 }), null)
  assert.is(motivo({}, { effAt: 9_001 }), 'cupon_vencido')
  assert.is(motivo({ sucursales: [CAFE] }), 'cupon_otra_sucursal')
  assert.is(motivo({ sucursales: [ID] }), null)
  assert.is(motivo({}, { totalCentavos: 19_999 }), 'cupon_minimo')
  assert.is(motivo({}, { delCliente: 1 }), 'cupon_repetido')
  assert.is(motivo({ limitePorCliente: 2 }, { delCliente: 1 }), null)
  assert.is(motivo({ limiteTotal: 50 }, { deTodos: 50 }), 'cupon_repetido')
  assert.is(motivo({ limiteTotal: 50 }, { deTodos: null }), null, 'a till does not know what others gave')
  assert.is(motivo({ soloConConexion: true }), 'cupon_con_conexion')
  assert.is(motivo({ soloConConexion: true }, { conConexion: true }), null)
})

test('CUP-27: a nivel opens what asks for it or for a lower one', () => {
  const abre = (nivel: UsoDeCupon['nivel'], nivelRequerido: Cupon['nivelRequerido']) => motivo({ nivelRequerido }, { nivel }) === null
  assert.equal([abre('bronce', null), abre('bronce', 'bronce'), abre('plata', 'bronce'), abre('oro', 'plata')], [true, true, true, true])
  assert.equal([abre('bronce', 'plata'), abre('bronce', 'oro'), abre('plata', 'oro')], [false, false, false])
})

test('CUP-06: a percentage to the nearest centavo, an amount up to the total', () => {
  assert.is(descuento({ valor: 30 }, [CAFE, 1, 5_500]), 1_650)
  assert.is(descuento({ valor: 15 }, [CAFE, 1, 333]), 50) // 49.95
  assert.is(descuento({ valor: 50 }, [CAFE, 1, 1]), 1) // half a centavo is the client's
  assert.is(descuento({ valor: 100 }, [CAFE, 1, 9_999_999_999]), 9_999_999_999)
  assert.is(descuento({ tipo: 'monto', valor: 10_000 }, [CAFE, 3, 5_000]), 10_000)
  assert.is(descuento({ tipo: 'monto', valor: 10_000 }, [CAFE, 1, 5_000]), 5_000)
})

test('CUP-06: two for one gives the cheaper of each pair, whatever the order of the lines', () => {
  const dos = { tipo: 'dos_por_uno', valor: 0 } as const
  assert.is(descuento(dos, [CAFE, 2, 4_000]), 4_000)
  assert.is(descuento(dos, [CAFE, 3, 4_000]), 4_000)
  assert.is(descuento(dos, [CAFE, 1, 4_000]), 0)
  assert.is(descuento(dos, [PAN, 1, 1_500], [CAFE, 1, 4_000]), 1_500)
  assert.is(descuento(dos, [CAFE, 1, 4_000], [PAN, 3, 1_500]), 1_500 + 1_500)
  assert.is(descuento({ ...dos, articulos: [PAN] }, [CAFE, 2, 4_000], [PAN, 2, 1_500]), 1_500)
  assert.is(descuentoDeCupon({ ...CUPON, ...dos }, { totalCentavos: 9_000, lineas: [], regaladoCentavos: 4_500 }), 4_500)
})

test('CUP-06: a gift takes off one unit of what it gives, and nothing when it was not rung up', () => {
  const regalo = { tipo: 'regalo', valor: 0, articulos: [PAN] } as const
  assert.is(descuento({ ...regalo, articulos: [PAN] }, [CAFE, 1, 4_000], [PAN, 2, 1_500]), 1_500)
  assert.is(descuento({ ...regalo, articulos: [PAN] }, [CAFE, 1, 4_000]), 0)
  assert.is(descuentoDeCupon({ ...CUPON, ...regalo, articulos: [] }, { totalCentavos: 4_000, lineas: [], regaladoCentavos: 0 }), 0)
})

test('CUP-24: a client’s own code begins as the merchant’s and fits its column; typed with blanks and in small letters it is the same', () => {
  const azar = Uint8Array.of(0, 31, 32, 63, 255, 10, 20, 9)
  assert.is(codigoUnicoDe('PIZZA30', azar), 'PIZZA30-0Z0ZZAM')
  assert.is(codigoUnicoDe('NAVIDAD-2024-ABC123', azar), 'NAVIDAD-2024-0Z0ZZAM')
  assert.ok(codigoUnicoDe('X'.repeat(20), azar).length <= 20)
  assert.is(codigoEscrito(' pizza30-0z0 zzam'), 'PIZZA30-0Z0ZZAM')
})

const linea = fc.record({
  articuloId: fc.constantFrom(CAFE, PAN),
  cantidad: fc.integer({ min: 1, max: 9 }),
  precioCentavos: fc.integer({ min: 0, max: 99_999 }),
})

test('a discount is a whole number of centavos, never below zero nor beyond the total, whatever the order of the lines', () => {
  const tipo = fc.constantFrom('porcentaje', 'monto', 'dos_por_uno', 'regalo')
  fc.assert(
    fc.property(
      tipo,
      fc.integer({ min: 0, max: 200_000 }),
      fc.array(linea, { maxLength: 6 }),
      fc.nat(99_999),
      (tipo, valor, lineas, regaladoCentavos) => {
        const totalCentavos = lineas.length === 0 ? 50_000 : lineas.reduce((suma, l) => suma + l.cantidad * l.precioCentavos, 0)
        const cupon = { tipo, valor, articulos: [] } as Pick<Cupon, 'tipo' | 'valor' | 'articulos'>
        const uno = descuentoDeCupon(cupon, { totalCentavos, lineas, regaladoCentavos })
        assert.ok(Number.isSafeInteger(uno) && uno >= 0 && uno <= totalCentavos)
        assert.is(descuentoDeCupon(cupon, { totalCentavos, lineas: [...lineas].reverse(), regaladoCentavos }), uno)
      },
    ),
  )
})

test('two for one by line is two for one unit by unit', () => {
  fc.assert(
    fc.property(fc.array(linea, { minLength: 1, maxLength: 6 }), (lineas) => {
      const precios = lineas.flatMap((l) => Array.from({ length: l.cantidad }, () => l.precioCentavos)).sort((a, b) => b - a)
      const gratis = precios.reduce((suma, precio, i) => suma + (i % 2 === 1 ? precio : 0), 0)
      const totalCentavos = precios.reduce((suma, precio) => suma + precio, 0)
      assert.is(descuentoDeCupon({ tipo: 'dos_por_uno', valor: 0, articulos: [] }, { totalCentavos, lineas, regaladoCentavos: 0 }), gratis)
    }),
  )
})

test('CARD-13, CUP-26: plata keeps a cupón a day before it begins, oro three; nobody one that is over, hidden or stopped', () => {
  const cupon = { ...CUPON, desdeAt: 10 * DIA, venceAt: 20 * DIA }
  const app = CONFIGURACION_POR_DEFECTO
  const desde = (nivel: 'bronce' | 'plata' | 'oro', antes: number) => seOfrece(cupon, 0, nivel, cupon.desdeAt - antes, app)
  assert.equal([desde('bronce', 0), desde('bronce', 1)], [true, false])
  assert.equal([desde('plata', DIA), desde('plata', DIA + 1)], [true, false])
  assert.equal([desde('oro', 3 * DIA), desde('oro', 3 * DIA + 1)], [true, false])
  assert.equal([seOfrece(cupon, 0, 'oro', cupon.venceAt, app), seOfrece(cupon, 0, 'oro', cupon.venceAt + 1, app)], [true, false])
  for (const negado of [{ activo: false }, { publico: false }, { nivelRequerido: 'oro' as const }])
    assert.not(seOfrece({ ...cupon, ...negado }, 0, 'plata', cupon.desdeAt, app), JSON.stringify(negado))
})

test('CUP-07, 26: one whose uses in all are spent is offered to nobody', () => {
  const deDos = (usados: number) => seOfrece({ ...CUPON, limiteTotal: 2 }, usados, 'bronce', CUPON.desdeAt, CONFIGURACION_POR_DEFECTO)
  assert.equal([deDos(1), deDos(2), deDos(3)], [true, false, false])
  assert.not(seAgoto({ limiteTotal: null }, 1_000_000), 'one without a limit never is')
})

test('CUP-27: a cupón for a nivel is for that one and those above', () => {
  const niveles = ['bronce', 'plata', 'oro'] as const
  const alcanzan = (nivelRequerido: (typeof niveles)[number] | null) => niveles.filter((nivel) => alcanzaNivel({ nivelRequerido }, nivel))
  assert.equal(alcanzan(null), [...niveles])
  assert.equal(alcanzan('bronce'), [...niveles])
  assert.equal(alcanzan('plata'), ['plata', 'oro'])
  assert.equal(alcanzan('oro'), ['oro'])
})

test('CUP-19, CUP-20: three days before its end, its last day, over', () => {
  const etapas = [3 * DIA + 1, 3 * DIA, DIA + 1, DIA, 0, -1].map((antes) => etapaDeFin(10 * DIA, 10 * DIA - antes))
  assert.equal(etapas, [0, 1, 1, 2, 2, 3])
})

test('CUP-19, 20, 22: a cupón that ends with its day is told of from 9:00 to 21:00 of its own zone; at night only what ends before the morning', () => {
  const TIJUANA = 'America/Tijuana'
  const en = (cuando: string) => Date.parse(`2026-${cuando}-08:00`)
  const fin = en('12-03T23:59:59.999')
  const dicho = (venceAt: number, cuando: string) => etapaPorDecir(venceAt, en(cuando), TIJUANA)
  assert.equal(
    ['11-30T20:59', '11-30T23:59:59.999', '12-01T08:59:59.999', '12-01T09:00'].map((cuando) => dicho(fin, cuando)),
    [0, 0, 0, 1],
  )
  assert.equal(
    ['12-02T20:59:59.999', '12-02T21:00', '12-02T23:59:59.999', '12-03T00:00', '12-03T09:00', '12-03T20:59'].map((cuando) =>
      dicho(fin, cuando),
    ),
    [1, 0, 0, 0, 2, 2],
  )
  assert.equal(
    ['12-04T00:00', '12-04T08:59', '12-04T09:00', '12-04T21:00'].map((cuando) => dicho(fin, cuando)),
    [0, 0, 3, 0],
  )
  assert.equal(
    ['12-03T21:00', '12-03T23:00'].map((cuando) => dicho(fin, cuando)),
    [2, 2],
    'made that night: by the morning it is over',
  )
  assert.is(etapaPorDecir(fin, en('12-03T07:30'), 'America/Mexico_City'), 2, 'there it is half past nine')
})

test('CUP-01: the four types of a cupón, and no other', () => {
  for (const tipo of ['porcentaje', 'monto', 'dos_por_uno', 'regalo', 'otro', '']) {
    const leido = cupones.schema.shape.tipo.safeParse(tipo)
    assert.is(leido.success, !['otro', ''].includes(tipo), tipo)
  }
  assert.is(cupones.tabla, 'cupones')
})

test.run()
