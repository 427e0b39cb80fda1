/**
 * What an app's service worker answers by itself, decided apart from the browser so that it can be tested. The list of files is made by the
 * build; each is named by its content or carries a revision, so one cache holds what two releases share once, and each release finds its own.
 */
import { type AppInstalable, abreLaPagina, PAGINA } from '../../schema/core/caminos.ts'

export interface Peticion {
  metodo: string
  navegacion: boolean
  url: URL
  origen: string
}

/** Where an app keeps its release: `cardya-v1` (PWA-19). The number is of the way of keeping, not of the release. */
export const nombreDelCache = (app: AppInstalable): string => `${app}-v1`
/** Where it keeps what it fetched because someone used it. */
export const nombreDelUso = (app: AppInstalable): string => `${app}-uso-v1`

/** The kept path that answers a request, or null: the network's business (all of /api and /sync, and what another app owns). */
export function rutaGuardada(app: AppInstalable, { metodo, navegacion, url, origen }: Peticion, rutas: ReadonlySet<string>): string | null {
  if (metodo !== 'GET' || url.origin !== origen) return null
  if (navegacion) return abreLaPagina(app, url.pathname + url.search) ? PAGINA[app] : null
  return rutas.has(url.pathname) ? url.pathname : null
}

/** A file of this app that is kept from its first use on. */
export const esDeUso = ({ metodo, navegacion, url, origen }: Peticion, aDemanda: ReadonlySet<string>): boolean =>
  metodo === 'GET' && !navegacion && url.origin === origen && aDemanda.has(url.pathname)

/** As many pictures as the shell keeps of those it showed; the oldest give way. */
export const IMAGENES_MAXIMO = 400
/** Where it keeps them. */
export const nombreDeLasImagenes = (app: AppInstalable): string => `${app}-imagenes-v1`

/** A picture of a catálogo, named by its content: the kept one is the right one. Only the shell shows any. */
export const esImagen = (app: AppInstalable, { metodo, navegacion, url, origen }: Peticion): boolean =>
  app === 'anunciaya' && metodo === 'GET' && !navegacion && url.origin === origen && /^\/imagenes\/[^/]+\/[0-9a-f]{64}$/.test(url.pathname)

/** Caches of this app that an earlier way of keeping left. Those of other apps on this origin are theirs. */
export const cachesDeAntes = (nombres: readonly string[], app: AppInstalable): string[] => {
  const actuales = [nombreDelCache(app), nombreDelUso(app), nombreDeLasImagenes(app)]
  return nombres.filter((nombre) => nombre.startsWith(`${app}-`) && !actuales.includes(nombre))
}
