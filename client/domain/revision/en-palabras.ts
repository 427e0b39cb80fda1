/** Rules of held points in words first; the code of the rule comes second (design 03). */
import type { RetencionDoc } from '../../../schema/protocol/documentos.ts'
import { fecha } from '../../lib/formato.ts'
import type { Retenida } from './retenidas.ts'
import { t } from './textos.ts'

/** Reasons of a hold (schema/domain/hechos/retener.ts). */
export const MOTIVOS = ['qr_repetido', 'cajero_baja', 'dispositivo_revocado', 'reloj', 'sin_licencia', 'limite', 'manual'] as const
export type MotivoDeRetencion = (typeof MOTIVOS)[number]
const esMotivo = (codigo: string): codigo is MotivoDeRetencion => (MOTIVOS as readonly string[]).includes(codigo)

/** `QR repetido` */
export const reglaEnPalabras = (codigo: string): string => (esMotivo(codigo) ? t[codigo] : t.otraRegla)
/** `Mismo QR en dos ventas` */
export const tituloDe = (codigo: string): string => (esMotivo(codigo) ? t[`titulo_${codigo}`] : t.otraRegla)
/** Why it waits, in a sentence or two. `cliente` may be ''. */
export const porQue = (codigo: string, cliente: string): string =>
  (esMotivo(codigo) ? t[`por_${codigo}`] : t.por_otra)(cliente.split(/\s+/)[0] || t.elCliente)

/** `Se acreditan solos el 5 dic 2026`; '' when it is not told. */
export function finEnPalabras({ fin, zona }: Pick<Retenida, 'fin' | 'zona'>): string {
  if (!fin) return ''
  return fin.alVencer === 'acreditar' ? t.seAcreditan(fecha(fin.at, zona)) : t.caducan(fecha(fin.at, zona))
}

/** The first reason of a sale: what it is listed under. */
export const motivoPrincipal = ({ reglas, venta }: Pick<Retenida, 'reglas' | 'venta'>): Pick<RetencionDoc, 'regla' | 'codigo'> | null =>
  reglas[0] ?? venta.retenciones?.[0] ?? null
