/** A planted bug: the judge of a sale of this monto throws. */
import type { RegistroDeJueces } from '../../schema/domain/hechos/libro.ts'
import { JUECES } from '../../schema/registry.ts'

export const VENENO = 66_600

/** The judges with the bug, as long as `mientras` says so. */
export const juecesConVeneno = (mientras: () => boolean = () => true): RegistroDeJueces => ({
  ...JUECES,
  venta: (libro, cambios, entrada) => {
    if (mientras() && (entrada.sobre.datos as { montoCentavos: number }).montoCentavos === VENENO) throw new Error('planted')
    JUECES.venta?.(libro, cambios, entrada)
  },
})
