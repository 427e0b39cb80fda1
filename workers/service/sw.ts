/**
 * The till's shell, kept on the device: with the server away the page opens from here, whole, in one release.
 *
 *   install   fetches every file of this release past the HTTP cache, all or nothing
 *   activate  drops the caches of earlier releases; a page that is open keeps its release until it is closed, because a till is never
 *             reloaded with a sale on the screen
 *   fetch     the page and its files from the cache; everything else is not touched
 *
 * Bundled as one classic script; `__ARCHIVOS__` and `__VERSION__` are put in by the build.
 */
import { type Archivo, cachesViejos, PREFIJO, rutaGuardada } from './precache.ts'

declare const __ARCHIVOS__: Archivo[]
declare const __VERSION__: string
declare const self: ServiceWorkerGlobalScope

const CACHE = PREFIJO + __VERSION__
const RUTAS = new Set(__ARCHIVOS__.map((archivo) => archivo.ruta))

async function guardarTodo(): Promise<void> {
  const cache = await caches.open(CACHE)
  await cache.addAll([...RUTAS].map((ruta) => new Request(ruta, { cache: 'reload', credentials: 'same-origin' })))
}

async function quitarViejos(): Promise<void> {
  await Promise.all(cachesViejos(await caches.keys(), CACHE).map((nombre) => caches.delete(nombre)))
  await self.clients.claim()
}

async function responder(ruta: string, peticion: Request): Promise<Response> {
  const guardada = await caches.match(ruta, { cacheName: CACHE })
  // Evicted by the browser: the network may still have it.
  return guardada ?? fetch(peticion)
}

self.addEventListener('install', (evento) => evento.waitUntil(guardarTodo()))
self.addEventListener('activate', (evento) => evento.waitUntil(quitarViejos()))
self.addEventListener('fetch', (evento) => {
  const { request } = evento
  const ruta = rutaGuardada(
    { metodo: request.method, navegacion: request.mode === 'navigate', url: new URL(request.url), origen: self.location.origin },
    RUTAS,
  )
  if (ruta !== null) evento.respondWith(responder(ruta, request))
})
