/**
 * The kinds of hecho and their `datos`. A till validates before it writes (a refused sale never existed); the server parses again when it
 * judges, and an entry that does not parse stays visible as `sin_procesar`.
 */
import { z } from 'zod'
import { MONTO_MAXIMO_CENTAVOS } from '../../core/dinero.ts'
import { esTextoGuardable } from '../../core/textos.ts'
import { uuid } from './sobre.ts'

/** Free text: what no database keeps must not get into a journal. */
const texto = z.string().refine(esTextoGuardable)
const centavos = z.number().int().min(1).max(MONTO_MAXIMO_CENTAVOS)
export const METODOS_DE_PAGO = ['efectivo', 'tarjeta', 'transferencia'] as const
/** Till series, e.g. `C1-000123`: leased at enrolment, gap-free, never renumbered. */
export const folio = z.string().regex(/^[A-Z0-9]{2,12}-\d{6,}$/)

export const cadenaAbierta = z.object({
  motivo: z.enum(['alta', 'diario_perdido']),
  serie: z.string().regex(/^[A-Z0-9]{2,12}$/),
})

export const lineaDeVenta = z.object({
  articuloId: uuid,
  nombre: texto.min(1).max(200),
  cantidad: z.number().int().min(1).max(100_000),
  precioCentavos: z.number().int().min(0).max(MONTO_MAXIMO_CENTAVOS),
})

/** A card typed by hand, where no QR could be scanned (design 04 §1.3): its number, and the 6 digits it showed in that minute. */
export const tarjetaEscrita = z.object({ numero: z.string().regex(/^\d{8}$/), clave: z.string().regex(/^\d{6}$/) })

/** SCAN-01, 17, 34. One entry holds the whole sale: there is no transaction across collections. */
export const venta = z.object({
  folio,
  montoCentavos: centavos,
  metodoPago: z.enum(METODOS_DE_PAGO),
  descripcion: texto.max(500).nullable(),
  lineas: z.array(lineaDeVenta).max(200),
  /** The card's QR as scanned (base45 of 186 bytes, design 04 §2), or null: a sale without a client is normal. */
  qr: z.string().max(400).nullable(),
  /** Version of `configuraciones` the till computed with (R12). */
  configVersion: z.number().int().min(0),
  /** What the screen promised. */
  puntosPrometidos: z.number().int().min(0).max(1_000_000_000),
  /** SCAN-10, instead of `qr`. Absent in a sale that has none. */
  tarjeta: tarjetaEscrita.optional(),
})

/** SCAN-40, 50. Partial refunds add up; points taken back follow R6. */
export const reembolso = z.object({ folio, transaccionId: uuid, montoCentavos: centavos, motivo: texto.min(1).max(500) })
/** SCAN-51. The sale never was. */
export const anulacion = z.object({ transaccionId: uuid, motivo: texto.min(1).max(500) })

export const REGLAS = ['R1', 'R2', 'R3', 'R4', 'R5', 'R6', 'R7', 'R8', 'R9', 'R10', 'R11', 'R12', 'R13', 'R14', 'R15', 'R16'] as const
export type Regla = (typeof REGLAS)[number]
/** An approval by the dueño: lifts (or refuses) only the rule it names. */
export const ajustePuntos = z.object({
  transaccionId: uuid,
  regla: z.enum(REGLAS),
  decision: z.enum(['aprobar', 'rechazar']),
  motivo: texto.max(500),
})

/** The server's own chain: decisions that depend on time are hechos too, so that the ledger is a fold of what was accepted. */
export const retencionVencida = z.object({ transaccionId: uuid, regla: z.enum(REGLAS) })
export const esperaVencida = z.object({ cadenaId: uuid, seq: z.number().int().min(0) })
/** A `sin_procesar` entry judged again by a corrected release. */
export const reproceso = z.object({ cadenaId: uuid, seq: z.number().int().min(0) })

export const DATOS_POR_TIPO = {
  'cadena.abierta': cadenaAbierta,
  venta,
  reembolso,
  anulacion,
  ajuste_puntos: ajustePuntos,
  'retencion.vencida': retencionVencida,
  'espera.vencida': esperaVencida,
  reproceso,
} as const
export type TipoDeHecho = keyof typeof DATOS_POR_TIPO
export const TIPOS_DEL_SERVIDOR = ['retencion.vencida', 'espera.vencida', 'reproceso'] as const satisfies TipoDeHecho[]

export type CadenaAbierta = z.infer<typeof cadenaAbierta>
export type TarjetaEscrita = z.infer<typeof tarjetaEscrita>
export type Venta = z.infer<typeof venta>
export type LineaDeVenta = z.infer<typeof lineaDeVenta>
export type Reembolso = z.infer<typeof reembolso>
export type Anulacion = z.infer<typeof anulacion>
export type AjustePuntos = z.infer<typeof ajustePuntos>
export type RetencionVencida = z.infer<typeof retencionVencida>
export type EsperaVencida = z.infer<typeof esperaVencida>
export type Reproceso = z.infer<typeof reproceso>
