/** Ports for tests in Node: RxDB's memory storage (it outlives a close, like a disk), notes in a map, and a clock and network the test owns. */
import { getRxStorageMemory } from 'rxdb/plugins/storage-memory'
import type { App } from '../../../schema/protocol/pull.ts'
import type { Candados, Notas, Puertos } from '../puertos.ts'

type Instancia = Awaited<ReturnType<ReturnType<typeof getRxStorageMemory>['createStorageInstance']>>
export interface Disco {
  nombre: string
  /** The storage instance opened last for each collection. */
  instancias: Map<string, Instancia>
  storage: ReturnType<typeof getRxStorageMemory>
  notas: Map<string, unknown>
  imagenes: Map<string, unknown>
  candados: Candados
}
let discos = 0
export function unDisco(): Disco {
  const storage = getRxStorageMemory()
  const instancias = new Map<string, Instancia>()
  const crear = storage.createStorageInstance.bind(storage)
  storage.createStorageInstance = async (parametros) => {
    const instancia = await crear(parametros)
    instancias.set(parametros.collectionName, instancia as unknown as Instancia)
    return instancia
  }
  return { nombre: `disco${++discos}`, instancias, storage, notas: new Map(), imagenes: new Map(), candados: candadosDePrueba() }
}

export interface RelojDePrueba {
  wall: number
  mono: number
  avanzar(ms: number): void
}
export function unReloj(wall = Date.UTC(2026, 10, 21, 18)): RelojDePrueba {
  const reloj: RelojDePrueba = {
    wall,
    mono: 1_000,
    avanzar(ms) {
      reloj.wall += ms
      reloj.mono += ms
    },
  }
  return reloj
}

export function puertosDePrueba(disco: Disco, fetch: typeof globalThis.fetch, reloj = unReloj(), app: App = 'scanya'): Puertos {
  return {
    app,
    nombre: disco.nombre,
    base: 'https://servidor.prueba',
    versionApp: 'prueba',
    storage: disco.storage,
    notas: notasDe(disco.notas),
    imagenes: { ...notasDe(disco.imagenes), llaves: async () => [...disco.imagenes.keys()] },
    async leerDeDisco(coleccion, id) {
      const [fila] = (await disco.instancias.get(coleccion)?.findDocumentsById([id], false)) ?? []
      return fila as Record<string, unknown> | undefined
    },
    fetch,
    reloj: {
      now: () => reloj.wall,
      mono: () => reloj.mono,
      setTimeout: (fn, ms) => globalThis.setTimeout(fn, ms),
      clearTimeout: (id) => globalThis.clearTimeout(id as NodeJS.Timeout),
    },
    azar: (n) => globalThis.crypto.getRandomValues(new Uint8Array(n)),
    candados: disco.candados,
    medirAlmacen: async () => null,
    anotarFallo: (haciendo, error) => console.error(haciendo, error),
  }
}

const notasDe = (mapa: Map<string, unknown>): Notas => ({
  leer: async <T>(llave: string) => mapa.get(llave) as T | undefined,
  escribir: async (llave, valor) => void mapa.set(llave, structuredClone(valor)),
  borrar: async (llave) => void mapa.delete(llave),
})

/** Web Locks of one origin, enough of them: exclusive, queued, with steal. */
export function candadosDePrueba(): Candados {
  const tomados = new Map<string, { robar: () => void; fin: Promise<unknown> }>()
  const abortado = () => Object.assign(new Error('the lock was stolen or the wait given up'), { name: 'AbortError' })
  return {
    async pedir(nombre, { robar, signal }, fn) {
      const previo = tomados.get(nombre)
      if (robar) previo?.robar()
      else
        while (tomados.has(nombre)) {
          await Promise.race([
            tomados.get(nombre)?.fin,
            new Promise((_, fallar) => signal?.addEventListener('abort', () => fallar(abortado()), { once: true })),
          ])
        }
      if (signal?.aborted) throw abortado()
      let perder: (error: Error) => void = () => {}
      const robado = new Promise<never>((_, fallar) => {
        perder = fallar
      })
      const trabajo = fn()
      const fin = Promise.race([trabajo, robado])
      const entrada = { robar: () => perder(abortado()), fin: fin.catch(() => {}) }
      tomados.set(nombre, entrada)
      try {
        return await fin
      } finally {
        if (tomados.get(nombre) === entrada) tomados.delete(nombre)
      }
    },
  }
}
