/** A till or a Studio with a key of its own. Its journal is a chain; its right to work offline is a licencia (R15). */
import { z } from 'zod'
import type { Licencia } from '../hechos/libro.ts'
import { instante, uuid } from '../hechos/sobre.ts'
import { GRACIA_SIN_LICENCIA_MS } from './limites.ts'

export const dispositivo = z.object({
  id: uuid,
  negocioId: uuid,
  sucursalId: uuid.nullable(),
  tipo: z.enum(['caja', 'studio']),
  nombre: z.string().min(1).max(100),
  modelo: z.string().max(200),
  /** Base64 of the 65-byte P-256 point. */
  clavePublica: z.string().max(100),
  /** Folio series, leased at enrolment. */
  serie: z.string().regex(/^[A-Z0-9]{2,12}$/),
  bajaAt: instante.nullable(),
})
export type Dispositivo = z.infer<typeof dispositivo>

/**
 * R15. What a till may do at `ahora` (its corrected clock): everything; only sell, with points held; or nothing more. Refunds, canjes and cupones
 * need 'vigente'.
 */
export function estadoDeLicencia(
  licencia: Pick<Licencia, 'venceAt' | 'maxVentas'>,
  ventas: number,
  ahora: number,
): 'vigente' | 'solo_ventas' | 'agotada' {
  if (ahora > licencia.venceAt + GRACIA_SIN_LICENCIA_MS) return 'agotada'
  return ahora > licencia.venceAt || ventas >= licencia.maxVentas ? 'solo_ventas' : 'vigente'
}
