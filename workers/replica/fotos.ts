/**
 * Evidence photos of sales (SCAN-17), in a store of their own, under the SHA-256 of their bytes. A sale names one before any network comes, and leaves without
 * waiting for it: a photo goes up after the journal, by parts, from the byte the server wants, and is gone from here once it is there whole.
 *
 *     guardar ──► sale in the journal ──sync: journal first──► subir: part by part ──► gone
 *        └── never named by a sale, a day later ──► gone
 *
 * A refused one stays until a person has seen it (SCAN-34: what is missing is said, never hidden).
 */
import type { Codigo } from '../../schema/core/codigos.ts'
import { aHex } from '../../schema/core/ids.ts'
import { Rechazo } from '../../schema/core/rechazo.ts'
import { DIA } from '../../schema/core/tiempo.ts'
import { FOTO_MAXIMA_BYTES, PARTE_DE_FOTO_BYTES, respuestaEvidencia } from '../../schema/protocol/evidencias.ts'
import { crearCola } from './cola.ts'
import { FalloDeRed, pedir } from './http.ts'
import type { Identidad } from './identidad.ts'
import type { Puertos } from './puertos.ts'

/** A photograph as it comes from a camera; beyond this none is opened. */
const ARCHIVO_MAXIMO_BYTES = 60 * 1024 * 1024
/** A slow line is given this long for one part. */
const ESPERA_MS = 60_000
/** What no later try changes. */
const DEFINITIVOS: ReadonlySet<Codigo> = new Set<Codigo>(['IMAGEN_INVALIDA', 'IMAGEN_GRANDE', 'CUERPO_EXCEDIDO', 'SIN_PERMISO'])

interface Ficha {
  estado: 'pendiente' | 'rechazada'
  codigo: Codigo | null
  /** When it was taken, corrected ms. */
  desdeAt: number
  bytes: number
  /** Handed in so far, as the server said it last. */
  recibidos: number
  /** Some sale has it. */
  nombrada: boolean
}
const FICHA = 'ficha:'
const FOTO = 'foto:'

export interface FotoPendiente {
  hash: string
  desdeAt: number
  bytes: number
  recibidos: number
  /** Why the server will not have it; null: it waits. */
  codigo: Codigo | null
}

export interface Fotos {
  /** Gives its hash. @throws Rechazo REPLICA_SIN_ALTA, SIN_PERMISO (no camera here), IMAGEN_INVALIDA, IMAGEN_GRANDE, DISCO_LLENO */
  guardar(archivo: Blob): Promise<string>
  /** A sale was recorded with it: from now on it is sent. Unknown ones are nobody's. */
  nombrar(hash: string): Promise<void>
  /** Null: not here any more, or never. */
  leer(hash: string): Promise<Blob | null>
  /** Hands in what waits, oldest first, as far as the network goes. @throws FalloDeRed 401: the session ended */
  subir(token: string): Promise<void>
  /** Those of sales, oldest first. */
  pendientes(): Promise<FotoPendiente[]>
  /** @throws Rechazo NO_ENCONTRADO: only a refused one is taken away */
  descartar(hash: string): Promise<void>
  /** Once a run: lets go of what no sale took. `nombradas`: asked only where there is such a one: hashes that sales in the journal name. */
  asentar(nombradas: () => Promise<ReadonlySet<string>>): Promise<void>
  /** The device was revoked. */
  olvidar(): Promise<void>
}

export function crearFotos({ puertos, identidad, reloj }: { puertos: Puertos; identidad: Identidad; reloj: { ahora(): number } }): Fotos {
  const { imagenes: cajon, prepararImagen } = puertos
  const enCola = crearCola()

  async function fichas(): Promise<[hash: string, ficha: Ficha][]> {
    const todas: [string, Ficha][] = []
    for (const clave of (await cajon?.llaves()) ?? []) {
      const ficha = clave.startsWith(FICHA) ? await cajon?.leer<Ficha>(clave) : undefined
      if (ficha) todas.push([clave.slice(FICHA.length), ficha])
    }
    return todas.sort(([, a], [, b]) => a.desdeAt - b.desdeAt)
  }
  const anotar = (hash: string, ficha: Ficha) => cajon?.escribir(FICHA + hash, ficha)
  /** Its ficha first: a photo without one is no photo. */
  async function borrar(hash: string): Promise<void> {
    await cajon?.borrar(FICHA + hash)
    await cajon?.borrar(FOTO + hash)
  }

  async function guardar(archivo: Blob): Promise<string> {
    if (!identidad.alta()) throw new Rechazo('REPLICA_SIN_ALTA')
    if (!cajon || !prepararImagen) throw new Rechazo('SIN_PERMISO')
    if (archivo.size > ARCHIVO_MAXIMO_BYTES) throw new Rechazo('IMAGEN_GRANDE')
    const preparada = await prepararImagen(archivo).catch(() => {
      throw new Rechazo('IMAGEN_INVALIDA')
    })
    if (preparada.size > FOTO_MAXIMA_BYTES) throw new Rechazo('IMAGEN_GRANDE')
    const bytes = await preparada.arrayBuffer()
    const hash = aHex(new Uint8Array(await globalThis.crypto.subtle.digest('SHA-256', bytes)))
    if (await cajon.leer<Ficha>(FICHA + hash)) return hash
    try {
      await cajon.escribir(FOTO + hash, bytes)
      const ficha: Ficha = {
        estado: 'pendiente',
        codigo: null,
        desdeAt: Math.floor(reloj.ahora()),
        bytes: bytes.byteLength,
        recibidos: 0,
        nombrada: false,
      }
      await cajon.escribir(FICHA + hash, ficha)
    } catch {
      throw new Rechazo('DISCO_LLENO')
    }
    return hash
  }

  /** False: nothing more gets through now. */
  async function subirUna(hash: string, ficha: Ficha, token: string): Promise<boolean> {
    const foto = await cajon?.leer<ArrayBuffer>(FOTO + hash)
    if (!foto) {
      await borrar(hash)
      return true
    }
    const total = foto.byteLength
    try {
      // The server says from where to go on: a part that did not arrive, or one that did and whose answer did not, heal alike. Each part moves it or ends it.
      for (let desde = ficha.recibidos, vueltas = 0; vueltas <= 2 * Math.ceil(total / PARTE_DE_FOTO_BYTES); vueltas++) {
        const datos = foto.slice(desde, desde + PARTE_DE_FOTO_BYTES)
        const ruta = `/api/scanya/evidencias/${hash}?desde=${desde}&total=${total}`
        const { recibidos, completa } = await pedir(puertos, ruta, respuestaEvidencia, {
          ...{ metodo: 'PUT', bytes: { datos, tipo: 'image/webp' }, token, esperaMs: ESPERA_MS },
        })
        if (completa) {
          await borrar(hash)
          return true
        }
        desde = Math.min(recibidos, total)
        await anotar(hash, { ...ficha, recibidos: desde })
      }
      return true
    } catch (error) {
      if (!(error instanceof FalloDeRed) || error.status === 401) throw error
      if (!DEFINITIVOS.has(error.codigo)) return false
      await anotar(hash, { ...ficha, estado: 'rechazada', codigo: error.codigo })
      return true
    }
  }

  return {
    guardar: (archivo) => enCola(() => guardar(archivo)),
    async nombrar(hash) {
      const ficha = await cajon?.leer<Ficha>(FICHA + hash)
      if (ficha) await anotar(hash, { ...ficha, nombrada: true })
    },
    async leer(hash) {
      const foto = await cajon?.leer<ArrayBuffer>(FOTO + hash)
      return foto ? new Blob([foto], { type: 'image/webp' }) : null
    },
    async subir(token) {
      for (const [hash, ficha] of await fichas())
        if (ficha.nombrada && ficha.estado === 'pendiente' && !(await subirUna(hash, ficha, token))) return
    },
    async pendientes() {
      const suyas = (await fichas()).filter(([, { nombrada }]) => nombrada)
      return suyas.map(([hash, { desdeAt, bytes, recibidos, codigo }]) => ({ hash, desdeAt, bytes, recibidos, codigo }))
    },
    async descartar(hash) {
      if ((await cajon?.leer<Ficha>(FICHA + hash))?.estado !== 'rechazada') throw new Rechazo('NO_ENCONTRADO')
      await borrar(hash)
    },
    async asentar(nombradas) {
      const sinVenta = (await fichas()).filter(([, ficha]) => !ficha.nombrada)
      if (sinVenta.length === 0) return
      const suyas = await nombradas()
      for (const [hash, ficha] of sinVenta) {
        // A sale may have been written and this not: its photo is found by what the journal says.
        if (suyas.has(hash)) await anotar(hash, { ...ficha, nombrada: true })
        else if (ficha.desdeAt < reloj.ahora() - DIA) await borrar(hash)
      }
    },
    async olvidar() {
      for (const clave of (await cajon?.llaves()) ?? []) await cajon?.borrar(clave)
    },
  }
}
