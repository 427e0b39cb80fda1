/** CARD-31, 37. What points buy in a negocio, as any shopper may see it. */
import { Rechazo } from '../../../schema/core/rechazo.ts'
import type { RecompensaPublica, RecompensasDeNegocio } from '../../../schema/protocol/canjes.ts'
import type { Deps } from '../../context.ts'
import { estaVivo } from '../articulos/leer.sql.ts'

type Fila = Omit<RecompensaPublica, 'imagen' | 'alcanza'> & { imagen: string | null }

/**
 * The active ones, the cheapest first, with what the shopper's points reach. Pictures that were not handed in yet are left out.
 * @throws Rechazo NO_ENCONTRADO, also for a negocio that is closed
 */
export function leerRecompensas(deps: Pick<Deps, 'db'>, usuarioId: string, negocioId: string): Promise<RecompensasDeNegocio> {
  return deps.db.negocio(
    negocioId,
    async (sql) => {
      const [negocio] = await sql<Pick<RecompensasDeNegocio, 'nombre' | 'puntosDisponibles' | 'puntosApartados'>[]>`
        select n.nombre, coalesce(p.puntos_disponibles, 0) as puntos_disponibles, coalesce(p.puntos_apartados, 0) as puntos_apartados
        from negocios n left join puntos_por_negocio p on p.negocio_id = n.negocio_id and p.usuario_id = ${usuarioId}
        where n.negocio_id = ${negocioId} and n.activo`
      if (!negocio) throw new Rechazo('NO_ENCONTRADO')
      const sucursales = await sql<RecompensasDeNegocio['sucursales']>`
        select id, nombre, direccion from negocio_sucursales where negocio_id = ${negocioId} and activa order by principal desc, numero`
      const filas = await sql<Fila[]>`
        select r.id, r.nombre, r.descripcion, r.puntos, r.sucursales, i.hash as imagen
        from recompensas r left join imagenes i on i.negocio_id = r.negocio_id and i.hash = r.imagen
        where r.negocio_id = ${negocioId} and r.activa and ${estaVivo(sql)} order by r.puntos, r.nombre, r.id`
      const recompensas = filas.map(({ imagen, ...fila }) => ({
        ...fila,
        imagen: imagen === null ? null : `/imagenes/${negocioId}/${imagen}`,
        alcanza: fila.puntos <= negocio.puntosDisponibles,
      }))
      return { negocioId, ...negocio, sucursales: [...sucursales], recompensas }
    },
    { soloLectura: true },
  )
}
