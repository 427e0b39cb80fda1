/** The replica's ports in a browser's worker. */
import { Dexie } from 'dexie'
import { getRxStorageDexie } from 'rxdb/plugins/storage-dexie'
import { azarDelSistema } from '../../schema/core/ids.ts'
import type { App } from '../../schema/protocol/pull.ts'
import type { Candados, Notas, Puertos } from './puertos.ts'

export interface Opciones {
  app: App
  nombre: string
  base: string
  versionApp: string
}
const BORRADO_MS = 3_000

/** `now`: the clock as the device shows it, from before the guard was installed. */
export function puertosDelNavegador(opciones: Opciones, notas: Notas, now: () => number): Puertos {
  const lectoras = new Map<string, Promise<Dexie>>()
  return {
    ...opciones,
    notas,
    storage: getRxStorageDexie({ chromeTransactionDurability: 'strict' }),
    leerDeDisco: async (coleccion, id) => (await leer(await lectora(lectoras, baseDe(opciones.nombre, coleccion)), [id]))[0],
    leerVariosDeDisco: async (coleccion, ids) => leer(await lectora(lectoras, baseDe(opciones.nombre, coleccion)), ids),
    leerTodoDeDisco: async (coleccion) => leerTodo(await lectora(lectoras, baseDe(opciones.nombre, coleccion))),
    fetch: (direccion, init) => fetch(direccion, init),
    ...(typeof CompressionStream === 'undefined' ? {} : { comprimir: enGzip }),
    reloj: {
      now,
      mono: () => performance.now(),
      setTimeout: (fn, ms) => setTimeout(fn, ms),
      clearTimeout: (id) => clearTimeout(id as ReturnType<typeof setTimeout>),
    },
    azar: azarDelSistema,
    candados: candadosWeb(),
    medirAlmacen,
    variasPestanas: true,
    anotarFallo: (haciendo, error) => console.error(`replica: ${haciendo}`, error),
    async borrarBases() {
      for (const base of lectoras.values()) (await base).close()
      lectoras.clear()
      await borrarBasesDe(opciones.nombre)
    },
  }
}

async function enGzip(texto: string): Promise<Uint8Array<ArrayBuffer>> {
  const apretado = new Blob([texto]).stream().pipeThrough(new CompressionStream('gzip'))
  return new Uint8Array(await new Response(apretado).arrayBuffer())
}

/** RxDB keeps each collection in a database of this name (plugins/storage-dexie/dexie-helper), version 0 of its schema. */
const baseDe = (nombre: string, coleccion: string) => `rxdb-dexie-${nombre}--0--${coleccion}`
const TABLA = 'docs'

/** A connection of our own: what it reads was committed, whatever RxDB holds in memory. */
function lectora(abiertas: Map<string, Promise<Dexie>>, nombre: string): Promise<Dexie> {
  const conocida = abiertas.get(nombre)
  if (conocida) return conocida
  const base = new Dexie(nombre)
  const abierta = base.open().catch((error: unknown) => {
    abiertas.delete(nombre)
    throw error
  }) as unknown as Promise<Dexie>
  abiertas.set(nombre, abierta)
  return abierta
}
/** Texts are stored as they are; RxDB only turns `_deleted` into '0' or '1'. */
async function leer(base: Dexie, ids: string[]): Promise<(Record<string, unknown> | undefined)[]> {
  const filas = (await base.table(TABLA).bulkGet(ids)) as (Record<string, unknown> | undefined)[]
  return filas.map((fila) => (fila && fila._deleted !== '1' ? fila : undefined))
}

/** Deleted ones are left out. */
async function leerTodo(base: Dexie): Promise<Record<string, unknown>[]> {
  const filas = (await base.table(TABLA).toArray()) as Record<string, unknown>[]
  return filas.flatMap((fila) => (fila._deleted === '1' ? [] : [{ ...fila, _deleted: false }]))
}

/** Without Web Locks (an old browser) each tab believes it leads: uploads and pulls bear that, the network pays twice. */
function candadosWeb(): Candados {
  const candados = navigator.locks as LockManager | undefined
  if (!candados) return { pedir: (_nombre, _opciones, fn) => fn() }
  return {
    pedir: (nombre, { robar, signal }, fn) =>
      candados.request(nombre, { ...(robar ? { steal: true } : {}), ...(signal ? { signal } : {}) }, fn) as ReturnType<typeof fn>,
  }
}

async function medirAlmacen(): Promise<{ usadoBytes: number; cuotaBytes: number; persistente: boolean | null } | null> {
  const medida = await navigator.storage?.estimate?.()
  if (medida?.usage === undefined || medida.quota === undefined) return null
  const persistente = (await navigator.storage.persisted?.().catch(() => null)) ?? null
  return { usadoBytes: medida.usage, cuotaBytes: medida.quota, persistente }
}

/** Emptied already; another tab that holds one open keeps only an empty shell alive. */
async function borrarBasesDe(nombre: string): Promise<void> {
  const suyas = (await Dexie.getDatabaseNames()).filter((base) => base.startsWith(`rxdb-dexie-${nombre}--`))
  const plazo = new Promise<void>((resolver) => setTimeout(resolver, BORRADO_MS))
  await Promise.race([Promise.all(suyas.map((base) => Dexie.delete(base))), plazo])
}
