/** What follows from ConfiguracionApp: the rules of each negocio, the benefits of each nivel, the limits (CARD-13..15, CARD-19, EMP-37). Pure. */
import { DIA } from '../../core/tiempo.ts'
import type { Configuracion } from '../configuracion/configuracion.ts'
import type { Nivel } from '../niveles/nivel.ts'
import { VIDA_DEL_QR_S } from '../tarjetas/vida-del-qr.ts'
import type { ContenidoDeConfiguracionApp } from './configuracion-app.ts'

/** The part that is a rule of each negocio (R12). */
export type ReglasDeLaPlataforma = Required<Pick<Configuracion, 'multiplicadoresPct' | 'umbrales' | 'vidaQrSegundos'>>

/** CARD-15, 19. What every negocio judges by; a multiplicador that is switched off is bronce's. */
export const reglasDeLaPlataforma = ({
  umbrales,
  multiplicadoresPct,
  vidaQrSegundos,
  beneficios,
}: ContenidoDeConfiguracionApp): ReglasDeLaPlataforma => {
  const { bronce } = multiplicadoresPct
  const de = (nivel: 'plata' | 'oro') => (beneficios[nivel].multiplicador ? multiplicadoresPct[nivel] : bronce)
  return { umbrales, vidaQrSegundos, multiplicadoresPct: { bronce, plata: de('plata'), oro: de('oro') } }
}

/** Whether a negocio's rules say this already. */
export const cumpleReglas = (suya: Configuracion, reglas: ReglasDeLaPlataforma): boolean =>
  suya.umbrales.plata === reglas.umbrales.plata &&
  suya.umbrales.oro === reglas.umbrales.oro &&
  suya.multiplicadoresPct.bronce === reglas.multiplicadoresPct.bronce &&
  suya.multiplicadoresPct.plata === reglas.multiplicadoresPct.plata &&
  suya.multiplicadoresPct.oro === reglas.multiplicadoresPct.oro &&
  (suya.vidaQrSegundos ?? VIDA_DEL_QR_S) === reglas.vidaQrSegundos

/** CARD-13, 14. ms before a cupón begins at which somebody of this nivel may keep it. */
export const adelantoMs = (nivel: Nivel, { beneficios }: Pick<ContenidoDeConfiguracionApp, 'beneficios'>): number =>
  nivel === 'bronce' ? 0 : beneficios[nivel].adelantoDias * DIA

/** CARD-12, 14, 15. Whether cupones that ask for this nivel (null, bronce: for everybody) are offered. */
export const seOfrecenExclusivos = (
  nivelRequerido: Nivel | null,
  { beneficios }: Pick<ContenidoDeConfiguracionApp, 'beneficios'>,
): boolean => nivelRequerido === null || nivelRequerido === 'bronce' || beneficios[nivelRequerido].cuponesExclusivos

/** EMP-37. `cuantos`: there are already. `maximo` 0: no limit. */
export const cabeUnoMas = (cuantos: number, maximo: number): boolean => maximo === 0 || cuantos < maximo
