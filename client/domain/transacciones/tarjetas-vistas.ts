/** Which cards a stretch of the journal met, and when an id was made. Pure. */
import { deHex } from '../../../schema/core/ids.ts'
import type { TransaccionDoc } from '../../../schema/protocol/documentos.ts'
import { renglonDe } from '../../replica/renglon.ts'

/** Sorted, each once: the same cards make the same query. */
export function cardIdsDe(diario: readonly Record<string, unknown>[], transacciones: readonly TransaccionDoc[]): string[] {
  const deAqui = diario.map((documento) => renglonDe(documento)?.tarjeta?.cardId)
  const deTodos = transacciones.map((t) => t.cardId)
  return [...new Set([...deAqui, ...deTodos].filter((cardId) => typeof cardId === 'string'))].sort()
}

/** The ms a UUIDv7 was made, by the clock of who made it; 0 for another kind of id. */
export function momentoDeUuid(id: string): number {
  const hex = id.replaceAll('-', '')
  if (!/^[0-9a-f]{12}7/.test(hex)) return 0
  return deHex(hex.slice(0, 12)).reduce((suma, byte) => suma * 256 + byte, 0)
}
