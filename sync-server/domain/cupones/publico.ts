/** CUP-28. What anybody may see of a cupón that is for everybody. Using it needs a card. */
import { z } from 'zod'
import { Rechazo } from '../../../schema/core/rechazo.ts'
import { seAgoto } from '../../../schema/domain/cupones/cupon.ts'
import type { DefinicionDeCupon } from '../../../schema/domain/hechos/libro.ts'
import { uuid } from '../../../schema/domain/hechos/sobre.ts'
import type { Deps } from '../../context.ts'
import type { Tx } from '../../db/db.ts'
import { comoCuponRest, cuponRest } from './forma.ts'
import { cuponPorCodigo } from './leer.sql.ts'

export const ESTADOS_DE_CUPON_PUBLICO = ['vigente', 'no_empieza', 'vencido', 'agotado'] as const
type Estado = (typeof ESTADOS_DE_CUPON_PUBLICO)[number]

export const cuponPublico = z.object({
  negocioId: uuid,
  negocioNombre: z.string(),
  ciudad: z.string(),
  cupon: cuponRest,
  /** Names of the sucursales where it counts; empty: all of them. */
  sucursales: z.array(z.string()),
  estado: z.enum(ESTADOS_DE_CUPON_PUBLICO),
  /** It counts today: its estado is `vigente`. */
  vigente: z.boolean(),
})

/** `codigo` is the negocio's, `codigoDeCupon` the merchant's own of the cupón. @throws Rechazo NO_ENCONTRADO */
export async function leerCuponPublico(
  deps: Pick<Deps, 'db' | 'now'>,
  codigo: string,
  codigoDeCupon: string,
): Promise<z.infer<typeof cuponPublico>> {
  const [negocio] = await deps.db.plataforma(
    (sql) => sql<{ negocioId: string; nombre: string; ciudad: string }[]>`
      select n.negocio_id, n.nombre, n.ciudad from negocio_numeros c join negocios n on n.negocio_id = c.de_negocio
      where c.codigo_caja = ${codigo} and n.activo`,
  )
  if (!negocio) throw new Rechazo('NO_ENCONTRADO')
  const { negocioId, nombre: negocioNombre, ciudad } = negocio
  const { hallado, sucursales } = await deps.db.negocio(negocioId, async (sql) => {
    const hallado = await cuponPorCodigo(sql, negocioId, codigoDeCupon)
    return { hallado, sucursales: await nombresDe(sql, negocioId, hallado?.definicion.sucursales ?? []) }
  })
  if (!hallado || hallado.borrado || !hallado.definicion.activo || !hallado.definicion.publico) throw new Rechazo('NO_ENCONTRADO')
  const estado = estadoDe(hallado.definicion, hallado.usados, deps.now())
  const cupon = comoCuponRest(negocioId, hallado.definicion)
  return { negocioId, negocioNombre, ciudad, cupon, sucursales, estado, vigente: estado === 'vigente' }
}

/** What is over stays over, also when nobody used it up. */
function estadoDe(c: DefinicionDeCupon, usados: number, ahora: number): Estado {
  if (ahora > c.venceAt) return 'vencido'
  if (seAgoto(c, usados)) return 'agotado'
  return ahora < c.desdeAt ? 'no_empieza' : 'vigente'
}

async function nombresDe(sql: Tx, negocioId: string, ids: readonly string[]): Promise<string[]> {
  if (ids.length === 0) return []
  const filas = await sql<{ nombre: string }[]>`
    select nombre from negocio_sucursales
    where negocio_id = ${negocioId} and activa and id = any(array(select jsonb_array_elements_text(${sql.json([...ids])})::uuid))
    order by principal desc, numero`
  return filas.map(({ nombre }) => nombre)
}
