/**
 * R5. The lease of canjes of a sucursal: the one till that confirms them with no network. Pure; the server keeps it and decides.
 *
 *     nobody ─contact─► A ─upload─► A, renewed ─'pedir' of B─► A, B waits ─'ceder' of A─► B
 *                        └── 24 h without an upload, or taken away ──────────► whoever waits, else who comes first
 *
 * What A gave and has not said is not lost by the change: `sinSaberHasta` keeps the points of those canjes apart until A says it, or for their day.
 */
import { HORA } from '../../core/tiempo.ts'

export const VIDA_DEL_ARRIENDO_MS = 24 * HORA
/** Renewed by an upload when less than this is left: one row of the log an hour, however often a till uploads. */
export const RENOVAR_CON_MENOS_DE_MS = 23 * HORA

/** Instants in ms of the server's clock. */
export interface Arriendo {
  dispositivoId: string
  emitidoAt: number
  venceAt: number
  /** All its holder did until then has arrived. */
  vistaHasta: number
  /** The till that waits for it. */
  pedidoPor: string | null
  /** A holder before, whose next whole upload says what it gave. */
  anteriorId: string | null
  /** Until when that one may have given some; null: all is known. */
  sinSaberHasta: number | null
}

/** What the server knows of the tills it names. */
export interface Tenencia extends Arriendo {
  /** When its holder lost its rights; null: it has them. */
  bajaAt: number | null
  /** Whether the till that waits may work. */
  esperaViva: boolean
}

export const finDelArriendo = (a: Pick<Tenencia, 'venceAt' | 'bajaAt'>): number => Math.min(a.venceAt, a.bajaAt ?? a.venceAt)

const estrenar = (dispositivoId: string, ahora: number): Arriendo => ({
  ...{ dispositivoId, emitidoAt: ahora, venceAt: ahora + VIDA_DEL_ARRIENDO_MS, vistaHasta: ahora },
  ...{ pedidoPor: null, anteriorId: null, sinSaberHasta: null },
})

/** It passes to another till at `ahora`; the one before could give until `fin`. To the same one again: what is known of it does not change. */
function pasar(a: Tenencia, dispositivoId: string, fin: number, ahora: number): Arriendo {
  const { anteriorId, sinSaberHasta, vistaHasta } = a
  if (a.dispositivoId === dispositivoId) return { ...estrenar(dispositivoId, ahora), vistaHasta, anteriorId, sinSaberHasta }
  const nuevo = { ...estrenar(dispositivoId, ahora), anteriorId, sinSaberHasta }
  if (vistaHasta >= fin) return nuevo
  const varios = sinSaberHasta !== null && anteriorId !== a.dispositivoId
  return { ...nuevo, anteriorId: varios ? null : a.dispositivoId, sinSaberHasta: Math.max(fin, sinSaberHasta ?? 0) }
}

/** A till of the sucursal was heard of. Gives the lease as it is from now on, or null when nothing changes. `subio`: it uploaded, which renews its own. */
export function alSaberDe(a: Tenencia | null, dispositivoId: string, ahora: number, subio: boolean): Arriendo | null {
  if (!a) return estrenar(dispositivoId, ahora)
  const fin = finDelArriendo(a)
  if (fin <= ahora) return pasar(a, a.pedidoPor !== null && a.esperaViva ? a.pedidoPor : dispositivoId, fin, ahora)
  // Somebody waits: it is not renewed any more, so that it ends.
  if (!subio || a.dispositivoId !== dispositivoId || a.pedidoPor !== null || a.venceAt - ahora >= RENOVAR_CON_MENOS_DE_MS) return null
  return { ...a, venceAt: ahora + VIDA_DEL_ARRIENDO_MS }
}

/** A till asks for it: at once where nobody has it, else it waits, and the last that asks is the one that waits. Null: nothing changes. */
export function alPedir(a: Tenencia | null, dispositivoId: string, ahora: number): Arriendo | null {
  if (!a) return estrenar(dispositivoId, ahora)
  const fin = finDelArriendo(a)
  if (fin <= ahora) return pasar(a, dispositivoId, fin, ahora)
  return a.dispositivoId === dispositivoId || a.pedidoPor === dispositivoId ? null : { ...a, pedidoPor: dispositivoId }
}

/** Its holder lets go: it confirms none with no network from now on. Null: it is not the holder, or nobody waits. */
export function alCeder(a: Tenencia | null, dispositivoId: string, ahora: number): Arriendo | null {
  if (!a || a.dispositivoId !== dispositivoId || a.pedidoPor === null || !a.esperaViva) return null
  return pasar(a, a.pedidoPor, ahora, ahora)
}
