/**
 * The replica's RxDB database. Screens query through RxDB (live, cached); the machinery reads and writes the storage instances themselves: what it
 * reads is what is committed, and one `escribir` is one transaction of one collection. There is no transaction across collections.
 */
import {
  createRxDatabase,
  normalizeMangoQuery,
  prepareQuery,
  type RxCollection,
  type RxDatabase,
  type RxDocumentData,
  removeCollectionStorages,
} from 'rxdb'
import { type ColeccionLocal, coleccionesDe, completar, esquemaDe, type Fila } from './esquemas.ts'
import type { Puertos } from './puertos.ts'

export type Guardada = RxDocumentData<Fila>
export interface Escritura {
  nueva: Fila
  /** What the writer believes is stored; undefined for a new document. */
  previa?: Guardada | undefined
  borrar?: boolean
}
type Selector = Record<string, unknown>

export interface Almacen {
  /** The RxDB collection, for live queries. */
  coleccion(nombre: ColeccionLocal): RxCollection<Fila>
  tiene(nombre: string): boolean
  /** Committed documents by id; deleted ones too, for the revision they carry. */
  porId(nombre: ColeccionLocal, ids: string[]): Promise<Map<string, Guardada>>
  /** Committed documents, in ascending order of `orden` (indexed). */
  buscar(nombre: ColeccionLocal, selector: Selector, orden: string[], limite?: number): Promise<Guardada[]>
  /** Every committed document, in no order. */
  todas(nombre: ColeccionLocal): Promise<Guardada[]>
  contar(nombre: ColeccionLocal, selector: Selector): Promise<number>
  /** One transaction. Gives the ids whose `previa` was not what is stored (or that were there already). */
  escribir(nombre: ColeccionLocal, filas: Escritura[]): Promise<string[]>
  /** Forgets deleted documents for good. */
  limpiar(nombre: ColeccionLocal): Promise<void>
  cerrar(): Promise<void>
  /** Erases every collection of this database. */
  destruir(): Promise<void>
}

/** @throws whatever the platform throws when it refuses to open */
export async function abrirAlmacen(puertos: Puertos): Promise<Almacen> {
  const db = (await createRxDatabase({
    name: puertos.nombre,
    storage: puertos.storage,
    multiInstance: puertos.variasPestanas ?? false,
    eventReduce: true,
    allowSlowCount: true,
  })) as RxDatabase<Record<string, RxCollection<Fila>>>
  try {
    for (const nombre of coleccionesDe(puertos.app)) await agregar(db, nombre)
  } catch (error) {
    await db.close()
    throw error
  }
  return almacenDe(db, puertos)
}

/** Adds a collection. One whose indexes changed since it was stored is dropped and pulled again; what exists nowhere else never is. */
async function agregar(db: RxDatabase, nombre: ColeccionLocal): Promise<void> {
  const creador = { [nombre]: { schema: esquemaDe(nombre) } }
  try {
    await db.addCollections(creador)
  } catch (error) {
    if ((error as { code?: string }).code !== 'DB6' || nombre === 'diario' || nombre === 'ediciones') throw error
    await removeCollectionStorages(db.storage, db.internalStore, db.token, db.name, nombre, db.multiInstance, db.password, db.hashFunction)
    await db.addCollections(creador)
  }
}

function almacenDe(db: RxDatabase<Record<string, RxCollection<Fila>>>, puertos: Pick<Puertos, 'leerTodoDeDisco'>): Almacen {
  const coleccion = (nombre: ColeccionLocal) => {
    const hallada = db.collections[nombre]
    if (!hallada) throw new Error(`the replica has no collection ${nombre}`)
    return hallada
  }
  const preparar = (nombre: ColeccionLocal, selector: Selector, orden: string[], limite?: number) => {
    const esquema = coleccion(nombre).schema.jsonSchema
    const consulta = {
      selector: { ...selector },
      sort: orden.map((campo) => ({ [campo]: 'asc' as const })),
      ...(limite ? { limit: limite } : {}),
    }
    const normal = normalizeMangoQuery(esquema as never, consulta as never)
    const sinBorrados = { ...normal, selector: { ...normal.selector, _deleted: { $eq: false } } }
    return prepareQuery(esquema as never, sinBorrados as never) as never
  }
  const buscar = async (nombre: ColeccionLocal, selector: Selector, orden: string[], limite?: number) =>
    (await coleccion(nombre).storageInstance.query(preparar(nombre, selector, orden, limite))).documents as Guardada[]
  return {
    coleccion,
    tiene: (nombre) => db.collections[nombre] !== undefined,
    async porId(nombre, ids) {
      const halladas = (await coleccion(nombre).storageInstance.findDocumentsById(ids, true)) as Guardada[]
      return new Map(halladas.map((fila) => [fila.id, fila]))
    },
    buscar,
    todas: async (nombre) => ((await puertos.leerTodoDeDisco?.(nombre)) as Guardada[] | undefined) ?? buscar(nombre, {}, ['id']),
    async contar(nombre, selector) {
      return (await coleccion(nombre).storageInstance.count(preparar(nombre, selector, ['id']))).count
    },
    async escribir(nombre, filas) {
      if (filas.length === 0) return []
      const renglones = filas.map(({ nueva, previa, borrar }) => ({
        document: completar(nombre, { ...nueva, _deleted: borrar ?? false, _attachments: {}, _meta: { lwt: 0 }, _rev: '' }),
        ...(previa ? { previous: previa } : {}),
      }))
      const { error } = await coleccion(nombre).storageInstance.bulkWrite(renglones as never, 'replica')
      return error.map((fallo) => fallo.documentId)
    },
    async limpiar(nombre) {
      await coleccion(nombre).storageInstance.cleanup(0)
    },
    cerrar: async () => void (await db.close()),
    destruir: async () => void (await db.remove()),
  }
}

export const estaBorrada = (fila: Guardada): boolean => fila._deleted

/** The document without what RxDB hangs on it. */
export function limpia(fila: Guardada): Fila {
  const { _deleted, _attachments, _meta, _rev, ...propia } = fila
  return propia as unknown as Fila
}
