/** What Studio asks over HTTP about its catálogo: history, pictures, sales (CAT-05, 08, 14, 16). Edits themselves travel by /sync/push. */
import { z } from 'zod'
import { instante, uuid } from '../domain/hechos/sobre.ts'

/** One value a field had: R7's history, newest first. `quien` and `equipo` are names, empty when they are not known any more. */
export const edicionDeCampo = z.object({
  campo: z.string(),
  valor: z.unknown(),
  /** When it was written, corrected ms. */
  effAt: instante,
  recibidoAt: instante,
  quien: z.string(),
  equipo: z.string(),
  /** Whether it is the value in force. */
  vigente: z.boolean(),
})
export type EdicionDeCampo = z.infer<typeof edicionDeCampo>
/** `GET /api/articulos/:id/historia?campo=` */
export const respuestaHistoria = z.object({ ediciones: z.array(edicionDeCampo) })

/** CAT-08. `GET /api/articulos/metricas`: last 30 days, by articulo. */
export const metricasDeArticulo = z.object({
  id: uuid,
  vistas: z.number().int(),
  ventas: z.number().int(),
  vendidoCentavos: z.number().int(),
})
export const respuestaMetricas = z.object({ desdeAt: instante, articulos: z.array(metricasDeArticulo) })
export type RespuestaMetricas = z.infer<typeof respuestaMetricas>

/** `PUT /api/imagenes/:hash`, body: the bytes, whose SHA-256 is `hash`. Read back by anybody at `/imagenes/:negocioId/:hash`. */
export const respuestaImagen = z.object({ hash: z.string(), ancho: z.number().int(), alto: z.number().int(), bytes: z.number().int() })
export const IMAGEN_MAXIMA_BYTES = 6 * 1024 * 1024
