/** CARD-13, 14; CUP-26. A higher nivel sees and keeps a cupón before it begins, by as many days as the platform gives it (CARD-15). */
import type { ContenidoDeConfiguracionApp } from '../configuracion-app/configuracion-app.ts'
import { adelantoMs, seOfrecenExclusivos } from '../configuracion-app/reglas.ts'
import { NIVELES, type Nivel } from '../niveles/nivel.ts'
import { type Cupon, seAgoto } from './cupon.ts'

/** CUP-27. Its own nivel, a lower one, or none asked for. */
export const alcanzaNivel = ({ nivelRequerido }: Pick<Cupon, 'nivelRequerido'>, nivel: Nivel): boolean =>
  nivelRequerido === null || NIVELES.indexOf(nivel) >= NIVELES.indexOf(nivelRequerido)

/** Whether it is too early to keep it, at this instant (ms). Using it waits for `desdeAt` all the same. */
export const esPronto = (
  { desdeAt }: Pick<Cupon, 'desdeAt'>,
  nivel: Nivel,
  ahora: number,
  app: Pick<ContenidoDeConfiguracionApp, 'beneficios'>,
): boolean => ahora < desdeAt - adelantoMs(nivel, app)

/**
 * Whether somebody of this nivel finds it among those that can be kept at this instant (ms). `usados`: its uses of all clients together. `app`: the platform's
 * configuration in force.
 */
export const seOfrece = (
  c: Pick<Cupon, 'activo' | 'publico' | 'desdeAt' | 'venceAt' | 'nivelRequerido' | 'limiteTotal'>,
  usados: number,
  nivel: Nivel,
  ahora: number,
  app: Pick<ContenidoDeConfiguracionApp, 'beneficios'>,
): boolean =>
  c.activo &&
  c.publico &&
  ahora <= c.venceAt &&
  !seAgoto(c, usados) &&
  !esPronto(c, nivel, ahora, app) &&
  alcanzaNivel(c, nivel) &&
  seOfrecenExclusivos(c.nivelRequerido, app)
