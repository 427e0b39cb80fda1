/** From a text to the modules on the plate: alphanumeric, level L, so that 279 characters fill version 8 (design 04 §2: fewer modules read better). */
import qrcode from 'qrcode/lib/core/qrcode.js'
import type { CodigoDibujado } from '../domain/tarjeta/plantilla.ts'

/** Modules of white around the code, as the standard asks. */
const MARGEN = 4

/** `texto`: base45. One path for all dark modules, a rectangle per run of a row. */
export function dibujar(texto: string): CodigoDibujado {
  const { modules } = qrcode.create([{ data: texto, mode: 'alphanumeric' }], { errorCorrectionLevel: 'L' })
  let trazo = ''
  for (let y = 0; y < modules.size; y++) {
    for (let x = 0; x < modules.size; x++) {
      if (!modules.get(y, x)) continue
      const desde = x
      while (x < modules.size && modules.get(y, x)) x++
      trazo += `M${desde + MARGEN} ${y + MARGEN}h${x - desde}v1h${desde - x}z`
    }
  }
  return { trazo, lado: modules.size + 2 * MARGEN }
}
