/**
 * What a collection holds, in memory, for what must answer at each key pressed. Read whole the first time somebody asks; after that each document that
 * changes, here or in another tab, is read again from the store, so that the order in which changes are told does not matter.
 */
import { type Almacen, estaBorrada, type Guardada } from './almacen.ts'
import type { ColeccionLocal } from './esquemas.ts'
import { ID_DE_PUNTO } from './punto.ts'

export interface Espejo<T> {
  /** By id, with everything in it that was committed before the call. */
  leer(): Promise<ReadonlyMap<string, T>>
  /** Tells the ids that changed, after the map has them. Gives what ends it. */
  observar(alCambiar: (ids: ReadonlySet<string>) => void): () => void
}

/** What is read at first, where not everything is: what changes later is held in any case. */
interface Cuales {
  selector: Record<string, unknown>
  orden: string[]
  limite: number
}

/** `proyectar`: what is kept of a document; null: nothing. It ends with the store. */
export function crearEspejo<T>(
  almacen: Almacen,
  coleccion: ColeccionLocal,
  proyectar: (fila: Guardada) => T | null,
  cuales?: Cuales,
): Espejo<T> {
  const mapa = new Map<string, T>()
  const observadores = new Set<(ids: ReadonlySet<string>) => void>()
  let sucios = new Set<string>()
  let cargado: Promise<void> | null = null
  let leyendo: Promise<void> | null = null

  function poner(fila: Guardada): void {
    const valor = estaBorrada(fila) || fila.id === ID_DE_PUNTO ? null : proyectar(fila)
    if (valor === null) mapa.delete(fila.id)
    else mapa.set(fila.id, valor)
  }
  async function cargar(): Promise<void> {
    const suscripcion = almacen.coleccion(coleccion).eventBulks$.subscribe(({ events }) => {
      for (const { documentId } of events) if (documentId !== ID_DE_PUNTO) sucios.add(documentId)
      void ponerAlDia().catch(() => {}) // whoever asks next meets the same error
    })
    try {
      const filas = cuales ? await almacen.buscar(coleccion, cuales.selector, cuales.orden, cuales.limite) : await almacen.todas(coleccion)
      for (const fila of filas) poner(fila)
    } catch (error) {
      suscripcion.unsubscribe()
      throw error
    }
  }
  async function releer(): Promise<void> {
    while (sucios.size > 0) {
      const ids = sucios
      sucios = new Set()
      try {
        const filas = await almacen.porId(coleccion, [...ids])
        for (const id of ids) if (!filas.has(id)) mapa.delete(id)
        for (const fila of filas.values()) poner(fila)
      } catch (error) {
        for (const id of ids) sucios.add(id)
        throw error
      }
      for (const observador of observadores) observador(ids)
    }
  }
  async function ponerAlDia(): Promise<void> {
    cargado ??= cargar().catch((error: unknown) => {
      cargado = null
      throw error
    })
    await cargado
    while (sucios.size > 0) {
      leyendo ??= releer().finally(() => {
        leyendo = null
      })
      await leyendo
    }
    if (leyendo) await leyendo
  }

  return {
    async leer() {
      await ponerAlDia()
      return mapa
    },
    observar(alCambiar) {
      observadores.add(alCambiar)
      return () => void observadores.delete(alCambiar)
    },
  }
}

/** One of each store: the store of a device that was revoked is another one afterwards. */
export function porAlmacen<T>(almacen: () => Almacen, hacer: (almacen: Almacen) => T): () => T {
  let de: Almacen | null = null
  let hecho: T | undefined
  return () => {
    const actual = almacen()
    if (de !== actual) {
      de = actual
      hecho = hacer(actual)
    }
    return hecho as T
  }
}
