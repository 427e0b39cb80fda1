import { z } from 'zod'
import { Rechazo } from '../../../schema/core/rechazo.ts'
import { articulo } from '../../../schema/domain/articulos/articulo.ts'
import { uuid } from '../../../schema/domain/hechos/sobre.ts'
import type { Deps } from '../../context.ts'
import { estaVivo } from '../articulos/leer.sql.ts'

const { id, nombre, descripcion, categoria, tipo, destacado, desde, agotado } = articulo.shape

/** CAT-15. What anybody may see of a negocio: what it sells and where. */
export const perfilPublico = z.object({
  negocioId: uuid,
  nombre: z.string(),
  ciudad: z.string(),
  sitioWeb: z.string(),
  sucursales: z.array(z.object({ id: uuid, nombre: z.string(), direccion: z.string() })),
  articulos: z.array(
    z.object({
      ...{ id, nombre, descripcion, categoria, tipo, destacado, desde, agotado },
      /** Pesos. */
      precio: z.number(),
      /** Where it is sold; empty: everywhere. */
      sucursales: z.array(uuid),
      /** Paths of its pictures, the first one is its face. */
      imagenes: z.array(z.string()),
    }),
  ),
})
export type PerfilPublico = z.infer<typeof perfilPublico>

type Fila = Omit<PerfilPublico['articulos'][number], 'precio' | 'imagenes'> & { precioCentavos: number; hashes: string[] }

/** Destacados first, then by categoría. Pictures that were not handed in yet are left out. @throws Rechazo NO_ENCONTRADO */
export async function leerPerfilPublico(deps: Pick<Deps, 'db'>, codigo: string): Promise<PerfilPublico> {
  const [negocio] = await deps.db.plataforma(
    (sql) => sql<Pick<PerfilPublico, 'negocioId' | 'nombre' | 'ciudad' | 'sitioWeb'>[]>`
      select n.negocio_id, n.nombre, n.ciudad, n.sitio_web from negocio_numeros c join negocios n on n.negocio_id = c.de_negocio
      where c.codigo_caja = ${codigo} and n.activo`,
  )
  if (!negocio) throw new Rechazo('NO_ENCONTRADO')
  const { negocioId } = negocio
  return deps.db.negocio(negocioId, async (sql) => {
    const sucursales = await sql<PerfilPublico['sucursales']>`
      select id, nombre, direccion from negocio_sucursales where negocio_id = ${negocioId} and activa order by principal desc, numero`
    const filas = await sql<Fila[]>`
      select id, nombre, descripcion, precio_centavos, categoria, tipo, destacado, desde, agotado,
        (select coalesce(jsonb_agg(s.sucursal_id), '[]') from articulo_sucursales s
          where s.negocio_id = a.negocio_id and s.articulo_id = a.id) as sucursales,
        (select coalesce(jsonb_agg(h.hash order by h.lugar), '[]') from jsonb_array_elements_text(a.imagenes) with ordinality as h(hash, lugar)
          join imagenes i on i.negocio_id = a.negocio_id and i.hash = h.hash) as hashes
      from articulos a where negocio_id = ${negocioId} and visible and ${estaVivo(sql)}
      order by destacado desc, categoria, nombre, id`
    const articulos = filas.map(({ precioCentavos, hashes, ...resto }) => ({
      ...resto,
      precio: precioCentavos / 100,
      imagenes: hashes.map((hash) => `/imagenes/${negocioId}/${hash}`),
    }))
    return { ...negocio, sucursales: [...sucursales], articulos }
  })
}
