/**
 * A device's disk: plain data that survives the worker. RxDB's memory storage cannot lose a write, so it is only the working copy; every
 * bulkWrite is committed here as one transaction, as text. A worker that dies loses what was not committed and never hears of what was.
 *
 *   bulkWrite ──► memory instance ──► [before: killed, quota] ──► commit to disk ──► [after: killed] ──► answer
 *
 * A dead worker's promises never settle: nothing it does later reaches the disk.
 */
// biome-ignore lint/suspicious/noExplicitAny: RxDB's own generics are open here
type Cualquiera = any

import type { RxStorage } from 'rxdb'
import type { Notas } from '../replica/puertos.ts'

export type FalloDeDisco = 'muerte_antes' | 'muerte_despues' | 'cuota'
export const NUNCA: Promise<never> = new Promise(() => {})

/** What the storage engine of a browser throws when the disk is full. */
export class QuotaExceededError extends Error {
  constructor() {
    super('The quota has been exceeded.')
    this.name = 'QuotaExceededError'
  }
}

export class Disco {
  /** `${database}|${collection}|${schema version}` -> primary key -> JSON text. */
  readonly partes = new Map<string, Map<string, string>>()
  /** The separate part: device key, enrolment, clock mark. */
  readonly notas = new Map<string, unknown>()
  escrituras = 0
  #fallo: { en: number; tipo: FalloDeDisco } | undefined

  /** The n-th write from now (1 = the next) fails so. */
  preparar(tipo: FalloDeDisco, en: number): void {
    this.#fallo = { en: this.escrituras + en, tipo }
  }
  sanar(): void {
    this.#fallo = undefined
  }
  /** Of a write now beginning. A full disk stays full until `sanar`. */
  falloDeEsta(): FalloDeDisco | undefined {
    this.escrituras++
    if (!this.#fallo || this.escrituras < this.#fallo.en) return undefined
    const { tipo } = this.#fallo
    if (tipo !== 'cuota') this.#fallo = undefined
    return tipo
  }

  parte(llave: string): Map<string, string> {
    const parte = this.partes.get(llave) ?? new Map<string, string>()
    this.partes.set(llave, parte)
    return parte
  }

  /** The browser evicted the store, journal and all; the notes (another store) live. */
  perderAlmacen(): void {
    this.partes.clear()
  }

  /** Reads one committed document, past every cache. */
  leer(coleccion: string, id: string): Record<string, unknown> | undefined {
    for (const [llave, parte] of this.partes) {
      const texto = llave.split('|')[1] === coleccion ? parte.get(id) : undefined
      const documento = texto === undefined ? undefined : (JSON.parse(texto) as Record<string, unknown>)
      if (documento && documento._deleted !== true) return documento
    }
    return undefined
  }

  /** Every living document of a collection, in key order: what the invariants look at. Ids that begin with `~` are the replica's own marks. */
  todos(coleccion: string): Record<string, unknown>[] {
    const partes = [...this.partes].filter(([llave]) => llave.split('|')[1] === coleccion)
    const textos = partes.flatMap(([, parte]) => [...parte].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, texto]) => texto))
    return textos
      .map((texto) => JSON.parse(texto) as Record<string, unknown>)
      .filter((d) => d._deleted !== true && !String(d.id).startsWith('~'))
  }
}

/** One run of a worker on a disk. `alMorir` is told when a planned failure kills it. */
export interface Vida {
  viva: boolean
  alMorir: () => void
}

/** The disk as the RxDB storage of one realm. `memoria` is that realm's own memory storage. */
export function almacenEn(disco: Disco, vida: Vida, memoria: RxStorage<Cualquiera, Cualquiera>): RxStorage<Cualquiera, Cualquiera> {
  return {
    name: 'disco-simulado',
    rxdbVersion: memoria.rxdbVersion,
    async createStorageInstance(params: Cualquiera) {
      if (!vida.viva) return NUNCA
      const interna = await memoria.createStorageInstance(params)
      const parte = disco.parte(`${params.databaseName}|${params.collectionName}|${params.schema.version}`)
      const guardados = [...parte.values()].map((texto) => ({ document: JSON.parse(texto) }))
      if (guardados.length > 0) await interna.bulkWrite(guardados, 'arranque')
      return envolver(interna, parte, disco, vida)
    },
  } as Cualquiera
}

function envolver(interna: Cualquiera, parte: Map<string, string>, disco: Disco, vida: Vida): Cualquiera {
  const llave: string = interna.primaryPath
  const mientrasViva =
    (fn: (...args: unknown[]) => Promise<unknown>) =>
    async (...args: unknown[]) => {
      if (!vida.viva) return NUNCA
      const valor = await fn.apply(interna, args)
      return vida.viva ? valor : NUNCA
    }
  return {
    storage: interna.storage,
    databaseName: interna.databaseName,
    collectionName: interna.collectionName,
    schema: interna.schema,
    internals: interna.internals,
    options: interna.options,
    primaryPath: llave,
    async bulkWrite(filas: { document: Record<string, unknown> }[], contexto: string) {
      if (!vida.viva) return NUNCA
      const fallo = disco.falloDeEsta()
      if (fallo === 'cuota') throw new QuotaExceededError()
      if (fallo === 'muerte_antes') {
        vida.alMorir()
        return NUNCA
      }
      const respuesta = await interna.bulkWrite(filas, contexto)
      if (!vida.viva) return NUNCA
      const malas = new Set(respuesta.error.map((e: { documentId: string }) => e.documentId))
      for (const { document } of filas) {
        const id = document[llave] as string
        if (!malas.has(id)) parte.set(id, JSON.stringify(document))
      }
      if (fallo === 'muerte_despues') {
        vida.alMorir()
        return NUNCA
      }
      return respuesta
    },
    findDocumentsById: mientrasViva(interna.findDocumentsById),
    query: mientrasViva(interna.query),
    count: mientrasViva(interna.count),
    getAttachmentData: mientrasViva(interna.getAttachmentData),
    ...(interna.getChangedDocumentsSince ? { getChangedDocumentsSince: mientrasViva(interna.getChangedDocumentsSince) } : {}),
    changeStream: () => interna.changeStream(),
    async cleanup(minimo: number) {
      if (!vida.viva) return NUNCA
      // Deleted documents stay on the simulated disk: they are few, and an old tombstone that comes back must be harmless.
      return interna.cleanup(minimo)
    },
    close: mientrasViva(interna.close),
    async remove() {
      if (!vida.viva) return NUNCA
      parte.clear()
      return interna.remove()
    },
  }
}

/** The notes of a device, on the same disk but in a part of their own. */
export function notasEn(disco: Disco, vida: Vida): Notas {
  const copia = <T>(valor: T): T => structuredClone(valor)
  return {
    leer: async <T>(llave: string) => (vida.viva ? (copia(disco.notas.get(llave)) as T | undefined) : NUNCA),
    escribir: async (llave, valor) => {
      if (!vida.viva) return NUNCA
      disco.notas.set(llave, copia(valor))
    },
    borrar: async (llave) => {
      if (!vida.viva) return NUNCA
      disco.notas.delete(llave)
    },
  }
}
