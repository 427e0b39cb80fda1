/** What anybody may see of a negocio (CAT-15), and the last copy of it on this device. */
import { useEffect, useState } from 'react'
import { pedirJson } from '../../lib/http.ts'

export interface ArticuloDelPerfil {
  id: string
  nombre: string
  descripcion: string
  categoria: string
  tipo: 'producto' | 'servicio'
  destacado: boolean
  desde: boolean
  agotado: boolean
  /** Pesos. */
  precio: number
  /** Where it is sold; empty: everywhere. */
  sucursales: string[]
  /** Paths of its pictures. */
  imagenes: string[]
}
export interface Perfil {
  negocioId: string
  nombre: string
  ciudad: string
  sitioWeb: string
  sucursales: { id: string; nombre: string; direccion: string }[]
  articulos: ArticuloDelPerfil[]
}

export type Lectura =
  | { en: 'leyendo' }
  | { en: 'no_esta' }
  | { en: 'sin_red' }
  /** `deAt`: when this copy was read, ms; null: just now. */
  | { en: 'leido'; perfil: Perfil; deAt: number | null }

/** Pages that are kept: the last ones seen. */
const PAGINAS = 20
const COPIAS = 'publico-v1'

export function usePerfil(codigo: string): { lectura: Lectura; otraVez: () => void } {
  const [lectura, setLectura] = useState<Lectura>({ en: 'leyendo' })
  const [intento, setIntento] = useState(0)
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new try reads again
  useEffect(() => {
    let vivo = true
    const decir = (l: Lectura) => {
      if (vivo) setLectura(l)
    }
    void leer(codigo, decir)
    return () => {
      vivo = false
    }
  }, [codigo, intento])
  return { lectura, otraVez: () => setIntento((n) => n + 1) }
}

/** The copy at once, if there is one, then what the server says; a copy is only called one when the server does not answer. */
async function leer(codigo: string, decir: (lectura: Lectura) => void): Promise<void> {
  const ruta = `/api/negocios/publico/${encodeURIComponent(codigo)}`
  const copia = await leerCopia(ruta)
  if (copia) decir({ en: 'leido', perfil: copia.perfil, deAt: null })
  const r = await pedirJson<Perfil>(ruta)
  if (r.ok) {
    decir({ en: 'leido', perfil: r.valor, deAt: null })
    return guardarCopia(ruta, r.valor)
  }
  if (r.codigo === 'SIN_CONEXION') decir(copia ? { en: 'leido', ...copia } : { en: 'sin_red' })
  else decir({ en: 'no_esta' })
}

async function leerCopia(ruta: string): Promise<{ perfil: Perfil; deAt: number } | null> {
  try {
    const guardada = await (await caches.open(COPIAS)).match(ruta)
    return guardada ? ((await guardada.json()) as { perfil: Perfil; deAt: number }) : null
  } catch {
    return null // no caches here (an insecure context): the page asks the server each time
  }
}

async function guardarCopia(ruta: string, perfil: Perfil): Promise<void> {
  try {
    const copias = await caches.open(COPIAS)
    await copias.delete(ruta) // the newest goes last
    await copias.put(ruta, Response.json({ perfil, deAt: Date.now() }))
    const viejas = (await copias.keys()).slice(0, -PAGINAS)
    await Promise.all(viejas.map((peticion) => copias.delete(peticion)))
  } catch {
    // no room: the next visit asks the server
  }
}

/** CAT-08. Somebody opened an artículo. Nothing depends on whether the server heard it. */
export const contarVista = (id: string): void => void pedirJson(`/api/articulos/${id}/vista`, { metodo: 'POST' })

/** Without accents or case, every word anywhere in name, description or category. */
export function filtrar(articulos: readonly ArticuloDelPerfil[], categoria: string | null, texto: string): ArticuloDelPerfil[] {
  const palabras = doblar(texto).split(/\s+/).filter(Boolean)
  return articulos.filter((a) => {
    if (categoria !== null && a.categoria !== categoria) return false
    const donde = doblar(`${a.nombre} ${a.descripcion} ${a.categoria}`)
    return palabras.every((palabra) => donde.includes(palabra))
  })
}
const doblar = (texto: string) => texto.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase()

/** The categories in the order of the list, each with its artículos. */
export function porCategoria(articulos: readonly ArticuloDelPerfil[]): { nombre: string; articulos: ArticuloDelPerfil[] }[] {
  const grupos = new Map<string, ArticuloDelPerfil[]>()
  for (const a of articulos) grupos.set(a.categoria, [...(grupos.get(a.categoria) ?? []), a])
  return [...grupos].map(([nombre, suyos]) => ({ nombre, articulos: suyos })).sort((a, b) => a.nombre.localeCompare(b.nombre, 'es'))
}
