/**
 * Which paths are whose. The server answers its own, three apps share the rest; a service worker and the server must agree on it, or a page
 * opens another app's shell (PWA-21).
 */
export const APPS = ['anunciaya', 'scanya', 'cardya'] as const
export type AppInstalable = (typeof APPS)[number]

/** The page of each app, which is also the scope of its service worker. The final slash keeps a scope from swallowing its neighbours. */
export const PAGINA: Record<AppInstalable, string> = { anunciaya: '/', scanya: '/scanya-widget/', cardya: '/cardya-widget/' }

/** First segments that are never a screen: the server's own. */
export const DEL_SERVIDOR = ['api', 'sync', 'v1', 'health', 'ready', 'metrics', 'imagenes']
/** Addresses people know, which the server sends on to the widget (SCAN-02, CARD-01; `/i` is the enrolment link). */
const REENVIADOS = ['scanya', 'cardya', 'i']

const primerSegmento = (camino: string): string => /^\/+([^/?#]*)/.exec(camino)?.[1] ?? ''

/** @param camino a path, with or without its query */
export const esDelServidor = (camino: string): boolean => DEL_SERVIDOR.includes(primerSegmento(camino))

/** The app a path belongs to by its first segment; what is of no widget is the shell's. */
export function appDe(camino: string): AppInstalable {
  const primero = primerSegmento(camino)
  return primero === 'scanya-widget' ? 'scanya' : primero === 'cardya-widget' ? 'cardya' : 'anunciaya'
}

/**
 * Whether opening this path shows the app's page: a screen has no extension, and neither the server nor another app owns it.
 * @param camino path plus query, e.g. `/scanya-widget/?source=pwa`
 */
export function abreLaPagina(app: AppInstalable, camino: string): boolean {
  const solo = camino.replace(/[?#].*$/s, '')
  if (/\.[^/]*$/.test(solo)) return solo === `${PAGINA[app]}index.html`
  return appDe(solo) === app && !esDelServidor(solo) && !(app === 'anunciaya' && REENVIADOS.includes(primerSegmento(solo)))
}
