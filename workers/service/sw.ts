/**
 * An installed app, kept on the device: with the server away its page opens from here, whole, in one release. Built once per app (PWA-21),
 * with that app's own list of files.
 *
 *   install   fetches the files of this release that are not here yet, each checked against its hash; all or nothing
 *   waiting   until every page of the app is closed, or its user takes the update: a till is never reloaded with a sale on the screen
 *   activate  drops files that only earlier releases had
 *   push      shown and opened, in the card alone (avisos.ts)
 *   fetch     the page and its files from the cache, and pictures of a catálogo once they were seen; everything else is not touched
 *
 * The list is the whole release, so nothing is asked of the network first: a page and its parts always belong together.
 */

import type { PrecacheEntry } from 'workbox-precaching/_types'
import { PrecacheController } from 'workbox-precaching/PrecacheController'
import { type AppInstalable, PAGINA } from '../../schema/core/caminos.ts'
import { oirAvisos } from './avisos.ts'
import {
  cachesDeAntes,
  esDeUso,
  esImagen,
  IMAGENES_MAXIMO,
  nombreDeLasImagenes,
  nombreDelCache,
  nombreDelUso,
  rutaGuardada,
} from './precache.ts'

declare const __APP__: AppInstalable
declare const __A_DEMANDA__: string[]
declare const self: ServiceWorkerGlobalScope & { __WB_MANIFEST: PrecacheEntry[] }

/** What a page says when its user takes the update. */
const TOMAR_EL_RELEVO = 'SKIP_WAITING'

const guardado = new PrecacheController({ cacheName: nombreDelCache(__APP__) })
guardado.addToCacheList(self.__WB_MANIFEST)
const RUTAS = new Set([...guardado.getURLsToCacheKeys().keys()].map((url) => new URL(url).pathname))
const A_DEMANDA = new Set(__A_DEMANDA__)

/** Evicted by the browser: the network may have the same file, and then it is kept again; if it only has a newer release, that one opens. */
async function guardada(ruta: string, evento: FetchEvent): Promise<Response> {
  const request = new Request(ruta, { credentials: 'same-origin' })
  const cacheKey = guardado.getCacheKeyForURL(ruta) ?? ruta
  const params = { cacheKey, integrity: guardado.getIntegrityForCacheKey(cacheKey) }
  return guardado.strategy.handle({ event: evento, request, params }).catch(() => fetch(evento.request))
}

/** Files this app needs rarely are kept from their first use on. Named by their content, so the kept one is the right one. */
async function deUso(peticion: Request): Promise<Response> {
  const cache = await caches.open(nombreDelUso(__APP__))
  const ya = await cache.match(peticion.url)
  if (ya) return ya
  const respuesta = await fetch(peticion)
  if (respuesta.ok) await cache.put(peticion.url, respuesta.clone())
  return respuesta
}

/** Seen once, seen again with no network. A cache gives its keys in the order they were put, so the first ones are the oldest. */
async function imagen(peticion: Request, evento: FetchEvent): Promise<Response> {
  const cache = await caches.open(nombreDeLasImagenes(__APP__))
  const ya = await cache.match(peticion.url)
  if (ya) return ya
  const respuesta = await fetch(peticion)
  if (respuesta.ok) evento.waitUntil(guardarImagen(cache, peticion.url, respuesta.clone()))
  return respuesta
}

async function guardarImagen(cache: Cache, url: string, respuesta: Response): Promise<void> {
  try {
    await cache.put(url, respuesta)
    const sobran = (await cache.keys()).slice(0, -IMAGENES_MAXIMO)
    await Promise.all(sobran.map((vieja) => cache.delete(vieja)))
  } catch {
    // no room: the next time asks the server
  }
}

async function olvidarElUsoViejo(): Promise<void> {
  const cache = await caches.open(nombreDelUso(__APP__))
  const viejos = (await cache.keys()).filter(({ url }) => !A_DEMANDA.has(new URL(url).pathname))
  await Promise.all(viejos.map((peticion) => cache.delete(peticion)))
}

async function activar(evento: ExtendableEvent): Promise<void> {
  await guardado.activate(evento)
  await olvidarElUsoViejo()
  await Promise.all(cachesDeAntes(await caches.keys(), __APP__).map((nombre) => caches.delete(nombre)))
  await self.clients.claim()
}

if (__APP__ === 'cardya') oirAvisos(self, PAGINA.cardya)
self.addEventListener('install', (evento) => evento.waitUntil(guardado.install(evento)))
self.addEventListener('activate', (evento) => evento.waitUntil(activar(evento)))
self.addEventListener('message', (evento) => {
  if (evento.data?.type === TOMAR_EL_RELEVO) evento.waitUntil(self.skipWaiting())
})
self.addEventListener('fetch', (evento) => {
  const { request } = evento
  const url = new URL(request.url)
  const peticion = { metodo: request.method, navegacion: request.mode === 'navigate', url, origen: self.location.origin }
  const ruta = rutaGuardada(__APP__, peticion, RUTAS)
  if (ruta !== null) evento.respondWith(guardada(ruta, evento))
  else if (esDeUso(peticion, A_DEMANDA)) evento.respondWith(deUso(request))
  else if (esImagen(__APP__, peticion)) evento.respondWith(imagen(request, evento))
})
