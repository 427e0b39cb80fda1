/** EMP-20, 22. Sales happen at a sucursal, points live at the negocio (SCAN-37). Its zone says what "hoy" is. */
import { z } from 'zod'
import { diaLocal } from '../../core/tiempo.ts'
import { uuid } from '../hechos/sobre.ts'

export const ZONA_POR_DEFECTO = 'America/Mexico_City'
export const zonaHoraria = z.string().max(60).refine(esZona)

export const sucursal = z.object({
  id: uuid,
  negocioId: uuid,
  /** u16 inside QRs, unique in its negocio. */
  numero: z.number().int().min(1).max(65_535),
  nombre: z.string().min(1).max(200),
  direccion: z.string().max(500),
  zonaHoraria,
  principal: z.boolean(),
  activa: z.boolean(),
})
export type Sucursal = z.infer<typeof sucursal>

/** True for an IANA zone this machine knows. */
export function esZona(zona: string): boolean {
  try {
    return diaLocal(0, zona) !== ''
  } catch {
    return false
  }
}
