/** What waits for a person, as the menu counts it. Pure. */
import type { AvisoDoc } from '../../../../schema/protocol/documentos.ts'
import { tareasDe } from '../../../domain/revision/tareas.ts'
import { espera } from '../../../replica/studio.ts'

/** A conflict counts once per document: its fields are decided together. `sucursalId`: the one in view, null for all; held sales are counted apart. */
export function cuentasDe(avisos: readonly AvisoDoc[] | null, sucursalId: string | null): { porRevisar: number; conflictos: number } {
  const conflictos = (avisos ?? []).filter((a) => a.tipo === 'conflicto' && espera(a))
  return {
    conflictos: new Set(conflictos.map((a) => a.datos.documentoId ?? a.id)).size,
    porRevisar: tareasDe(avisos ?? [], sucursalId).length,
  }
}
