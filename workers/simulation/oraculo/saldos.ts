/** Points the second time: where those of a sale are, how they come in and go out of a balance, and what is overdrawn (R6). */
import type { Retencion, Transaccion, Veredicto } from '../../../schema/domain/hechos/libro.ts'
import { guardarEnSuMes, sacarDeSusMeses, yaExpiraron } from './expirados.ts'
import type { Fold } from './fold.ts'
import type { Renglon } from './libro.ts'

export function acreditar(fold: Fold, r: Renglon, t: Transaccion): void {
  const puntos = t.puntosOtorgados - t.puntosDevueltos
  t.acreditada = true
  if (puntos === 0 || t.clienteId === null) return
  fold.saldo(t.clienteId).puntosAcumulados += puntos
  guardarEnSuMes(fold, r, t, abonar(fold, t.clienteId, puntos))
  anotar(fold, r, t, 'ganado', puntos)
  const { effAt } = t
  const { recibidoAt } = r
  fold.libro.vida.push({ usuarioId: t.clienteId, transaccionId: t.id, tipo: 'ganado', puntos, effAt, ventaEffAt: effAt, recibidoAt })
}

/** Points that come in: what was overdrawn is paid first. Gives what is left of them. */
export function abonar(fold: Fold, usuarioId: string, puntos: number): number {
  const saldo = fold.saldo(usuarioId)
  const antes = saldo.puntosDisponibles
  const neto = antes - saldo.sobregiro + puntos
  saldo.puntosDisponibles = Math.max(0, neto)
  saldo.sobregiro = Math.max(0, -neto)
  return saldo.puntosDisponibles - antes
}

/** SCAN-22. A sale is worth `diferencia` more (or less) than before, wherever its points are. */
export function mover(fold: Fold, r: Renglon, t: Transaccion, diferencia: number, v: Veredicto): void {
  if (diferencia <= 0) {
    const devueltos = t.puntosDevueltos
    tomar(fold, r, t, -diferencia, 'anulado', v)
    t.puntosDevueltos = devueltos // counted by who asks
    return
  }
  const donde = dondeEstan(fold, t)
  if (t.clienteId === null || donde === 'nadie') return
  v.puntos = diferencia
  const saldo = fold.saldo(t.clienteId)
  if (donde === 'retenidos') {
    saldo.puntosRetenidos += diferencia
    return
  }
  saldo.puntosAcumulados += diferencia
  guardarEnSuMes(fold, r, t, abonar(fold, t.clienteId, diferencia))
  anotar(fold, r, t, 'ganado', diferencia)
}

export function tomar(fold: Fold, r: Renglon, t: Transaccion, puntos: number, tipo: 'devuelto' | 'anulado', v: Veredicto): void {
  const enManos = dondeEstan(fold, t)
  t.puntosDevueltos += puntos
  if (t.clienteId === null || enManos === 'nadie' || puntos === 0) return
  const saldo = fold.saldo(t.clienteId)
  v.puntos = -puntos
  if (enManos === 'retenidos') {
    saldo.puntosRetenidos -= puntos
    return
  }
  const debe = puntos - yaExpiraron(fold, t, saldo, puntos)
  v.puntos = -debe
  const neto = saldo.puntosDisponibles - debe
  sacarDeSusMeses(saldo, neto < 0 ? saldo.puntosDisponibles : debe)
  if (neto < 0) {
    saldo.sobregiro -= neto
    fold.cambiar(v, v.estado, { regla: 'R6', codigo: 'sobregiro' })
  }
  saldo.puntosDisponibles = Math.max(0, neto)
  if (debe > 0) anotar(fold, r, t, tipo, -debe)
}

export function cerrar(
  fold: Fold,
  r: Renglon,
  t: Transaccion,
  hold: Retencion,
  estado: 'levantada' | 'rechazada' | 'caducada',
  v: Veredicto,
): void {
  const estaba = dondeEstan(fold, t) === 'retenidos'
  hold.estado = estado
  const sigue = dondeEstan(fold, t) === 'retenidos'
  if (!estaba || sigue || t.clienteId === null) return
  const restan = t.puntosOtorgados - t.puntosDevueltos
  fold.saldo(t.clienteId).puntosRetenidos -= restan
  if (estado !== 'levantada') return
  acreditar(fold, r, t)
  v.puntos = restan
}

/** Where what remains of a sale is. */
function dondeEstan(fold: Fold, t: Transaccion): 'saldo' | 'retenidos' | 'nadie' {
  if (t.acreditada) return 'saldo'
  const holds = fold.holds(t)
  const negada = holds.some((h) => h.estado === 'rechazada' || h.estado === 'caducada')
  return !negada && holds.some((h) => h.estado === 'activa') ? 'retenidos' : 'nadie'
}

function anotar(fold: Fold, r: Renglon, t: Transaccion, tipo: 'ganado' | 'devuelto' | 'anulado', puntos: number): void {
  const palabra = { ganado: 'Compra', devuelto: 'Reembolso', anulado: 'Anulación' }[tipo]
  fold.libro.historial.push({
    id: r.sobre.id,
    usuarioId: t.clienteId as string,
    sucursalId: t.sucursalId,
    tipo,
    puntos,
    montoCentavos: t.montoCentavos,
    multiplicadorPct: t.multiplicadorPct,
    nivelAlMomento: t.nivelCliente,
    transaccionId: t.id,
    descripcion: `${palabra} ${t.folio}`,
    effAt: r.effAt,
  })
}
