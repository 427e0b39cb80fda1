/** Devices and negocios of the platform, read and written set-based. */
import type { Tx } from '../../db/db.ts'
import type { Cambio } from '../bitacora.ts'
import { type Destino, guardarTablas, listaDeUuids } from '../filas.sql.ts'
import { documentoDeEquipo, type FilaDeEquipo, moverEquipo, type VerdadDeEquipo } from './equipos.ts'
import type { EquipoMovido } from './negocios.sql.ts'
import type { NotaDeEquipo } from './notas.ts'

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

/** Writes the rows of these devices anew. Gives those that changed, and adds to `cambios`. */
export async function moverEquipos(
  sql: Tx,
  notas: ReadonlyMap<string, NotaDeEquipo>,
  ids: readonly string[],
  ahora: number,
  cambios: Cambio[],
): Promise<EquipoMovido[]> {
  if (ids.length === 0) return []
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
  return movidas.map((despues) => ({ antes: previas.get(despues.id), despues }))
}

const tramoDe = (f: FilaDeEquipo) => ({ dispositivoId: f.id, desdeAt: f.tramoDesdeAt, hastaAt: f.ultimoContactoAt })
const horasDe = (nota: NotaDeEquipo | undefined) =>
  [...(nota?.relojes ?? [])].map(([horaAt, offsetMs]) => ({ dispositivoId: nota?.dispositivoId, horaAt, offsetMs }))

/** Whatever the order of their columns. */
export const mismaFila = <T extends object>(nueva: T, previa: T | undefined): boolean =>
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
