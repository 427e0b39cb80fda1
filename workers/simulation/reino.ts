/**
 * A realm: one run of the replica worker, with module state of its own (RxDB counts its 13 collections per module realm) and with globals
 * of its own, so that each device has its own clock, timers and chance. The worker is bundled once per process; the bundle is a function
 * whose parameters shadow the globals, and calling it again makes another realm, which the garbage collector can take back (a module
 * imported under a new query string stays for ever).
 */
import { randomUUID } from 'node:crypto'
import { fileURLToPath } from 'node:url'
import vm from 'node:vm'
import { build, stop } from 'esbuild'
import type { RxStorage } from 'rxdb'
import type { ReplicaApi } from '../replica/api.ts'
import type { Puertos } from '../replica/puertos.ts'
import type { Azar } from './azar.ts'
import type { RelojDeEquipo, Tiempo } from './tiempo.ts'
import { despierta, NUNCA, type Vida } from './vida.ts'

export interface ModulosDelReino {
  crearReplica(puertos: Puertos): ReplicaApi
  // biome-ignore lint/suspicious/noExplicitAny: RxDB's own generics are open here
  getRxStorageMemory(): RxStorage<any, any>
}

const SOMBRAS = [
  'module',
  'exports',
  'globalThis',
  'self',
  'Date',
  'Math',
  'crypto',
  'performance',
  'fetch',
  'setTimeout',
  'clearTimeout',
  'setInterval',
  'clearInterval',
  'setImmediate',
  'requestIdleCallback',
  'BroadcastChannel',
  'indexedDB',
  'navigator',
  'process',
] as const
type Sombras = Record<(typeof SOMBRAS)[number], unknown>
type Fabrica = (...sombras: unknown[]) => void

let fabrica: Promise<Fabrica> | undefined

async function compilar(): Promise<Fabrica> {
  const aqui = fileURLToPath(new URL('.', import.meta.url))
  const resultado = await build({
    stdin: {
      contents: `export { crearReplica } from '../replica/replica.ts'\nexport { getRxStorageMemory } from 'rxdb/plugins/storage-memory'`,
      resolveDir: aqui,
      loader: 'ts',
    },
    bundle: true,
    write: false,
    format: 'cjs',
    platform: 'browser',
    target: 'es2023',
    define: { 'process.env.NODE_ENV': '"production"' },
    legalComments: 'none',
    logLevel: 'silent',
  })
  await stop() // its service is a process of its own
  const codigo = resultado.outputFiles[0]?.text ?? ''
  return new vm.Script(`(function(${SOMBRAS.join(',')}){${codigo}\n})`, { filename: 'reino.cjs' }).runInThisContext() as Fabrica
}

/** Makes a realm. Nothing in it can reach the real clock, timers, network or storage. */
export async function abrirReino(tiempo: Tiempo, reloj: RelojDeEquipo, azar: Azar, vida: Vida, dueno: object): Promise<ModulosDelReino> {
  fabrica ??= compilar()
  const modulo = { exports: {} as ModulosDelReino }
  const propios = globales(tiempo, reloj, azar, vida, dueno)
  const global = new Proxy(globalThis, {
    get: (real, llave) => (Object.hasOwn(propios, llave) ? propios[llave as string] : Reflect.get(real, llave, real)),
  })
  const sombras = { ...propios, module: modulo, exports: modulo.exports, globalThis: global, self: global } as Sombras
  ;(await fabrica)(...SOMBRAS.map((nombre) => sombras[nombre]))
  return modulo.exports
}

function globales(tiempo: Tiempo, reloj: RelojDeEquipo, azar: Azar, vida: Vida, dueno: object): Record<string, unknown> {
  const poner = (fn: (...a: unknown[]) => void, ms = 0, ...args: unknown[]) => (vida.viva ? tiempo.poner(() => fn(...args), ms, dueno) : 0)
  const quitar = (id: unknown) => tiempo.quitar(id)
  return {
    Date: relojComoDate(reloj),
    Math: Object.create(Math, { random: { value: () => azar.siguiente() } }),
    crypto: criptografia(tiempo, azar, vida),
    performance: { now: () => reloj.mono(), timeOrigin: 0 },
    fetch: () => Promise.reject(new Error('the replica reaches the network only through its ports')),
    setTimeout: poner,
    clearTimeout: quitar,
    setInterval: (fn: () => void, ms = 0) => {
      const marca = { id: 0 }
      const repetir = () => {
        marca.id = poner(
          () => {
            fn()
            repetir()
          },
          Math.max(1, ms),
        )
      }
      repetir()
      return marca
    },
    clearInterval: (marca: { id: number } | undefined) => quitar(marca?.id),
    setImmediate: (fn: () => void) => poner(fn, 0),
    requestIdleCallback: undefined,
    BroadcastChannel: undefined,
    indexedDB: undefined,
    navigator: undefined,
    process: undefined,
  }
}

function relojComoDate(reloj: RelojDeEquipo): DateConstructor {
  return class extends Date {
    // biome-ignore lint/suspicious/noExplicitAny: Date's overloads
    constructor(...args: any[]) {
      if (args.length === 0) super(reloj.now())
      else super(...(args as [number]))
    }
    static override now = () => reloj.now()
  } as DateConstructor
}

/** WebCrypto runs in threads: its work is counted, and a dead worker never hears its answer. */
function criptografia(tiempo: Tiempo, azar: Azar, vida: Vida): unknown {
  const subtle = new Proxy(globalThis.crypto.subtle, {
    get: (real, nombre) => {
      const metodo = Reflect.get(real, nombre, real)
      if (typeof metodo !== 'function') return metodo
      return async (...args: unknown[]) => {
        if (!vida.viva) return NUNCA
        const valor = await tiempo.contar('crypto', () => metodo.apply(real, args))
        await despierta(vida)
        return valor
      }
    },
  })
  return {
    subtle,
    getRandomValues: (destino: Uint8Array) => {
      destino.set(azar.bytes(destino.length))
      return destino
    },
    randomUUID: () => (vida.viva ? azar.uuid() : randomUUID()),
  }
}
