/** Sheets that were closed with changes in them: nobody is asked, the changes are kept and wait (design 05: mistakes are cheap). */
import type { Cambios } from './forma.ts'

const llave = (negocioId: string, articuloId: string) => `cya:borrador:${negocioId}:${articuloId}`

export function leerBorrador(negocioId: string, articuloId: string): Cambios | null {
  try {
    const texto = localStorage.getItem(llave(negocioId, articuloId))
    return texto === null ? null : (JSON.parse(texto) as Cambios)
  } catch {
    return null
  }
}

/** Null, or nothing in it: there is none. */
export function guardarBorrador(negocioId: string, articuloId: string, cambios: Cambios | null): void {
  try {
    if (cambios === null || Object.keys(cambios).length === 0) localStorage.removeItem(llave(negocioId, articuloId))
    else localStorage.setItem(llave(negocioId, articuloId), JSON.stringify(cambios))
  } catch {
    // Storage is forbidden: then a closed sheet is closed.
  }
}
