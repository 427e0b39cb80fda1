/**
 * ConfiguracionApp (CARD-15, CARD-19, EMP-37; ADM-36..39, 62): what the platform decides for every negocio, in versions that are only added. What a sale is
 * worth is never read from here: a new version becomes a version of each negocio's own rules (R12), and the judge reads those.
 */
import { z } from 'zod'
import { MULTIPLICADORES_PCT, UMBRALES } from '../niveles/nivel.ts'
import { VIDA_DEL_QR_MAXIMA_S, VIDA_DEL_QR_MINIMA_S, VIDA_DEL_QR_S } from '../tarjetas/vida-del-qr.ts'
import { ADELANTO_MAXIMO_DIAS, LIMITE_MAXIMO, PCT_MAXIMO, PCT_MINIMO, UMBRAL_MAXIMO } from './rangos.ts'

const umbral = z.number().int().min(1).max(UMBRAL_MAXIMO)
const pct = z.number().int().min(PCT_MINIMO).max(PCT_MAXIMO)
const limite = z.number().int().min(0).max(LIMITE_MAXIMO)
/** CARD-12..15. Each benefit of a nivel, with its switch. */
const beneficios = z.object({
  /** False: what it buys earns as bronce does. */
  multiplicador: z.boolean(),
  /** False: cupones asked for this nivel are offered to nobody; whoever holds one keeps it. */
  cuponesExclusivos: z.boolean(),
  /** How many days before it begins a cupón may be kept; 0 is off. */
  adelantoDias: z.number().int().min(0).max(ADELANTO_MAXIMO_DIAS),
})

export const contenidoDeConfiguracionApp = z
  .object({
    /** CARD-09..11: lifetime points at which plata and oro begin. */
    umbrales: z.object({ plata: umbral, oro: umbral }),
    /** CARD-17, hundredths. */
    multiplicadoresPct: z.object({ bronce: pct, plata: pct, oro: pct }),
    /** CARD-26: how long a card's QR is good, seconds, tolerances of the clocks apart. */
    vidaQrSegundos: z.number().int().min(VIDA_DEL_QR_MINIMA_S).max(VIDA_DEL_QR_MAXIMA_S),
    beneficios: z.object({ plata: beneficios, oro: beneficios }),
    /** EMP-37. */
    limites: z.object({ maxSucursales: limite, maxEmpleados: limite }),
  })
  .refine(({ umbrales }) => umbrales.plata < umbrales.oro, { path: ['umbrales', 'oro'], error: 'oro begins after plata' })
  .refine(({ multiplicadoresPct: m }) => m.bronce <= m.plata, {
    path: ['multiplicadoresPct', 'plata'],
    error: 'plata earns at least as bronce',
  })
  .refine(({ multiplicadoresPct: m }) => m.plata <= m.oro, { path: ['multiplicadoresPct', 'oro'], error: 'oro earns at least as plata' })
export type ContenidoDeConfiguracionApp = z.infer<typeof contenidoDeConfiguracionApp>

/** What is in force until somebody publishes the first version. */
export const CONFIGURACION_POR_DEFECTO: ContenidoDeConfiguracionApp = {
  umbrales: { ...UMBRALES },
  multiplicadoresPct: { ...MULTIPLICADORES_PCT },
  vidaQrSegundos: VIDA_DEL_QR_S,
  beneficios: {
    plata: { multiplicador: true, cuponesExclusivos: true, adelantoDias: 1 },
    oro: { multiplicador: true, cuponesExclusivos: true, adelantoDias: 3 },
  },
  limites: { maxSucursales: 0, maxEmpleados: 0 },
}
