import type { z } from 'zod'
import { Rechazo } from '../../../schema/core/rechazo.ts'
import { type Configuracion, configuracion } from '../../../schema/domain/configuracion/configuracion.ts'
import type { Deps } from '../../context.ts'
import { cambioDeConfig, escribirEnNegocio } from '../escribir.ts'
import { insertarConfiguracion, ultimaConfiguracion } from './insertar.sql.ts'

/** Only what changes is sent; the rest stays as it was. */
export const cambioDeConfiguracion = configuracion.omit({ version: true, vigenteAt: true }).partial()
export type CambioDeConfiguracion = z.infer<typeof cambioDeConfiguracion>
export const configuracionVigente = configuracion

/**
 * PTS-03, CARD-19. A change is a new version, in force from now: sales made before keep theirs, and a till that has not heard yet keeps its
 * promise for 72 h (R12).
 * @throws Rechazo DATO_INVALIDO when the thresholds are out of order
 */
export function cambiarConfiguracion(
  deps: Pick<Deps, 'db' | 'hub' | 'now'>,
  negocioId: string,
  usuarioId: string,
  pedido: CambioDeConfiguracion,
): Promise<Configuracion> {
  return escribirEnNegocio(deps, negocioId, async (sql, ahora) => {
    const anterior = await ultimaConfiguracion(sql, negocioId)
    const vigenteAt = Math.max(ahora, anterior.vigenteAt + 1)
    const nueva: Configuracion = { ...anterior, ...sinAusentes(pedido), version: anterior.version + 1, vigenteAt }
    if (nueva.umbrales.plata >= nueva.umbrales.oro) throw new Rechazo('DATO_INVALIDO', 'umbrales')
    await insertarConfiguracion(sql, negocioId, nueva, usuarioId)
    return { resultado: nueva, cambios: [cambioDeConfig({ id: `version:${nueva.version}`, ...nueva })] }
  })
}

const sinAusentes = (pedido: CambioDeConfiguracion): Partial<Configuracion> =>
  Object.fromEntries(Object.entries(pedido).filter(([, valor]) => valor !== undefined))
