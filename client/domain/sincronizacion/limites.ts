/** What a till may do without the server, and how much of it is gone (R15): said before it bites. Pure. */
import { DURACION_DE_LICENCIA_MS, VENTAS_POR_LICENCIA } from '../../../schema/domain/dispositivos/limites.ts'
import type { EstadoSync, Turno } from '../../../workers/replica/api.ts'

export interface Limite {
  /** licencia: the lease of this device. ventas: those it may make meanwhile. turno: of whoever is at the till. almacen: room on the device. */
  cual: 'licencia' | 'ventas' | 'turno' | 'almacen'
  /** How much is used, 0 to 1 and beyond. */
  usado: number
  como: 'bien' | 'cerca' | 'pasado'
  /** When it ends, corrected ms; null: not by time. */
  venceAt: number | null
}

/** From here on a person is told. */
const CERCA = 0.8

const limite = (cual: Limite['cual'], usado: number, venceAt: number | null = null): Limite => ({
  ...{ cual, usado, venceAt },
  como: usado >= 1 ? 'pasado' : usado >= CERCA ? 'cerca' : 'bien',
})
const porTiempo = (cual: Limite['cual'], venceAt: number, ahora: number): Limite =>
  limite(cual, Math.max(0, 1 - (venceAt - ahora) / DURACION_DE_LICENCIA_MS), venceAt)

/** `ahora`: corrected ms. Sales waiting here stand for those of the lease, which is renewed with every contact. */
export function limitesDe(estado: EstadoSync, turno: Turno | null, ahora: number): Limite[] {
  const { licenciaVenceAt, pendientes, almacen } = estado
  return [
    ...(licenciaVenceAt === null ? [] : [porTiempo('licencia', licenciaVenceAt, ahora)]),
    limite('ventas', pendientes / VENTAS_POR_LICENCIA),
    ...(turno ? [porTiempo('turno', turno.venceAt, ahora)] : []),
    ...(almacen && almacen.cuotaBytes > 0 ? [limite('almacen', almacen.usadoBytes / almacen.cuotaBytes)] : []),
  ]
}

/** Whether something of that ends soon. What ended already has a notice of its own. */
export const faltaPoco = (estado: EstadoSync, turno: Turno | null, ahora: number): boolean =>
  limitesDe(estado, turno, ahora).some(({ como }) => como === 'cerca')
