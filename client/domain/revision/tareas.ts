/** What else the server wants a person to know: reviews, tasks (R13) and alerts. Seeing to one is an edit of its `resolucion`. */
import { esCodigo } from '../../../schema/core/codigos.ts'
import type { AvisoDoc } from '../../../schema/protocol/documentos.ts'

/** Whether it still waits. Documents of the first release only tell when somebody saw to it. */
export const porAtender = (a: AvisoDoc): boolean => (a.resolucion === undefined ? a.resueltoAt === null : a.resolucion === null)

/** Newest first. `sucursalId` null: of all; an aviso that names no sucursal is of the negocio. */
export const tareasDe = (avisos: readonly AvisoDoc[], sucursalId: string | null): AvisoDoc[] =>
  avisos
    .filter((a) => a.tipo !== 'conflicto' && esCodigo(a.codigo) && porAtender(a))
    .filter((a) => sucursalId === null || typeof a.datos.sucursalId !== 'string' || a.datos.sucursalId === sucursalId)
    .sort((a, b) => b.creadoAt - a.creadoAt)
