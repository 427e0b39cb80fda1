/**
 * A server that was told to stop. Whoever holds a request open (a stream, a live shape) is told first, `/ready` says 503 from then on, and what is
 * in progress ends as if nothing happened.
 */
import type { Deps } from '../context.ts'

interface Despedida {
  empezada: boolean
  oyentes: Set<() => void>
}

/** By hub: the one thing that all parts of a server share and never copy. */
const porServidor = new WeakMap<object, Despedida>()
type ConHub = Pick<Deps, 'hub'>

function de({ hub }: ConHub): Despedida {
  const conocida = porServidor.get(hub)
  if (conocida) return conocida
  const nueva = { empezada: false, oyentes: new Set<() => void>() }
  porServidor.set(hub, nueva)
  return nueva
}

export const seDespide = (deps: ConHub): boolean => de(deps).empezada

/** `fn` runs once, when the server is told to stop, or now if it was. Gives what takes it back. */
export function alDespedirse(deps: ConHub, fn: () => void): () => void {
  const despedida = de(deps)
  if (despedida.empezada) fn()
  else despedida.oyentes.add(fn)
  return () => void despedida.oyentes.delete(fn)
}

/** `/ready` says 503 from now on. Streams go on: whoever balances the load sends no more, and nothing else changed yet. */
export function dejarDeEstarListo(deps: ConHub): void {
  de(deps).empezada = true
}

/** Streams and live requests end now, so that their clients go to another node, or come back when this one does. */
export function despedir(deps: ConHub): void {
  const despedida = de(deps)
  despedida.empezada = true
  for (const fn of despedida.oyentes) fn()
  despedida.oyentes.clear()
}
