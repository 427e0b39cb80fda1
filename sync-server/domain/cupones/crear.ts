import { uuidv7 } from '../../../schema/core/ids.ts'
import { Rechazo } from '../../../schema/core/rechazo.ts'
import { CUPON_NUEVO, type Cupon, cupones } from '../../../schema/domain/cupones/cupon.ts'
import type { Doc } from '../../../schema/merge/campos.ts'
import type { Deps } from '../../context.ts'
import type { Tx } from '../../db/db.ts'
import type { Contador } from '../../sync/bitacora.ts'
import { aplicarEdiciones, leerDocs, leerFilas } from '../../sync/ediciones.ts'
import type { Editor } from '../../sync/mesa.ts'
import { type Escritura, escribirEnNegocio } from '../escribir.ts'

/** What a creator must say; the rest has a default. */
export type CuponNuevo = Pick<Cupon, 'titulo' | 'tipo' | 'valor' | 'desdeAt' | 'venceAt' | 'codigo'> &
  Partial<Omit<Cupon, 'sellos' | 'borrado'>>

/**
 * CUP-03, 25. Every field is stamped at birth by `quien` (a usuario or a device), so that later edits meet it field by field (R7, R8). An id that exists is merged
 * like any edit. @throws ZodError when a field is out of range; Rechazo CODIGO_OCUPADO: another cupón of the negocio has that code, and none is made
 */
export function crearCupones(
  deps: Pick<Deps, 'db' | 'hub' | 'now' | 'azar'>,
  negocioId: string,
  quien: string,
  nuevos: readonly CuponNuevo[],
): Promise<Cupon[]> {
  return escribirEnNegocio(deps, negocioId, async (sql, ahora, contador) => {
    const docs = nuevos.map((nuevo) => nacer({ id: uuidv7(ahora, deps.azar), ...nuevo }, ahora, quien))
    const { cambios, rechazadas } = await ponerCupones(sql, contador, { id: quien, sucursalId: null, quien: '', equipo: '' }, docs, ahora)
    if (rechazadas.length > 0) throw new Rechazo('CODIGO_OCUPADO', 'codigo')
    return { resultado: docs, cambios, anotados: true }
  })
}

/** A whole document, each field stamped. @throws ZodError when a field is out of range */
export function nacer(nuevo: CuponNuevo & { id: string }, ahora: number, quien: string): Cupon & Doc {
  const sellos = Object.fromEntries(cupones.campos.map((campo) => [campo, [ahora, quien]]))
  return cupones.schema.parse({ ...CUPON_NUEVO, ...nuevo, borrado: false, sellos })
}

/** Writes them as an edit of `editor`, inside a transaction that holds the negocio's counter. */
export async function ponerCupones(
  sql: Tx,
  contador: Contador,
  editor: Editor,
  docs: readonly (Cupon & Doc)[],
  ahora: number,
): Promise<Pick<Escritura<unknown>, 'cambios'> & { rechazadas: { code: string }[] }> {
  const leidas = leerFilas('cupones', { filas: docs.map((doc) => ({ nuevo: doc, asumido: null })) })
  const previos = await leerDocs(sql, contador.negocioId, editor.sucursalId, leidas)
  return aplicarEdiciones(sql, contador, editor, leidas, previos, ahora)
}
