/** How each editable lies in its table, and how replicas see it. One entry per collection of schema/registry.ts. */
import type { PendingQuery, Row } from 'postgres'
import { textoCanonico } from '../../schema/core/canonico.ts'
import { seVendeEn } from '../../schema/domain/articulos/articulo.ts'
import { type Doc, type DocEditable, estaBorrado, selloDe } from '../../schema/merge/campos.ts'
import type { Tx } from '../db/db.ts'
import { codigosOcupados } from './codigos-de-cupon.sql.ts'
import { type AvisoConResolucion, documentoDeAviso } from './documentos.ts'
import { enTextos, enUuids } from './filas.sql.ts'
import { columnasDeArticulo, columnasDeAviso, columnasDeRecompensa } from './instantaneas.sql.ts'
import { columnasDeCupon } from './leer-mostrador.sql.ts'
import type { Fila, Mesa } from './mesa.ts'
import { concierneA } from './rebanadas.ts'

/** Who wrote a field, as they were called then; empty: not known. */
export interface Autor {
  quien: string
  equipo: string
}
export type AutorDe = (pk: string, campo: string, doc: Doc) => Autor

export interface TablaEditable {
  /** Whether an edit of an unknown id makes a row. */
  nace: boolean
  /** Whether a value that did not stay is told in the inbox (R7-R9). */
  avisaPerdidas: boolean
  /** `sucursalId` null: whoever edits reaches everything. What they do not reach is not found. */
  leer(sql: Tx, negocioId: string, ids: string[], sucursalId: string | null): Promise<Doc[]>
  /** Whether whoever works in this one sucursal may change a row that is so, or leave it so. */
  alcanza(doc: Doc, sucursalId: string): boolean
  /** Ids of the documents that these rows would give something that only one may have, and another has. */
  ocupadas?(sql: Tx, negocioId: string, mesa: Mesa, filas: readonly Fila[]): Promise<ReadonlySet<string>>
  /** Keeps only what may be edited of what came. */
  limpiar(doc: Doc & { id: string }): Doc & { id: string }
  /** Where a document is its own image: how the rows are made of `x.doc`, in the statement that also writes their history and the log. */
  insertarDe?(sql: Tx, negocioId: string, ahora: number): PendingQuery<Row[]>
  /** What is derived from rows that `insertarDe` wrote. `previos`: as they were. */
  derivar?(sql: Tx, negocioId: string, docs: readonly Doc[], previos: ReadonlyMap<string, Doc>): Promise<void>
  /** Otherwise: writes them. */
  guardar?(sql: Tx, negocioId: string, docs: Doc[], ahora: number, autorDe: AutorDe): Promise<void>
  /** The documents of the wire of these rows, once they are written. */
  documentos(sql: Tx, negocioId: string, docs: Doc[]): Promise<Map<string, object>>
  /** The image the log keeps of a row before a change: only where a row may leave a slice by it. */
  antes(previo: Doc | undefined, nuevo: Doc): object | null
}

/** One row of articulos of each `x.doc`; one that was there keeps the instant of its birth. */
const insertarArticulos = (sql: Tx, negocioId: string, ahora: number) => sql`
  insert into articulos (negocio_id, id, created_at, updated_at, nombre, descripcion, precio_centavos, categoria, tipo, visible, agotado, destacado,
    desde, sucursales, imagenes, borrado, sellos)
  select ${negocioId}, x.pk::uuid, ${new Date(ahora)}, ${new Date(ahora)}, x.doc ->> 'nombre', x.doc ->> 'descripcion',
    (x.doc ->> 'precioCentavos')::bigint, x.doc ->> 'categoria', x.doc ->> 'tipo', (x.doc ->> 'visible')::boolean, (x.doc ->> 'agotado')::boolean,
    (x.doc ->> 'destacado')::boolean, (x.doc ->> 'desde')::boolean, x.doc -> 'sucursales', x.doc -> 'imagenes', (x.doc ->> 'borrado')::boolean,
    x.doc -> 'sellos' from x
  on conflict (negocio_id, id) do update set updated_at = excluded.updated_at, nombre = excluded.nombre, descripcion = excluded.descripcion,
    precio_centavos = excluded.precio_centavos, categoria = excluded.categoria, tipo = excluded.tipo, visible = excluded.visible,
    agotado = excluded.agotado, destacado = excluded.destacado, desde = excluded.desde, sucursales = excluded.sucursales,
    imagenes = excluded.imagenes, borrado = excluded.borrado, sellos = excluded.sellos`

/**
 * CAT-13. A sucursal this negocio does not have stays in the field, where a later release may know it, and gets no row. What was and is sold everywhere
 * has none and is not looked at.
 */
async function derivarSucursales(sql: Tx, negocioId: string, todos: readonly Doc[], previos: ReadonlyMap<string, Doc>): Promise<void> {
  const docs = todos.filter((doc) => lugaresDe(doc).length > 0 || lugaresDe(previos.get(String(doc.id))).length > 0)
  if (docs.length === 0) return
  const pares = docs.flatMap((doc) => lugaresDe(doc).map((sucursal) => ({ articulo_id: String(doc.id), sucursal_id: sucursal })))
  await sql`
    delete from articulo_sucursales a
    where a.negocio_id = ${negocioId} and a.articulo_id = ${enUuids(
      sql,
      docs.map((doc) => String(doc.id)),
    )}
      and not exists (select from ${listaDePares(sql, pares)} where x.articulo_id = a.articulo_id and x.sucursal_id = a.sucursal_id)`
  if (pares.length === 0) return
  await sql`
    insert into articulo_sucursales (negocio_id, articulo_id, sucursal_id)
    select s.negocio_id, x.articulo_id, s.id from ${listaDePares(sql, pares)}
    join negocio_sucursales s on s.negocio_id = ${negocioId} and s.id = x.sucursal_id on conflict do nothing`
}
const lugaresDe = (doc: Doc | undefined): string[] => (doc?.sucursales as string[] | undefined) ?? []

const listaDePares = (sql: Tx, pares: { articulo_id: string; sucursal_id: string }[]) =>
  sql`jsonb_to_recordset(${sql.json(pares)}) as x(articulo_id uuid, sucursal_id uuid)`

/** What tills and shapes go by to know whether they hold an articulo. */
const lugarDe = (doc: Doc): string => textoCanonico([doc.sucursales, estaBorrado(doc as DocEditable)])

const ARTICULOS: TablaEditable = {
  nace: true,
  avisaPerdidas: true,
  leer: (sql, negocioId, ids) => sql<Doc[]>`
    select ${columnasDeArticulo(sql)} from articulos where negocio_id = ${negocioId} and id = ${enUuids(sql, ids)}`,
  alcanza: (doc, sucursalId) => seVendeEn(doc as { sucursales?: string[] }, sucursalId),
  limpiar: (doc) => doc,
  insertarDe: insertarArticulos,
  derivar: derivarSucursales,
  documentos: async (_sql, _negocioId, docs) => new Map(docs.map((doc) => [String(doc.id), doc])),
  antes: (previo, nuevo) => (previo && lugarDe(previo) !== lugarDe(nuevo) ? previo : null),
}

/** One field of them is edited; the rest was written by the server and is read back whole. */
const AVISOS: TablaEditable = {
  nace: false,
  avisaPerdidas: false,
  async leer(sql, negocioId, ids, sucursalId) {
    const filas = await sql<{ id: string; resolucion: string | null; sellos: Doc['sellos']; deSucursal: string | null }[]>`
      select id, resolucion, sellos, datos ->> 'sucursalId' as de_sucursal from avisos
      where negocio_id = ${negocioId} and id = ${enTextos(sql, ids)}`
    const suyas = filas.filter(({ deSucursal }) => concierneA(deSucursal, sucursalId))
    return suyas.map(({ id, resolucion, sellos }) => ({ id, resolucion, sellos, borrado: false }))
  },
  /** One of another sucursal was not even read. */
  alcanza: () => true,
  /** An aviso is never deleted: a stamp of `borrado` would say that it was. */
  limpiar: (doc) => ({
    id: doc.id,
    resolucion: doc.resolucion,
    borrado: false,
    sellos: Object.fromEntries(Object.entries(doc.sellos).filter(([campo]) => campo === 'resolucion')),
  }),
  async guardar(sql, negocioId, docs, _ahora, autorDe) {
    const filas = docs.map((doc) => {
      const [effAt, equipo] = selloDe(doc, 'resolucion')
      const { quien } = autorDe(String(doc.id), 'resolucion', doc)
      return { id: doc.id, resolucion: doc.resolucion, sellos: doc.sellos, ms: effAt, de: equipo, quien: quien || null }
    })
    await sql`
      update avisos a set resolucion = x.resolucion, sellos = x.sellos,
        resuelto_at = case when x.resolucion is not null then to_timestamp(x.ms / 1000.0) end,
        resuelto_por_nombre = case when x.resolucion is not null then x.quien end,
        resuelto_por = case when x.resolucion is not null then coalesce(
          (select d.usuario_id from dispositivos d where d.negocio_id = a.negocio_id and d.id::text = x.de),
          (select c.usuario_id from negocio_cuentas c where c.negocio_id = a.negocio_id and c.usuario_id::text = x.de)) end
      from jsonb_to_recordset(${sql.json(filas as never)}) as x(id text, resolucion text, sellos jsonb, ms bigint, de text, quien text)
      where a.negocio_id = ${negocioId} and a.id = x.id`
  },
  async documentos(sql, negocioId, docs) {
    const filas = await sql<AvisoConResolucion[]>`
      select ${columnasDeAviso(sql)} from avisos
      where negocio_id = ${negocioId} and id = ${enTextos(
        sql,
        docs.map((doc) => String(doc.id)),
      )}`
    return new Map(filas.map((fila) => [fila.id, documentoDeAviso(fila, fila)]))
  },
  antes: () => null,
}

/**
 * What a till holds of a cupón or a recompensa: only what is given where it stands. Each edit of a cupón has an `updated_at` of its own, also two in one
 * millisecond or by the clocks of two nodes: jobs/difundir-cupones.ts knows by it what its holders were told.
 */
const CUPONES: TablaEditable = {
  nace: true,
  avisaPerdidas: true,
  leer: (sql, negocioId, ids) => sql<Doc[]>`
    select ${columnasDeCupon(sql)} from cupones where negocio_id = ${negocioId} and id = ${enUuids(sql, ids)}`,
  alcanza: (doc, sucursalId) => seVendeEn(doc as { sucursales?: string[] }, sucursalId),
  limpiar: (doc) => doc,
  insertarDe: (sql, negocioId, ahora) => sql`
    insert into cupones (negocio_id, id, created_at, updated_at, titulo, descripcion, tipo, valor, compra_minima_centavos, desde_at, vence_at,
      limite_por_cliente, limite_total, codigo, imagen, nivel_requerido, solo_con_conexion, activo, publico, sucursales, articulos, borrado, sellos)
    select ${negocioId}, x.pk::uuid, ${new Date(ahora)}, ${new Date(ahora)}, x.doc ->> 'titulo', x.doc ->> 'descripcion', x.doc ->> 'tipo',
      (x.doc ->> 'valor')::bigint, (x.doc ->> 'compraMinimaCentavos')::bigint, (x.doc ->> 'desdeAt')::bigint, (x.doc ->> 'venceAt')::bigint,
      (x.doc ->> 'limitePorCliente')::int, (x.doc ->> 'limiteTotal')::int, x.doc ->> 'codigo', x.doc ->> 'imagen', x.doc ->> 'nivelRequerido',
      (x.doc ->> 'soloConConexion')::boolean, (x.doc ->> 'activo')::boolean, (x.doc ->> 'publico')::boolean, x.doc -> 'sucursales',
      x.doc -> 'articulos', (x.doc ->> 'borrado')::boolean, x.doc -> 'sellos' from x
    on conflict (negocio_id, id) do update set
      updated_at = greatest(excluded.updated_at, cupones.updated_at + interval '1 millisecond'), titulo = excluded.titulo, descripcion = excluded.descripcion,
      tipo = excluded.tipo, valor = excluded.valor, compra_minima_centavos = excluded.compra_minima_centavos, desde_at = excluded.desde_at,
      vence_at = excluded.vence_at, limite_por_cliente = excluded.limite_por_cliente, limite_total = excluded.limite_total,
      codigo = excluded.codigo, imagen = excluded.imagen, nivel_requerido = excluded.nivel_requerido,
      solo_con_conexion = excluded.solo_con_conexion, activo = excluded.activo, publico = excluded.publico, sucursales = excluded.sucursales,
      articulos = excluded.articulos, borrado = excluded.borrado, sellos = excluded.sellos`,
  documentos: async (_sql, _negocioId, docs) => new Map(docs.map((doc) => [String(doc.id), doc])),
  antes: (previo, nuevo) => (previo && lugarDe(previo) !== lugarDe(nuevo) ? previo : null),
}

const RECOMPENSAS: TablaEditable = {
  ...CUPONES,
  leer: (sql, negocioId, ids) => sql<Doc[]>`
    select ${columnasDeRecompensa(sql)} from recompensas where negocio_id = ${negocioId} and id = ${enUuids(sql, ids)}`,
  insertarDe: (sql, negocioId, ahora) => sql`
    insert into recompensas (negocio_id, id, created_at, updated_at, nombre, descripcion, puntos, valor_centavos, imagen, activa, sucursales, borrado,
      sellos)
    select ${negocioId}, x.pk::uuid, ${new Date(ahora)}, ${new Date(ahora)}, x.doc ->> 'nombre', x.doc ->> 'descripcion', (x.doc ->> 'puntos')::int,
      (x.doc ->> 'valorCentavos')::bigint, x.doc ->> 'imagen', (x.doc ->> 'activa')::boolean, x.doc -> 'sucursales',
      (x.doc ->> 'borrado')::boolean, x.doc -> 'sellos' from x
    on conflict (negocio_id, id) do update set updated_at = excluded.updated_at, nombre = excluded.nombre, descripcion = excluded.descripcion,
      puntos = excluded.puntos, valor_centavos = excluded.valor_centavos, imagen = excluded.imagen, activa = excluded.activa,
      sucursales = excluded.sucursales, borrado = excluded.borrado, sellos = excluded.sellos`,
}

export const TABLAS_EDITABLES: Record<string, TablaEditable> = {
  articulos: ARTICULOS,
  avisos: AVISOS,
  cupones: { ...CUPONES, ocupadas: codigosOcupados },
  recompensas: RECOMPENSAS,
}
