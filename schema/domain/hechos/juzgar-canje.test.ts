import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { DIA, HORA, MINUTO, SEGUNDO } from '../../core/tiempo.ts'
import {
  AHORA,
  CADENA,
  CADENA_SERVIDOR,
  CAJA,
  CAJERO,
  CLIENTE,
  darCaja,
  Mesa,
  type OpcionesDeEntrada,
  unaVenta,
  unCanje,
  unId,
  unQr,
} from '../../testing/constructores.ts'
import { devueltoAt, VIDA_DEL_CANJE_MS } from '../canjes/canje.ts'
import type { Veredicto } from './libro.ts'

const CANJE = unId(600)
const CADENA_2 = unId(71)
const FIN = AHORA + 15 * MINUTO
const reglas = (v: Veredicto) => `${v.estado} ${v.motivos.map((m) => `${m.regla}:${m.codigo}`).join(' ')}`.trim()
/** Disponibles, apartados, sobregiro, and what the history adds up to. */
const saldo = (mesa: Mesa) => {
  const s = mesa.libro.saldos.get(CLIENTE)
  return [s?.puntosDisponibles, s?.puntosApartados, s?.sobregiro, mesa.cambios.historial.reduce((suma, h) => suma + h.puntos, 0)]
}
const canje = (mesa: Mesa) => mesa.libro.canjes.get(CANJE)

/** Ana has 75 points; another till stands beside. */
function mesaConPuntos(): Mesa {
  const mesa = new Mesa()
  darCaja(mesa.libro, CADENA_2, unId(51), unId(61))
  mesa.juzgar('venta', unaVenta({ qr: unQr(mesa.libro, { nivel: 'oro' }) }), { id: unId(50) })
  return mesa
}
const pedir = (mesa: Mesa, cambios: object = {}, opciones: OpcionesDeEntrada = {}) =>
  mesa.servidor('canje.creado', unCanje(cambios), { id: CANJE, ...opciones })
const entregar = (mesa: Mesa, opciones: OpcionesDeEntrada = {}) =>
  mesa.juzgar('canje_confirmado', { canjeId: CANJE, numero: 900, qr: null }, opciones)
const cerrar = (mesa: Mesa, como: 'cancelado' | 'vencido', devolver: boolean, recibidoAt = FIN + MINUTO) =>
  mesa.servidor(`canje.${como}`, { canjeId: CANJE, devolver }, { recibidoAt })
function mesaConCanje(): Mesa {
  const mesa = mesaConPuntos()
  pedir(mesa)
  return mesa
}

test('CARD-36: a canje sets its points apart, and the shopper is told; its delivery spends them (CARD-39)', () => {
  const mesa = mesaConPuntos()
  const v = pedir(mesa)
  assert.equal([reglas(v), v.puntos, ...saldo(mesa)], ['aceptado', -30, 45, 30, 0, 75])
  const evento = mesa.cambios.eventos.at(-1)?.cuerpo
  assert.equal([evento?.canje?.estado, evento?.saldo?.puntosApartados, evento?.historial], ['pendiente', 30, null])
  const entrega = entregar(mesa, { id: unId(601) })
  assert.equal([reglas(entrega), entrega.puntos, ...saldo(mesa)], ['aceptado', 0, 45, 0, 0, 45])
  const { estado, apartado, dispositivoId, cadenaId, empleadoId, cerradoAt } = canje(mesa) ?? {}
  assert.equal([estado, apartado, dispositivoId, cadenaId, empleadoId, cerradoAt], ['confirmado', false, CAJA, CADENA, CAJERO, AHORA])
  const renglon = mesa.cambios.historial.at(-1)
  assert.equal([renglon?.id, renglon?.tipo, renglon?.puntos, renglon?.descripcion], [unId(601), 'canjeado', -30, 'Café gratis'])
  assert.equal(mesa.cambios.avisos, [])
})

test('CARD-36: points that are not there, or of somebody who is no client, make no canje', () => {
  const mesa = mesaConPuntos()
  assert.is(reglas(pedir(mesa, { puntos: 76 })), 'sin_procesar null:PUNTOS_INSUFICIENTES')
  assert.is(reglas(pedir(mesa, { usuarioId: unId(99) }, { id: unId(602) })), 'sin_procesar null:CLIENTE_NO_ENCONTRADO')
  assert.equal([mesa.libro.canjes.size, ...saldo(mesa)], [0, 75, 0, 0, 75])
  assert.is(reglas(pedir(mesa, { puntos: 75 }, { id: unId(603) })), 'aceptado', 'the last point too')
  mesa.libro.saldos.clear()
  assert.is(reglas(pedir(mesa, { puntos: 1 }, { id: unId(604) })), 'sin_procesar null:PUNTOS_INSUFICIENTES')
})

test('a till cannot make, cancel or end a canje', () => {
  const mesa = mesaConPuntos()
  assert.is(reglas(pedir(mesa, {}, { cadenaId: CADENA })), 'sin_procesar null:SIN_PERMISO')
  pedir(mesa, {}, { id: unId(603) })
  for (const tipo of ['canje.cancelado', 'canje.vencido'])
    assert.is(reglas(mesa.juzgar(tipo, { canjeId: unId(603), devolver: true })), 'sin_procesar null:SIN_PERMISO')
  assert.equal(saldo(mesa), [45, 30, 0, 75])
})

test('[R4] confirmed twice: by the same till nothing, by another its cost, and one debit in all', () => {
  const mesa = mesaConCanje()
  entregar(mesa)
  assert.equal([reglas(entregar(mesa)), mesa.cambios.avisos], ['aceptado', []])
  const doble = entregar(mesa, { cadenaId: CADENA_2 })
  assert.equal([reglas(doble), doble.puntos], ['en_revision R4:canje_doble', 0])
  const [aviso] = mesa.cambios.avisos
  assert.equal([aviso?.regla, aviso?.codigo, aviso?.costoCentavos, aviso?.puntos], ['R4', 'canje_doble', 4_500, 30])
  assert.is(mesa.cambios.historial.filter((h) => h.tipo === 'canjeado').length, 1)
  assert.equal([canje(mesa)?.cadenaId, ...saldo(mesa)], [CADENA, 45, 0, 0, 45])
})

test('[R4] given over HTTP and then by a till is twice too; past its end also', () => {
  const mesa = mesaConCanje()
  entregar(mesa, { cadenaId: CADENA_SERVIDOR })
  assert.equal([canje(mesa)?.estado, canje(mesa)?.dispositivoId], ['confirmado', null])
  assert.is(reglas(entregar(mesa)), 'en_revision R4:canje_doble')
  assert.is(reglas(entregar(mesa, { recibidoAt: FIN + DIA })), 'en_revision R4:canje_doble')
  assert.equal(saldo(mesa), [45, 0, 0, 45])
})

test('[R5] given in time and synced late, its points still apart: honoured, and the dueño sees it', () => {
  const mesa = mesaConCanje()
  cerrar(mesa, 'vencido', false)
  assert.equal([canje(mesa)?.estado, canje(mesa)?.apartado, ...saldo(mesa)], ['expirado', true, 45, 30, 0, 75])
  const v = entregar(mesa, { wall: FIN + 30 * SEGUNDO, recibidoAt: FIN + HORA })
  assert.equal([reglas(v), v.puntos], ['en_revision R5:canje_tardio', 0])
  assert.equal([canje(mesa)?.estado, ...saldo(mesa)], ['confirmado', 45, 0, 0, 45])
  const [aviso] = mesa.cambios.avisos
  assert.equal([aviso?.codigo, aviso?.costoCentavos, aviso?.datos.devueltos], ['canje_tardio', null, false])
})

test('[R5] in time, but its points went back and are there: they are taken now', () => {
  const mesa = mesaConCanje()
  assert.is(cerrar(mesa, 'vencido', true).puntos, 30)
  assert.equal(saldo(mesa), [75, 0, 0, 75])
  const v = entregar(mesa, { wall: FIN, recibidoAt: FIN + 2 * DIA })
  assert.equal([reglas(v), v.puntos, ...saldo(mesa)], ['en_revision R5:canje_tardio', -30, 45, 0, 0, 45])
  assert.not.ok('sobregiro' in (mesa.cambios.avisos[0]?.datos ?? {}))
  assert.is(mesa.cambios.avisos[0]?.datos.devueltos, true)
})

test('[R5] in time, but its points went back and were spent: what is missing is a named sobregiro, which later points pay', () => {
  const mesa = mesaConCanje()
  cerrar(mesa, 'vencido', true)
  pedir(mesa, { numero: 901, puntos: 60 }, { id: unId(605) })
  const v = entregar(mesa, { wall: FIN, recibidoAt: FIN + 2 * DIA })
  assert.equal([reglas(v), v.puntos, ...saldo(mesa)], ['en_revision R5:canje_tardio', -30, 0, 60, 15, 45])
  assert.is(mesa.cambios.avisos[0]?.datos.sobregiro, 15)
  mesa.servidor('canje.cancelado', { canjeId: unId(605), devolver: true }, { recibidoAt: FIN + 2 * DIA })
  assert.equal(saldo(mesa), [45, 0, 0, 45])
})

test('[R5] the last instant is its end and 30 s; past it nothing moves, and the reward is the cost of the merchant', () => {
  const mesa = mesaConCanje()
  const tarde = entregar(mesa, { recibidoAt: FIN + 30 * SEGUNDO + 1 })
  assert.equal([reglas(tarde), tarde.puntos], ['en_revision R5:canje_vencido', 0])
  assert.equal([canje(mesa)?.estado, mesa.cambios.avisos[0]?.costoCentavos, ...saldo(mesa)], ['pendiente', 4_500, 45, 30, 0, 75])
  assert.is(reglas(entregar(mesa, { cadenaId: CADENA_2, recibidoAt: FIN + 30 * SEGUNDO })), 'aceptado')
})

test('[R5] [R11] a till whose clock is ahead is judged by the receipt, one that is behind not before its own last entry', () => {
  const mesa = mesaConCanje()
  assert.is(reglas(entregar(mesa, { wall: FIN + DIA, recibidoAt: FIN })), 'aceptado')
  const otra = mesaConPuntos()
  otra.juzgar('turno', { accion: 'abrir', turnoId: unId(620), fondoCentavos: 0 }, { recibidoAt: FIN + HORA })
  pedir(otra)
  assert.is(reglas(entregar(otra, { wall: AHORA, recibidoAt: FIN + HORA })), 'en_revision R5:canje_vencido')
})

test('[R11] only a sale shows a card: the QR in any other hecho does not move its hour', () => {
  const mesa = mesaConCanje()
  const qr = unQr(mesa.libro, { tsMs: FIN + HORA })
  const v = mesa.juzgar('canje_confirmado', { canjeId: CANJE, numero: 900, qr }, { wall: AHORA, recibidoAt: FIN + 2 * HORA })
  assert.equal([reglas(v), v.effAt], ['aceptado', AHORA])
})

test('[R14] [R5] a delivery that comes before its canje waits for it, and is judged at its own hour', () => {
  const mesa = mesaConPuntos()
  const entrega = { id: unId(601), wall: AHORA + MINUTO, recibidoAt: FIN + HORA }
  assert.is(reglas(entregar(mesa, entrega)), 'en_espera R14:en_espera')
  const seq = [...mesa.cambios.veredictos.values()].find((v) => v.hechoId === unId(601))?.seq ?? -1
  pedir(mesa, {}, { recibidoAt: FIN + 2 * HORA })
  const v = mesa.cambios.veredictos.get(`${CADENA}|${seq}`)
  assert.equal([v && reglas(v), v?.effAt, canje(mesa)?.estado], ['aceptado', AHORA + MINUTO, 'confirmado'])
  assert.equal([mesa.libro.enEspera.get(CANJE), ...saldo(mesa)], [undefined, 45, 0, 0, 45])
})

test('[R14] an end that comes before its canje waits too', () => {
  const mesa = mesaConPuntos()
  assert.is(reglas(cerrar(mesa, 'cancelado', true)), 'en_espera R14:en_espera')
  pedir(mesa)
  assert.equal([canje(mesa)?.estado, ...saldo(mesa)], ['cancelado', 75, 0, 0, 75])
})

test('SCAN-33: cancelled, the points go back only when the hecho says so, and once', () => {
  const mesa = mesaConCanje()
  assert.equal([cerrar(mesa, 'cancelado', false, AHORA + MINUTO).puntos, ...saldo(mesa)], [0, 45, 30, 0, 75])
  assert.equal([canje(mesa)?.estado, canje(mesa)?.cerradoAt], ['cancelado', AHORA + MINUTO])
  assert.equal([cerrar(mesa, 'vencido', true).puntos, ...saldo(mesa)], [30, 75, 0, 0, 75])
  assert.equal([cerrar(mesa, 'vencido', true, FIN + HORA).puntos, ...saldo(mesa)], [0, 75, 0, 0, 75])
  assert.equal([canje(mesa)?.estado, canje(mesa)?.cerradoAt, canje(mesa)?.apartado], ['cancelado', AHORA + MINUTO, false])
})

test('[R4] cancelled and then given in time: one debit; ended after it was given: no effect', () => {
  const mesa = mesaConCanje()
  cerrar(mesa, 'cancelado', false, AHORA + MINUTO)
  assert.is(reglas(entregar(mesa, { recibidoAt: AHORA + 2 * MINUTO })), 'en_revision R5:canje_tardio')
  for (const como of ['cancelado', 'vencido'] as const) {
    const v = cerrar(mesa, como, true)
    assert.equal([reglas(v), v.puntos], ['aceptado R4:CANJE_YA_ENTREGADO', 0])
  }
  assert.equal([canje(mesa)?.estado, ...saldo(mesa)], ['confirmado', 45, 0, 0, 45])
})

test('SCAN-33: points that go back pay the sobregiro first', () => {
  const mesa = mesaConCanje()
  mesa.juzgar('anulacion', { transaccionId: unId(50), motivo: 'x' })
  assert.equal(saldo(mesa), [0, 30, 30, 0])
  cerrar(mesa, 'vencido', true)
  assert.equal(saldo(mesa), [0, 0, 0, 0])
})

test('[R10] given by a cashier after the baja, or by a revoked till: it stands, and the dueño sees what it cost', () => {
  const mesa = mesaConCanje()
  mesa.libro.empleados.set(CAJERO, { id: CAJERO, bajaAt: AHORA + MINUTO })
  assert.is(reglas(entregar(mesa, { recibidoAt: AHORA + MINUTO + 1 })), 'en_revision R10:cajero_baja')
  assert.equal([mesa.cambios.avisos[0]?.costoCentavos, canje(mesa)?.estado, ...saldo(mesa)], [4_500, 'confirmado', 45, 0, 0, 45])
  const otra = mesaConCanje()
  otra.libro.dispositivos.set(CAJA, { id: CAJA, tipo: 'caja', sucursalId: null, usuarioId: null, bajaAt: AHORA })
  const v = entregar(otra, { wall: AHORA - HORA, recibidoAt: AHORA + MINUTO, sobre: { operador: null } })
  assert.is(reglas(v), 'en_revision R10:dispositivo_revocado', 'whatever hour it claims')
})

test('[R10] in the very instant of the baja it was still a cashier', () => {
  const mesa = mesaConCanje()
  mesa.libro.empleados.set(CAJERO, { id: CAJERO, bajaAt: AHORA })
  assert.is(reglas(entregar(mesa)), 'aceptado')
})

test('[R15] given without a lease: it stands, and the dueño sees it', () => {
  const mesa = mesaConCanje()
  assert.is(reglas(entregar(mesa, { sobre: { licenciaId: null } })), 'en_revision R15:sin_licencia')
  assert.equal([canje(mesa)?.estado, ...saldo(mesa)], ['confirmado', 45, 0, 0, 45])
  const otra = mesaConCanje()
  assert.is(reglas(entregar(otra, { cadenaId: CADENA_SERVIDOR })), 'aceptado', 'the chain of the server needs none')
})

test('SCAN-30: given in another sucursal than it was asked for, it says so and stands', () => {
  const mesa = mesaConCanje()
  assert.is(reglas(entregar(mesa, { sobre: { sucursalId: unId(78) } })), 'aceptado null:canje_otra_sucursal')
  const otra = mesaConPuntos()
  pedir(otra, { sucursalId: null })
  assert.is(reglas(entregar(otra)), 'aceptado')
})

test('[R5] SCAN-32: 15 minutes to give it; the points go back at its end and 30 s, or after 24 h where a till may have given it', () => {
  assert.is(VIDA_DEL_CANJE_MS, 15 * MINUTO)
  assert.is(devueltoAt(FIN, null), FIN + 30 * SEGUNDO)
  assert.is(devueltoAt(FIN, FIN + 30 * SEGUNDO + 1), FIN + 30 * SEGUNDO, 'all it did until then is here')
  assert.is(devueltoAt(FIN, FIN + 30 * SEGUNDO), FIN + DIA, 'it may have given it in that very instant')
})

test('CARD-36: a canje refused for lack of points is not made by a later release, when they are there and nobody may give it', () => {
  const mesa = mesaConPuntos()
  const negado = mesa.entrada('canje.creado', unCanje({ puntos: 76 }), { id: CANJE, cadenaId: CADENA_SERVIDOR })
  assert.is(reglas(mesa.repetir(negado)), 'sin_procesar null:PUNTOS_INSUFICIENTES')
  mesa.juzgar('venta', unaVenta({ qr: unQr(mesa.libro, { nivel: 'oro', ctr: 8 }) }))
  const antes = saldo(mesa)
  mesa.libro.nombradas.set(`${negado.cadenaId}|${negado.seq}`, negado)
  mesa.servidor('reproceso', { cadenaId: negado.cadenaId, seq: negado.seq }, { recibidoAt: FIN + DIA })
  assert.equal([canje(mesa), saldo(mesa)], [undefined, antes])
})

test.run()
