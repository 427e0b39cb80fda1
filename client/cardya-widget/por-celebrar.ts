/** CARD-21. Whether a nivel that was just reached is still to be celebrated: once, on the phone that sees it first. Pure. */
import type { Foto } from './foto.ts'

const RECIENTE_MS = 7 * 86_400_000

/** The mark among the hints that were read on this phone. */
export const marcaDeNivel = (nivel: string): string => `nivel:${nivel}`

/**
 * Null: there is none, it is old, this phone celebrated it, or its notice was read: celebrating reads it on every phone.
 * @param ahora ms
 */
export function porCelebrar(foto: Foto | null, vistos: readonly string[], ahora: number): Foto['subida'] {
  const subida = foto?.subida ?? null
  if (!subida || subida.at <= (foto?.leidosHasta ?? 0) || vistos.includes(marcaDeNivel(subida.nivel))) return null
  return ahora - subida.at < RECIENTE_MS ? subida : null
}
