/** Which app's colours and title the shell wears: one document, several apps. */
import { catalogo } from './idioma.ts'

const t = catalogo({
  es: { inicio: 'AnunciaYA', studio: 'Business Studio · AnunciaYA', panel: 'Panel · AnunciaYA', publico: 'AnunciaYA' },
  en: { inicio: 'AnunciaYA', studio: 'Business Studio · AnunciaYA', panel: 'Panel · AnunciaYA', publico: 'AnunciaYA' },
})
const FONDO = { inicio: '#f4f2ec', studio: '#f7f6f4', panel: '#f5f7f8', publico: '#ffffff' } as const
const FONDO_OSCURO = { inicio: '#f4f2ec', studio: '#121110', panel: '#0c1215', publico: '#ffffff' } as const

export type AppDeEscritorio = keyof typeof FONDO

/** Sets data-app, data-theme, title and theme colour. What anybody sees is light only; the desk follows the system. */
export function vestir(app: AppDeEscritorio): void {
  const raiz = document.documentElement
  const oscuro = (app === 'studio' || app === 'panel') && matchMedia('(prefers-color-scheme: dark)').matches
  raiz.dataset.app = app
  if (oscuro) raiz.dataset.theme = 'dark'
  else delete raiz.dataset.theme
  document.title = t[app]
  document.querySelector('meta[name="theme-color"]')?.setAttribute('content', (oscuro ? FONDO_OSCURO : FONDO)[app])
}
