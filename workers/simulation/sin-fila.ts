/**
 * Decisions of the inbox about a row that is gone: the server was put back to before it, and either the only journal that had its sale is lost, or the sale
 * came again and was judged anew with nothing to tell. They cannot be taken, so they are refused; refused, they stay in sight of whoever made them, with
 * the row they are about, until that person lets go of them.
 */
import type { EquipoDeNegocio, Mundo, NegocioDelMundo } from './mundo.ts'

/** Whether a device rightly holds this row of its inbox, which the server has not. */
export type SinFila = (e: Pick<EquipoDeNegocio, 'equipo'>, id: string) => boolean

export async function leerSinFila(mundo: Mundo, { negocioId }: NegocioDelMundo): Promise<SinFila> {
  const filas = await mundo.db.superusuario`select id from avisos where negocio_id = ${negocioId}`
  const avisos = new Set(filas.map((fila) => fila.id as string))
  const rechazada = (e: Record<string, unknown>, id: string) =>
    e.coleccion === 'avisos' && e.docId === id && e.estado === 'rechazada' && e.codigo === 'NO_ENCONTRADO'
  return ({ equipo }, id) => mundo.restaurado && !avisos.has(id) && equipo.disco.todos('ediciones').some((e) => rechazada(e, id))
}
