import { test } from 'uvu'
import * as assert from 'uvu/assert'
import type { TurnoDeCaja } from '../../../../workers/replica/api.ts'
import { cajonDe, contadoCon, diferenciaDe, diferenciaEnPalabras, lineasDe } from './cuadre.ts'

const turno = (mas: Partial<TurnoDeCaja> = {}): TurnoDeCaja => ({
  ...{ turnoId: 't', abiertoAt: 0, abiertoPor: null, fondoCentavos: 50_000, esperadoCentavos: 61_000, nota: null },
  ...{ cerradoAt: null, cerradoPor: null, contadoCentavos: null },
  resumen: {
    ...{ ventas: 3, efectivoCentavos: 12_000, tarjetaCentavos: 8_000, transferenciaCentavos: 0 },
    ...{ reembolsadoCentavos: 1_500, reembolsadoEfectivoCentavos: 1_000, descuentoCentavos: 0 },
    ...{ puntos: 0, cupones: 0, canjes: 0, anuladas: 1 },
  },
  ...mas,
})

test('a shift tells what came in by each way, and leaves out what never happened', () => {
  const lineas = new Map(lineasDe(turno()))
  assert.is(lineas.get('Vendido'), '$200.00')
  assert.is(lineas.get('Devuelto'), '−$15.00')
  assert.is(lineas.get('Ventas anuladas'), '1')
  assert.not(lineas.has('Cupones'))
})

test('the drawer: fondo, cash in, cash out, what there should be; counted only once it was closed', () => {
  assert.equal(
    cajonDe(turno()).map(([, es]) => es),
    ['$500.00', '$120.00', '−$10.00', '$610.00'],
  )
  const cerrado = turno({ cerradoAt: 1, contadoCentavos: 60_500 })
  assert.equal(cajonDe(cerrado).slice(-2), [
    ['Contaste', '$605.00'],
    ['Diferencia', 'Faltan $5.00'],
  ])
  assert.equal(cajonDe(turno({ cerradoAt: 1 })).at(-1), ['Contaste', 'No se contó'])
  assert.is(diferenciaDe(turno()), null)
  assert.equal([0, 250].map(diferenciaEnPalabras), ['Cuadra', 'Sobran $2.50'])
})

test('nothing written is not a count of nothing: a zero is written, and erased', () => {
  const teclear = (...teclas: Parameters<typeof contadoCon>[1][]) => teclas.reduce<number | null>(contadoCon, null)
  assert.is(teclear(), null)
  assert.is(teclear('borrar'), null)
  assert.is(teclear('0'), 0)
  assert.is(teclear('00'), 0)
  assert.is(teclear('1', '2', '00'), 1_200)
  assert.is(teclear('1', '2', 'borrar'), 1)
  assert.is(teclear('1', '2', 'borrar', 'borrar'), null)
  assert.is(teclear('0', 'borrar'), null)
})

test.run()
