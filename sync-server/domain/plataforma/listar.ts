/** The Panel's lists of negocios and devices (ADM-52): one read of an index each, by keyset, searched and filtered by the server. */
import { z } from 'zod'
import { instante, uuid } from '../../../schema/domain/hechos/sobre.ts'
import { FILTROS, type Filtro, POR_PAGINA, type RespuestaEquipos, type RespuestaNegocios } from '../../../schema/protocol/plataforma.ts'
import type { Deps } from '../../context.ts'
import type { Tx } from '../../db/db.ts'
import { enUuids, listaDeUuids } from '../../sync/filas.sql.ts'
import { COLUMNAS_DE_EQUIPO } from '../../sync/plataforma/equipos.sql.ts'
import { documentoDeEquipo, type FilaDeEquipo } from '../../sync/plataforma/equipos.ts'
import { COLUMNAS_DE_NEGOCIO, documentoDeNegocio, type FilaDeNegocio } from '../../sync/plataforma/negocios.sql.ts'
import { palabrasDe } from '../../sync/plataforma/plegar.ts'
import { comoOrden, leerCursor, paginar } from './cursor.ts'

export const consultaDeLista = z.object({
  buscar: z.string().max(200).optional(),
  filtro: z.enum(FILTROS).default('todos'),
  cursor: z.string().max(400).optional(),
  /** Of this one alone. */
  negocioId: uuid.optional(),
})
export type ConsultaDeLista = z.output<typeof consultaDeLista>

/** How many rows each filter would give. */
type Cuentas = Record<Filtro, number>

/** Each word somewhere in the folded text: no pattern is made of what somebody typed. */
export const conPalabras = (sql: Tx, palabras: readonly string[]) =>
  palabras.reduce((antes, palabra) => sql`${antes} and strpos(e.busca, ${palabra}) > 0`, sql``)

/** More negocios than this with these words: they are everywhere, and one pass over all rows is cheaper than so many look-ups. */
const NEGOCIOS_POR_NOMBRAR = 200

/**
 * Negocios that hold these words, in their name or in what is in them: what none of them holds need not be looked for in fifty thousand rows.
 * Undefined: too many to be of help.
 */
export async function negociosCon(sql: Tx, palabras: readonly string[]): Promise<string[] | undefined> {
  const negocios = await sql<{ id: string }[]>`
    select e.id from estado_negocios e where true ${conPalabras(sql, palabras)} limit ${NEGOCIOS_POR_NOMBRAR + 1}`
  return negocios.length > NEGOCIOS_POR_NOMBRAR ? undefined : negocios.map((n) => n.id)
}

const SEGUN_NEGOCIO = (sql: Tx, filtro: Filtro) =>
  filtro === 'atencion' ? sql`and e.con_atencion > 0` : filtro === 'sin_conexion' ? sql`and e.en_linea < e.equipos` : sql``

/** Those with the oldest pending hecho first. `sin_conexion`: some device of it is not in contact. @throws Rechazo DATO_INVALIDO (cursor) */
export function listarNegocios(deps: Pick<Deps, 'db' | 'now'>, consulta: ConsultaDeLista): Promise<RespuestaNegocios> {
  const { buscar, filtro, cursor, negocioId } = consulta
  const desde = leerCursor(z.tuple([instante.nullable(), z.number().int()]), cursor)
  return deps.db.plataforma(
    async (sql) => {
      const palabras = sql`${conPalabras(sql, palabrasDe(buscar))} ${negocioId ? sql`and e.id = ${negocioId}` : sql``}`
      const [cuentas] = await sql<Cuentas[]>`
        select count(*) as todos, count(*) filter (where e.con_atencion > 0) as atencion,
          count(*) filter (where e.en_linea < e.equipos) as sin_conexion
        from estado_negocios e where true ${palabras}`
      const despues = desde ? sql`and (e.orden, e.numero) > (${comoOrden(desde[0])}::timestamptz, ${desde[1]})` : sql``
      const filas = await sql<FilaDeNegocio[]>`
        select ${sql(COLUMNAS_DE_NEGOCIO)} from estado_negocios e where true ${palabras} ${SEGUN_NEGOCIO(sql, filtro)} ${despues}
        order by e.orden, e.numero limit ${POR_PAGINA + 1}`
      const { cursor: siguiente, filas: pagina } = paginar(filas, (f) => [f.masAntiguoAt, f.numero])
      return responder(deps, cuentas, filtro, { filas: pagina.map(documentoDeNegocio), cursor: siguiente })
    },
    { soloLectura: true },
  )
}

const SEGUN_EQUIPO = (sql: Tx, filtro: Filtro) =>
  filtro === 'atencion' ? sql`and not e.sin_atencion` : filtro === 'sin_conexion' ? sql`and not e.en_linea and not e.de_baja` : sql``

const DESPUES_DE_EQUIPO = z.tuple([z.boolean(), instante.nullable(), z.number().int(), uuid])
type DespuesDeEquipo = z.output<typeof DESPUES_DE_EQUIPO> | undefined
interface Hallados {
  cuentas: Cuentas | undefined
  filas: FilaDeEquipo[]
}

/** Those with the oldest pending hecho first, revoked ones last. @throws Rechazo DATO_INVALIDO (cursor) */
export function listarEquipos(deps: Pick<Deps, 'db' | 'now'>, consulta: ConsultaDeLista): Promise<RespuestaEquipos> {
  const desde = leerCursor(DESPUES_DE_EQUIPO, consulta.cursor)
  const palabras = palabrasDe(consulta.buscar)
  return deps.db.plataforma(
    async (sql) => {
      const { cuentas, filas } =
        palabras.length > 0 ? await buscarEquipos(sql, consulta, palabras, desde) : await hojearEquipos(sql, consulta, desde)
      const { cursor: siguiente, filas: pagina } = paginar(filas, (f) => [f.bajaAt !== null, f.masAntiguoAt, f.numero, f.id])
      return responder(deps, cuentas, consulta.filtro, { filas: pagina.map(documentoDeEquipo), cursor: siguiente })
    },
    { soloLectura: true },
  )
}

const trasEquipo = (sql: Tx, desde: DespuesDeEquipo) =>
  desde
    ? sql`and (e.de_baja, e.orden, e.numero, e.id) > (${desde[0]}::boolean, ${comoOrden(desde[1])}::timestamptz, ${desde[2]}, ${desde[3]})`
    : sql``
const deNegocio = (sql: Tx, negocioId: string | undefined) => (negocioId ? sql`and e.de_negocio = ${negocioId}` : sql``)

/** Nothing is searched: the rows come in the order of an index, and the counts are the sums the flusher keeps. */
async function hojearEquipos(sql: Tx, { filtro, negocioId }: ConsultaDeLista, desde: DespuesDeEquipo): Promise<Hallados> {
  const [cuentas] = await sql<Cuentas[]>`
    select coalesce(sum(e.total), 0)::bigint as todos, coalesce(sum(e.con_atencion), 0)::bigint as atencion,
      coalesce(sum(e.sin_conexion), 0)::bigint as sin_conexion
    from estado_negocios e where true ${negocioId ? sql`and e.id = ${negocioId}` : sql``}`
  const filas = await sql<FilaDeEquipo[]>`
    select ${sql(COLUMNAS_DE_EQUIPO)} from estado_dispositivos e
    where true ${deNegocio(sql, negocioId)} ${SEGUN_EQUIPO(sql, filtro)} ${trasEquipo(sql, desde)}
    order by e.de_baja, e.orden, e.numero, e.id limit ${POR_PAGINA + 1}`
  return { cuentas, filas: [...filas] }
}

/** One pass over what may match: it is counted and its page found in the same. */
async function buscarEquipos(
  sql: Tx,
  { filtro, negocioId }: ConsultaDeLista,
  palabras: readonly string[],
  desde: DespuesDeEquipo,
): Promise<Hallados> {
  const negocios = negocioId ? undefined : await negociosCon(sql, palabras)
  if (negocios?.length === 0) return { cuentas: undefined, filas: [] }
  const donde = negocios ? sql`and e.de_negocio = ${enUuids(sql, negocios)}` : deNegocio(sql, negocioId)
  const [hallado] = await sql<(Cuentas & { ids: string[] | null })[]>`
    with e as materialized (
      select e.id, e.de_baja, e.orden, e.numero, e.sin_atencion, e.en_linea from estado_dispositivos e where true ${donde} ${conPalabras(sql, palabras)})
    select count(*) as todos, count(*) filter (where not e.sin_atencion) as atencion,
      count(*) filter (where not e.en_linea and not e.de_baja) as sin_conexion,
      (select jsonb_agg(x.id) from (
        select e.id from e where true ${SEGUN_EQUIPO(sql, filtro)} ${trasEquipo(sql, desde)}
        order by e.de_baja, e.orden, e.numero, e.id limit ${POR_PAGINA + 1}) x) as ids
    from e`
  const filas = await sql<FilaDeEquipo[]>`
    select ${sql(COLUMNAS_DE_EQUIPO.map((c) => `e.${c}`))} from ${listaDeUuids(sql, hallado?.ids ?? [])} join estado_dispositivos e on e.id = x.id
    order by e.de_baja, e.orden, e.numero, e.id`
  return { cuentas: hallado, filas: [...filas] }
}

function responder<F>(
  deps: Pick<Deps, 'now'>,
  cuentas: Cuentas | undefined,
  filtro: Filtro,
  pagina: { filas: F[]; cursor: string | null },
) {
  // The columns come in camelCase; the filters have the names of the wire.
  const { todos = 0, atencion = 0, sinConexion = 0 } = (cuentas ?? {}) as Partial<Record<'todos' | 'atencion' | 'sinConexion', number>>
  const porFiltro = { todos, atencion, sin_conexion: sinConexion }
  return { hora: deps.now(), ...pagina, total: porFiltro[filtro], cuentas: porFiltro }
}
