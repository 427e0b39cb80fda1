/** CUP-28. What anybody may see of a cupón that is for everybody. Using it needs a card. */
import { z } from 'zod'
import { Rechazo } from '../../../schema/core/rechazo.ts'
import { uuid } from '../../../schema/domain/hechos/sobre.ts'
import type { Deps } from '../../context.ts'
import { comoCuponRest, cuponRest } from './forma.ts'
import { cuponPorCodigo } from './leer.sql.ts'

export const cuponPublico = z.object({
  negocioId: uuid,
  negocioNombre: z.string(),
  ciudad: z.string(),
  cupon: cuponRest,
  /** It counts today. */
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
  const hallado = await deps.db.negocio(negocioId, (sql) => cuponPorCodigo(sql, negocioId, codigoDeCupon))
  if (!hallado || hallado.borrado || !hallado.definicion.activo || !hallado.definicion.publico) throw new Rechazo('NO_ENCONTRADO')
  const { definicion: c, usados } = hallado
  const ahora = deps.now()
  const vigente = ahora >= c.desdeAt && ahora <= c.venceAt && (c.limiteTotal === null || usados < c.limiteTotal)
  return { negocioId, negocioNombre, ciudad, cupon: comoCuponRest(negocioId, c), vigente }
}
