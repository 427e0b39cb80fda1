/**
 * Sums of the devices of each negocio, moved by what its devices moved: adding up all fifty of them at each flush would cost more than all the rest.
 * A negocio whose names changed, or with no row yet, is summed whole; so is everyone once an hour.
 */
import type { NegocioDePlataforma } from '../../../schema/protocol/plataforma.ts'
import type { Tx } from '../../db/db.ts'
import type { Cambio } from '../bitacora.ts'
import { type Destino, guardarTablas, listaDeUuids } from '../filas.sql.ts'
import { anotarSiCambia, mismaFila } from './equipos.sql.ts'
import type { FilaDeEquipo } from './equipos.ts'
import { plegarTexto } from './plegar.ts'

/** Row of estado_negocios. */
export interface FilaDeNegocio extends Sumas {
  id: string
  nombre: string
  numero: number
  sucursales: number
  masAntiguoAt: number | null
  ultimoContactoAt: number | null
  busca: string
}
/** A revoked device counts only in the total, in what was received and in what needs somebody. */
interface Sumas {
  total: number
  equipos: number
  enLinea: number
  conAtencion: number
  pendientes: number
  recibidos: number
  sinProcesar: number
}
const DE_NEGOCIO = [
  ...['nombre', 'numero', 'sucursales', 'total', 'equipos', 'en_linea', 'con_atencion', 'pendientes', 'mas_antiguo_at'],
  ...['ultimo_contacto_at', 'recibidos', 'sin_procesar', 'busca'],
]
export const COLUMNAS_DE_NEGOCIO = ['id', ...DE_NEGOCIO]
const NEGOCIOS: Destino = { tabla: 'estado_negocios', llave: ['id'], columnas: COLUMNAS_DE_NEGOCIO, mutables: DE_NEGOCIO }

/** A device's row before (undefined: it had none) and after. */
export interface EquipoMovido {
  antes: FilaDeEquipo | undefined
  despues: FilaDeEquipo
}

/** `completos`: negocios to be summed whole. Adds to `cambios`. */
export async function moverNegocios(
  sql: Tx,
  movidos: readonly EquipoMovido[],
  completos: Iterable<string>,
  cambios: Cambio[],
): Promise<void> {
  const ids = [...new Set([...movidos.map((m) => m.despues.deNegocio), ...completos])]
  if (ids.length === 0) return
  const previas = new Map((await leerNegocios(sql, ids)).map((f) => [f.id, f]))
  const enteros = new Set([
    ...completos,
    ...ids.filter((id) => !previas.has(id)),
    ...movidos.filter(conOtroNombre).map((m) => m.despues.deNegocio),
  ])
  const filas = [...(await sumarEnteros(sql, enteros)), ...(await sumarMovidos(sql, movidos, enteros, previas))]
  const movidas = filas.filter((fila) => !mismaFila(fila, previas.get(fila.id)))
  for (const fila of movidas) {
    const antes = previas.get(fila.id)
    anotarSiCambia(cambios, 'estado_negocios', fila.id, antes ? documentoDeNegocio(antes) : null, documentoDeNegocio(fila))
  }
  await guardarTablas(sql, [[NEGOCIOS, movidas as never]])
}

const conOtroNombre = ({ antes, despues }: EquipoMovido): boolean => antes?.busca !== despues.busca

const leerNegocios = (sql: Tx, ids: readonly string[]): Promise<FilaDeNegocio[]> => sql<FilaDeNegocio[]>`
  select ${sql(COLUMNAS_DE_NEGOCIO.map((c) => `e.${c}`))} from ${listaDeUuids(sql, ids)} join estado_negocios e on e.id = x.id`

/** A negocio is also found by what is inside it: its sucursales and devices. */
async function sumarEnteros(sql: Tx, ids: ReadonlySet<string>): Promise<FilaDeNegocio[]> {
  if (ids.size === 0) return []
  const sumas = await sql<(Omit<FilaDeNegocio, 'busca'> & { nombres: string | null })[]>`
    select n.negocio_id as id, n.nombre, n.numero,
      (select count(*) from negocio_sucursales s where s.negocio_id = n.negocio_id and s.activa) as sucursales,
      a.*
    from ${listaDeUuids(sql, ids)}
    join negocios n on n.negocio_id = x.id
    cross join lateral (
      select count(*) as total, count(*) filter (where not e.de_baja) as equipos, count(*) filter (where e.en_linea) as en_linea,
        count(*) filter (where not e.sin_atencion) as con_atencion, coalesce(sum(e.pendientes) filter (where not e.de_baja), 0)::bigint as pendientes,
        min(e.mas_antiguo_at) filter (where not e.de_baja) as mas_antiguo_at, max(e.ultimo_contacto_at) as ultimo_contacto_at,
        coalesce(sum(e.recibidos), 0)::bigint as recibidos, coalesce(sum(e.sin_procesar), 0)::bigint as sin_procesar,
        string_agg(distinct concat_ws(' ', e.sucursal, e.nombre, e.serie), ' ') as nombres
      from estado_dispositivos e where e.de_negocio = n.negocio_id) a`
  return sumas.map(({ nombres, ...f }) => ({ ...f, busca: plegarTexto(`${f.nombre} ${nombres ?? ''}`) }))
}

async function sumarMovidos(
  sql: Tx,
  movidos: readonly EquipoMovido[],
  enteros: ReadonlySet<string>,
  previas: ReadonlyMap<string, FilaDeNegocio>,
): Promise<FilaDeNegocio[]> {
  const filas = new Map<string, FilaDeNegocio>()
  for (const { antes, despues } of movidos) {
    const id = despues.deNegocio
    const fila = filas.get(id) ?? previas.get(id)
    if (!fila || enteros.has(id)) continue
    filas.set(id, mover(fila, antes, despues))
  }
  const viejos = await leerMasAntiguos(sql, [...filas.keys()])
  return [...filas.values()].map((fila) => ({ ...fila, masAntiguoAt: viejos.get(fila.id) ?? null }))
}

function mover(fila: FilaDeNegocio, antes: FilaDeEquipo | undefined, despues: FilaDeEquipo): FilaDeNegocio {
  const [previo, nuevo] = [antes ? aporte(antes) : NADA, aporte(despues)]
  const movida = { ...fila, ultimoContactoAt: elMayor(fila.ultimoContactoAt, despues.ultimoContactoAt) }
  for (const cual of Object.keys(NADA) as (keyof Sumas)[]) movida[cual] += nuevo[cual] - previo[cual]
  return movida
}

const NADA: Sumas = { total: 0, equipos: 0, enLinea: 0, conAtencion: 0, pendientes: 0, recibidos: 0, sinProcesar: 0 }

const aporte = (f: FilaDeEquipo): Sumas => ({
  total: 1,
  equipos: f.bajaAt === null ? 1 : 0,
  enLinea: f.enLinea ? 1 : 0,
  conAtencion: f.atencion.length > 0 ? 1 : 0,
  pendientes: f.bajaAt === null ? (f.pendientes ?? 0) : 0,
  recibidos: f.recibidos,
  sinProcesar: f.sinProcesar,
})

const elMayor = (a: number | null, b: number | null): number | null => (a === null ? b : b === null ? a : Math.max(a, b))

/** The oldest of a negocio may have been handed in: the next one is the first of an index. */
async function leerMasAntiguos(sql: Tx, ids: readonly string[]): Promise<Map<string, number>> {
  if (ids.length === 0) return new Map()
  const filas = await sql<{ id: string; masAntiguoAt: number }[]>`
    select x.id, e.mas_antiguo_at from ${listaDeUuids(sql, ids)}
    cross join lateral (
      select mas_antiguo_at from estado_dispositivos where de_negocio = x.id and not de_baja and mas_antiguo_at is not null order by orden limit 1) e`
  return new Map(filas.map((f) => [f.id, f.masAntiguoAt]))
}

/** Negocios after this id, in its order. */
export const leerIdsDeNegocios = (sql: Tx, despuesDe: string, limite: number): Promise<{ id: string }[]> => sql<{ id: string }[]>`
  select negocio_id as id from negocios where negocio_id > ${despuesDe} order by negocio_id limit ${limite}`

export const documentoDeNegocio = (f: FilaDeNegocio): NegocioDePlataforma => ({
  negocioId: f.id,
  nombre: f.nombre,
  numero: f.numero,
  sucursales: f.sucursales,
  equipos: f.equipos,
  enLinea: f.enLinea,
  conAtencion: f.conAtencion,
  pendientes: f.pendientes,
  masAntiguoAt: f.masAntiguoAt,
  ultimoContactoAt: f.ultimoContactoAt,
  recibidos: f.recibidos,
})
