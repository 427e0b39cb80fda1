import { test } from 'uvu'
import * as assert from 'uvu/assert'
import type { MiaDoc } from '../../protocol/documentos.ts'
import { lugarDeNotificacion, type Notificacion, notificacionesDe, TEMAS, TIPOS_DE_NOTIFICACION, temaDe } from './notificacion.ts'
import { textoDeNotificacion, textoDeVarias } from './textos.ts'

const AT = Date.UTC(2026, 10, 21, 18)
const roma = { negocioId: 'r', negocioNombre: 'Pizzería Roma' }
const movimiento = (n: number, movimiento = 'ganado', puntos = 50): MiaDoc =>
  ({
    id: `historial:h${n}`,
    tipo: 'historial',
    ...roma,
    movimiento,
    puntos,
    montoCentavos: 1,
    descripcion: '',
    effAt: AT,
    at: AT + n,
  }) as MiaDoc
const venta = (n: number, retenida = false): MiaDoc =>
  ({
    id: `venta:h${n}`,
    tipo: 'venta',
    ...roma,
    montoCentavos: 1,
    puntos: 50,
    estado: 'completada',
    retenida,
    motivo: null,
    effAt: AT,
    at: AT + n,
  }) as MiaDoc
const aviso = (codigo: string, at: number, mas: object = {}): MiaDoc => ({
  id: `aviso:${codigo}`,
  tipo: 'aviso',
  codigo,
  nivel: '',
  at,
  ...mas,
})
const ZONA = 'America/Mexico_City'
const tipos = (docs: MiaDoc[]) => notificacionesDe(docs).notificaciones.map(({ tipo }) => tipo)

test('points of a sale were earned; of another hecho, released; a held sale waits', () => {
  assert.equal(tipos([venta(1), movimiento(1)]), ['puntos_ganados'])
  assert.equal(tipos([venta(1), movimiento(2)]), ['puntos_liberados'])
  assert.equal(tipos([venta(1, true)]), ['puntos_retenidos'])
  assert.equal(tipos([movimiento(1, 'devuelto', -5), movimiento(2, 'anulado', -5), movimiento(3, 'canjeado', -9)]), [
    'canje',
    'devolucion',
    'devolucion',
  ])
})

test('SCAN-22: a corrected amount is not told as a cancelled purchase when it is lower, nor as points that waited when it is higher', () => {
  const dichos = (puntos: number) => {
    const [n] = notificacionesDe([venta(1), movimiento(2, puntos > 0 ? 'ganado' : 'anulado', puntos)]).notificaciones
    return (['es', 'en'] as const).map((idioma) => textoDeNotificacion(n!, idioma, ZONA).cuerpo)
  }
  assert.equal(dichos(6), ['Ya son tuyos tus puntos de Pizzería Roma.', 'Your points of Pizzería Roma are yours now.'])
  assert.equal(dichos(-6), [
    'Por una devolución, anulación o corrección en Pizzería Roma.',
    'From a refund, a cancelled or a corrected purchase at Pizzería Roma.',
  ])
})

test('what says nothing new is no notification: nothing earned, points that expired, a kind of tomorrow, balances, the mark of what was read', () => {
  const puntos = { id: 'puntos:r', tipo: 'puntos', ...roma, disponibles: 1, acumulados: 1, retenidos: 0 } as MiaDoc
  assert.equal(
    tipos([movimiento(1, 'ganado', 0), movimiento(2, 'expirado', -1), aviso('sorteo', AT), puntos, venta(3), aviso('leidas', AT)]),
    [],
  )
})

test('newest first by when the server knew, not by when it happened; documents of the first release go by that', () => {
  const viejo = { ...movimiento(1), id: 'historial:viejo', effAt: AT + 5 } as MiaDoc
  delete (viejo as { at?: number }).at
  const { notificaciones, leidasHasta } = notificacionesDe([
    movimiento(9),
    viejo,
    aviso('nivel', AT + 7, { nivel: 'oro' }),
    aviso('leidas', AT + 5),
  ])
  assert.equal(
    notificaciones.map(({ id }) => id),
    ['historial:h9', 'aviso:nivel', 'historial:viejo'],
  )
  assert.is(leidasHasta, AT + 5)
})

const deTipo = (tipo: Notificacion['tipo'], mas: Partial<Notificacion> = {}): Notificacion => ({
  ...{
    id: 'x',
    tipo,
    negocioId: 'r',
    negocioNombre: 'Pizzería Roma',
    puntos: -1_250,
    nivel: 'plata',
    nombre: 'Café gratis',
    venceAt: AT,
    at: AT,
  },
  ...mas,
})

test('every kind has a theme and words in both languages, with no gap in them', () => {
  for (const tipo of TIPOS_DE_NOTIFICACION) {
    assert.ok(TEMAS.includes(temaDe(tipo)))
    const [es, en] = (['es', 'en'] as const).map((idioma) => textoDeNotificacion(deTipo(tipo), idioma, ZONA))
    for (const dicho of [es, en]) for (const texto of Object.values(dicho!)) assert.match(texto, /^\S.{3,90}[^\s:,]$/, tipo)
    assert.not.equal(es, en)
  }
  assert.is(textoDeNotificacion(deTipo('cupon_por_vencer'), 'es', ZONA).cuerpo, 'Café gratis, de Pizzería Roma: hasta el 21 nov.')
  assert.is(textoDeNotificacion(deTipo('devolucion'), 'es', ZONA).titulo, '−1,250 puntos')
  const vencen = textoDeNotificacion(deTipo('puntos_por_vencer', { puntos: 50 }), 'es', ZONA).cuerpo
  assert.is(vencen, '50 puntos de Pizzería Roma: hasta el 21 nov.')
})

test('one point is never told as several', () => {
  for (const idioma of ['es', 'en'] as const) {
    const unos = TIPOS_DE_NOTIFICACION.map((tipo) => textoDeNotificacion(deTipo(tipo, { puntos: 1, nombre: null }), idioma, ZONA))
    const junto = textoDeVarias([deTipo('puntos_ganados', { puntos: 3 }), deTipo('devolucion', { puntos: -2 })], idioma)
    for (const { titulo, cuerpo } of [...unos, junto]) assert.not.match(`${titulo} ${cuerpo}`, /\b1 (puntos|points)|úsalos|them/)
  }
})

test('the day a cupón ends is that of the zone it is told for', () => {
  const fin = deTipo('cupon_por_vencer', { venceAt: Date.parse('2026-12-03T23:59:59.999-08:00') })
  const [alla, aqui] = ['America/Tijuana', ZONA].map((zona) => textoDeNotificacion(fin, 'es', zona).cuerpo)
  assert.equal([alla, aqui], ['Café gratis, de Pizzería Roma: hasta el 3 dic.', 'Café gratis, de Pizzería Roma: hasta el 4 dic.'])
})

test('CUP-19: each opens what it is about: the cupón, the negocio, the card; else the list', () => {
  const ID = '0190a1b2-0000-7000-8000-00000000000a'
  const de = (mas: Partial<Notificacion>) =>
    lugarDeNotificacion({ id: '', tipo: 'canje', negocioId: 'r', puntos: null, ...mas } as Notificacion)
  for (const [tipo, cola] of [
    ['cupon_nuevo', ''],
    ['cupon_por_vencer', ':2:abc'],
    ['cupon_usado', ':1'],
    ['cupon_vencido', ':3:abc'],
  ] as const)
    assert.is(de({ tipo, id: `aviso:${tipo}:${ID}${cola}` }), `#cupon=${ID}`)
  assert.equal(
    [de({ puntos: -80 }), de({ tipo: 'nivel' }), de({}), de({ negocioId: null, puntos: 5 })],
    ['#historial=r', '#tarjeta', '#avisos', '#avisos'],
  )
})

test('several in one: how many and what they sum; a new nivel is named', () => {
  const dos = [deTipo('puntos_ganados', { puntos: 60 }), deTipo('devolucion', { puntos: -20 })]
  assert.equal(textoDeVarias(dos, 'es'), { titulo: 'Tienes 2 avisos', cuerpo: 'En total, +40 puntos.' })
  assert.equal(textoDeVarias([...dos, deTipo('nivel')], 'en'), { titulo: 'You are Silver now!', cuerpo: 'And 2 more.' })
  assert.is(textoDeVarias([deTipo('puntos_retenidos'), deTipo('cupon_nuevo', { puntos: null })], 'es').cuerpo, 'Ábrelos en CardYA.')
  assert.is(textoDeVarias([deTipo('puntos_por_vencer', { puntos: 9 }), dos[0]!], 'es').cuerpo, 'En total, +60 puntos.')
})

test.run()
