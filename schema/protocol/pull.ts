/** `GET /sync/pull/:coleccion?checkpoint=<json>&limite=500&hermanas=<seq>` (RxDB's pull shape). Authorization: Bearer. */
import { z } from 'zod'
import { uuid } from '../domain/hechos/sobre.ts'

export const checkpoint = z.object({
  /** Changes when a tenant is restored from a backup. */
  epoca: uuid,
  /** Everything up to this seq of the stream is in. During the snapshot: the head noted by page 1. */
  seq: z.number().int().min(0),
  /** The server's hash of the slice definition; another slice is another data set. */
  rebanada: z.string().max(64),
  /** Primary key to go on after, while the snapshot lasts. */
  pagina: z.string().max(200).optional(),
})
export type Checkpoint = z.infer<typeof checkpoint>

/** A row as replicas hold it. `_deleted` is RxDB's word. */
export const documento = z.object({ id: z.string(), _deleted: z.boolean().optional() }).loose()
export type Documento = z.infer<typeof documento>

export const respuestaPull = z.object({
  documents: z.array(documento),
  checkpoint,
  /** False once the snapshot is complete or the log is read to its head. */
  hayMas: z.boolean(),
  /** True: the checkpoint sent is of another epoca or slice, or below the horizon. Start again without one, then sweep (PU4). */
  reiniciar: z.boolean(),
  /**
   * PU7. Of each other collection of the app: the slice this session has of it, and the last seq at which it changed, from the one asked about
   * (which stands for none since) to this checkpoint's. Only where it was asked for, and with the head.
   */
  hermanas: z.record(z.string().max(32), z.object({ rebanada: z.string().max(64), cambio: z.number().int().min(0) })).optional(),
})
export type RespuestaPull = z.infer<typeof respuestaPull>

export const LIMITE_PULL = 1_000

/** The collections each app holds (design 03). 13 is RxDB's limit per worker. */
export const COLECCIONES = {
  scanya: ['diario', 'veredictos', 'articulos', 'clientes', 'transacciones', 'config', 'canjes', 'cupones', 'cuponUsuarios', 'recompensas'],
  studio: ['diario', 'veredictos', 'articulos', 'transacciones', 'clientes', 'avisos', 'config', 'canjes', 'cupones', 'recompensas'],
  cardya: ['mias', 'config'],
} as const
export type App = keyof typeof COLECCIONES
export type Coleccion = (typeof COLECCIONES)[App][number]
/** `diario` is uploaded, never pulled; the rest are pulled, and articulos is also pushed by Studio. */
export type ColeccionPull = Exclude<Coleccion, 'diario'>
/** What an app pulls, in the order in which it does. */
export const coleccionesPull = (app: App): ColeccionPull[] => COLECCIONES[app].filter((nombre) => nombre !== 'diario')
