/**
 * Decisions of the inbox about a sale that is gone: the server was put back to before it, and the only journal that had it is lost. They cannot be taken,
 * so they are refused; refused, they stay in sight of whoever made them, with the row they are about, until that person lets go of them.
 */
import type { EquipoDeNegocio, Mundo, NegocioDelMundo } from './mundo.ts'

/** Whether a device rightly holds this row of its inbox, which the server has not. */
export type SinSuVenta = (e: Pick<EquipoDeNegocio, 'equipo'>, id: string) => boolean

export async function leerSinSuVenta(mundo: Mundo, { negocioId }: NegocioDelMundo): Promise<SinSuVenta> {
  const filas = await mundo.db.superusuario`select hecho_id from hechos_recibidos where negocio_id = ${negocioId} and hecho_id is not null`
  const recibidos = new Set(filas.map((fila) => fila.hechoId as string))
  return ({ equipo }, id) =>
    equipo.disco.todos('ediciones').some((e) => {
      if (e.coleccion !== 'avisos' || e.docId !== id || e.estado !== 'rechazada' || e.codigo !== 'NO_ENCONTRADO') return false
      const { transaccionId } = (e.asumido as { datos?: { transaccionId?: string } })?.datos ?? {}
      return transaccionId !== undefined && !recibidos.has(transaccionId)
    })
}
