/** What anybody may see of a negocio (CAT-15). */
import { pedirJson } from '../../lib/http.ts'
import { type Lectura, useLectura } from './lectura.ts'

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

/** `codigo`: of the negocio, as its tills say it. */
export const usePerfil = (codigo: string): { lectura: Lectura<Perfil>; otraVez: () => void } =>
  useLectura<Perfil>(`/api/negocios/publico/${encodeURIComponent(codigo)}`)

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
