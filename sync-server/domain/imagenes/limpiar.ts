/**
 * CAT-16, NF-28. Deleting an articulo, or giving it another picture, removes the stored one; not at once, but 30 days after nothing refers to it any
 * more: until then a merchant may undo, and a device that was away may still bring back what it had (decision 0024).
 */
import { DIA } from '../../../schema/core/tiempo.ts'
import type { Deps } from '../../context.ts'
import type { Tx } from '../../db/db.ts'
import { enTextos } from '../../sync/filas.sql.ts'
import { almacenDe, type ImagenGuardada } from './almacen.ts'
import { cerrarImagen } from './subir.ts'

/** How long a picture is kept after it fell out of use. */
export const CONSERVAR_SIN_USO_MS = 30 * DIA
/** A file without a row may be of an upload that is being written. */
const HUERFANA_TRAS_MS = DIA
const POR_VUELTA = 500

/** Marks what is in use and what is not, removes what was not for 30 days, and files nobody remembers. Gives how many files went. */
export async function limpiarImagenes(deps: Pick<Deps, 'db' | 'env' | 'now' | 'log'>): Promise<number> {
  const ahora = deps.now()
  await deps.db.plataforma((sql) => marcarUso(sql, ahora))
  const limite = new Date(ahora - CONSERVAR_SIN_USO_MS)
  const vencidas = await deps.db.plataforma(
    (sql) => sql<{ negocioId: string; hash: string }[]>`
      select negocio_id, hash from imagenes where sin_uso_desde_at <= ${limite} order by sin_uso_desde_at limit ${POR_VUELTA}`,
  )
  let borradas = 0
  for (const { negocioId, hash } of vencidas) borradas += await borrarUna(deps, negocioId, hash, limite)
  return borradas + (await borrarHuerfanas(deps))
}

/**
 * A picture is in use while a living articulo shows it, or an inbox row that waits for a person could bring it back. A deletion that an edit may have
 * outlived counts as alive.
 */
const marcarUso = (sql: Tx, ahora: number) => sql`
  with usadas as (
    select a.negocio_id, h.hash from articulos a cross join lateral jsonb_array_elements_text(a.imagenes) as h(hash)
      where a.imagenes <> '[]' and (not a.borrado or exists (
        select from jsonb_each(a.sellos) s where s.key <> 'borrado' and (s.value ->> 0)::bigint >= coalesce((a.sellos -> 'borrado' ->> 0)::bigint, 0)))
    union
    select v.negocio_id, h.partes[1] from avisos v cross join lateral regexp_matches(v.datos::text, '[0-9a-f]{64}', 'g') as h(partes)
      where v.tipo = 'conflicto' and v.resuelto_at is null)
  update imagenes i set sin_uso_desde_at = case when i.sin_uso_desde_at is null then ${new Date(ahora)}::timestamptz end
  where (i.sin_uso_desde_at is null) <> exists (select from usadas u where u.negocio_id = i.negocio_id and u.hash = i.hash)`

const borrarUna = (deps: Pick<Deps, 'db' | 'env'>, negocioId: string, hash: string, limite: Date): Promise<number> =>
  deps.db.negocio(negocioId, async (sql) => {
    await cerrarImagen(sql, negocioId, hash)
    // An edit that came since the marks were made may show it again.
    const { count } = await sql`
      delete from imagenes where negocio_id = ${negocioId} and hash = ${hash} and sin_uso_desde_at <= ${limite}
        and not exists (select from articulos where negocio_id = ${negocioId} and not borrado and imagenes ? ${hash})`
    if (count > 0) await almacenDe(deps.env).borrar(negocioId, hash)
    return count
  })

/** Files of an upload that never ended, or of a database that was restored to before them. Their age is the disk's, not the product's clock. */
async function borrarHuerfanas(deps: Pick<Deps, 'db' | 'env' | 'log'>): Promise<number> {
  let borradas = 0
  let lote: ImagenGuardada[] = []
  const revisar = async () => {
    borradas += await borrarSinFila(deps, lote)
    lote = []
  }
  for await (const una of almacenDe(deps.env).listar()) {
    if (Date.now() - una.modificadaAt < HUERFANA_TRAS_MS) continue
    if (lote.length === POR_VUELTA || (lote[0] && lote[0].negocioId !== una.negocioId)) await revisar()
    lote.push(una)
  }
  await revisar()
  if (borradas > 0) deps.log.info({ borradas }, 'pictures that no row remembers were removed')
  return borradas
}

/** All of one negocio. One that this database does not know may be of another that keeps its pictures in the same folder: it is left alone. */
async function borrarSinFila(deps: Pick<Deps, 'db' | 'env'>, lote: readonly ImagenGuardada[]): Promise<number> {
  const [una] = lote
  if (!una) return 0
  const { negocioId } = una
  const conFila = await deps.db.negocio(negocioId, async (sql) => {
    const [negocio] = await sql`select 1 from negocios where negocio_id = ${negocioId}`
    const hashes = lote.map((i) => i.hash)
    return (
      negocio &&
      (await sql<{ hash: string }[]>`
        select hash from imagenes where negocio_id = ${negocioId} and hash = ${enTextos(sql, hashes)}
        union select archivo from evidencias_foto where negocio_id = ${negocioId} and archivo = ${enTextos(sql, hashes)}`)
    )
  })
  if (!conFila) return 0
  const conocidas = new Set(conFila.map((fila) => fila.hash))
  const sobran = lote.filter((i) => !conocidas.has(i.hash))
  for (const { hash } of sobran)
    await deps.db.negocio(negocioId, async (sql) => {
      await cerrarImagen(sql, negocioId, hash)
      const [fila] = await sql`
        select 1 from imagenes where negocio_id = ${negocioId} and hash = ${hash}
        union all select 1 from evidencias_foto where negocio_id = ${negocioId} and archivo = ${hash}`
      if (!fila) await almacenDe(deps.env).borrar(negocioId, hash)
    })
  return sobran.length
}
