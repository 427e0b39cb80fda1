/** The edits that no server took from a device that was revoked: copied out of the database that is about to be erased, for a person (decision 0014). */
import type { Sello } from '../../schema/merge/campos.ts'
import type { Almacen } from './almacen.ts'
import { type Edicion, leerCambio, llave } from './edicion.ts'
import type { Identidad } from './identidad.ts'
import type { Puertos } from './puertos.ts'

const NOTA = 'edicionesSinEntregar'

/** What somebody typed here, for a person to enter again. */
export interface EdicionApartada {
  negocioId: string
  coleccion: string
  id: string
  campos: Record<string, unknown>
  sellos: Record<string, Sello>
}
export interface Apartadas {
  /** Copies what was not taken. Again adds nothing twice. */
  apartar(): Promise<void>
  leer(): Promise<EdicionApartada[]>
  /** A person has them elsewhere, or does not want them. */
  descartar(): Promise<void>
}

export function crearApartadas(puertos: Puertos, almacen: () => Almacen, identidad: Identidad): Apartadas {
  let apartadas: EdicionApartada[] | null = null

  async function leer(): Promise<EdicionApartada[]> {
    apartadas ??= (await puertos.notas.leer<EdicionApartada[]>(NOTA)) ?? []
    return apartadas
  }
  return {
    async apartar() {
      const alta = identidad.alta()
      if (!alta || !almacen().tiene('ediciones')) return
      const filas = (await almacen().buscar('ediciones', {}, ['id'])) as unknown as Edicion[]
      const nuevas = filas.map((e) => ({ negocioId: alta.negocioId, coleccion: e.coleccion, id: e.docId, ...leerCambio(e) }))
      const porLlave = new Map([...(await leer()), ...nuevas].map((e) => [`${e.negocioId}|${llave(e.coleccion, e.id)}`, e]))
      const todas = [...porLlave.values()]
      if (todas.length > 0) await puertos.notas.escribir(NOTA, todas)
      apartadas = todas
    },
    leer,
    async descartar() {
      await puertos.notas.borrar(NOTA)
      apartadas = []
    },
  }
}
