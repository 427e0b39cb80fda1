/** The evidence behind a verdict, for whoever decides: both hechos side by side (R2, R10, R11, R15, R16; Studio and Panel alike). */
import { z } from 'zod'
import { instante, uuid } from '../domain/hechos/sobre.ts'

/** One side. Times in ms; names are empty when they are not known. */
export const ladoDeRevision = z.object({
  hechoId: uuid,
  transaccionId: uuid.nullable(),
  tipo: z.string(),
  folio: z.string().nullable(),
  montoCentavos: z.number().int().nullable(),
  puntos: z.number().int(),
  negocio: z.string(),
  sucursal: z.string(),
  dispositivoId: uuid.nullable(),
  dispositivo: z.string(),
  /** Who pressed the button: nick of an empleado, or the name of an account. */
  operador: z.string(),
  cliente: z.string(),
  cadenaId: uuid,
  seq: z.number().int(),
  /** As the device's clock said it, and corrected. */
  wallAt: instante,
  effAt: instante,
  recibidoAt: instante,
  /** Milliseconds that device's clock was off by; null: unknown. */
  offsetMs: z.number().int().nullable(),
  /** Of the card's QR: when the phone signed it, and its counter. */
  qrAt: instante.nullable(),
  qrContador: z.number().int().nullable(),
  estado: z.string(),
  /** EMP-38. Of a sucursal that who asks does not see: no more than tipo, folio, negocio, sucursal, times and state; puntos 0, the rest blank or null. */
  ajeno: z.boolean(),
})
export type LadoDeRevision = z.infer<typeof ladoDeRevision>

export const revision = z.object({
  regla: z.string(),
  codigo: z.string(),
  este: ladoDeRevision,
  /** The other one of R2, R4 or R6; null where a rule looks at one hecho alone. */
  otro: ladoDeRevision.nullable(),
  /** What the rule looked at, as name and value: the median and the monto of R16, the baja of R10, the lease of R15, both clocks of R11. */
  datos: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
  retenciones: z.array(
    z.object({ regla: z.string(), codigo: z.string(), estado: z.string(), alVencer: z.enum(['acreditar', 'caducar']), venceAt: instante }),
  ),
})
export type Revision = z.infer<typeof revision>
