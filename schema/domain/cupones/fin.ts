/** CUP-19, 20, 22. How near a cupón is to its end. */
import { DIA } from '../../core/tiempo.ts'

/** 0: not yet; 1: three days before; 2: the last day; 3: over. */
export type EtapaDeFin = 0 | 1 | 2 | 3
export const AVISO_DE_FIN_MS = 3 * DIA
export const ULTIMO_DIA_MS = DIA

/** `venceAt`, `ahora`: ms. */
export const etapaDeFin = (venceAt: number, ahora: number): EtapaDeFin =>
  ahora > venceAt ? 3 : ahora >= venceAt - ULTIMO_DIA_MS ? 2 : ahora >= venceAt - AVISO_DE_FIN_MS ? 1 : 0
