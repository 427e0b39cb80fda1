/**
 * A newer release of this app, offered and never imposed (PWA-22, design 05 §9). One per page.
 *
 *   register ── a newer worker installs ──► nueva ── the user takes it ──► the worker takes over ──► this page loads again, and only this one
 *
 * Offered only while nobody is in the middle of something: whoever opens a sale or writes says so with `ocupar`. Closing every page of the app
 * takes the new release too, with no question.
 */
import type { Workbox } from 'workbox-window'
import { type AppInstalable, PAGINA } from '../../schema/core/caminos.ts'
import { direccionDeScript } from './trusted-types.ts'

/** How often a page that is never closed looks for a newer release. */
const CADA_MS = 60 * 60_000
/** Coming back to a page looks too, but not at every glance. */
const ENTRE_MIRADAS_MS = 60_000
/** How long other pages of the app have to say that they are busy. */
const RESPUESTA_MS = 300

type Aviso = () => void
type Palabra = { pregunta: string } | { ocupada: string }

const avisos = new Set<Aviso>()
const ocupaciones = new Map<string, number>()
let hayNueva = false
/** Another page took the new release: the worker has changed already, this page's code has not. */
let yaRelevado = false
let workbox: Workbox | undefined
let canal: BroadcastChannel | undefined

const avisar = () => {
  for (const aviso of avisos) aviso()
}

/** Something that must not be interrupted begins, e.g. `venta` or `escritura`. @returns what to call when it ends; twice is once */
export function ocupar(motivo: string): () => void {
  ocupaciones.set(motivo, (ocupaciones.get(motivo) ?? 0) + 1)
  avisar()
  let sigue = true
  return () => {
    if (!sigue) return
    sigue = false
    const quedan = (ocupaciones.get(motivo) ?? 1) - 1
    if (quedan > 0) ocupaciones.set(motivo, quedan)
    else ocupaciones.delete(motivo)
    avisar()
  }
}

/** Whether the update may be shown now: there is one, and nothing is open. */
export const seOfreceVersion = (): boolean => hayNueva && ocupaciones.size === 0

/** @returns what to call to stop */
export function observarVersion(aviso: Aviso): () => void {
  avisos.add(aviso)
  return () => avisos.delete(aviso)
}

/**
 * Takes the new release and loads this page again. Other pages of the app keep their screen, and are asked first: taking it drops the files they
 * may still have to load.
 * @returns false when this page or another one of the app is in the middle of something; nothing happened
 */
export async function actualizar(): Promise<boolean> {
  if (!hayNueva || ocupaciones.size > 0 || (await hayOtraOcupada())) return false
  if (yaRelevado) location.reload()
  else {
    workbox?.addEventListener('controlling', () => location.reload())
    workbox?.messageSkipWaiting()
  }
  return true
}

/**
 * Keeps the app's files on the device and watches for newer ones. Development serves modules that change under the page, so it registers nothing
 * there. A refusal (a private window, http on a LAN) leaves the app working while the server answers.
 */
export function iniciarActualizacion(app: AppInstalable): void {
  if (!import.meta.env.PROD || !('serviceWorker' in navigator) || workbox || canal) return
  canal = new BroadcastChannel(`cya-version-${app}`)
  canal.addEventListener('message', ({ data }: MessageEvent<Palabra>) => {
    if ('pregunta' in data && ocupaciones.size > 0) canal?.postMessage({ ocupada: data.pregunta } satisfies Palabra)
  })
  void registrar(app).catch((error) => console.warn('sin service worker: la página no abrirá sin servidor', error))
}

async function registrar(app: AppInstalable): Promise<void> {
  const { Workbox } = await import('workbox-window')
  const alcance = PAGINA[app]
  const antes = navigator.serviceWorker.controller?.scriptURL
  workbox = new Workbox(direccionDeScript(`${alcance}sw.js`), { scope: alcance, updateViaCache: 'none' })
  workbox.addEventListener('waiting', anunciar)
  workbox.addEventListener('controlling', () => {
    // The first worker of this app takes over in silence: until then there was none, or the shell's.
    if (!esRelevo(antes, navigator.serviceWorker.controller?.scriptURL)) return
    yaRelevado = true
    anunciar()
  })
  await workbox.register()
  vigilar(workbox)
}

/** Whether one worker of this app took over from another. */
export const esRelevo = (antes: string | undefined, ahora: string | undefined): boolean => antes !== undefined && antes === ahora

function anunciar(): void {
  hayNueva = true
  avisar()
}

function vigilar(obrero: Workbox): void {
  let ultima = Date.now()
  const mirar = () => {
    ultima = Date.now()
    // Without a server there is nothing newer; the next look will tell.
    obrero.update().catch(() => {})
  }
  setInterval(mirar, CADA_MS)
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'visible' && Math.abs(Date.now() - ultima) > ENTRE_MIRADAS_MS) mirar()
  })
}

/** Asks the app's other pages; silence means free. */
function hayOtraOcupada(): Promise<boolean> {
  const pregunta = crypto.randomUUID()
  return new Promise((resolver) => {
    const fin = (ocupada: boolean) => {
      clearTimeout(alarma)
      canal?.removeEventListener('message', oir)
      resolver(ocupada)
    }
    const oir = ({ data }: MessageEvent<Palabra>) => {
      if ('ocupada' in data && data.ocupada === pregunta) fin(true)
    }
    const alarma = setTimeout(() => fin(false), RESPUESTA_MS)
    canal?.addEventListener('message', oir)
    canal?.postMessage({ pregunta } satisfies Palabra)
  })
}
