/** What a public page shows: read from the server, and from the last copy on this device when the server does not answer. */
import { useEffect, useState } from 'react'
import type { Codigo } from '../../../schema/core/codigos.ts'
import { pedirJson } from '../../lib/http.ts'

export type Lectura<T> =
  | { en: 'leyendo' }
  | { en: 'no_esta' }
  | { en: 'sin_red' }
  /** The server answered that not now: too many of this address, or it failed. */
  | { en: 'no_ahora'; codigo: Codigo }
  /** `deAt`: when this copy was read, ms; null: just now. */
  | { en: 'leido'; valor: T; deAt: number | null }

interface Copia<T> {
  valor: T
  deAt: number
}

/** Pages that are kept: the last ones seen. */
const PAGINAS = 20
const COPIAS = 'publico-v2'
/** Kept in another form by a release before. */
const DE_ANTES = 'publico-v1'

/** `ruta`: path of the own server, without a session. */
export function useLectura<T>(ruta: string): { lectura: Lectura<T>; otraVez: () => void } {
  const [lectura, setLectura] = useState<Lectura<T>>({ en: 'leyendo' })
  const [intento, setIntento] = useState(0)
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new try reads again
  useEffect(() => {
    let vivo = true
    void leer<T>(ruta, (l) => {
      if (vivo) setLectura(l)
    })
    return () => {
      vivo = false
    }
  }, [ruta, intento])
  return { lectura, otraVez: () => setIntento((n) => n + 1) }
}

/** The copy at once, if there is one, then what the server says; a copy is only called one when the server does not answer. */
async function leer<T>(ruta: string, decir: (lectura: Lectura<T>) => void): Promise<void> {
  const copia = await leerCopia<T>(ruta)
  if (copia) decir({ en: 'leido', valor: copia.valor, deAt: null })
  const r = await pedirJson<T>(ruta)
  if (r.ok) {
    decir({ en: 'leido', valor: r.valor, deAt: null })
    return guardarCopia(ruta, r.valor)
  }
  if (r.codigo === 'NO_ENCONTRADO') {
    decir({ en: 'no_esta' })
    return olvidarCopia(ruta)
  }
  decir(copia ? { en: 'leido', ...copia } : r.codigo === 'SIN_CONEXION' ? { en: 'sin_red' } : { en: 'no_ahora', codigo: r.codigo })
}

async function leerCopia<T>(ruta: string): Promise<Copia<T> | null> {
  try {
    const guardada = await (await caches.open(COPIAS)).match(ruta)
    return guardada ? ((await guardada.json()) as Copia<T>) : null
  } catch {
    return null // no caches here (an insecure context): the page asks the server each time
  }
}

async function guardarCopia<T>(ruta: string, valor: T): Promise<void> {
  try {
    const copias = await caches.open(COPIAS)
    await copias.delete(ruta) // the newest goes last
    await copias.put(ruta, Response.json({ valor, deAt: Date.now() } satisfies Copia<T>))
    const viejas = (await copias.keys()).slice(0, -PAGINAS)
    await Promise.all([caches.delete(DE_ANTES), ...viejas.map((peticion) => copias.delete(peticion))])
  } catch {
    // no room: the next visit asks the server
  }
}

/** What was taken back is not shown again when the network is away. */
async function olvidarCopia(ruta: string): Promise<void> {
  try {
    await (await caches.open(COPIAS)).delete(ruta)
  } catch {
    // nothing was kept
  }
}
