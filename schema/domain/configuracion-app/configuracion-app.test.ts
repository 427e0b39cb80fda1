import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { DIA } from '../../core/tiempo.ts'
import { unaConfiguracion } from '../../testing/constructores.ts'
import { seOfrece } from '../cupones/adelanto.ts'
import { MULTIPLICADORES_PCT, UMBRALES } from '../niveles/nivel.ts'
import { type ContenidoDeConfiguracionApp, contenidoDeConfiguracionApp, CONFIGURACION_POR_DEFECTO as DEFECTO } from './configuracion-app.ts'
import { adelantoMs, cabeUnoMas, cumpleReglas, reglasDeLaPlataforma, seOfrecenExclusivos } from './reglas.ts'

const con = (cambios: Partial<ContenidoDeConfiguracionApp>) => ({ ...DEFECTO, ...cambios })
const campoDe = (cambios: object): string =>
  contenidoDeConfiguracionApp.safeParse({ ...DEFECTO, ...cambios }).error?.issues[0]?.path.join('.') ?? ''

test('CARD-19: until somebody publishes, the numbers of the sources', () => {
  assert.equal(contenidoDeConfiguracionApp.parse(DEFECTO), DEFECTO)
  assert.equal(reglasDeLaPlataforma(DEFECTO), { umbrales: UMBRALES, multiplicadoresPct: MULTIPLICADORES_PCT, vidaQrSegundos: 120 })
})

test('CARD-19: what is out of range or out of order is named by its field', () => {
  const casos: [object, string][] = [
    [{ umbrales: { plata: 0, oro: 15_000 } }, 'umbrales.plata'],
    [{ umbrales: { plata: 5_000, oro: 5_000 } }, 'umbrales.oro'],
    [{ umbrales: { plata: 4_999, oro: 5_000 } }, ''],
    [{ multiplicadoresPct: { bronce: 100, plata: 99, oro: 150 } }, 'multiplicadoresPct.plata'],
    [{ multiplicadoresPct: { bronce: 100, plata: 125, oro: 124 } }, 'multiplicadoresPct.oro'],
    [{ multiplicadoresPct: { bronce: 100, plata: 100, oro: 501 } }, 'multiplicadoresPct.oro'],
    [{ multiplicadoresPct: { bronce: 100, plata: 100, oro: 100 } }, ''],
    [{ vidaQrSegundos: 59 }, 'vidaQrSegundos'],
    [{ vidaQrSegundos: 301 }, 'vidaQrSegundos'],
    [{ beneficios: { ...DEFECTO.beneficios, oro: { ...DEFECTO.beneficios.oro, adelantoDias: 31 } } }, 'beneficios.oro.adelantoDias'],
    [{ limites: { maxSucursales: -1, maxEmpleados: 0 } }, 'limites.maxSucursales'],
  ]
  for (const [cambios, campo] of casos) assert.is(campoDe(cambios), campo, JSON.stringify(cambios))
})

test('CARD-15: a multiplicador that is switched off earns as bronce does, nivel by nivel', () => {
  const { plata, oro } = DEFECTO.beneficios
  const sin = (quien: 'plata' | 'oro') =>
    reglasDeLaPlataforma(con({ beneficios: { plata, oro, [quien]: { ...oro, multiplicador: false } } })).multiplicadoresPct
  assert.equal(sin('plata'), { bronce: 100, plata: 100, oro: 150 })
  assert.equal(sin('oro'), { bronce: 100, plata: 125, oro: 100 })
})

test('CARD-19: whether the rules of a negocio say already what the platform says, number by number', () => {
  const reglas = reglasDeLaPlataforma(DEFECTO)
  assert.ok(cumpleReglas(unaConfiguracion(), reglas), 'a version of before the life of a QR could be chosen')
  assert.ok(cumpleReglas(unaConfiguracion({ ...reglas, valorPuntoCentavos: 500 }), reglas), 'what is the negocio’s own does not count')
  for (const otra of [
    { umbrales: { plata: 1, oro: 15_000 } },
    { umbrales: { plata: 5_000, oro: 1 } },
    { multiplicadoresPct: { bronce: 99, plata: 125, oro: 150 } },
    { multiplicadoresPct: { bronce: 100, plata: 126, oro: 150 } },
    { multiplicadoresPct: { bronce: 100, plata: 125, oro: 151 } },
    { vidaQrSegundos: 121 },
  ])
    assert.not(cumpleReglas(unaConfiguracion(otra), reglas), JSON.stringify(otra))
})

test('CARD-13..15: days early by nivel; none when they are switched off', () => {
  assert.equal([adelantoMs('bronce', DEFECTO), adelantoMs('plata', DEFECTO), adelantoMs('oro', DEFECTO)], [0, DIA, 3 * DIA])
  const { plata } = DEFECTO.beneficios
  assert.is(adelantoMs('oro', { beneficios: { plata, oro: { ...plata, adelantoDias: 0 } } }), 0)
})

test('CARD-15: cupones of a nivel whose exclusive ones are switched off are offered to nobody; the rest are', () => {
  const { plata, oro } = DEFECTO.beneficios
  const app = { beneficios: { plata, oro: { ...oro, cuponesExclusivos: false } } }
  assert.equal(
    ([null, 'bronce', 'plata', 'oro'] as const).map((nivel) => seOfrecenExclusivos(nivel, app)),
    [true, true, true, false],
  )
  const cupon = { activo: true, publico: true, desdeAt: 0, venceAt: DIA, nivelRequerido: 'oro' as const, limiteTotal: null }
  assert.equal([seOfrece(cupon, 0, 'oro', 1, DEFECTO), seOfrece(cupon, 0, 'oro', 1, app)], [true, false])
})

test('EMP-37: there is room below the limit, and always without one', () => {
  assert.equal([cabeUnoMas(9, 10), cabeUnoMas(10, 10), cabeUnoMas(10_000, 0)], [true, false, true])
})

test.run()
