/**
 * Decisions whose undo is still offered. A hecho is for ever, so nothing is written until that offer is over; whatever screen follows meanwhile, the
 * decision goes on. A page that ends before writes nothing, and the sale waits in the list as before.
 */
import type { Decision } from './retenidas.ts'

let actuales: ReadonlyMap<string, Decision> = new Map()
const oyentes = new Set<() => void>()

function poner(nuevas: ReadonlyMap<string, Decision>): void {
  actuales = nuevas
  for (const oyente of oyentes) oyente()
}

/** By id of the sale. */
export const porEscribir = (): ReadonlyMap<string, Decision> => actuales
export function observarPorEscribir(oyente: () => void): () => void {
  oyentes.add(oyente)
  return () => oyentes.delete(oyente)
}
export const apuntar = (ids: readonly string[], decision: Decision): void =>
  poner(new Map([...actuales, ...ids.map((id) => [id, decision] as const)]))
/** Written, or taken back. */
export const borrar = (ids: readonly string[]): void => poner(new Map([...actuales].filter(([id]) => !ids.includes(id))))
