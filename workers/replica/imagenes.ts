/**
 * Pictures made on this device (CAT-05), in a store of their own, under the SHA-256 of their bytes: an edit may name one long before a network comes.
 *
 *     guardar ──► pendiente ──upload, before the edits──► subida ──next start, no edit here names it──► gone (the server has it)
 *                   ▲ └── refused ──► rechazada, until a person takes it away or brings the same picture again
 *                   └──────────────────────────────────── subida, next start, its edit is still here
 *
 * Neither a picture that is refused nor one that does not get through keeps an edit here.
 */

import type { Codigo } from '../../schema/core/codigos.ts'
import { aHex } from '../../schema/core/ids.ts'
import { Rechazo } from '../../schema/core/rechazo.ts'
import { IMAGEN_MAXIMA_BYTES, respuestaImagen } from '../../schema/protocol/catalogo.ts'
import { crearCola } from './cola.ts'
import { FalloDeRed, pedir } from './http.ts'
import type { Identidad } from './identidad.ts'
import type { Puertos } from './puertos.ts'

/** Longest side of a picture as it is kept, pixels. */
export const IMAGEN_LADO_MAXIMO = 1_600
/** A photograph as it comes from a camera; beyond this none is opened. */
const ARCHIVO_MAXIMO_BYTES = 60 * 1024 * 1024
/** A slow line is given this long for one picture. */
const ESPERA_MS = 60_000
/** What no later try changes. Anything else is tried again with the next exchange. */
const DEFINITIVOS: ReadonlySet<Codigo> = new Set<Codigo>([
  'IMAGEN_INVALIDA',
  'IMAGEN_GRANDE',
  'CUERPO_EXCEDIDO',
  'TIPO_DE_CONTENIDO',
  'SIN_PERMISO',
])

interface Ficha {
  estado: 'pendiente' | 'subida' | 'rechazada'
  codigo: Codigo | null
  /** When it was made, corrected ms. */
  desdeAt: number
}
interface Dibujo {
  bytes: ArrayBuffer
  tipo: string
}
/** What is known of a picture is read often, the picture itself seldom. */
const FICHA = 'ficha:'
const DIBUJO = 'dibujo:'

export interface Imagenes {
  /**
   * Lets go of what the server has. One that an edit still here names is sent again before that edit: the server keeps no picture for ever that
   * nothing shows.
   */
  asentar(nombradas: ReadonlySet<string>): Promise<void>
  /** Gives its hash. @throws Rechazo REPLICA_SIN_ALTA, SIN_PERMISO, IMAGEN_INVALIDA, IMAGEN_GRANDE */
  guardar(archivo: Blob): Promise<string>
  /** Null: not here any more, or never. */
  leer(hash: string): Promise<Blob | null>
  /** Uploads what is pending. @throws FalloDeRed 401: the session ended */
  subir(token: string): Promise<void>
  cuentas(): Promise<{ pendientes: number; rechazadas: number }>
  /** As edicionesPendientes lists them. */
  pendientes(): Promise<{ coleccion: 'imagenes'; id: string; nombre: string; campos: string[]; desdeAt: number; codigo: Codigo | null }[]>
  /** @throws Rechazo NO_ENCONTRADO: only a refused one is taken away */
  descartar(hash: string): Promise<void>
  /** The device was revoked. */
  olvidar(): Promise<void>
}

export function crearImagenes({
  puertos,
  identidad,
  reloj,
}: {
  puertos: Puertos
  identidad: Identidad
  reloj: { ahora(): number }
}): Imagenes {
  const { imagenes: cajon, prepararImagen } = puertos
  const enCola = crearCola()

  /** What another tab made, uploaded or took away, too. */
  async function leerFichas(): Promise<Map<string, Ficha>> {
    const fichas = new Map<string, Ficha>()
    for (const clave of (await cajon?.llaves()) ?? []) {
      const ficha = clave.startsWith(FICHA) ? await cajon?.leer<Ficha>(clave) : undefined
      if (ficha) fichas.set(clave.slice(FICHA.length), ficha)
    }
    return fichas
  }
  /** Its ficha first: a picture without one is no picture. */
  async function borrar(hash: string): Promise<void> {
    await cajon?.borrar(FICHA + hash)
    await cajon?.borrar(DIBUJO + hash)
  }
  async function guardar(archivo: Blob): Promise<string> {
    if (!identidad.alta()) throw new Rechazo('REPLICA_SIN_ALTA')
    if (!cajon || !prepararImagen) throw new Rechazo('SIN_PERMISO')
    if (archivo.size > ARCHIVO_MAXIMO_BYTES) throw new Rechazo('IMAGEN_GRANDE')
    const preparada = await prepararImagen(archivo).catch(() => {
      throw new Rechazo('IMAGEN_INVALIDA')
    })
    if (preparada.size > IMAGEN_MAXIMA_BYTES) throw new Rechazo('IMAGEN_GRANDE')
    const bytes = await preparada.arrayBuffer()
    const hash = aHex(new Uint8Array(await globalThis.crypto.subtle.digest('SHA-256', bytes)))
    const previa = await cajon.leer<Ficha>(FICHA + hash)
    if (previa && previa.estado !== 'rechazada') return hash
    const ficha: Ficha = { estado: 'pendiente', codigo: null, desdeAt: Math.floor(reloj.ahora()) }
    await cajon.escribir(DIBUJO + hash, { bytes, tipo: preparada.type } satisfies Dibujo)
    await cajon.escribir(FICHA + hash, ficha)
    return hash
  }
  /** False: nothing more gets through now. */
  async function subirUna(hash: string, ficha: Ficha, token: string): Promise<boolean> {
    const dibujo = await cajon?.leer<Dibujo>(DIBUJO + hash)
    if (!dibujo) return true
    const bytes = { datos: dibujo.bytes, tipo: dibujo.tipo }
    try {
      await pedir(puertos, `/api/imagenes/${hash}`, respuestaImagen, { metodo: 'PUT', bytes, token, esperaMs: ESPERA_MS })
      await cajon?.escribir(FICHA + hash, { ...ficha, estado: 'subida' } satisfies Ficha)
    } catch (error) {
      if (!(error instanceof FalloDeRed) || error.status === 401) throw error
      if (!DEFINITIVOS.has(error.codigo)) return false
      await cajon?.escribir(FICHA + hash, { ...ficha, estado: 'rechazada', codigo: error.codigo } satisfies Ficha)
    }
    return true
  }

  return {
    async asentar(nombradas) {
      for (const [hash, ficha] of await leerFichas()) {
        if (ficha.estado !== 'subida') continue
        if (nombradas.has(hash)) await cajon?.escribir(FICHA + hash, { ...ficha, estado: 'pendiente' } satisfies Ficha)
        else await borrar(hash)
      }
    },
    guardar: (archivo) => enCola(() => guardar(archivo)),
    async leer(hash) {
      const dibujo = await cajon?.leer<Dibujo>(DIBUJO + hash)
      return dibujo ? new Blob([dibujo.bytes], { type: dibujo.tipo }) : null
    },
    async subir(token) {
      for (const [hash, ficha] of await leerFichas()) if (ficha.estado === 'pendiente' && !(await subirUna(hash, ficha, token))) return
    },
    async cuentas() {
      const estados = [...(await leerFichas()).values()].map(({ estado }) => estado)
      return {
        pendientes: estados.filter((estado) => estado === 'pendiente').length,
        rechazadas: estados.filter((estado) => estado === 'rechazada').length,
      }
    },
    async pendientes() {
      const esperan = [...(await leerFichas())].filter(([, { estado }]) => estado !== 'subida')
      return esperan.map(([id, { desdeAt, codigo }]) => ({ coleccion: 'imagenes', id, nombre: '', campos: ['imagenes'], desdeAt, codigo }))
    },
    async descartar(hash) {
      if ((await cajon?.leer<Ficha>(FICHA + hash))?.estado !== 'rechazada') throw new Rechazo('NO_ENCONTRADO')
      await borrar(hash)
    },
    async olvidar() {
      for (const clave of (await cajon?.llaves()) ?? []) await cajon?.borrar(clave)
    },
  }
}
