/** Sheets that were closed with changes in them: nobody is asked, the changes are kept and wait (design 05: mistakes are cheap). */
import type { Cambios } from './forma.ts'

const llave = (negocioId: string, id: string) => `cya:borrador:${negocioId}:${id}`

/** `id`: of an artículo, or of another document with its kind before it. */
export function leerBorrador<C extends object = Cambios>(negocioId: string, id: string): C | null {
  try {
    const texto = localStorage.getItem(llave(negocioId, id))
    return texto === null ? null : (JSON.parse(texto) as C)
  } catch {
    return null
  }
}

/** Null, or nothing in it: there is none. */
export function guardarBorrador(negocioId: string, id: string, cambios: object | null): void {
  try {
    if (cambios === null || Object.keys(cambios).length === 0) localStorage.removeItem(llave(negocioId, id))
    else localStorage.setItem(llave(negocioId, id), JSON.stringify(cambios))
  } catch {
    // Storage is forbidden: then a closed sheet is closed.
  }
}
