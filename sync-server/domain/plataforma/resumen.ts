/** The strip above everything, the charts, the rules: sums of what the flusher keeps, never of the ledger. */
import { DIA, diaLocal, HORA, MINUTO } from '../../../schema/core/tiempo.ts'
import { ZONA_POR_DEFECTO } from '../../../schema/domain/sucursales/sucursal.ts'
import type { NodoDePlataforma, Rango, RespuestaPulso, RespuestaReglas, ResumenDePlataforma } from '../../../schema/protocol/plataforma.ts'
import type { Deps } from '../../context.ts'
import type { Tx } from '../../db/db.ts'
import { COLUMNAS_DE_NODO } from '../../sync/plataforma/nodo.ts'
import { type FilaDePulso, puntoDe } from '../../sync/plataforma/pulso.sql.ts'

/** A node writes its heartbeat every 10 s. */
const NODO_VIVO_MS = MINUTO

type Deplo = Pick<Deps, 'db' | 'now'>

export function leerResumen(deps: Deplo): Promise<ResumenDePlataforma> {
  const hora = deps.now()
  return deps.db.plataforma(
    async (sql) => {
      const [sumas] = await sql<
        Pick<ResumenDePlataforma, 'equipos' | 'enLinea' | 'pendientes' | 'conAtencion' | 'sinProcesar' | 'enRevision'>[]
      >`
        select coalesce(sum(equipos), 0)::bigint as equipos, coalesce(sum(en_linea), 0)::bigint as en_linea,
          coalesce(sum(pendientes), 0)::bigint as pendientes, coalesce(sum(con_atencion), 0)::bigint as con_atencion,
          coalesce(sum(sin_procesar), 0)::bigint as sin_procesar,
          (select count(*) from veredictos_de_nota where resultado = 'pendiente') as en_revision
        from estado_negocios`
      const [viejo] = await sql<{ masAntiguoAt: number; masAntiguoDe: string }[]>`
        select mas_antiguo_at, concat_ws(', ', negocio, nombre) as mas_antiguo_de from estado_dispositivos
        where not de_baja and mas_antiguo_at is not null order by orden, numero, id limit 1`
      return {
        hora,
        motor: deps.db.motor,
        equipos: 0,
        enLinea: 0,
        pendientes: 0,
        enRevision: 0,
        sinProcesar: 0,
        conAtencion: 0,
        ...sumas,
        masAntiguoAt: viejo?.masAntiguoAt ?? null,
        masAntiguoDe: viejo?.masAntiguoDe ?? '',
        recibidosHoy: await recibidosDesde(sql, inicioDeHoy(hora)),
        reglas: await leerReglas(sql, hora, 1),
        nodos: await leerNodos(sql, hora),
      }
    },
    { soloLectura: true },
  )
}

/** Midnight in the default zone: the hour whose day is another than the one before. */
export function inicioDeHoy(ahora: number, zona = ZONA_POR_DEFECTO): number {
  const hoy = diaLocal(ahora, zona)
  let inicio = Math.floor(ahora / HORA) * HORA
  while (diaLocal(inicio - 1, zona) === hoy) inicio -= HORA
  return inicio
}

/** Midnight of the first of so many days, today included, in the default zone: noon of a day is on it whatever its clocks do. */
export const inicioDeDias = (ahora: number, dias: number): number => inicioDeHoy(inicioDeHoy(ahora) + 12 * HORA - (dias - 1) * DIA)

async function recibidosDesde(sql: Tx, desde: number): Promise<number> {
  const [fila] = await sql<{ hechos: number }[]>`
    select coalesce(sum(hechos), 0)::bigint as hechos from pulso where minuto_at >= ${new Date(desde)}`
  return fila?.hechos ?? 0
}

const leerReglas = async (sql: Tx, ahora: number, dias: number) => [
  ...(await sql<{ regla: string; veces: number }[]>`
    select regla, sum(veces)::bigint as veces from reglas_del_dia where dia > ${diaLocal(ahora, ZONA_POR_DEFECTO)}::date - ${dias}::int
    group by regla order by 2 desc, regla`),
]

const leerNodos = async (sql: Tx, ahora: number): Promise<NodoDePlataforma[]> => [
  ...(await sql<NodoDePlataforma[]>`
    select ${sql(COLUMNAS_DE_NODO)} from nodos where latido_at > ${new Date(ahora - NODO_VIVO_MS)} order by iniciado_at, id`),
]

/** How often each rule spoke in these days, today included. */
export const contarReglas = (deps: Deplo, dias: number): Promise<RespuestaReglas> =>
  deps.db.plataforma(async (sql) => ({ hora: deps.now(), reglas: await leerReglas(sql, deps.now(), dias) }), { soloLectura: true })

const DE_RANGO: Record<Rango, { desdeMs: number; cadaMs: number }> = {
  '15m': { desdeMs: 15 * MINUTO, cadaMs: MINUTO },
  '1h': { desdeMs: HORA, cadaMs: MINUTO },
  '24h': { desdeMs: DIA, cadaMs: 15 * MINUTO },
  '7d': { desdeMs: 7 * DIA, cadaMs: 2 * HORA },
}

/** Oldest first; percentiles of a longer stretch are of all its hechos, never a mean of percentiles. */
export function leerPulso(deps: Deplo, rango: Rango): Promise<RespuestaPulso> {
  const hora = deps.now()
  const { desdeMs, cadaMs } = DE_RANGO[rango]
  const desde = new Date(Math.floor((hora - desdeMs) / cadaMs) * cadaMs)
  return deps.db.plataforma(
    async (sql) => {
      const filas =
        cadaMs === MINUTO
          ? await sql<FilaDePulso[]>`select minuto_at, hechos, retrasos from pulso where minuto_at >= ${desde} order by minuto_at`
          : await sql<FilaDePulso[]>`
              select desde_at as minuto_at, hechos, retrasos from pulso_tramos where minutos = ${cadaMs / MINUTO} and desde_at >= ${desde}
              order by desde_at`
      return { hora, cadaMs, puntos: filas.map(puntoDe) }
    },
    { soloLectura: true },
  )
}
