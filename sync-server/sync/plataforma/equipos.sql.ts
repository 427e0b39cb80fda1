/** Devices and negocios of the platform, read and written set-based. */
import type { NegocioDePlataforma } from '../../../schema/protocol/plataforma.ts'
import type { Tx } from '../../db/db.ts'
import type { Cambio } from '../bitacora.ts'
import { type Destino, guardarTablas, listaDeUuids } from '../filas.sql.ts'
import { documentoDeEquipo, type FilaDeEquipo, moverEquipo, type VerdadDeEquipo } from './equipos.ts'
import type { NotaDeEquipo } from './notas.ts'
import { plegarTexto } from './plegar.ts'

const DE_EQUIPO = [
  ...['de_negocio', 'numero', 'negocio', 'sucursal_id', 'sucursal', 'nombre', 'tipo', 'serie', 'baja_at', 'ultimo_contacto_at'],
  ...['tramo_desde_at', 'pendientes', 'mas_antiguo_at', 'offset_ms', 'almacen_usado_bytes', 'cuota_bytes', 'persistente', 'version_app'],
  ...['protocolo', 'recibidos', 'sin_procesar', 'hueco_at', 'bifurcada_at', 'retrasos', 'retraso_p50', 'retraso_p95', 'atencion'],
  ...['en_linea', 'revisar_at', 'busca'],
]
export const COLUMNAS_DE_EQUIPO = ['id', ...DE_EQUIPO]
const EQUIPOS: Destino = { tabla: 'estado_dispositivos', llave: ['id'], columnas: COLUMNAS_DE_EQUIPO, mutables: DE_EQUIPO }
const CONTACTOS: Destino = {
  tabla: 'contactos',
  llave: ['dispositivo_id', 'desde_at'],
  columnas: ['dispositivo_id', 'desde_at', 'hasta_at'],
  mutables: ['hasta_at'],
}
const RELOJES: Destino = {
  tabla: 'relojes',
  llave: ['dispositivo_id', 'hora_at'],
  columnas: ['dispositivo_id', 'hora_at', 'offset_ms'],
  mutables: ['offset_ms'],
}

/** Writes the rows of these devices anew. Gives the negocios whose sums may have moved, and adds to `cambios`. */
export async function moverEquipos(
  sql: Tx,
  notas: ReadonlyMap<string, NotaDeEquipo>,
  ids: readonly string[],
  ahora: number,
  cambios: Cambio[],
): Promise<Set<string>> {
  if (ids.length === 0) return new Set()
  const previas = new Map((await leerEquipos(sql, ids)).map((f) => [f.id, f]))
  const filas = (await leerVerdad(sql, ids)).map((verdad) => moverEquipo(previas.get(verdad.id), verdad, notas.get(verdad.id), ahora))
  const movidas = filas.filter((fila) => !mismaFila(fila, previas.get(fila.id)))
  for (const fila of movidas) {
    const antes = previas.get(fila.id)
    anotarSiCambia(cambios, 'estado_dispositivos', fila.id, antes ? documentoDeEquipo(antes) : null, documentoDeEquipo(fila))
  }
  await guardarTablas(sql, [
    [EQUIPOS, movidas as never],
    [CONTACTOS, movidas.filter((f) => notas.get(f.id)?.at != null).map(tramoDe)],
    [RELOJES, ids.flatMap((id) => horasDe(notas.get(id)))],
  ])
  return new Set(movidas.map((f) => f.deNegocio))
}

const tramoDe = (f: FilaDeEquipo) => ({ dispositivoId: f.id, desdeAt: f.tramoDesdeAt, hastaAt: f.ultimoContactoAt })
const horasDe = (nota: NotaDeEquipo | undefined) =>
  [...(nota?.relojes ?? [])].map(([horaAt, offsetMs]) => ({ dispositivoId: nota?.dispositivoId, horaAt, offsetMs }))

/** Whatever the order of their columns. */
const mismaFila = <T extends object>(nueva: T, previa: T | undefined): boolean =>
  previa !== undefined && (Object.keys(nueva) as (keyof T)[]).every((c) => JSON.stringify(nueva[c]) === JSON.stringify(previa[c]))

/** A change of the log, unless what the Panel shows stays the same. */
export function anotarSiCambia(cambios: Cambio[], coleccion: string, pk: string, antes: object | null, despues: object): void {
  if (antes === null || JSON.stringify(antes) !== JSON.stringify(despues)) cambios.push({ coleccion, pk, antes, despues })
}

const leerEquipos = (sql: Tx, ids: readonly string[]): Promise<FilaDeEquipo[]> => sql<FilaDeEquipo[]>`
  select ${sql(COLUMNAS_DE_EQUIPO.map((c) => `e.${c}`))} from ${listaDeUuids(sql, ids)} join estado_dispositivos e on e.id = x.id`

const leerVerdad = (sql: Tx, ids: readonly string[]): Promise<VerdadDeEquipo[]> => sql<VerdadDeEquipo[]>`
  select d.id, d.negocio_id as de_negocio, n.numero, n.nombre as negocio, d.sucursal_id, s.nombre as sucursal, d.nombre, d.tipo, d.serie,
    d.baja_at, a.sin_procesar, a.hueco_at, a.bifurcada_at
  from ${listaDeUuids(sql, ids)}
  join dispositivos d on d.id = x.id
  join negocios n on n.negocio_id = d.negocio_id
  left join negocio_sucursales s on s.negocio_id = d.negocio_id and s.id = d.sucursal_id
  cross join lateral (
    select count(*) filter (where h.estado = 'sin_procesar') as sin_procesar, max(h.recibido_at) filter (where h.estado = 'perdido') as hueco_at,
      max(h.recibido_at) filter (where h.estado = 'bifurcado') as bifurcada_at
    from cadenas c join hechos_recibidos h on h.negocio_id = c.negocio_id and h.cadena_id = c.cadena_id
    where c.negocio_id = d.negocio_id and c.dispositivo_id = d.id and h.estado in ('perdido', 'bifurcado', 'sin_procesar')) a`

/** Devices whose row time alone changes now. */
export const leerVencidos = (sql: Tx, ahora: number, limite: number): Promise<{ id: string }[]> => sql<{ id: string }[]>`
  select id from estado_dispositivos where revisar_at <= ${new Date(ahora)} order by revisar_at limit ${limite}`

/** Devices, after this id, whose row is missing or says another name, place or state than the tenant's own tables. */
export const leerDesviados = (sql: Tx, despuesDe: string, limite: number): Promise<{ id: string; negocioId: string }[]> =>
  sql<{ id: string; negocioId: string }[]>`
    select d.id, d.negocio_id from dispositivos d
    join negocios n on n.negocio_id = d.negocio_id
    left join negocio_sucursales s on s.negocio_id = d.negocio_id and s.id = d.sucursal_id
    left join estado_dispositivos e on e.id = d.id
    where d.id > ${despuesDe} and (e.id is null or (e.nombre, e.negocio, e.serie) <> (d.nombre, n.nombre, d.serie)
      or e.sucursal is distinct from s.nombre or e.baja_at is distinct from d.baja_at)
    order by d.id limit ${limite}`

export const leerNegociosDesviados = (sql: Tx): Promise<{ id: string }[]> => sql<{ id: string }[]>`
  select n.negocio_id as id from negocios n left join estado_negocios e on e.id = n.negocio_id where e.nombre is distinct from n.nombre`

/** Row of estado_negocios. */
export interface FilaDeNegocio {
  id: string
  nombre: string
  numero: number
  sucursales: number
  equipos: number
  enLinea: number
  conAtencion: number
  pendientes: number
  masAntiguoAt: number | null
  ultimoContactoAt: number | null
  recibidos: number
  sinProcesar: number
  busca: string
}
const DE_NEGOCIO = [
  ...['nombre', 'numero', 'sucursales', 'equipos', 'en_linea', 'con_atencion', 'pendientes', 'mas_antiguo_at', 'ultimo_contacto_at'],
  ...['recibidos', 'sin_procesar', 'busca'],
]
export const COLUMNAS_DE_NEGOCIO = ['id', ...DE_NEGOCIO]
const NEGOCIOS: Destino = { tabla: 'estado_negocios', llave: ['id'], columnas: COLUMNAS_DE_NEGOCIO, mutables: DE_NEGOCIO }

/** Sums the devices of these negocios. A revoked device counts only in what was received and what nobody could process. */
export async function moverNegocios(sql: Tx, ids: readonly string[], cambios: Cambio[]): Promise<void> {
  if (ids.length === 0) return
  const previas = await sql<FilaDeNegocio[]>`
    select ${sql(COLUMNAS_DE_NEGOCIO.map((c) => `e.${c}`))} from ${listaDeUuids(sql, ids)} join estado_negocios e on e.id = x.id`
  const porId = new Map(previas.map((f) => [f.id, f]))
  const movidas = (await sumarNegocios(sql, ids)).filter((f) => !mismaFila(f, porId.get(f.id)))
  for (const fila of movidas) {
    const antes = porId.get(fila.id)
    anotarSiCambia(cambios, 'estado_negocios', fila.id, antes ? documentoDeNegocio(antes) : null, documentoDeNegocio(fila))
  }
  await guardarTablas(sql, [[NEGOCIOS, movidas as never]])
}

/** A negocio is also found by what is inside it: its sucursales and devices. */
async function sumarNegocios(sql: Tx, ids: readonly string[]): Promise<FilaDeNegocio[]> {
  const sumas = await sql<(Omit<FilaDeNegocio, 'busca'> & { nombres: string | null })[]>`
    select n.negocio_id as id, n.nombre, n.numero,
      (select count(*) from negocio_sucursales s where s.negocio_id = n.negocio_id and s.activa) as sucursales,
      a.*
    from ${listaDeUuids(sql, ids)}
    join negocios n on n.negocio_id = x.id
    cross join lateral (
      select count(*) filter (where not e.de_baja) as equipos, count(*) filter (where e.en_linea) as en_linea,
        count(*) filter (where not e.sin_atencion) as con_atencion, coalesce(sum(e.pendientes) filter (where not e.de_baja), 0)::bigint as pendientes,
        min(e.mas_antiguo_at) filter (where not e.de_baja) as mas_antiguo_at, max(e.ultimo_contacto_at) as ultimo_contacto_at,
        coalesce(sum(e.recibidos), 0)::bigint as recibidos, coalesce(sum(e.sin_procesar), 0)::bigint as sin_procesar,
        string_agg(distinct concat_ws(' ', e.sucursal, e.nombre, e.serie), ' ') as nombres
      from estado_dispositivos e where e.de_negocio = n.negocio_id) a`
  return sumas.map(({ nombres, ...f }) => ({ ...f, busca: plegarTexto(`${f.nombre} ${nombres ?? ''}`) }))
}

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
