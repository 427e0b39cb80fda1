/**
 * The edits of a till: none. It holds no collection for them and `editar` is refused there in any build (edits.ts); this is that refusal without the code
 * that edits, which its build leaves out (caja.ts).
 */
import { Rechazo } from '../../schema/core/rechazo.ts'
import type { CrearEdits } from './edits.ts'

export const crearSinEdits: CrearEdits = ({ identidad }) => {
  const negar = async (): Promise<never> => {
    throw new Rechazo(identidad.alta() ? 'SIN_PERMISO' : 'REPLICA_SIN_ALTA')
  }
  return {
    editar: negar,
    editarVarios: negar,
    edicionesDe: async () => new Map(),
    reponer: async () => {},
    subir: async () => {},
    contar: async () => 0,
    espejo: () => null,
    reintentar: async () => false,
    descartar: negar,
    apartadas: { apartar: async () => {}, leer: async () => [], descartar: async () => {} },
  }
}
