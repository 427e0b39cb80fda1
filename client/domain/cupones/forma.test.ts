import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { diaLocal } from '../../../schema/core/tiempo.ts'
import { cupones } from '../../../schema/domain/cupones/cupon.ts'
import { recompensas } from '../../../schema/domain/recompensas/recompensa.ts'
import { devuelvePorCiento, entregadosPorRecompensa, fallasDeRecompensa, recompensaNueva } from '../recompensas/forma.ts'
import { finDelDia, inicioDelDia, masDias } from './dias.ts'
import { codigoTecleado, conTipo, cuponNuevo, fallasDeCupon, proponerCodigo, situacionDeCupon } from './forma.ts'

const ZONA = 'America/Mexico_City'
const AHORA = Date.UTC(2026, 10, 22, 2, 41)
const ID = '01900000-0000-7000-8000-000000000001'

test('CUP-03: a cupón begins and ends with a day of its sucursal, also where clocks are moved at midnight', () => {
  assert.is(inicioDelDia('2026-11-21', ZONA), Date.UTC(2026, 10, 21, 6))
  assert.is(finDelDia('2026-11-21', ZONA), Date.UTC(2026, 10, 22, 6) - 1)
  for (const zona of ['America/Tijuana', 'America/Santiago', 'Asia/Kolkata', 'Pacific/Kiritimati', 'Pacific/Pago_Pago'])
    for (const dia of ['2026-03-08', '2026-09-06', '2026-12-31']) {
      const inicio = inicioDelDia(dia, zona)
      assert.equal([diaLocal(inicio, zona), diaLocal(inicio - 1, zona) < dia], [dia, true], `${dia} ${zona}`)
      assert.equal([diaLocal(finDelDia(dia, zona), zona), diaLocal(finDelDia(dia, zona) + 1, zona)], [dia, masDias(dia, 1)])
    }
  assert.ok(Number.isNaN(inicioDelDia('', ZONA)) && Number.isNaN(finDelDia('', ZONA)))
})

test('CUP-03: what the form says is a whole cupón, or each field says what it lacks', () => {
  const bueno = { ...cuponNuevo(AHORA, ZONA), titulo: '30% en pizzas', codigo: 'PIZZAS30' }
  assert.equal(fallasDeCupon(bueno, new Set()), {})
  assert.ok(cupones.schema.safeParse({ ...bueno, id: ID, borrado: false, sellos: {} }).success)
  const malo = {
    ...{ ...bueno, titulo: ' ', valor: 101, compraMinimaCentavos: Number.NaN, venceAt: bueno.desdeAt, limitePorCliente: 0 },
    ...{ limiteTotal: Number.NaN, codigo: 'X' },
  }
  assert.equal(fallasDeCupon(malo, new Set()), {
    ...{ titulo: 'faltaTitulo', valor: 'porcentaje', compraMinimaCentavos: 'compraMinima', venceAt: 'fechas' },
    ...{ limitePorCliente: 'limite', limiteTotal: 'limite', codigo: 'codigo' },
  })
  assert.equal(fallasDeCupon(bueno, new Set(['PIZZAS30'])), { codigo: 'codigoOcupado' })
  assert.equal(conTipo(bueno, 'monto'), { tipo: 'monto', valor: 5_000 })
  assert.equal(fallasDeCupon({ ...bueno, ...conTipo(bueno, 'regalo') }, new Set()), { articulos: 'faltaArticulo' })
  assert.equal(fallasDeCupon({ ...bueno, ...conTipo(bueno, 'dos_por_uno') }, new Set()), {})
})

test('CUP-14: a code is proposed out of the title, and never one that another cupón has', () => {
  assert.is(proponerCodigo('30% en pizzas', new Set()), '30PIZZAS')
  assert.is(proponerCodigo('Café de la mañana gratis', new Set()), 'CAFEMANANA')
  assert.is(proponerCodigo('2x1', new Set(['2X1', '2X1-2'])), '2X1-3')
  assert.is(proponerCodigo('', new Set()), 'CUPON')
  assert.is(codigoTecleado(' navidad 24'), 'NAVIDAD24')
})

test('CUP-01: where a cupón stands', () => {
  const c = { activo: true, desdeAt: 10, venceAt: 20 }
  const en = [5, 10, 20, 21].map((ahora) => situacionDeCupon(c, ahora))
  assert.equal(en, ['por_empezar', 'vigente', 'vigente', 'terminado'])
  assert.equal(
    [5, 21].map((ahora) => situacionDeCupon({ ...c, activo: false }, ahora)),
    ['pausado', 'terminado'],
  )
})

test('CARD-31: a recompensa is whole or says what it lacks; what it gives back of what was spent', () => {
  const cafe = { ...recompensaNueva(), nombre: 'Café gratis', puntos: 80, valorCentavos: 2_000 }
  assert.equal(fallasDeRecompensa(cafe), {})
  assert.ok(recompensas.schema.safeParse({ ...cafe, id: ID, borrado: false, sellos: {} }).success)
  assert.equal(fallasDeRecompensa({ ...cafe, nombre: '', puntos: 0, valorCentavos: Number.NaN }), {
    ...{ nombre: 'faltaNombre', puntos: 'puntos', valorCentavos: 'valor' },
  })
  assert.is(devuelvePorCiento(cafe, 1_000), 2.5)
  assert.is(devuelvePorCiento({ ...cafe, valorCentavos: 0 }, 1_000), null)
  const canjes = (['confirmado', 'confirmado', 'expirado'] as const).map((estado) => ({ recompensaId: 'r', estado }))
  assert.equal([...entregadosPorRecompensa(canjes)], [['r', 2]])
})

test.run()
