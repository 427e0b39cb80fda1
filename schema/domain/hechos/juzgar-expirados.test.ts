import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { DIA, HORA, MINUTO } from '../../core/tiempo.ts'
import { AHORA, CADENA_SERVIDOR, CLIENTE, Mesa, unaConfiguracion, unaVenta, unCanje, unId, unQr } from '../../testing/constructores.ts'
import { conPuntos, despuesDe, finDeMes, gastados, hastaElMes, mesDe, puntosDelMes, sumaDeLotes } from '../puntos/lotes.ts'

const NOVIEMBRE = mesDe(AHORA)
const [DICIEMBRE, ENERO, FEBRERO] = [NOVIEMBRE + 1, NOVIEMBRE + 2, NOVIEMBRE + 3]
const CANJE = unId(600)
/** Hours into the first day of a month, where it is that month everywhere. */
const el = (mes: number, horas = 13) => finDeMes(mes - 1) + (horas - 12) * HORA

/** Version 1 never expires; 2 gives a month, 3 two. Sales of an oro: 75 points for $500. */
function unaMesa(): Mesa {
  const mesa = new Mesa()
  mesa.libro.configuraciones.push(unaConfiguracion({ version: 2, expiranEnMeses: 1, vigenteAt: AHORA - DIA }))
  mesa.libro.configuraciones.push(unaConfiguracion({ version: 3, expiranEnMeses: 2, vigenteAt: AHORA + 20 * DIA }))
  for (const licencia of mesa.libro.licencias.values()) Object.assign(licencia, { emitidaAt: 0, venceAt: AHORA + 4_000 * DIA })
  return mesa
}
let ctr = 0
const vender = (mesa: Mesa, id: number, recibidoAt = AHORA, mas: { montoCentavos?: number; wall?: number } = {}) => {
  const { montoCentavos = 50_000, wall = recibidoAt } = mas
  const qr = unQr(mesa.libro, { nivel: 'oro', ctr: ++ctr, tsMs: wall })
  return mesa.juzgar('venta', unaVenta({ qr, montoCentavos }), { id: unId(id), recibidoAt, wall })
}
const expirar = (mesa: Mesa, hasta: number, recibidoAt = el(hasta + 1)) =>
  mesa.servidor('puntos.expirados', { usuarioId: CLIENTE, hasta }, { recibidoAt })
const anular = (mesa: Mesa, id: number, recibidoAt: number) =>
  mesa.juzgar('anulacion', { transaccionId: unId(id), motivo: 'x' }, { recibidoAt })
const suyo = (mesa: Mesa) => mesa.libro.saldos.get(CLIENTE)!
/** Disponibles, apartados, sobregiro; what expires with each month. The history adds up to them. */
function saldo(mesa: Mesa): unknown {
  const s = suyo(mesa)
  const suma = mesa.cambios.historial.reduce((total, h) => total + h.puntos, 0)
  assert.is(suma, s.puntosDisponibles + s.puntosApartados - s.sobregiro, 'CJ4')
  return [
    s.puntosDisponibles,
    s.puntosApartados,
    s.sobregiro,
    (s.porVencer ?? []).map(({ mes, puntos }) => `${mes - NOVIEMBRE}:${puntos}`).join(' '),
  ]
}

test('PTS-24, PTS-05: points expire by the version of their own sale; those of a version without months never do, whatever comes later', () => {
  const mesa = unaMesa()
  vender(mesa, 40, AHORA - 2 * DIA)
  vender(mesa, 41)
  vender(mesa, 42, AHORA + 21 * DIA)
  assert.equal(saldo(mesa), [225, 0, 0, '1:75 3:75'])
  const evento = mesa.cambios.eventos.at(-1)?.cuerpo.saldo
  assert.equal(evento?.porVencer?.[0], { mes: DICIEMBRE, puntos: 75 })
  assert.not.ok('vencidos' in evento!)
  const v = expirar(mesa, DICIEMBRE)
  assert.equal([v.estado, v.puntos, saldo(mesa)], ['aceptado', -75, [150, 0, 0, '3:75']])
  assert.is(suyo(mesa).puntosAcumulados, 225, 'what was earned stays earned')
  expirar(mesa, FEBRERO)
  assert.equal(saldo(mesa), [75, 0, 0, ''])
  expirar(mesa, FEBRERO + 12)
  assert.equal(saldo(mesa), [75, 0, 0, ''])
})

test('CARD-40: the shopper gets a movement expirado, the balance, and no word of lifetime (CARD-20)', () => {
  const mesa = unaMesa()
  vender(mesa, 41)
  const antes = mesa.cambios.eventos.length
  expirar(mesa, DICIEMBRE)
  const [evento, ...mas] = mesa.cambios.eventos.slice(antes)
  const { historial, lifetime, venta, saldo: dicho } = evento!.cuerpo
  assert.equal([historial?.tipo, historial?.puntos, historial?.transaccionId, historial?.effAt], ['expirado', -75, null, el(ENERO)])
  assert.equal([lifetime, venta, dicho?.puntosDisponibles, dicho?.porVencer, mas], [null, null, 0, undefined, []])
})

test('PTS-24: only a month that is over everywhere on Earth; nobody else, and nothing twice', () => {
  const mesa = unaMesa()
  vender(mesa, 41)
  const antes = mesa.cambios.eventos.length
  for (const v of [expirar(mesa, DICIEMBRE, finDeMes(DICIEMBRE) - 1), expirar(mesa, NOVIEMBRE)])
    assert.equal([v.estado, v.puntos, saldo(mesa)], ['aceptado', 0, [75, 0, 0, '1:75']])
  mesa.servidor('puntos.expirados', { usuarioId: unId(99), hasta: DICIEMBRE }, { recibidoAt: finDeMes(DICIEMBRE) })
  expirar(mesa, DICIEMBRE, finDeMes(DICIEMBRE))
  expirar(mesa, DICIEMBRE)
  assert.equal([saldo(mesa), mesa.cambios.eventos.length - antes], [[0, 0, 0, ''], 1])
  assert.is(mesa.juzgar('puntos.expirados', { usuarioId: CLIENTE, hasta: DICIEMBRE }).motivos[0]?.codigo, 'SIN_PERMISO', 'no till says it')
})

test('PTS-24: what expires first is spent first, and what never expires last', () => {
  const mesa = unaMesa()
  vender(mesa, 40, AHORA - 2 * DIA)
  vender(mesa, 41)
  vender(mesa, 42, AHORA + 21 * DIA)
  const at = AHORA + 22 * DIA
  mesa.servidor('canje.creado', unCanje({ puntos: 100, venceAt: at + 15 * MINUTO }), { id: CANJE, recibidoAt: at })
  assert.equal(saldo(mesa), [125, 100, 0, '1:75 3:75'], 'set apart they are in their months still')
  mesa.juzgar('canje_confirmado', { canjeId: CANJE, numero: 900, qr: null }, { recibidoAt: at })
  assert.equal(saldo(mesa), [125, 0, 0, '3:50'])
  anular(mesa, 40, at)
  assert.equal(saldo(mesa), [50, 0, 0, ''])
})

test('PTS-24: points set apart for a canje do not expire under it; given they are spent, back they last until the end of that month', () => {
  for (const dada of [true, false]) {
    const mesa = unaMesa()
    vender(mesa, 41)
    const at = finDeMes(DICIEMBRE) - MINUTO
    mesa.servidor('canje.creado', unCanje({ venceAt: at + 15 * MINUTO }), { id: CANJE, recibidoAt: at })
    assert.is(expirar(mesa, DICIEMBRE).puntos, -45)
    assert.equal(saldo(mesa), [0, 30, 0, '2:30'])
    if (dada) mesa.juzgar('canje_confirmado', { canjeId: CANJE, numero: 900, qr: null }, { recibidoAt: el(ENERO), wall: at })
    else mesa.servidor('canje.vencido', { canjeId: CANJE, devolver: true }, { recibidoAt: el(ENERO) })
    assert.equal(saldo(mesa), dada ? [0, 0, 0, ''] : [30, 0, 0, '2:30'])
    expirar(mesa, ENERO)
    assert.equal(saldo(mesa), [0, 0, 0, ''])
  }
  const todos = unaMesa()
  vender(todos, 41)
  todos.servidor('canje.creado', unCanje({ puntos: 75 }), { id: CANJE })
  const movimientos = todos.cambios.historial.length
  assert.equal([expirar(todos, DICIEMBRE).puntos, saldo(todos)], [0, [0, 75, 0, '2:75']])
  assert.equal([todos.cambios.historial.length, todos.cambios.eventos.at(-1)?.cuerpo.historial], [movimientos, null], 'no movement of zero')
})

test('[R6] PTS-24: a sale returned or cancelled after its points expired does not take them again; what was spent of that month it does', () => {
  const mesa = unaMesa()
  vender(mesa, 41)
  vender(mesa, 42)
  mesa.servidor('canje.creado', unCanje({ puntos: 100 }), { id: CANJE })
  mesa.juzgar('canje_confirmado', { canjeId: CANJE, numero: 900, qr: null })
  expirar(mesa, DICIEMBRE)
  assert.equal(saldo(mesa), [0, 0, 0, ''])
  const devuelta = { folio: 'C1-000009', transaccionId: unId(41), montoCentavos: 20_000, motivo: 'x' }
  const v = mesa.juzgar('reembolso', devuelta, { recibidoAt: el(ENERO) })
  assert.equal([v.puntos, v.motivos, saldo(mesa)], [0, [], [0, 0, 0, '']], '30 of the 50 that expired')
  assert.is(mesa.libro.transacciones.get(unId(41))?.puntosDevueltos, 30, 'the sale gave them back all the same')
  const w = anular(mesa, 42, el(ENERO))
  assert.equal(
    [w.puntos, w.motivos.map((m) => m.codigo), saldo(mesa)],
    [-55, ['sobregiro'], [0, 0, 55, '']],
    '20 expired, 55 had been spent',
  )
  anular(mesa, 41, el(ENERO))
  assert.equal(saldo(mesa), [0, 0, 100, ''], 'in all, what the reward cost')
})

test('[R6] PTS-24: what comes in pays an overdraft first, and only what is left expires; what comes back pays it out of what would', () => {
  const mesa = unaMesa()
  vender(mesa, 41)
  mesa.servidor('canje.creado', unCanje({ puntos: 60 }), { id: CANJE })
  anular(mesa, 41, AHORA)
  assert.equal(saldo(mesa), [0, 60, 60, '1:60'])
  mesa.servidor('canje.cancelado', { canjeId: CANJE, devolver: true })
  assert.equal(saldo(mesa), [0, 0, 0, ''])
  mesa.libro.saldos.set(CLIENTE, { ...suyo(mesa), sobregiro: 50 })
  vender(mesa, 42)
  assert.equal([suyo(mesa).puntosDisponibles, suyo(mesa).porVencer], [25, [{ mes: DICIEMBRE, puntos: 25 }]])
})

test('PTS-24: a sale that a till hands in late has its months from when it came, so nothing comes into a month that is over', () => {
  const mesa = unaMesa()
  expirar(mesa, DICIEMBRE)
  vender(mesa, 41, el(ENERO), { wall: AHORA })
  assert.equal(saldo(mesa), [75, 0, 0, '3:75'], 'two months: by its own hour it would be one, but its card was shown in January')
  const otra = unaMesa()
  vender(otra, 41)
  otra.libro.transacciones.get(unId(41))!.recibidoAt = AHORA - 70 * DIA
  otra.juzgar('cambio_monto', { transaccionId: unId(41), montoCentavos: 60_000, motivo: 'x' }, { recibidoAt: AHORA })
  assert.equal(
    suyo(otra).porVencer,
    [
      { mes: NOVIEMBRE, puntos: 15 },
      { mes: DICIEMBRE, puntos: 75 },
    ],
    'more points for a sale of long ago',
  )
})

test('PTS-24: what expired is remembered for two years', () => {
  const mesa = unaMesa()
  vender(mesa, 41)
  expirar(mesa, DICIEMBRE)
  vender(mesa, 42, el(ENERO))
  expirar(mesa, ENERO + 2)
  assert.equal(
    suyo(mesa).vencidos?.map(({ mes }) => mes - NOVIEMBRE),
    [1, 4],
  )
  mesa.libro.configuraciones.push(unaConfiguracion({ version: 4, expiranEnMeses: 1, vigenteAt: el(ENERO + 30) }))
  vender(mesa, 43, el(ENERO + 30))
  expirar(mesa, ENERO + 31)
  assert.equal(
    suyo(mesa).vencidos?.map(({ mes }) => mes - NOVIEMBRE),
    [33],
  )
})

test('PTS-24: of one month at most one hecho: its months are in order however they came in', () => {
  const mesa = unaMesa()
  vender(mesa, 42, AHORA + 21 * DIA)
  vender(mesa, 41, AHORA + 22 * DIA, { wall: AHORA })
  mesa.servidor('canje.creado', unCanje({ puntos: 10 }), { cadenaId: CADENA_SERVIDOR, id: CANJE })
  assert.is(
    suyo(mesa)
      .porVencer?.map(({ mes }) => mes - NOVIEMBRE)
      .join(),
    [...(suyo(mesa).porVencer ?? [])]
      .map(({ mes }) => mes - NOVIEMBRE)
      .sort()
      .join(),
  )
  expirar(mesa, FEBRERO)
  assert.equal(saldo(mesa), [0, 10, 0, '4:10'])
})

test('PTS-24: lots of nothing stay nothing, and are ordered by month', () => {
  for (const nada of [conPuntos(null, ENERO, 0), gastados(null, 5), hastaElMes(null, ENERO), despuesDe(null, ENERO)]) assert.is(nada, null)
  assert.equal([sumaDeLotes(null), puntosDelMes(null, ENERO)], [0, 0])
  const dos = conPuntos(conPuntos(null, ENERO, 2), DICIEMBRE, 1)
  assert.equal(dos, [
    { mes: DICIEMBRE, puntos: 1 },
    { mes: ENERO, puntos: 2 },
  ])
  assert.equal([hastaElMes(dos, DICIEMBRE), despuesDe(dos, DICIEMBRE)], [dos!.slice(0, 1), dos!.slice(1)])
  assert.equal(gastados(dos, 2), [{ mes: ENERO, puntos: 1 }])
  assert.equal(conPuntos(dos, ENERO, -2), [{ mes: DICIEMBRE, puntos: 1 }])
})

test.run()
