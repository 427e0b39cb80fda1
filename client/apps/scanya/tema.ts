/** The counter is dark unless somebody chose otherwise on this device; the choice is remembered. */
import { useSyncExternalStore } from 'react'

export type Tema = 'dark' | 'light'
const LLAVE = 'scanya.tema'
const COLOR: Record<Tema, string> = { dark: '#1F2937', light: '#EEF1F5' }
const oyentes = new Set<() => void>()

/** Before the first paint, so that a light counter never flashes dark. */
export function aplicarTema(): void {
  const tema = leerTema()
  document.documentElement.dataset.theme = tema
  document.querySelector('meta[name=theme-color]')?.setAttribute('content', COLOR[tema])
}

export function cambiarTema(tema: Tema): void {
  try {
    localStorage.setItem(LLAVE, tema)
  } catch {
    // a private window forgets it
  }
  document.documentElement.dataset.theme = tema
  document.querySelector('meta[name=theme-color]')?.setAttribute('content', COLOR[tema])
  for (const oyente of oyentes) oyente()
}

export const useTema = (): Tema =>
  useSyncExternalStore(suscribir, () => (document.documentElement.dataset.theme === 'light' ? 'light' : 'dark'))

function leerTema(): Tema {
  try {
    return localStorage.getItem(LLAVE) === 'light' ? 'light' : 'dark'
  } catch {
    return 'dark'
  }
}

function suscribir(oyente: () => void): () => void {
  oyentes.add(oyente)
  return () => void oyentes.delete(oyente)
}
