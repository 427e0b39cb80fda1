/** How a client is called and dated on the till's screens. Pure. */

import { diaLocal } from '../../../schema/core/tiempo.ts'
import type { Nivel } from '../../../schema/domain/configuracion/configuracion.ts'
import { t } from './textos.ts'

const DIA = 86_400_000

/** `Juan` of `Juan Pérez`: who the points are for. A client without a name is "el cliente". */
export function nombreCorto(alias: string | null): string {
  const primero = alias?.trim().split(/\s+/)[0]
  return !primero || alias === t.clienteNuevo || alias === t.clientePorConfirmar ? t.elCliente : primero
}

/** First letter for the round picture. */
export const inicialDe = (nombre: string): string => [...nombre.trim()][0]?.toUpperCase() ?? ''

export const nombreDeNivel = (nivel: Nivel): string => t[nivel]

/** `hoy`, `ayer`, `5 días`, by calendar days of the sucursal's zone. */
export function visitaHace(visitaAt: number, ahora: number, zona: string): string {
  const dias = Math.round((Date.parse(diaLocal(ahora, zona)) - Date.parse(diaLocal(visitaAt, zona))) / DIA)
  if (dias <= 0) return t.hoy
  if (dias === 1) return t.ayer
  return dias < 60 ? t.dias(dias) : t.meses(Math.floor(dias / 30))
}

/** A balance on a till: what was pulled, and what this till knows is on its way. */
export interface SaldoVisto {
  /** `415`, or `≈ 415` while part of it is to be confirmed. */
  texto: string
  /** In full, for who hears it; null when `texto` says it all. */
  dicho: string | null
}

/** `disponibles`: pulled, 0 or more. `porConfirmar`: below 0 when refunds wait. */
export function verSaldo(disponibles: number, porConfirmar: number): SaldoVisto {
  const puntos = Math.max(0, disponibles + porConfirmar).toLocaleString('es-MX')
  return porConfirmar === 0 ? { texto: puntos, dicho: null } : { texto: `≈ ${puntos}`, dicho: t.saldoPorConfirmar(puntos) }
}

/** `4071 8826`, `193 402`: as the card shows them. Whatever is not a digit goes. */
export function enGrupos(texto: string, largo: 6 | 8): string {
  const digitos = texto.replace(/\D/g, '').slice(0, largo)
  const corte = largo / 2
  return digitos.length > corte ? `${digitos.slice(0, corte)} ${digitos.slice(corte)}` : digitos
}
