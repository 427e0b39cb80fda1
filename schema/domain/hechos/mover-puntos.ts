/**
 * The only place where points move. Of a sale with a client, what remains (otorgados − devueltos) is in exactly one of three places:
 * the balance (`acreditada`), held (`estaRetenida`), or nowhere for good (a hold was refused or lapsed, or the sale was cancelled).
 * Points being spent are set apart (apartados) until their canje is confirmed or they go back. Sum of historial = disponibles + apartados − sobregiro, always.
 * Those of disponibles and apartados that expire are in lots by month (PTS-24, decision 0040): whatever goes out takes what expires first.
 */
import { assert } from '../../core/rechazo.ts'
import { comoSeVe } from '../cupones/cupon.ts'
import {
  conPuntos,
  despuesDe,
  gastados,
  hastaElMes,
  MESES_DE_MEMORIA,
  mesDe,
  mesDeVencimiento,
  puntosDelMes,
  sumaDeLotes,
} from '../puntos/lotes.ts'
import { veredictoDe } from './dictamen.ts'
import type { Cambios, Canje, CuponUso, HistorialPuntos, Libro, Retencion, Saldo, SaldoDicho, Transaccion, UsuarioEvento } from './libro.ts'
import type { Entrada } from './sobre.ts'

export const puntosRestantes = (t: Transaccion): number => t.puntosOtorgados - t.puntosDevueltos

export const retencionesActivas = (libro: Libro, t: Transaccion): Retencion[] =>
  (libro.retenciones.get(t.id) ?? []).filter((r) => r.estado === 'activa')

/** True while the points of a sale wait: some rule holds them and none has refused them. */
export function estaRetenida(libro: Libro, t: Transaccion): boolean {
  const todas = libro.retenciones.get(t.id) ?? []
  return !t.acreditada && todas.some((r) => r.estado === 'activa') && !todas.some(negada)
}
const negada = (r: Retencion) => r.estado === 'rechazada' || r.estado === 'caducada'

/** What a shopper is told of points on hold: the last hold decides when, and one that lapses takes them all. */
function finDeLaEspera(activas: readonly Retencion[]): Pick<NonNullable<UsuarioEvento['cuerpo']['venta']>, 'retenidaHasta' | 'alVencer'> {
  if (activas.length === 0) return { retenidaHasta: null, alVencer: null }
  const retenidaHasta = Math.max(...activas.map((r) => r.venceAt))
  return { retenidaHasta, alVencer: activas.some((r) => r.alVencer === 'caducar') ? 'caducar' : 'acreditar' }
}

/** The balance of a shopper in this negocio, marked to be written. */
export function saldoPorMover(libro: Libro, cambios: Cambios, usuarioId: string): Saldo {
  let saldo = libro.saldos.get(usuarioId)
  if (!saldo) {
    saldo = {
      ...{ usuarioId, sucursalId: null, puntosDisponibles: 0, puntosAcumulados: 0, puntosRetenidos: 0, puntosApartados: 0, sobregiro: 0 },
      ...{ porVencer: null, vencidos: null },
    }
    libro.saldos.set(usuarioId, saldo)
  }
  cambios.saldos.add(usuarioId)
  return saldo
}

/** Puts what remains of a sale in the balance: an overdraft is paid first. `uso`: of its card, where this is its sale. Gives the points credited. */
export function acreditar(libro: Libro, cambios: Cambios, entrada: Entrada, t: Transaccion, uso: string | null = null): number {
  assert(
    t.clienteId !== null && !t.acreditada && t.estado !== 'anulada',
    'a sale is credited once, to a client, and never after it was cancelled',
  )
  const puntos = puntosRestantes(t)
  const saldo = saldoPorMover(libro, cambios, t.clienteId)
  ingresarDe(libro, entrada, t, saldo, puntos)
  saldo.puntosAcumulados += puntos
  t.acreditada = true
  cambios.transacciones.add(t.id)
  const historial = anotar(cambios, entrada, t, 'ganado', puntos)
  emitir(libro, cambios, entrada, t, historial, puntos > 0 ? { tipo: 'ganado', puntos, effAt: t.effAt } : null, uso)
  return puntos
}

/** Points that come in, or back: an overdraft is paid first. Gives what it took of them. */
function ingresar(saldo: Saldo, puntos: number): number {
  const pago = Math.min(saldo.sobregiro, puntos)
  saldo.sobregiro -= pago
  saldo.puntosDisponibles += puntos - pago
  return pago
}

const mesDeLaVenta = (libro: Libro, t: Transaccion): number | null =>
  mesDeVencimiento(
    libro.configuraciones.find(({ version }) => version === t.configVersion),
    t.recibidoAt,
  )

/** Points of a sale that come in, with the month they expire with: that of the sale, and never one that is over (PTS-24). */
function ingresarDe(libro: Libro, entrada: Entrada, t: Transaccion, saldo: Saldo, puntos: number): void {
  const quedan = puntos - ingresar(saldo, puntos)
  const mes = mesDeLaVenta(libro, t)
  if (mes !== null) saldo.porVencer = conPuntos(saldo.porVencer, Math.max(mes, mesDe(entrada.recibidoAt)), quedan)
}

/** Points that go out of a balance. Gives the part it does not cover, which becomes `sobregiro`. */
function sacar(saldo: Saldo, puntos: number): number {
  const sobregiro = Math.max(0, puntos - saldo.puntosDisponibles)
  saldo.puntosDisponibles -= puntos - sobregiro
  saldo.sobregiro += sobregiro
  saldo.porVencer = gastados(saldo.porVencer, puntos - sobregiro)
  return sobregiro
}

/** PTS-24. What a sale that came back still has to give: what expired of its month went already, and is counted once. */
function sinLoVencido(libro: Libro, t: Transaccion, saldo: Saldo, puntos: number): number {
  const mes = mesDeLaVenta(libro, t)
  const vencidos = mes === null ? 0 : Math.min(puntos, puntosDelMes(saldo.vencidos, mes))
  if (mes !== null && vencidos > 0) saldo.vencidos = conPuntos(saldo.vencidos, mes, -vencidos)
  return puntos - vencidos
}

/** What a movement took (negative: gave), the part of it that the balance did not cover, and its line. */
export interface Movimiento {
  quitados: number
  sobregiro: number
  historial: HistorialPuntos | null
}
const SIN_MOVIMIENTO: Movimiento = { quitados: 0, sobregiro: 0, historial: null }

/**
 * Takes points of a sale back, from wherever they are. What the balance does not cover becomes `sobregiro`.
 * Gives what was taken (0 when the points were never there) and the part not covered.
 */
export function quitar(
  libro: Libro,
  cambios: Cambios,
  entrada: Entrada,
  t: Transaccion,
  puntos: number,
  tipo: 'devuelto' | 'anulado',
): Movimiento {
  t.puntosDevueltos += puntos
  return mover(libro, cambios, entrada, t, -puntos, tipo)
}

/** SCAN-22. A sale that is worth more or less than before: the difference goes in or out wherever its points are. */
export function corregirPuntos(
  libro: Libro,
  cambios: Cambios,
  entrada: Entrada,
  t: Transaccion,
  vale: Pick<Transaccion, 'puntosBase' | 'puntosOtorgados' | 'puntosDevueltos'>,
): Movimiento {
  const antes = puntosRestantes(t)
  Object.assign(t, vale)
  const diferencia = puntosRestantes(t) - antes
  return mover(libro, cambios, entrada, t, diferencia, diferencia > 0 ? 'ganado' : 'anulado')
}

/** `diferencia` signed. */
function mover(
  libro: Libro,
  cambios: Cambios,
  entrada: Entrada,
  t: Transaccion,
  diferencia: number,
  tipo: keyof typeof DESCRIPCIONES,
): Movimiento {
  cambios.transacciones.add(t.id)
  const retenida = estaRetenida(libro, t)
  if (t.clienteId === null || (!t.acreditada && !retenida)) return SIN_MOVIMIENTO
  const saldo = saldoPorMover(libro, cambios, t.clienteId)
  if (retenida) {
    saldo.puntosRetenidos += diferencia
    return { quitados: 0 - diferencia, sobregiro: 0, historial: null }
  }
  if (diferencia > 0) {
    ingresarDe(libro, entrada, t, saldo, diferencia)
    saldo.puntosAcumulados += diferencia
    return { quitados: 0 - diferencia, sobregiro: 0, historial: anotar(cambios, entrada, t, tipo, diferencia) }
  }
  const quitados = sinLoVencido(libro, t, saldo, -diferencia)
  const sobregiro = sacar(saldo, quitados)
  return { quitados, sobregiro, historial: anotar(cambios, entrada, t, tipo, 0 - quitados) }
}

/**
 * PTS-24. Takes what expires with the months up to `hasta`. What is set apart for a canje is not taken from under it: if it comes back it lasts until the end of the
 * month of this hecho. Gives how many points went.
 */
export function expirar(libro: Libro, cambios: Cambios, entrada: Entrada, usuarioId: string, hasta: number): number {
  const saldo = saldoPorMover(libro, cambios, usuarioId)
  const quedan = despuesDe(saldo.porVencer, hasta)
  const vencen = hastaElMes(saldo.porVencer, hasta)
  const apartados = Math.min(sumaDeLotes(vencen), saldo.puntosApartados)
  const expirados = gastados(vencen, apartados)
  const puntos = sumaDeLotes(expirados)
  saldo.porVencer = conPuntos(quedan, mesDe(entrada.recibidoAt), apartados)
  saldo.puntosDisponibles -= puntos
  saldo.vencidos = despuesDe(saldo.vencidos, hasta - MESES_DE_MEMORIA)
  for (const lote of expirados ?? []) saldo.vencidos = conPuntos(saldo.vencidos, lote.mes, lote.puntos)
  const historial = puntos > 0 ? renglonSinVenta(cambios, entrada, usuarioId, null, 'expirado', -puntos, 'Puntos vencidos') : null
  cambios.eventos.push({
    hechoId: entrada.sobre.id,
    usuarioId,
    cuerpo: { historial, saldo: dicho(saldo), venta: null, lifetime: null, recibidoAt: entrada.recibidoAt },
  })
  return puntos
}

/** CARD-36. Sets the points of a new canje apart. The balance covers them. */
export function apartar(libro: Libro, cambios: Cambios, entrada: Entrada, canje: Canje): void {
  const saldo = saldoPorMover(libro, cambios, canje.usuarioId)
  assert(saldo.puntosDisponibles >= canje.puntos, 'only points that are there are set apart')
  saldo.puntosDisponibles -= canje.puntos
  saldo.puntosApartados += canje.puntos
  emitirCanje(libro, cambios, entrada, canje, null)
}

/** SCAN-33. The points of a canje that nobody gave go back. */
export function devolverApartados(libro: Libro, cambios: Cambios, canje: Canje): void {
  const saldo = saldoPorMover(libro, cambios, canje.usuarioId)
  saldo.puntosApartados -= canje.puntos
  const pago = ingresar(saldo, canje.puntos)
  // They are in their lots still; what an overdraft took of them is not.
  saldo.porVencer = gastados(saldo.porVencer, pago)
  canje.apartado = false
}

/** CARD-39. The points of a canje are spent, from where they were set apart; or, when they went back already, from the balance. Gives what it did not cover. */
export function gastar(libro: Libro, cambios: Cambios, entrada: Entrada, canje: Canje): number {
  const saldo = saldoPorMover(libro, cambios, canje.usuarioId)
  const sobregiro = canje.apartado ? 0 : sacar(saldo, canje.puntos)
  if (canje.apartado) {
    saldo.puntosApartados -= canje.puntos
    saldo.porVencer = gastados(saldo.porVencer, canje.puntos)
  }
  canje.apartado = false
  const { sucursalId } = entrada.sobre
  const renglon = renglonSinVenta(cambios, entrada, canje.usuarioId, sucursalId, 'canjeado', -canje.puntos, canje.nombre)
  emitirCanje(libro, cambios, entrada, canje, renglon)
  return sobregiro
}

function renglonSinVenta(
  cambios: Cambios,
  entrada: Entrada,
  usuarioId: string,
  sucursalId: string | null,
  tipo: 'canjeado' | 'expirado',
  puntos: number,
  descripcion: string,
): HistorialPuntos {
  const renglon: HistorialPuntos = {
    ...{ id: entrada.sobre.id, usuarioId, sucursalId, tipo, puntos },
    ...{ montoCentavos: null, multiplicadorPct: null, nivelAlMomento: null, transaccionId: null },
    ...{ descripcion, effAt: veredictoDe(cambios, entrada).effAt },
  }
  cambios.historial.push(renglon)
  return renglon
}

/** A balance as it is told. */
function dicho({ porVencer, vencidos: _, ...saldo }: Saldo): SaldoDicho {
  return porVencer === null ? saldo : { ...saldo, porVencer }
}

/** Tells the shopper what became of a canje, and of the balance. */
export function emitirCanje(libro: Libro, cambios: Cambios, entrada: Entrada, canje: Canje, historial: HistorialPuntos | null): void {
  const saldo = dicho(saldoPorMover(libro, cambios, canje.usuarioId))
  cambios.canjes.add(canje.id)
  cambios.eventos.push({
    hechoId: entrada.sobre.id,
    usuarioId: canje.usuarioId,
    cuerpo: { historial, saldo, venta: null, canje: { ...canje }, lifetime: null, recibidoAt: entrada.recibidoAt },
  })
}

/**
 * Ends one active hold. Lifting the last one credits the sale; a refusal or a lapse drops its points for good, whatever the other holds
 * become. Gives the points credited.
 */
export function cerrarRetencion(
  libro: Libro,
  cambios: Cambios,
  entrada: Entrada,
  t: Transaccion,
  retencion: Retencion,
  estado: 'levantada' | 'rechazada' | 'caducada',
): number {
  const retenida = estaRetenida(libro, t)
  retencion.estado = estado
  cambios.retenciones.add(`${t.id}|${retencion.regla}`)
  if (!retenida || t.clienteId === null) return 0
  if (estado !== 'levantada' || !estaRetenida(libro, t)) saldoPorMover(libro, cambios, t.clienteId).puntosRetenidos -= puntosRestantes(t)
  if (estado === 'levantada' && !estaRetenida(libro, t)) return acreditar(libro, cambios, entrada, t)
  emitir(libro, cambios, entrada, t, null, null)
  return 0
}

/** Tells the shopper's stream what this hecho did: absolute balances, so that a repeated event changes nothing. */
export function emitir(
  libro: Libro,
  cambios: Cambios,
  entrada: Entrada,
  t: Transaccion,
  historial: HistorialPuntos | null,
  lifetime: UsuarioEvento['cuerpo']['lifetime'],
  uso: string | null = null,
): void {
  if (t.clienteId === null) return
  const retenida = estaRetenida(libro, t)
  const retenciones = libro.retenciones.get(t.id) ?? []
  const motivo = t.acreditada ? undefined : retenciones.find((r) => (retenida ? r.estado === 'activa' : negada(r)))
  const venta = {
    transaccionId: t.id,
    montoCentavos: t.montoCentavos,
    puntos: t.acreditada || retenida ? puntosRestantes(t) : 0,
    estado: t.estado,
    retenida,
    motivo: motivo?.codigo ?? null,
    ...finDeLaEspera(retenida ? retenciones.filter((r) => r.estado === 'activa') : []),
    ...(t.descuentoCentavos > 0 ? { descuentoCentavos: t.descuentoCentavos } : {}),
    effAt: t.effAt,
  }
  const saldo = dicho(saldoPorMover(libro, cambios, t.clienteId))
  cambios.eventos.push({
    hechoId: entrada.sobre.id,
    usuarioId: t.clienteId,
    cuerpo: {
      ...{ historial, saldo, venta },
      ...reglasDe(libro, t),
      ...cuponDelEvento(libro, cambios, t.clienteId, t),
      ...(uso === null ? {} : { uso }),
      ...{ lifetime, recibidoAt: entrada.recibidoAt },
    },
  })
}

/** R12. What the shopper is told of why a sale gave these points. */
function reglasDe(libro: Libro, { configVersion }: Transaccion): Pick<UsuarioEvento['cuerpo'], 'reglas'> {
  const usada = libro.configuraciones.find(({ version }) => version === configVersion)
  return usada ? { reglas: { version: usada.version, valorPuntoCentavos: usada.valorPuntoCentavos } } : {}
}

/** What the client now has of the cupón of this sale, where this hecho moved it: as the cupón is now, not as it was when it was used. */
export function cuponDelEvento(libro: Libro, cambios: Cambios, usuarioId: string, t: Transaccion): Pick<UsuarioEvento['cuerpo'], 'cupon'> {
  const uso: CuponUso | undefined = cambios.cuponUsos.has(t.id) ? libro.cuponUsos.get(t.id) : undefined
  const suyo = uso && libro.cuponUsuarios.get(`${uso.cuponId}|${usuarioId}`)
  if (!uso?.cupon || !suyo || uso.deUsuario !== usuarioId) return {}
  const { usados, codigoUnico, guardadoAt, usadoAt } = suyo
  const actual = libro.cupones.get(uso.cuponId)
  return { cupon: { definicion: actual ? comoSeVe(actual) : uso.cupon, usados, codigoUnico, guardadoAt, usadoAt } }
}

const DESCRIPCIONES = { ganado: 'Compra', devuelto: 'Reembolso', anulado: 'Anulación' } as const

function anotar(
  cambios: Cambios,
  entrada: Entrada,
  t: Transaccion,
  tipo: keyof typeof DESCRIPCIONES,
  puntos: number,
): HistorialPuntos | null {
  if (puntos === 0 || t.clienteId === null) return null
  const renglon: HistorialPuntos = {
    id: entrada.sobre.id,
    usuarioId: t.clienteId,
    sucursalId: t.sucursalId,
    tipo,
    puntos,
    montoCentavos: t.montoCentavos,
    multiplicadorPct: t.multiplicadorPct,
    nivelAlMomento: t.nivelCliente,
    transaccionId: t.id,
    descripcion: `${DESCRIPCIONES[tipo]} ${t.folio}`,
    effAt: veredictoDe(cambios, entrada).effAt,
  }
  cambios.historial.push(renglon)
  return renglon
}
