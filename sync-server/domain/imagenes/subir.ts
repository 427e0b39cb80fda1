import { createHash } from 'node:crypto'
import type { z } from 'zod'
import { Rechazo } from '../../../schema/core/rechazo.ts'
import { IMAGEN_MAXIMA_BYTES, type respuestaImagen } from '../../../schema/protocol/catalogo.ts'
import type { Deps } from '../../context.ts'
import type { Tx } from '../../db/db.ts'
import { almacenDe } from './almacen.ts'
import { prepararImagen } from './preparar.ts'

/** Row and file of a picture change together: whoever writes or removes one waits for the other. Until the end of the transaction. */
export const cerrarImagen = (sql: Tx, negocioId: string, hash: string) =>
  sql`select pg_advisory_xact_lock(hashtextextended(${`imagen|${negocioId}|${hash}`}, 0))`

type Ficha = z.infer<typeof respuestaImagen>

/**
 * CAT-05. Keeps a picture of a negocio under the SHA-256 of the bytes that were handed in, so that a device may name it before it has a network. The
 * same again changes nothing.
 * @throws Rechazo IMAGEN_INVALIDA (other bytes than the hash says, or no picture), IMAGEN_GRANDE (more than 6 MB)
 */
export async function subirImagen(
  deps: Pick<Deps, 'db' | 'env' | 'now'>,
  negocioId: string,
  hash: string,
  bytes: Uint8Array,
): Promise<Ficha> {
  if (bytes.length > IMAGEN_MAXIMA_BYTES) throw new Rechazo('IMAGEN_GRANDE')
  if (createHash('sha256').update(bytes).digest('hex') !== hash) throw new Rechazo('IMAGEN_INVALIDA', 'hash')
  const almacen = almacenDe(deps.env)
  const conocida = await deps.db.negocio(negocioId, async (sql) => {
    await cerrarImagen(sql, negocioId, hash)
    const [fila] = await sql<Ficha[]>`
      update imagenes set sin_uso_desde_at = null where negocio_id = ${negocioId} and hash = ${hash} returning hash, ancho, alto, bytes`
    // A folder restored without its pictures gets them back from whoever still has them.
    return fila && (await almacen.leer(negocioId, hash)) ? fila : null
  })
  if (conocida) return conocida
  const { bytes: guardados, tipo, ancho, alto } = await prepararImagen(bytes)
  const ficha: Ficha = { hash, ancho, alto, bytes: guardados.length }
  await deps.db.negocio(negocioId, async (sql) => {
    await cerrarImagen(sql, negocioId, hash)
    await sql`
      insert into imagenes ${sql({ negocio_id: negocioId, ...ficha, tipo, created_at: new Date(deps.now()) })}
      on conflict (negocio_id, hash) do update set sin_uso_desde_at = null, bytes = excluded.bytes`
    await almacen.guardar(negocioId, hash, guardados)
  })
  return ficha
}
