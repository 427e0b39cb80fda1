/**
 * What an operator watches of the ledger. Counters are moved in memory on the hot path; what only the database knows is asked when somebody
 * scrapes, at most once in 5 s, and counted up to a bound: a backlog of a million is as alarming as one of ten thousand.
 */
import { Counter, Gauge, Histogram, type Registry } from 'prom-client'
import { SEGUNDO } from '../../schema/core/tiempo.ts'
import type { Deps } from '../context.ts'

/** Where an upload comes from: a till's journal, a Studio's edits. */
export type ClaseDeEnvio = 'diario' | 'ediciones'

interface MetricasDeSync {
  recibidos: Counter<'estado'>
  veredictos: Counter<'estado'>
  envios: Counter<'clase'>
  renglones: Histogram<'clase'>
  juicio: Histogram
  streams: Gauge
  enVivo: Gauge
  retraso: Histogram
  abiertos: number
}

/** By hub: the one thing that all parts of a server share and never copy. */
const porServidor = new WeakMap<object, MetricasDeSync>()
type ConHub = Pick<Deps, 'hub'>

export function montarMetricasDeSync(deps: Deps, registro: Registry): void {
  const registers = [registro]
  porServidor.set(deps.hub, {
    recibidos: new Counter({ ...de('hechos_recibidos_total', 'Journal entries stored'), labelNames: ['estado'], registers }),
    veredictos: new Counter({ ...de('veredictos_total', 'Verdicts, second ones included'), labelNames: ['estado'], registers }),
    envios: new Counter({ ...de('envios_total', 'Uploads accepted'), labelNames: ['clase'], registers }),
    renglones: new Histogram({
      ...de('envio_renglones', 'Rows of an upload'),
      labelNames: ['clase'],
      buckets: [0, 1, 5, 20, 50, 100, 500],
      registers,
    }),
    juicio: new Histogram({
      ...de('juicio_segundos', 'Judging of one batch: read, fold, write'),
      buckets: [0.001, 0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1, 5],
      registers,
    }),
    streams: new Gauge({ ...de('streams_abiertos', 'Live streams open on this node'), registers }),
    retraso: new Histogram({
      ...de('retraso_segundos', "From the button, by the till's corrected clock, to the receipt of the entry"),
      buckets: [0.1, 0.25, 0.5, 1, 2.5, 5, 10, 60, 600, 3_600, 21_600, 86_400, 604_800],
      registers,
    }),
    abiertos: 0,
    enVivo: new Gauge({ ...de('shapes_en_vivo', 'Live requests of shapes that wait on this node'), registers }),
  })
  montarAtrasos(deps, registro)
}

const de = (name: string, help: string) => ({ name: `anunciaya_${name}`, help })

/** Entries of a batch, once they are committed. */
export function contarRecibidos({ hub }: ConHub, filas: readonly { estado: string }[]): void {
  const m = porServidor.get(hub)
  for (const { estado } of filas) m?.recibidos.inc({ estado: estado === 'perdido' || estado === 'bifurcado' ? estado : 'recibido' })
}

/** A batch that was judged: how long it took, ms, and what was decided. */
export function contarJuicio({ hub }: ConHub, ms: number, veredictos: Iterable<{ estado: string }>): void {
  const m = porServidor.get(hub)
  m?.juicio.observe(ms / SEGUNDO)
  for (const { estado } of veredictos) m?.veredictos.inc({ estado })
}

export function contarEnvio({ hub }: ConHub, clase: ClaseDeEnvio, renglones: number): void {
  const m = porServidor.get(hub)
  m?.envios.inc({ clase })
  m?.renglones.observe({ clase }, renglones)
}

/** A live stream opens; the function it gives says that it ended. */
export function contarStream({ hub }: ConHub): () => void {
  const m = porServidor.get(hub)
  if (!m) return () => {}
  m.streams.set(++m.abiertos)
  return () => m.streams.set(--m.abiertos)
}

/** Live streams open on this node now. */
export const streamsAbiertos = ({ hub }: ConHub): number => porServidor.get(hub)?.abiertos ?? 0

/** How long entries took to arrive, ms. */
export function contarRetrasos({ hub }: ConHub, retrasosMs: readonly number[]): void {
  const m = porServidor.get(hub)
  for (const ms of retrasosMs) m?.retraso.observe(Math.max(0, ms) / SEGUNDO)
}

/** A live request of a shape waits; the function it gives says that it was answered. */
export function contarEnVivo({ hub }: ConHub): () => void {
  const m = porServidor.get(hub)
  m?.enVivo.inc()
  return () => m?.enVivo.dec()
}

const ATRASO_MAXIMO = 10_000
const VIGENCIA_MS = 5 * SEGUNDO

interface Atrasos {
  sinProcesar: number
  porJuzgar: number
  porProyectar: number
  enCajas: number
  enEspera: number
  retenidos: number
}

/** A database that does not answer leaves the last figures: the scrape itself never fails. */
function montarAtrasos(deps: Deps, registro: Registry): void {
  let ultimo: Promise<Atrasos> | undefined
  let pedidoAt = Number.NEGATIVE_INFINITY
  const leer = (): Promise<Atrasos> => {
    if (!ultimo || performance.now() - pedidoAt > VIGENCIA_MS) {
      pedidoAt = performance.now()
      ultimo = leerAtrasos(deps)
    }
    return ultimo
  }
  const medir = (name: string, help: string, cual: keyof Atrasos) => {
    const gauge: Gauge = new Gauge({
      ...de(name, `${help} (counted up to ${ATRASO_MAXIMO})`),
      registers: [registro],
      collect: () =>
        leer().then(
          (atrasos) => gauge.set(atrasos[cual]),
          () => {},
        ),
    })
  }
  medir('sin_procesar', 'Entries that no judge could process', 'sinProcesar')
  medir('por_juzgar', 'Entries received and not judged yet', 'porJuzgar')
  medir('por_proyectar', 'Events that wait for the projector', 'porProyectar')
  medir('en_cajas', 'Entries that tills said they had not handed in', 'enCajas')
  medir('en_espera', 'Entries that wait for their parent (R14)', 'enEspera')
  medir('retenidos', 'Holds on points that nobody decided (R2, R10, R11, R15, R16)', 'retenidos')
}

const leerAtrasos = (deps: Pick<Deps, 'db'>): Promise<Atrasos> =>
  deps.db.plataforma(async (sql) => {
    const [fila] = await sql<Atrasos[]>`
      select (select count(*)::int from (select from hechos_recibidos where estado = 'sin_procesar' limit ${ATRASO_MAXIMO}) x) as sin_procesar,
        (select count(*)::int from (select from hechos_recibidos where estado = 'recibido' limit ${ATRASO_MAXIMO}) x) as por_juzgar,
        (select count(*)::int from (select from usuario_eventos where aplicado_at is null limit ${ATRASO_MAXIMO}) x) as por_proyectar,
        (select coalesce(sum(pendientes), 0)::bigint from estado_negocios) as en_cajas,
        (select count(*)::int from (select from hechos_recibidos where estado = 'en_espera' limit ${ATRASO_MAXIMO}) x) as en_espera,
        (select count(*)::int from (select from retenciones where estado = 'activa' limit ${ATRASO_MAXIMO}) x) as retenidos`
    return fila as Atrasos
  })
