import fc from 'fast-check'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { MONTO_MAXIMO_CENTAVOS } from '../../core/dinero.ts'
import { HORA } from '../../core/tiempo.ts'
import { AHORA, unaConfiguracion } from '../../testing/constructores.ts'
import { calcularPuntos, puntosDeVenta, puntosPorDevolver, puntosSegun, versionVigente, vidaDelQrEn } from './puntos.ts'

test('SCAN-20, PTS-06, CARD-08: the tables of the requirements', () => {
  const tabla: [monto: number, valor: number, pct: number, puntos: number][] = [
    [50_000, 1_000, 150, 75],
    [50_000, 1_000, 125, 62],
    [50_000, 1_000, 100, 50],
    [32_500, 1_000, 150, 48],
    [50_000, 500, 125, 125],
    [1_000, 500, 100, 2],
    [1_999, 2_000, 100, 0],
    [10_000, 10_000, 100, 1],
    [1, 100_000, 100, 0],
    [MONTO_MAXIMO_CENTAVOS, 100, 150, 149_999_999],
  ]
  for (const [monto, valor, pct, puntos] of tabla) assert.is(calcularPuntos(monto, valor, pct), puntos, `${monto}/${valor} x${pct}`)
})

test('points are the exact floor: p points are due and p + 1 are not', () => {
  const monto = fc.integer({ min: 1, max: MONTO_MAXIMO_CENTAVOS })
  fc.assert(
    fc.property(monto, fc.integer({ min: 100, max: 100_000 }), fc.integer({ min: 1, max: 100_000 }), (m, valor, pct) => {
      const p = BigInt(calcularPuntos(m, valor, pct))
      const total = BigInt(m) * BigInt(pct)
      const unPunto = BigInt(valor) * 100n
      assert.ok(p * unPunto <= total && (p + 1n) * unPunto > total)
    }),
  )
})

test('[R6] points taken back follow the refunded part, all of them at the end, never more', () => {
  fc.assert(
    fc.property(
      fc.nat(200_000_000),
      fc.integer({ min: 1, max: MONTO_MAXIMO_CENTAVOS }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (otorgados, monto, parte) => {
        const reembolsado = Math.floor(monto * parte)
        const devueltos = puntosPorDevolver(otorgados, reembolsado, monto)
        assert.ok(devueltos >= 0 && devueltos <= otorgados)
        assert.is(puntosPorDevolver(otorgados, monto, monto), otorgados)
        assert.ok(puntosPorDevolver(otorgados, Math.min(monto, reembolsado + 1), monto) >= devueltos)
      },
    ),
  )
  assert.is(puntosPorDevolver(75, 25_000, 50_000), 37)
})

test('a negocio that does not take part gives nothing (PTS-02)', () => {
  assert.is(puntosSegun(unaConfiguracion({ participa: false }), 50_000, 'oro'), 0)
})

const v1 = unaConfiguracion({ version: 1, vigenteAt: AHORA - 500 * HORA })
const v2 = unaConfiguracion({ version: 2, vigenteAt: AHORA - 72 * HORA, valorPuntoCentavos: 2_000 })
const venta = {
  montoCentavos: 50_000,
  nivel: 'oro' as const,
  effAt: AHORA,
  recibidoAt: AHORA,
  configuraciones: [v1, v2],
  versionDelDispositivo: 1,
  puntosPrometidos: 75,
  licenciaValida: true,
}

test('the version in force is the last one begun; before the first, the first', () => {
  assert.is(versionVigente([v1, v2], v2.vigenteAt), v2)
  assert.is(versionVigente([v1, v2], v2.vigenteAt - 1), v1)
  assert.is(versionVigente([v1, v2], v1.vigenteAt - 1), v1)
  assert.is(versionVigente([], AHORA), undefined)
})

test('[R12] a version replaced less than 72 h before still backs the promise; at 72 h it does not', () => {
  const reciente = { ...v2, vigenteAt: AHORA - 72 * HORA + 1 }
  assert.equal(puntosDeVenta({ ...venta, configuraciones: [v1, reciente] }), {
    puntos: 75,
    puntosBase: 50,
    multiplicadorPct: 150,
    configVersion: 1,
  })
  assert.equal(puntosDeVenta(venta), { puntos: 37, puntosBase: 25, multiplicadorPct: 150, configVersion: 2 })
})

test('[R12] without a valid lease, or with an unknown version, only the version in force counts', () => {
  const configuraciones = [v1, { ...v2, vigenteAt: AHORA - HORA }]
  assert.is(puntosDeVenta({ ...venta, configuraciones, licenciaValida: false }).puntos, 37)
  assert.is(puntosDeVenta({ ...venta, configuraciones, versionDelDispositivo: 9 }).puntos, 37)
  assert.is(puntosDeVenta({ ...venta, configuraciones: [] }).puntos, 0)
})

test('[R12] a version made after the sale was received is not the one its till had, whatever its number: a server put back gives numbers again', () => {
  const otra = (vigenteAt: number) => [
    v1,
    unaConfiguracion({ version: 2, vigenteAt, multiplicadoresPct: { bronce: 100, plata: 125, oro: 300 } }),
  ]
  const puntos = (vigenteAt: number) =>
    puntosDeVenta({ ...venta, configuraciones: otra(vigenteAt), versionDelDispositivo: 2, recibidoAt: AHORA + HORA, puntosPrometidos: 150 })
      .puntos
  assert.equal([puntos(AHORA + HORA), puntos(AHORA + HORA + 1)], [150, 75])
})

test('[R12] a promise never gives more than the version the till held, nor less than the one in force', () => {
  const config = fc.record({
    valor: fc.integer({ min: 100, max: 100_000 }),
    participa: fc.boolean(),
    hace: fc.integer({ min: 0, max: 200 }),
  })
  fc.assert(
    fc.property(
      fc.array(config, { minLength: 1, maxLength: 5 }),
      fc.nat(5),
      fc.nat(1_000_000),
      fc.integer({ min: 1, max: 10_000_000 }),
      (listas, cual, prometidos, monto) => {
        const horas = listas.map((c) => c.hace).sort((a, b) => b - a)
        const configuraciones = listas.map((c, i) =>
          unaConfiguracion({
            version: i + 1,
            valorPuntoCentavos: c.valor,
            participa: c.participa,
            vigenteAt: AHORA - (horas[i] ?? 0) * HORA,
          }),
        )
        const pedido = { ...venta, montoCentavos: monto, configuraciones, versionDelDispositivo: cual, puntosPrometidos: prometidos }
        const vigente = configuraciones.at(-1)
        const suya = configuraciones[cual - 1]
        const sucesora = configuraciones[cual]
        const cuenta = suya && (!sucesora || sucesora.vigenteAt > AHORA - 72 * HORA)
        const porVigente = vigente ? puntosSegun(vigente, monto, 'oro') : 0
        const esperado = Math.max(porVigente, cuenta ? Math.min(prometidos, puntosSegun(suya, monto, 'oro')) : 0)
        assert.is(puntosDeVenta(pedido).puntos, esperado)
      },
    ),
  )
})

test('points are never computed from amounts that cannot be, nor given back for more than the sale', () => {
  for (const [monto, valor, pct] of [
    [-1, 1_000, 100],
    [1_000, 0, 100],
    [1_000, -1, 100],
    [1_000, 1_000, -1],
  ] as const)
    assert.throws(() => calcularPuntos(monto, valor, pct), /positive/)
  assert.equal([calcularPuntos(0, 1, 0), calcularPuntos(100, 1, 100)], [0, 100])
  assert.throws(() => puntosPorDevolver(10, -1, 100), /never exceeds/)
  assert.throws(() => puntosPorDevolver(10, 101, 100), /never exceeds/)
  assert.equal([puntosPorDevolver(10, 0, 100), puntosPorDevolver(10, 100, 100)], [0, 10])
  assert.is(puntosPorDevolver(0, 0, 0), 0, 'SCAN-28: a cupón paid it all')
})

test('[R11] CARD-19: a QR lives as the rules in force say, and for 72 h as those they replaced if that is longer', () => {
  assert.is(vidaDelQrEn([], AHORA), 120_000, 'no rules: what it always was')
  const [largo, corto] = [unaConfiguracion({ vidaQrSegundos: 300 }), unaConfiguracion({ version: 2, vidaQrSegundos: 60, vigenteAt: AHORA })]
  const en = (at: number) => vidaDelQrEn([largo, corto], at) / 1_000
  assert.equal([en(largo.vigenteAt - 1), en(AHORA - 1)], [300, 300], 'before the first, the first; what comes later says nothing')
  assert.equal([en(AHORA), en(AHORA + 72 * HORA - 1), en(AHORA + 72 * HORA)], [300, 300, 60])
  const sinDecir = [unaConfiguracion(), unaConfiguracion({ version: 2, vidaQrSegundos: 180, vigenteAt: AHORA })]
  assert.equal([vidaDelQrEn(sinDecir, AHORA - 1), vidaDelQrEn(sinDecir, AHORA)], [120_000, 180_000], 'a longer one counts at once')
})

test.run()
