import { test } from 'uvu'
import * as assert from 'uvu/assert'
import type { MiaDoc } from '../../schema/protocol/documentos.ts'
import type { Almacen } from './almacen.ts'
import { condicionesDe, cuentaAtras, finDe, talonDe } from './cupon-en-palabras.ts'
import { enviarReclamos } from './enviar-reclamos.ts'
import { fotoDe, paraGuardar } from './foto.ts'
import { llegadaEntre } from './llegada.tsx'
import { canjesDe, faseDeCanje } from './mis-canjes.ts'
import { cuponesEn, porVencer } from './mis-cupones.ts'
import { marcaDeNivel, porCelebrar } from './por-celebrar.ts'
import { t } from './textos.ts'
import { admitir, PLAZO_DE_TICKET_MS, type TicketGuardado, terminados, ventasConocidas } from './tickets.ts'

const AT = Date.UTC(2026, 10, 21, 18)
const DIA = 86_400_000
const roma = { negocioId: 'r', negocioNombre: 'Pizzería Roma' }
const cafe = { negocioId: 'c', negocioNombre: 'Café Central' }
const venta = (n: number, mas: object = {}): MiaDoc =>
  ({
    id: `venta:v${n}`,
    tipo: 'venta',
    ...roma,
    montoCentavos: 50_000,
    puntos: 50,
    estado: 'completada',
    retenida: false,
    motivo: null,
    effAt: AT + n,
    ...mas,
  }) as MiaDoc
const ganado = (n: number, mas: object = {}): MiaDoc =>
  ({
    id: `historial:v${n}`,
    tipo: 'historial',
    ...roma,
    movimiento: 'ganado',
    puntos: 50,
    montoCentavos: 50_000,
    descripcion: '',
    effAt: AT + n,
    ...mas,
  }) as MiaDoc
const puntos = (de: typeof roma, disponibles: number, retenidos = 0): MiaDoc => ({
  id: `puntos:${de.negocioId}`,
  tipo: 'puntos',
  ...de,
  disponibles,
  acumulados: disponibles,
  retenidos,
})
const PERFIL: MiaDoc = { id: 'perfil', tipo: 'perfil', nombre: 'Ana', puntosLifetime: 6_000, nivel: 'plata' }

test('the negocio visited last comes first; movements come newest first', () => {
  const foto = fotoDe([PERFIL, puntos(cafe, 10), puntos(roma, 100), venta(1), ganado(1), venta(2, cafe), ganado(2, cafe)], AT)
  assert.equal(
    foto.negocios.map((n) => [n.nombre, n.disponibles, n.ultimaVisitaAt]),
    [
      ['Café Central', 10, AT + 2],
      ['Pizzería Roma', 100, AT + 1],
    ],
  )
  assert.equal(
    foto.movimientos.map((m) => m.id),
    ['historial:v2', 'historial:v1'],
  )
  assert.equal([foto.perfil?.nivel, foto.at], ['plata', AT])
})

test('points on hold are a movement of their own, with why and until when; credited ones are counted once', () => {
  const retenida = venta(3, { retenida: true, motivo: 'reloj', retenidaHasta: AT + 9, alVencer: 'acreditar' })
  const foto = fotoDe([puntos(roma, 0, 50), venta(1), ganado(1), retenida, venta(4, { puntos: 0 })], AT)
  assert.equal(
    foto.movimientos.map((m) => [m.tipo, m.motivo, m.hastaAt, m.alVencer]),
    [
      ['retenido', 'reloj', AT + 9, 'acreditar'],
      ['ganado', null, null, null],
    ],
  )
  assert.is(foto.negocios[0]?.retenidos, 50)
})

test('of the notices of a nivel the last one counts', () => {
  const aviso = (nivel: string, at: number): MiaDoc => ({ id: `aviso:nivel:${nivel}`, tipo: 'aviso', codigo: 'nivel', nivel, at })
  assert.equal(fotoDe([aviso('oro', 20), aviso('plata', 10)], AT).subida, { nivel: 'oro', at: 20 })
  assert.is(fotoDe([], AT).subida, null)
})

test('SCAN-25: what the shopper was told, newest first; unread is what came after the mark of any phone', () => {
  const docs = [venta(1, { at: AT + 100 }), ganado(1, { at: AT + 100 }), venta(2, { at: AT + 50 }), ganado(2, { at: AT + 50 })]
  const marca: MiaDoc = { id: 'aviso:leidas', tipo: 'aviso', codigo: 'leidas', nivel: '', at: AT + 60 }
  const foto = fotoDe(docs, AT)
  assert.equal(
    foto.avisos?.map(({ id, tipo }) => [id, tipo]),
    [
      ['historial:v1', 'puntos_ganados'],
      ['historial:v2', 'puntos_ganados'],
    ],
  )
  assert.equal([foto.sinLeer, fotoDe([...docs, marca], AT).sinLeer, fotoDe([...docs, marca], AT, AT + 100).sinLeer], [2, 1, 0])
})

const canje = (mas: object = {}): MiaDoc =>
  ({
    ...{ id: 'canje:k1', tipo: 'canje', ...roma, nombre: 'Café gratis', puntos: 80, codigo: 'CANJE-7X9K2M', qr: 'Q', sucursalId: 's' },
    ...{ venceAt: AT + 900_000, estado: 'pendiente', apartado: true, creadoAt: AT, cerradoAt: null, at: AT, ...mas },
  }) as MiaDoc

test('CARD-39, CARD-40: a canje in the list: apart, given, back; its points are those of its negocio', () => {
  const de = (mas: object) => fotoDe([canje(mas)], AT).movimientos.map((m) => [m.tipo, m.puntos, m.nombre])
  assert.equal(de({}), [['apartado', -80, 'Café gratis']])
  assert.equal(de({ estado: 'expirado', apartado: true }), [['apartado', -80, 'Café gratis']])
  assert.equal(de({ estado: 'cancelado', apartado: false, cerradoAt: AT + 5 }), [['sin_usar', 0, 'Café gratis']])
  // Its own row of the history says it.
  assert.equal(de({ estado: 'confirmado', apartado: false }), [])
  const dado = fotoDe([ganado(1, { movimiento: 'canjeado', puntos: -80, montoCentavos: null, descripcion: 'Café gratis' })], AT)
    .movimientos[0]
  assert.equal([dado?.tipo, dado?.puntos, dado?.nombre], ['canjeado', -80, 'Café gratis'])
  assert.is(fotoDe([{ ...puntos(roma, 20), apartados: 80 } as MiaDoc], AT).negocios[0]?.apartados, 80)
  const porVencer = { puntos: 20, venceAt: AT }
  assert.equal(fotoDe([{ ...puntos(roma, 20), porVencer } as MiaDoc], AT).negocios[0]?.porVencer, porVencer, 'PTS-24')
})

test('SCAN-32: the code just asked for stays on this phone though the stream has not told of it; whatever ended does not begin again', () => {
  const [mio] = canjesDe([canje()]).map((c) => ({ ...c, lugar: 'Centro' }))
  if (!mio) throw new Error('a canje')
  assert.equal(canjesDe([], [mio]), [mio])
  assert.is(canjesDe([canje()], [mio])[0]?.lugar, 'Centro')
  const cancelado = { ...mio, estado: 'cancelado', apartado: false }
  assert.is(canjesDe([canje()], [cancelado])[0]?.estado, 'cancelado')
  assert.equal(canjesDe([], [cancelado]), [])
  const en = (mas: object, ahora: number) => faseDeCanje({ ...mio, ...mas }, ahora)
  assert.equal([en({}, AT + 899_999), en({}, AT + 900_000)], ['vivo', 'vencido'])
  assert.equal(
    [en({ estado: 'confirmado' }, AT), en({ estado: 'cancelado' }, AT), en({ estado: 'expirado' }, AT)],
    ['entregado', 'cancelado', 'vencido'],
  )
})

const cupon = (n: number, mas: object = {}): MiaDoc =>
  ({
    ...{ id: `cupon:c${n}`, tipo: 'cupon', ...roma, cuponId: `c${n}`, titulo: '2x1', descripcion: '', clase: 'dos_por_uno', valor: 0 },
    ...{
      compraMinimaCentavos: 0,
      desdeAt: AT,
      venceAt: AT + n * DIA,
      limitePorCliente: 1,
      nivelRequerido: null,
      codigo: 'DOS',
      codigoUnico: null,
    },
    ...{ imagen: null, activo: true, usados: 0, guardadoAt: AT, usadoAt: null, at: AT, ...mas },
  }) as MiaDoc

test('CUP-13, CUP-17: in force, used and over; what ends first is first; what was saved counts purchases that stand', () => {
  const foto = fotoDe(
    [
      ...[
        cupon(9),
        cupon(2),
        cupon(5, { usados: 1, usadoAt: AT }),
        cupon(6, { activo: false }),
        cupon(7, { usados: 1, limitePorCliente: 3 }),
      ],
      ...[venta(1, { descuentoCentavos: 5_000 }), venta(2, { descuentoCentavos: 9_000, estado: 'cancelada' }), venta(3)],
    ],
    AT,
  )
  const en = (estado: 'vigente' | 'usado' | 'expirado', ahora: number) => cuponesEn(foto.cupones ?? [], estado, ahora).map((c) => c.cuponId)
  assert.equal([en('vigente', AT), en('usado', AT), en('expirado', AT)], [['c2', 'c7', 'c9'], ['c5'], ['c6']])
  assert.equal(en('expirado', AT + 8 * DIA), ['c7', 'c6', 'c2'])
  assert.equal(
    foto.cupones?.filter((c) => porVencer(c, AT)).map((c) => c.cuponId),
    ['c2'],
  )
  assert.is(foto.ahorroCentavos, 5_000)
})

test('CUP-17: a cupón used without the card saved too, while its purchase stands, and once when that was claimed', () => {
  const ahorro = (n: number, mas: object = {}) =>
    ({
      ...{ id: `ahorro:r:v${n}`, tipo: 'ahorro', ...roma, cuponId: 'c1', descuentoCentavos: 700, estado: 'completada', effAt: AT, at: AT },
      ...mas,
    }) as MiaDoc
  const deTarjeta = (n: number, mas: object = {}) => venta(n, { id: `venta:r:v${n}`, descuentoCentavos: 700, ...mas })
  const saldo = (...docs: MiaDoc[]) => fotoDe(docs, AT).ahorroCentavos
  assert.is(saldo(deTarjeta(1), ahorro(2), ahorro(3), ahorro(4, { estado: 'anulada' })), 2_100)
  assert.is(saldo(deTarjeta(2), ahorro(2)), 700)
  assert.is(saldo(deTarjeta(2, { estado: 'anulada' }), ahorro(2)), 0, 'the sale has the last word')
  const docs = [ahorro(2)]
  assert.equal([ventasConocidas(docs).size, fotoDe(docs, AT).movimientos], [0, []], 'it may still be claimed')
})

test('CUP-14, CUP-15: its end in words, what it takes off, its conditions', () => {
  const [c] = fotoDe([cupon(0, { clase: 'monto', valor: 10_000, compraMinimaCentavos: 50_000, nivelRequerido: 'plata' })], AT).cupones ?? []
  if (!c) throw new Error('a cupón')
  const fin = (dias: number, mas: object = {}) => finDe({ ...c, venceAt: AT + dias * DIA, ...mas }, AT)
  assert.equal(
    [fin(0), fin(1)],
    [
      { texto: 'Expira: HOY', pronto: true },
      { texto: 'Expira: MAÑANA', pronto: true },
    ],
  )
  assert.match(fin(3).texto, /^\d+ nov · en 3 días$/)
  assert.is(fin(3, { activo: false }).texto, 'El negocio lo retiró')
  assert.match(fin(3, { usados: 1, usadoAt: AT }).texto, /^Usado hoy .*, en Pizzería Roma$/)
  assert.equal([talonDe(c), talonDe({ clase: 'porcentaje', valor: 15 })[0]], [['$100', 'menos'], '15%'])
  for (const dicho of ['En Pizzería Roma', 'Compra mínima $500', 'Nivel Plata o más', 'Se usa una sola vez'])
    assert.ok(condicionesDe(c, AT).includes(dicho), dicho)
  assert.equal([cuentaAtras(AT + 2 * DIA + 5 * 3_600_000, AT), cuentaAtras(AT + 90_000, AT)], ['2 d 5 h', '1:30'])
})

test('a claimed purchase is handed in once there is a network; the server’s last word stays, anything else is asked again', async () => {
  const guardados = new Map<string, TicketGuardado>()
  const almacen = {
    leer: async () => ({ tickets: [...guardados.values()] }),
    ponerTicket: async (uno: TicketGuardado) => void guardados.set(uno.hechoId, uno),
  } as unknown as Almacen
  const con = (respuesta: unknown) => enviarReclamos({ almacen, pedir: async () => respuesta as never })
  const { negocioNumero: _n, cardId: _c, ...suyo } = ticket
  const espera = () => void guardados.set('v1', { ...suyo, puntos: 0, reclamo: { texto: ' T', estado: 'por_enviar' } })
  espera()
  assert.is(await con({ ok: false, codigo: 'SIN_CONEXION' }), false)
  assert.is(guardados.get('v1')?.reclamo?.estado, 'por_enviar')
  assert.is(await con({ ok: true, valor: { estado: 'en_espera', puntos: null } }), true)
  assert.is(guardados.get('v1')?.reclamo?.estado, 'en_espera')
  assert.is(await con({ ok: false, codigo: 'RECLAMO_TARDIO' }), false, 'it is not handed in again')
  espera()
  await con({ ok: false, codigo: 'RECLAMO_AJENO' })
  assert.equal(guardados.get('v1')?.reclamo, { texto: ' T', estado: 'rechazado', codigo: 'RECLAMO_AJENO' })
  espera()
  await con({ ok: true, valor: { estado: 'sin_puntos', puntos: 0 } })
  assert.is(guardados.get('v1')?.reclamo?.estado, 'sin_puntos')
})

test('SCAN-22: fewer points by a corrected amount are a movement that says so', () => {
  const [corregida] = fotoDe([ganado(1, { movimiento: 'anulado', puntos: -6 })], AT).movimientos
  assert.equal([corregida?.tipo, t.anulados], ['anulado', 'Compra anulada o corregida'])
})

test('what is written down is small', () => {
  const foto = fotoDe(
    Array.from({ length: 300 }, (_, n) => ganado(n)),
    AT,
  )
  assert.is(foto.movimientos.length, 300)
  assert.equal([paraGuardar(foto).movimientos.length, paraGuardar(foto).movimientos[0]?.id], [100, 'historial:v299'])
})

const ticket = {
  hechoId: 'v1',
  negocioNumero: 1,
  negocioNombre: 'Pizzería Roma',
  folio: 'C1-000001',
  montoCentavos: 50_000,
  puntos: 75,
  effAt: AT,
  cardId: 'a'.repeat(16),
}
const nada = { cardId: 'a'.repeat(16), ahora: AT + 1_000, guardados: [], conocidas: new Set<string>() }

test('a ticket of this card is a promise, kept once', () => {
  const admitido = admitir(ticket, nada)
  if (!('guardar' in admitido)) throw new Error('the ticket is admitted')
  const { guardar } = admitido
  assert.equal([guardar.hechoId, guardar.puntos, guardar.negocioNombre], ['v1', 75, 'Pizzería Roma'])
  assert.equal(admitir(ticket, { ...nada, guardados: [guardar] }), { guardado: guardar }, 'shown again as the promise it is')
})

test('a claimed ticket read again says how its claim goes, and is in the account only once its sale is known', () => {
  const { negocioNumero: _n, cardId: _c, ...suyo } = ticket
  const leido = { ...ticket, cardId: null }
  for (const estado of ['por_enviar', 'en_espera', 'sin_puntos', 'rechazado'] as const) {
    const guardado: TicketGuardado = { ...suyo, reclamo: { texto: ' T', estado } }
    assert.equal(admitir(leido, { ...nada, guardados: [guardado] }), { guardado }, estado)
    assert.equal(admitir(leido, { ...nada, guardados: [guardado], conocidas: new Set(['v1']) }), { motivo: 'ya_esta' }, estado)
  }
})

test('another card’s, none’s, an old one, one without points, one whose sale arrived: each says why not', () => {
  assert.equal(admitir({ ...ticket, cardId: 'b'.repeat(16) }, nada), { motivo: 'de_otra_tarjeta' })
  const { negocioNumero: _n, cardId: _c, ...suyo } = ticket
  assert.equal(admitir({ ...ticket, cardId: null }, nada), { preguntar: suyo })
  assert.equal(admitir({ ...ticket, cardId: null }, { ...nada, ahora: AT + 86_400_001 }), { motivo: 'tarde' })
  assert.equal(admitir({ ...ticket, puntos: 0 }, nada), { motivo: 'sin_puntos' })
  assert.equal(admitir(ticket, { ...nada, ahora: AT + PLAZO_DE_TICKET_MS + 1 }), { motivo: 'viejo' })
  assert.equal(admitir(ticket, { ...nada, conocidas: ventasConocidas([venta(1)]) }), { motivo: 'ya_esta' })
})

test('a promise ends when its sale arrives, or when nobody ever told of it', () => {
  const guardado = { hechoId: 'v1', negocioNombre: 'Pizzería Roma', folio: 'C1-000001', montoCentavos: 1, puntos: 75, effAt: AT }
  assert.equal(terminados([guardado], new Set(), AT + 1), [])
  assert.equal(terminados([guardado], ventasConocidas([venta(1)]), AT + 1), ['v1'])
  assert.equal(terminados([guardado], new Set(), AT + PLAZO_DE_TICKET_MS + 1), ['v1'])
})

test('points that land are told once, and only when they were just earned', () => {
  const antes = fotoDe([ganado(1)], AT + 10)
  assert.is(llegadaEntre(null, antes), null)
  assert.is(llegadaEntre(antes, antes), null)
  assert.is(llegadaEntre(antes, fotoDe([ganado(1), ganado(2)], AT + 10))?.id, 'historial:v2')
  assert.is(llegadaEntre(antes, fotoDe([ganado(1), ganado(2)], AT + 3_600_000)), null)
  const retenida = venta(3, { retenida: true })
  const conRetenida = fotoDe([ganado(1), retenida], AT + 10)
  assert.is(llegadaEntre(antes, conRetenida), null, 'on hold is not landed')
})

test('[R12] of points earned, by which rules; of those before the server said it, nothing', () => {
  const con = { ...ganado(1), version: 3, valorPuntoCentavos: 500 } as MiaDoc
  assert.equal(
    fotoDe([con, ganado(2)], AT)
      .movimientos.map((m) => [m.id, m.version, m.valorPuntoCentavos])
      .sort(),
    [
      ['historial:v1', 3, 500],
      ['historial:v2', undefined, undefined],
    ],
  )
})

test('CARD-21: a new nivel is celebrated once: not when it is old, nor again on this phone, nor once its notice was read on another', () => {
  const aviso: MiaDoc = { id: 'aviso:nivel:oro', tipo: 'aviso', codigo: 'nivel', nivel: 'oro', at: AT }
  const dia = 86_400_000
  assert.equal(porCelebrar(fotoDe([aviso], AT), [], AT + dia), { nivel: 'oro', at: AT })
  assert.is(porCelebrar(fotoDe([aviso], AT), ['brillo', marcaDeNivel('oro')], AT + dia), null)
  assert.ok(porCelebrar(fotoDe([aviso], AT), [marcaDeNivel('plata')], AT + dia), 'plata was another one')
  assert.is(porCelebrar(fotoDe([aviso], AT, AT), [], AT + dia), null)
  const leidas: MiaDoc = { id: 'aviso:leidas', tipo: 'aviso', codigo: 'leidas', nivel: '', at: AT }
  assert.is(porCelebrar(fotoDe([aviso, leidas], AT), [], AT + dia), null)
  assert.is(porCelebrar(fotoDe([aviso], AT), [], AT + 8 * dia), null)
  assert.is(porCelebrar(fotoDe([], AT), [], AT), null)
  assert.is(porCelebrar(null, [], AT), null)
})

test.run()
