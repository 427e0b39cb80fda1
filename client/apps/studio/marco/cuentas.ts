/** What waits for a person, as the menu counts it. Pure. */
import type { AvisoDoc } from '../../../../schema/protocol/documentos.ts'
import { espera } from '../../../replica/studio.ts'

/** A conflict counts once per document: its fields are decided together. */
export function cuentasDe(avisos: readonly AvisoDoc[] | null): { porRevisar: number; conflictos: number } {
  const abiertos = (avisos ?? []).filter(espera)
  const conflictos = abiertos.filter((a) => a.tipo === 'conflicto')
  return {
    conflictos: new Set(conflictos.map((a) => a.datos.documentoId ?? a.id)).size,
    porRevisar: abiertos.length - conflictos.length,
  }
}
