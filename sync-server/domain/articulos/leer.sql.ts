/** Articulos that exist, as HTTP shows them. */
import type { z } from 'zod'
import type { Articulo } from '../../../schema/domain/articulos/articulo.ts'
import type { Tx } from '../../db/db.ts'
import { columnasDeArticulo } from '../../sync/instantaneas.sql.ts'
import type { consultaDeArticulos, FichaDeArticulo } from './forma.ts'

/** R9, as estaBorrado() says it: deleted, and no field was edited after that. Needs the columns borrado and sellos in sight. */
export const estaVivo = (sql: Tx) => sql`
  (not borrado or exists (
    select from jsonb_each(sellos) as s(campo, sello) where s.campo <> 'borrado' and ((s.sello ->> 0)::bigint, (s.sello ->> 1) collate "C")
      > (coalesce((sellos -> 'borrado' ->> 0)::bigint, 0), coalesce(sellos -> 'borrado' ->> 1, '') collate "C")))`

type Fila = Articulo & { creadoAt: number; modificadoAt: number }

const comoFicha =
  (negocioId: string) =>
  ({ precioCentavos, sellos: _s, borrado: _b, ...resto }: Fila): FichaDeArticulo => ({ ...resto, negocioId, precio: precioCentavos / 100 })

/** Undefined: there is none, or it was deleted. */
export async function leerArticulo(sql: Tx, negocioId: string, id: string): Promise<FichaDeArticulo | undefined> {
  const [fila] = await sql<Fila[]>`
    select ${columnasDeArticulo(sql)}, created_at as creado_at, updated_at as modificado_at from articulos
    where negocio_id = ${negocioId} and id = ${id} and ${estaVivo(sql)}`
  return fila && comoFicha(negocioId)(fila)
}

/** Without the marks people do not type, as the index of the device folds them. */
const doblado = (sql: Tx, que: ReturnType<Tx>) => sql`translate(lower(${que}), 'áàäâéèëêíìïîóòöôúùüûñ', 'aaaaeeeeiiiioooouuuun')`
const comoPatron = (texto: string) => `%${texto.trim().replace(/[\\%_]/g, '\\$&')}%`

/** CAT-07. By nombre; `total` counts what matches, whatever the page. */
export async function listarArticulos(
  sql: Tx,
  negocioId: string,
  { buscar, categoria, tipo, sucursalId, page, limit }: z.infer<typeof consultaDeArticulos>,
): Promise<{ articulos: FichaDeArticulo[]; total: number; page: number; limit: number }> {
  const condiciones = sql`
    negocio_id = ${negocioId} and ${estaVivo(sql)}
    ${buscar?.trim() ? sql`and ${doblado(sql, sql`nombre`)} like ${doblado(sql, sql`${comoPatron(buscar)}::text`)}` : sql``}
    ${categoria === undefined ? sql`` : sql`and categoria = ${categoria}`}
    ${tipo === undefined ? sql`` : sql`and tipo = ${tipo}`}
    ${sucursalId === undefined ? sql`` : sql`and (sucursales = '[]' or sucursales ? ${sucursalId})`}`
  const [cuenta] = await sql<{ total: number }[]>`select count(*)::int as total from articulos where ${condiciones}`
  const filas = await sql<Fila[]>`
    select ${columnasDeArticulo(sql)}, created_at as creado_at, updated_at as modificado_at from articulos
    where ${condiciones} order by nombre, id limit ${limit} offset ${(page - 1) * limit}`
  return { articulos: filas.map(comoFicha(negocioId)), total: cuenta?.total ?? 0, page, limit }
}
