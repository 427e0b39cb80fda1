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
import { despierta, NUNCA, type Vida } from './vida.ts'

export type FalloDeDisco = 'muerte_antes' | 'muerte_despues' | 'cuota'

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

/** The working copy of a disk: of one worker, or of the tabs that share it. It lasts as long as one of them lives. */
export interface Memoria {
  storage: RxStorage<Cualquiera, Cualquiera>
  /** Parts of the disk that are in it. */
  cargadas: Map<string, Promise<void>>
  /** False once the device lost power: what was not committed by then is gone. */
  encendida: boolean
}
export const nuevaMemoria = (storage: RxStorage<Cualquiera, Cualquiera>): Memoria => ({ storage, cargadas: new Map(), encendida: true })

/** The disk as the RxDB storage of one realm. */
export function almacenEn(disco: Disco, vida: Vida, memoria: Memoria): RxStorage<Cualquiera, Cualquiera> {
  return {
    name: 'disco-simulado',
    rxdbVersion: memoria.storage.rxdbVersion,
    async createStorageInstance(params: Cualquiera) {
      await despierta(vida)
      const interna: Cualquiera = await memoria.storage.createStorageInstance(params)
      const llave = `${params.databaseName}|${params.collectionName}|${params.schema.version}`
      const parte = disco.parte(llave)
      const cargada = memoria.cargadas.get(llave) ?? cargar(interna, parte)
      memoria.cargadas.set(llave, cargada)
      await cargada
      return envolver(interna, parte, disco, vida, memoria, () => memoria.cargadas.delete(llave))
    },
  } as Cualquiera
}

async function cargar(interna: Cualquiera, parte: Map<string, string>): Promise<void> {
  const guardados = [...parte.values()].map((texto) => ({ document: JSON.parse(texto) }))
  if (guardados.length > 0) await interna.bulkWrite(guardados, 'arranque')
}

function envolver(
  interna: Cualquiera,
  parte: Map<string, string>,
  disco: Disco,
  vida: Vida,
  memoria: Memoria,
  alBorrar: () => void,
): Cualquiera {
  const llave: string = interna.primaryPath
  const mientrasViva =
    (fn: (...args: unknown[]) => Promise<unknown>) =>
    async (...args: unknown[]) => {
      await despierta(vida)
      const valor = await fn.apply(interna, args)
      await despierta(vida)
      return valor
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
      await despierta(vida)
      const fallo = disco.falloDeEsta()
      if (fallo === 'cuota') throw new QuotaExceededError()
      if (fallo === 'muerte_antes') {
        vida.alMorir()
        return NUNCA
      }
      const respuesta = await interna.bulkWrite(filas, contexto)
      // Other tabs have seen it by now: with the one that wrote it closed, it is committed all the same.
      if (!memoria.encendida) return NUNCA
      const malas = new Set(respuesta.error.map((e: { documentId: string }) => e.documentId))
      for (const { document } of filas) {
        const id = document[llave] as string
        if (!malas.has(id)) parte.set(id, JSON.stringify(document))
      }
      if (fallo === 'muerte_despues') {
        vida.alMorir()
        return NUNCA
      }
      await despierta(vida)
      return respuesta
    },
    findDocumentsById: mientrasViva(interna.findDocumentsById),
    query: mientrasViva(interna.query),
    count: mientrasViva(interna.count),
    getAttachmentData: mientrasViva(interna.getAttachmentData),
    ...(interna.getChangedDocumentsSince ? { getChangedDocumentsSince: mientrasViva(interna.getChangedDocumentsSince) } : {}),
    changeStream: () => interna.changeStream(),
    async cleanup(minimo: number) {
      await despierta(vida)
      // Deleted documents stay on the simulated disk: they are few, and an old tombstone that comes back must be harmless.
      return interna.cleanup(minimo)
    },
    close: mientrasViva(interna.close),
    async remove() {
      await despierta(vida)
      parte.clear()
      alBorrar()
      return interna.remove()
    },
  }
}

/** The notes of a device, on the same disk but in a part of their own. */
export function notasEn(disco: Disco, vida: Vida): Notas {
  const copia = <T>(valor: T): T => structuredClone(valor)
  return {
    leer: async <T>(llave: string) => {
      await despierta(vida)
      return copia(disco.notas.get(llave)) as T | undefined
    },
    escribir: async (llave, valor) => {
      await despierta(vida)
      disco.notas.set(llave, copia(valor))
    },
    borrar: async (llave) => {
      await despierta(vida)
      disco.notas.delete(llave)
    },
  }
}
