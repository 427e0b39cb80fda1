/** CUP-19, 20, 22. How near a cupón is to its end, and when that may be told. */
import { DIA, HORA, horaLocal } from '../../core/tiempo.ts'

/** 0: not yet; 1: three days before; 2: the last day; 3: over. */
export type EtapaDeFin = 0 | 1 | 2 | 3
export const AVISO_DE_FIN_MS = 3 * DIA
export const ULTIMO_DIA_MS = DIA

/** `venceAt`, `ahora`: ms. */
export const etapaDeFin = (venceAt: number, ahora: number): EtapaDeFin =>
  ahora > venceAt ? 3 : ahora >= venceAt - ULTIMO_DIA_MS ? 2 : ahora >= venceAt - AVISO_DE_FIN_MS ? 1 : 0

/** Most cupones end with their day, so each stage begins at a midnight: no phone rings for it from 21:00 to 9:00 of where the cupón is used. */
const CALLA_A_LAS = 21 * HORA
const HABLA_A_LAS = 9 * HORA

/** The stage that may be told now; 0: none, or it waits for the morning. What ends before the morning is told at night, or it would be told too late. */
export function etapaPorDecir(venceAt: number, ahora: number, zona: string): EtapaDeFin {
  const hasta = callaHasta(ahora, zona)
  return hasta === null || (ahora <= venceAt && venceAt < hasta) ? etapaDeFin(venceAt, ahora) : 0
}

/** When it speaks again, ms; null: it does now. Wrong by an hour in a night when the clocks are moved, until they were: it is asked again all night. */
function callaHasta(ahora: number, zona: string): number | null {
  const hora = horaLocal(ahora, zona)
  return hora >= HABLA_A_LAS && hora < CALLA_A_LAS ? null : ahora + ((HABLA_A_LAS - hora + DIA) % DIA)
}
