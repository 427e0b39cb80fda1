/**
 * Everything the replica takes from outside. In the browser these are IndexedDB, fetch, Web Locks; the simulation gives a disk that can
 * lose power, a network that lies, and a clock that jumps. Nothing in workers/replica touches a global that is not here, except WebCrypto.
 */
import type { RxStorage } from 'rxdb'
import type { App } from '../../schema/protocol/pull.ts'

export interface Puertos {
  app: App
  /** Distinguishes databases of one origin: `scanya`, later `scanya-<negocio>`. */
  nombre: string
  /** Server base URL without trailing slash. */
  base: string
  versionApp: string
  // biome-ignore lint/suspicious/noExplicitAny: RxDB's own generics are open here
  storage: RxStorage<any, any>
  notas: Notas
  /** Reads one committed document past RxDB's cache; undefined when it is not on disk. */
  leerDeDisco: (coleccion: string, id: string) => Promise<Record<string, unknown> | undefined>
  /** The same of many at once, in the order asked. Absent: they are read one by one. */
  leerVariosDeDisco?: (coleccion: string, ids: string[]) => Promise<(Record<string, unknown> | undefined)[]>
  /** Every document of a collection, in one answer: RxDB's own reading goes from one to the next. */
  leerTodoDeDisco?(coleccion: string): Promise<Record<string, unknown>[]>
  fetch: typeof globalThis.fetch
  /** Gzips the text of a large body; absent where the platform cannot. */
  comprimir?: (texto: string) => Promise<Uint8Array<ArrayBuffer>>
  reloj: Reloj
  azar: (n: number) => Uint8Array
  candados: Candados
  /** Bytes used and quota, or null where the platform does not tell. `persistente`: it promised not to erase them. */
  medirAlmacen: () => Promise<{ usadoBytes: number; cuotaBytes: number; persistente?: boolean | null } | null>
  /** True where several tabs share the databases. Absent: one realm owns them. */
  variasPestanas?: boolean
  /** Told of each unexpected error once, with what was being done; the caller only gets a code. */
  anotarFallo?: (haciendo: string, error: unknown) => void
  /** Pictures not yet uploaded (Studio: of articulos; a till: of its sales), in a store of their own. */
  imagenes?: Cajon
  /** A picture no larger than it needs to be and with nothing in it but itself (CAT-05). @throws when it is none */
  prepararImagen?: (archivo: Blob) => Promise<Blob>
  /** Deletes the emptied databases of this replica from the platform, where that is possible (a revoked device). */
  borrarBases?: () => Promise<void>
}

/** A small durable key-value store of its own (it outlives the journal's store): device key, enrolment, clock high-water mark. Values are structured clones. */
export interface Notas {
  leer<T>(llave: string): Promise<T | undefined>
  /** Resolves once committed. */
  escribir(llave: string, valor: unknown): Promise<void>
  borrar(llave: string): Promise<void>
}

/** Notes whose keys can be listed. */
export interface Cajon extends Notas {
  llaves(): Promise<string[]>
}

export interface Reloj {
  /** Wall clock, ms. May jump. */
  now(): number
  /** Monotonic ms within one run. */
  mono(): number
  setTimeout(fn: () => void, ms: number): unknown
  clearTimeout(id: unknown): void
}

export interface Candados {
  /** Web Locks: runs fn while the lock is held; rejects with name AbortError when another holder steals it or `signal` aborts the wait. */
  pedir<T>(nombre: string, opciones: { robar?: boolean; signal?: AbortSignal }, fn: () => Promise<T>): Promise<T>
}
