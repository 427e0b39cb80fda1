/**
 * CUP-25. A code names one living cupón of its negocio: at a till it is typed, and two of one code would be told apart by nobody. Studios edit with no network, so two
 * may choose the same: the later one is refused and stays where it was written, with its reason, until a person gives it another.
 */
import { type Doc, type DocEditable, estaBorrado } from '../../schema/merge/campos.ts'
import type { Tx } from '../db/db.ts'
import { enTextos } from './filas.sql.ts'
import { ensayoDe, type Fila, type Mesa, recibirFila } from './mesa.ts'

/**
 * Ids of the documents that by these rows would take, or come back with, a code that another living cupón has. Those that had it before this rule, and change
 * something else, are none of them. The mesa stays as it is.
 */
export async function codigosOcupados(sql: Tx, negocioId: string, mesa: Mesa, filas: readonly Fila[]): Promise<ReadonlySet<string>> {
  const negadas = new Set<string>()
  for (;;) {
    // A row that is refused keeps the code it had, so another that counted on that one is refused too.
    const ensayo = ensayoDe(mesa)
    for (const fila of filas) if (!negadas.has(fila.nuevo.id)) recibirFila(ensayo, fila)
    const ocupados = await chocan(sql, negocioId, mesa, ensayo)
    if (ocupados.length === 0) return negadas
    for (const id of ocupados) negadas.add(id)
  }
}

const vivo = (doc: Doc | undefined): doc is Doc => doc !== undefined && !estaBorrado(doc as unknown as DocEditable)

async function chocan(sql: Tx, negocioId: string, mesa: Mesa, ensayo: Mesa): Promise<string[]> {
  const toman = [...ensayo.tocados].flatMap((id) => {
    const [antes, doc] = [mesa.docs.get(id), ensayo.docs.get(id)]
    return vivo(doc) && !(vivo(antes) && antes.codigo === doc.codigo) ? [{ id, codigo: String(doc.codigo) }] : []
  })
  if (toman.length === 0) return []
  const codigos = toman.map(({ codigo }) => codigo)
  const guardados = await sql<(DocEditable & { id: string; codigo: string })[]>`
    select id, codigo, borrado, sellos from cupones where negocio_id = ${negocioId} and codigo = ${enTextos(sql, codigos)}`
  const quedan = guardados.filter((g) => !ensayo.docs.has(g.id) && !estaBorrado(g)).map(({ id, codigo }) => ({ id, codigo }))
  const tenian = [...ensayo.docs].flatMap(([id, doc]) =>
    vivo(doc) && toman.every((t) => t.id !== id) ? [{ id, codigo: String(doc.codigo) }] : [],
  )
  const de = new Map([...quedan, ...tenian].map(({ id, codigo }) => [codigo, id]))
  return toman.flatMap(({ id, codigo }) => {
    if (!de.has(codigo)) de.set(codigo, id)
    return de.get(codigo) === id ? [] : [id]
  })
}
