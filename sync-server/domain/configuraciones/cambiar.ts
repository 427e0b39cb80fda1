import type { z } from 'zod'
import { Rechazo } from '../../../schema/core/rechazo.ts'
import { type Configuracion, configuracion } from '../../../schema/domain/configuracion/configuracion.ts'
import type { Deps } from '../../context.ts'
import type { Tx } from '../../db/db.ts'
import type { Cambio } from '../../sync/bitacora.ts'
import { cambioDeConfig, escribirEnNegocio } from '../escribir.ts'
import { insertarConfiguracion, ultimaConfiguracion } from './insertar.sql.ts'

const cambio = configuracion.omit({ version: true, vigenteAt: true }).partial()
/** Only what changes is sent; the rest stays as it was. */
export type CambioDeConfiguracion = z.infer<typeof cambio>
/** What a dueño decides. Thresholds, multipliers and the life of a QR are the platform's (CARD-19): naming one is refused, not forgotten. */
export const cambioDelDueno = cambio.omit({ umbrales: true, multiplicadoresPct: true, vidaQrSegundos: true }).strict()
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
    const { nueva, cambio } = await anadirVersion(sql, negocioId, usuarioId, await ultimaConfiguracion(sql, negocioId), pedido, ahora)
    return { resultado: nueva, cambios: [cambio] }
  })
}

/** The same inside a transaction that holds the negocio's counter: the version after `anterior`, and what its replicas are told. */
export async function anadirVersion(
  sql: Tx,
  negocioId: string,
  usuarioId: string,
  anterior: Configuracion,
  pedido: CambioDeConfiguracion,
  ahora: number,
): Promise<{ nueva: Configuracion; cambio: Cambio }> {
  const vigenteAt = Math.max(ahora, anterior.vigenteAt + 1)
  const nueva: Configuracion = { ...anterior, ...sinAusentes(pedido), version: anterior.version + 1, vigenteAt }
  if (nueva.umbrales.plata >= nueva.umbrales.oro) throw new Rechazo('DATO_INVALIDO', 'umbrales')
  await insertarConfiguracion(sql, negocioId, nueva, usuarioId)
  return { nueva, cambio: cambioDeConfig({ id: `version:${nueva.version}`, ...nueva }) }
}

const sinAusentes = (pedido: CambioDeConfiguracion): Partial<Configuracion> =>
  Object.fromEntries(Object.entries(pedido).filter(([, valor]) => valor !== undefined))
