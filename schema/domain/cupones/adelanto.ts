/** CARD-13, 14; CUP-26. A higher nivel sees and keeps a cupón before it begins. */
import { DIA } from '../../core/tiempo.ts'
import { NIVELES, type Nivel } from '../niveles/nivel.ts'
import type { Cupon } from './cupon.ts'

/** ms before `desdeAt`. Using it waits for that hour all the same. */
export const ADELANTO_MS: Record<Nivel, number> = { bronce: 0, plata: DIA, oro: 3 * DIA }

/** CUP-27. Its own nivel, a lower one, or none asked for. */
export const alcanzaNivel = ({ nivelRequerido }: Pick<Cupon, 'nivelRequerido'>, nivel: Nivel): boolean =>
  nivelRequerido === null || NIVELES.indexOf(nivel) >= NIVELES.indexOf(nivelRequerido)

/** Whether somebody of this nivel finds it among those that can be kept at this instant (ms). */
export const seOfrece = (
  c: Pick<Cupon, 'activo' | 'publico' | 'desdeAt' | 'venceAt' | 'nivelRequerido'>,
  nivel: Nivel,
  ahora: number,
): boolean => c.activo && c.publico && ahora <= c.venceAt && ahora >= c.desdeAt - ADELANTO_MS[nivel] && alcanzaNivel(c, nivel)
