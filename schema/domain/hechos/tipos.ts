/**
 * The kinds of hecho and their `datos`. A till validates before it writes (a refused sale never existed); the server parses again when it
 * judges, and an entry that does not parse stays visible as `sin_procesar`.
 */
import { z } from 'zod'
import { MONTO_MAXIMO_CENTAVOS } from '../../core/dinero.ts'
import { esTextoGuardable } from '../../core/textos.ts'
import { NIVELES } from '../niveles/nivel.ts'
import { instante, uuid } from './sobre.ts'

/** Free text: what no database keeps must not get into a journal. */
const texto = z.string().refine(esTextoGuardable)
const centavos = z.number().int().min(1).max(MONTO_MAXIMO_CENTAVOS)
const centavosOCero = z.number().int().min(0).max(MONTO_MAXIMO_CENTAVOS)
const hash = z.string().regex(/^[0-9a-f]{64}$/)
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

/** SCAN-28, R3. The one cupón of a sale, and what the till took off for it. */
export const usoDeCupon = z.object({
  cuponId: uuid,
  /** What the sale added up to; less `descuentoCentavos` it is the `montoCentavos` that was paid. */
  totalCentavos: centavos,
  descuentoCentavos: centavosOCero,
  /** Price of what was given free in a sale without lines, as the cashier said it (schema/domain/cupones/descuento.ts). */
  regaladoCentavos: centavosOCero,
  medio: z.enum(['qr', 'codigo', 'lista']),
  /** CUP-24. The client's own code, where that was read out; it says who the client is in a sale without a card. */
  codigoUnico: z.string().max(20).nullable(),
  /** Whether the server answered the till about this very use. */
  conConexion: z.boolean(),
})

/** SCAN-01, 17, 34. One entry holds the whole sale: there is no transaction across collections. */
const cuerpoDeVenta = z.object({
  folio,
  /** What was paid; 0 only where a cupón paid it all. */
  montoCentavos: centavosOCero,
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
  /** Absent in a sale that has none, as the next. */
  cupon: usoDeCupon.optional(),
  /** SHA-256 of the evidence photo: it is uploaded apart and never delays the sale (SCAN-17). */
  foto: hash.optional(),
})
export const venta = cuerpoDeVenta
  .refine((v) => v.montoCentavos > 0 || v.cupon !== undefined, { path: ['montoCentavos'] })
  .refine((v) => !v.cupon || v.cupon.totalCentavos - v.cupon.descuentoCentavos === v.montoCentavos, { path: ['cupon'] })

const motivo = texto.min(1).max(500)
/** SCAN-40, 50. Partial refunds add up; points taken back follow R6. `lineas`: what came back, where it is known; the money decides. */
export const reembolso = z.object({
  folio,
  transaccionId: uuid,
  montoCentavos: centavos,
  motivo,
  lineas: z
    .array(z.object({ articuloId: uuid, cantidad: z.number().int().min(1).max(100_000) }))
    .min(1)
    .max(200)
    .optional(),
})
/** SCAN-51. The sale never was. */
export const anulacion = z.object({ transaccionId: uuid, motivo })
/** SCAN-22. What was really charged. Its points become those of that monto, by the rules of its hour. */
export const cambioMonto = z.object({ transaccionId: uuid, montoCentavos: centavos, motivo })

/** 48 bits; the low 30 are the code people read out (schema/domain/canjes/codigo.ts). */
const numeroDeCanje = z
  .number()
  .int()
  .min(0)
  .max(2 ** 48 - 1)
/** SCAN-30..33, R4, R5. The reward was given. `canjeId` = idDeCanje(negocioId, numero), so that a till knows it from the QR alone. */
export const canjeConfirmado = z.object({
  canjeId: uuid,
  numero: numeroDeCanje,
  /** As scanned; null: its code was typed. */
  qr: z.string().max(200).nullable(),
})

/** What a till counted in a shift, by its own sales: centavos and how many. */
export const resumenDeTurno = z.object({
  ventas: z.number().int().min(0),
  efectivoCentavos: centavosOCero,
  tarjetaCentavos: centavosOCero,
  transferenciaCentavos: centavosOCero,
  reembolsadoCentavos: centavosOCero,
  /** Of `reembolsadoCentavos`, what was paid in cash. */
  reembolsadoEfectivoCentavos: centavosOCero,
  descuentoCentavos: centavosOCero,
  puntos: z.number().int().min(0),
  cupones: z.number().int().min(0),
  canjes: z.number().int().min(0),
  anuladas: z.number().int().min(0),
})
/** A shift of a till. What is in the drawer at its end should be fondo + cash − refunds in cash. */
export const turno = z.discriminatedUnion('accion', [
  z.object({ accion: z.literal('abrir'), turnoId: uuid, fondoCentavos: centavosOCero }),
  z.object({
    accion: z.literal('cerrar'),
    turnoId: uuid,
    /** Null: not counted. */
    contadoCentavos: centavosOCero.nullable(),
    resumen: resumenDeTurno,
    nota: texto.max(500).nullable(),
  }),
])

export const REGLAS = ['R1', 'R2', 'R3', 'R4', 'R5', 'R6', 'R7', 'R8', 'R9', 'R10', 'R11', 'R12', 'R13', 'R14', 'R15', 'R16'] as const
export type Regla = (typeof REGLAS)[number]
/** An approval by the dueño: lifts (or refuses) only the rule it names. */
export const ajustePuntos = z.object({
  transaccionId: uuid,
  regla: z.enum(REGLAS),
  decision: z.enum(['aprobar', 'rechazar']),
  motivo: texto.max(500),
})

/** The server's own chain: what a shopper asked for. `canje.creado` has the canje's id as its own; name, points, worth and end are frozen in it. */
export const canjeCreado = z.object({
  numero: numeroDeCanje,
  usuarioId: uuid,
  cardId: z.string().regex(/^[0-9a-f]{16}$/),
  recompensaId: uuid,
  nombre: texto.min(1).max(120),
  puntos: z.number().int().min(1).max(1_000_000_000),
  valorCentavos: centavosOCero,
  sucursalId: uuid.nullable(),
  qr: z.string().min(1).max(200),
  venceAt: instante,
})
/** `devolver`: the points go back now; else they stay apart until it is known that nobody gave it (schema/domain/canjes/canje.ts `devueltoAt`). */
export const canjeCerrado = z.object({ canjeId: uuid, devolver: z.boolean() })
/** A sale without a client, claimed by its ticket within 24 h. What the card was then is frozen. */
export const ventaReclamada = z.object({
  transaccionId: uuid,
  usuarioId: uuid,
  cardId: z.string().regex(/^[0-9a-f]{16}$/),
  alias: texto.max(200),
  nivel: z.enum(NIVELES),
})

/** PTS-24. What a shopper has of months up to this one (schema/domain/puntos/lotes.ts), which is over. */
export const puntosExpirados = z.object({ usuarioId: uuid, hasta: z.number().int().min(0).max(120_000) })

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
  cambio_monto: cambioMonto,
  canje_confirmado: canjeConfirmado,
  turno,
  ajuste_puntos: ajustePuntos,
  'canje.creado': canjeCreado,
  'canje.cancelado': canjeCerrado,
  'canje.vencido': canjeCerrado,
  'venta.reclamada': ventaReclamada,
  'puntos.expirados': puntosExpirados,
  'retencion.vencida': retencionVencida,
  'espera.vencida': esperaVencida,
  reproceso,
} as const
export type TipoDeHecho = keyof typeof DATOS_POR_TIPO
export const TIPOS_DEL_SERVIDOR = [
  ...(['canje.creado', 'canje.cancelado', 'canje.vencido', 'venta.reclamada'] as const),
  ...(['puntos.expirados', 'retencion.vencida', 'espera.vencida', 'reproceso'] as const),
] as const satisfies TipoDeHecho[]

export type CadenaAbierta = z.infer<typeof cadenaAbierta>
export type TarjetaEscrita = z.infer<typeof tarjetaEscrita>
export type Venta = z.infer<typeof venta>
export type LineaDeVenta = z.infer<typeof lineaDeVenta>
export type Reembolso = z.infer<typeof reembolso>
export type Anulacion = z.infer<typeof anulacion>
export type UsoDeCuponEnVenta = z.infer<typeof usoDeCupon>
export type CambioMonto = z.infer<typeof cambioMonto>
export type CanjeConfirmado = z.infer<typeof canjeConfirmado>
export type CanjeCreado = z.infer<typeof canjeCreado>
export type CanjeCerrado = z.infer<typeof canjeCerrado>
export type VentaReclamada = z.infer<typeof ventaReclamada>
export type ResumenDeTurno = z.infer<typeof resumenDeTurno>
export type Turno = z.infer<typeof turno>
export type AjustePuntos = z.infer<typeof ajustePuntos>
export type PuntosExpirados = z.infer<typeof puntosExpirados>
export type RetencionVencida = z.infer<typeof retencionVencida>
export type EsperaVencida = z.infer<typeof esperaVencida>
export type Reproceso = z.infer<typeof reproceso>
