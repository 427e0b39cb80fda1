import { uuidv7 } from '../../../schema/core/ids.ts'
import { RECOMPENSA_NUEVA, type Recompensa, recompensas } from '../../../schema/domain/recompensas/recompensa.ts'
import type { Deps } from '../../context.ts'
import { aplicarEdiciones, leerDocs, leerFilas } from '../../sync/ediciones.ts'
import { escribirEnNegocio } from '../escribir.ts'

/** What a creator must say; the rest has a default. */
export type RecompensaNueva = Pick<Recompensa, 'nombre' | 'puntos'> & Partial<Omit<Recompensa, 'sellos' | 'borrado'>>

/**
 * CARD-31. As crearArticulos: every field is stamped at birth by `quien` (a usuario or a device) under `nombre`, through the door every edit takes. An id that
 * exists is merged like any edit.
 * @throws ZodError when a field is out of range
 */
export async function crearRecompensas(
  deps: Pick<Deps, 'db' | 'hub' | 'now' | 'azar'>,
  negocioId: string,
  quien: string,
  nuevas: readonly RecompensaNueva[],
  nombre = '',
): Promise<Recompensa[]> {
  if (nuevas.length === 0) return []
  return escribirEnNegocio(deps, negocioId, async (sql, ahora, contador) => {
    const sellos = Object.fromEntries(recompensas.campos.map((campo) => [campo, [ahora, quien]]))
    const docs = nuevas.map((nueva) =>
      recompensas.schema.parse({ id: uuidv7(ahora, deps.azar), ...RECOMPENSA_NUEVA, ...nueva, borrado: false, sellos }),
    )
    const leidas = leerFilas('recompensas', { filas: docs.map((doc) => ({ nuevo: doc, asumido: null })) })
    const editor = { id: quien, sucursalId: null, quien: nombre, equipo: '' }
    const { cambios } = await aplicarEdiciones(sql, contador, editor, leidas, await leerDocs(sql, negocioId, null, leidas), ahora)
    return { resultado: docs, cambios, anotados: true }
  })
}
