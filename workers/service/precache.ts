/**
 * What the shell's service worker answers by itself, decided apart from the browser so that it can be tested. The list of files is made by
 * the build: every one is named by its content or carries a revision, so a cache belongs to exactly one release.
 */
export interface Archivo {
  /** Path from the root, e.g. `/assets/index-3f9a.js`. */
  ruta: string
  /** SHA-256 of the content, first 16 hex. */
  revision: string
}

export const PREFIJO = 'cya-caja-'

/** Paths of the one page. Patterns match path plus query (design 07), so `/?source=pwa` is a page and `/info` is not. */
const PAGINAS = [/^\/(\?|$)/, /^\/index\.html(\?|$)/, /^\/i\/?(\?|$)/]

/** The cached path that answers a request, or null: the network's business (all of /api and /sync, and what another app owns). */
export function rutaGuardada(
  peticion: { metodo: string; navegacion: boolean; url: URL; origen: string },
  archivos: ReadonlySet<string>,
): string | null {
  const { metodo, navegacion, url, origen } = peticion
  if (metodo !== 'GET' || url.origin !== origen) return null
  if (navegacion) return PAGINAS.some((pagina) => pagina.test(url.pathname + url.search)) ? '/' : null
  return archivos.has(url.pathname) ? url.pathname : null
}

/** Caches of ours that no release in use needs. Those of other apps on this origin are theirs. */
export const cachesViejos = (nombres: readonly string[], actual: string): string[] =>
  nombres.filter((n) => n.startsWith(PREFIJO) && n !== actual)
