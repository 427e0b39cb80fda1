/** How this process is: its heartbeat, every 10 s, is what the Panel knows of a node. */
import { type IntervalHistogram, monitorEventLoopDelay } from 'node:perf_hooks'
import type { NodoDePlataforma } from '../../../schema/protocol/plataforma.ts'
import type { Deps } from '../../context.ts'
import type { Tx } from '../../db/db.ts'
import { streamsAbiertos } from '../../http/metricas-sync.ts'
import type { Cambio } from '../bitacora.ts'

/** Row of nodos: the protocol's own. */
export type FilaDeNodo = NodoDePlataforma
export const COLUMNAS_DE_NODO = ['id', 'version', 'iniciado_at', 'latido_at', 'memoria_bytes', 'bucle_ms', 'base_ms', 'streams']

const NS_POR_MS = 1e6
const decimas = (ms: number): number => Math.round(ms * 10) / 10

/** One per process: the loop is one. */
let bucle: IntervalHistogram | undefined

/** p99 of the delay since the last call, ms. */
function retrasoDelBucle(): number {
  if (!bucle) {
    bucle = monitorEventLoopDelay({ resolution: 10 })
    bucle.enable()
    return 0
  }
  const ms = bucle.percentile(99) / NS_POR_MS
  bucle.reset()
  // The sampler's own 10 ms are no delay; before its first sample it has nothing to say.
  return Number.isFinite(ms) ? decimas(Math.max(0, ms - 10)) : 0
}

/** Writes the heartbeat and adds it to `cambios`. */
export async function latir(
  sql: Tx,
  deps: Pick<Deps, 'hub'>,
  nodo: Pick<FilaDeNodo, 'id' | 'version' | 'iniciadoAt'>,
  ahora: number,
  cambios: Cambio[],
): Promise<void> {
  const antesDePedir = performance.now()
  const [antes] = await sql<FilaDeNodo[]>`select ${sql(COLUMNAS_DE_NODO)} from nodos where id = ${nodo.id}`
  const despues: FilaDeNodo = {
    ...nodo,
    latidoAt: ahora,
    memoriaBytes: process.memoryUsage.rss(),
    bucleMs: retrasoDelBucle(),
    baseMs: decimas(performance.now() - antesDePedir),
    streams: streamsAbiertos(deps),
  }
  await sql`
    insert into nodos (id, iniciado_at, latido_at, version, memoria_bytes, bucle_ms, base_ms, streams)
    values (${nodo.id}, ${new Date(nodo.iniciadoAt)}, ${new Date(ahora)}, ${nodo.version}, ${despues.memoriaBytes}, ${despues.bucleMs},
      ${despues.baseMs}, ${despues.streams})
    on conflict (id) do update set latido_at = excluded.latido_at, version = excluded.version, memoria_bytes = excluded.memoria_bytes,
      bucle_ms = excluded.bucle_ms, base_ms = excluded.base_ms, streams = excluded.streams`
  cambios.push({ coleccion: 'nodos', pk: nodo.id, antes: antes ?? null, despues })
}
