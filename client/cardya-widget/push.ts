/**
 * This phone as a place to be told: asks for the permission (from a tap only), subscribes with the browser's push service and hands the subscription to
 * the server. A wish that was once said is kept, so that a subscription the browser lost is made again without asking.
 */
import type { Codigo } from '../../schema/core/codigos.ts'
import { IDIOMA } from '../lib/idioma.ts'
import { estadoDeInstalacion } from '../lib/instalacion.ts'
import type { Sincronia } from './sincronia.ts'

/**
 * `no`: this browser has no push. `instalar`: an iPhone has it once the card is on its home screen. `negado`: the browser was told no, and only its settings
 * change that. `apagado`: nobody is told here. `encendido`.
 */
export type EstadoDePush = 'no' | 'instalar' | 'negado' | 'apagado' | 'encendido'
type Pedir = Sincronia['pedir']
type Hecho = { ok: true } | { ok: false; codigo: Codigo }

const DESEO = 'cya-avisos'

const hayPush = (): boolean => 'serviceWorker' in navigator && 'PushManager' in globalThis && 'Notification' in globalThis

/** Without a worker (development, a private window) there is nobody to take a push. */
const registro = async (): Promise<ServiceWorkerRegistration | null> => (await navigator.serviceWorker.getRegistration()) ?? null

export async function estadoDePush(): Promise<EstadoDePush> {
  if (!hayPush()) return estadoDeInstalacion() === 'a_mano' ? 'instalar' : 'no'
  if (Notification.permission === 'denied') return 'negado'
  const sw = await registro()
  if (!sw) return 'no'
  return Notification.permission === 'granted' && (await sw.pushManager.getSubscription()) ? 'encendido' : 'apagado'
}

/** Call it from a tap: the browser asks. NO_ENCONTRADO: its push service did not answer, or the person said no. */
export async function encender(pedir: Pedir): Promise<Hecho> {
  if ((await Notification.requestPermission()) !== 'granted') return { ok: false, codigo: 'NO_ENCONTRADO' }
  // Also when it fails now: the next run tries again.
  desear(true)
  return suscribir(pedir)
}

export async function apagar(pedir: Pedir): Promise<Hecho> {
  const suya = await (await registro())?.pushManager.getSubscription()
  desear(false)
  if (!suya) return { ok: true }
  const { endpoint } = suya
  // First here: whatever the server answers, this phone is told no more.
  await suya.unsubscribe()
  const dicho = await pedir('/api/push/suscripciones', { metodo: 'DELETE', cuerpo: { endpoint } })
  return dicho.ok ? { ok: true } : dicho
}

/** At the start of a run, when the shopper wanted to be told here: the server hears of it again. Never asks, never throws. */
export async function renovarSiHay(pedir: Pedir): Promise<void> {
  try {
    if (hayPush() && Notification.permission === 'granted' && deseado()) await suscribir(pedir)
  } catch (error) {
    console.warn('the subscription to notices could not be renewed', error)
  }
}

/** The card leaves this phone: whoever comes next is not told of the person before. The server forgets it with the login. */
export async function olvidar(): Promise<void> {
  desear(false)
  if (!hayPush()) return
  const suya = await (await registro())?.pushManager.getSubscription()
  await suya?.unsubscribe()
}

async function suscribir(pedir: Pedir): Promise<Hecho> {
  const dada = await pedir('/api/push/llave')
  if (!dada.ok) return dada
  const suya = await suscripcionCon((dada.valor as { publica: string }).publica)
  if (!suya) return { ok: false, codigo: 'NO_ENCONTRADO' }
  const { endpoint, keys } = suya.toJSON()
  const cuerpo = { endpoint, llaves: { p256dh: keys?.p256dh, auth: keys?.auth }, idioma: IDIOMA }
  const hecho = await pedir('/api/push/suscripciones', { metodo: 'POST', cuerpo })
  return hecho.ok ? { ok: true } : hecho
}

/** A phone that does not reach its push service goes on trying in silence, and a person waits. */
const PACIENCIA_MS = 10_000

/** The one there is, or a new one; one made for another server's key is worth nothing. Null: the push service did not give any in time. */
function suscripcionCon(publica: string): Promise<PushSubscription | null> {
  const paciencia = new Promise<null>((listo) => setTimeout(() => listo(null), PACIENCIA_MS))
  return Promise.race([suscripcionDelNavegador(publica), paciencia])
}

async function suscripcionDelNavegador(publica: string): Promise<PushSubscription | null> {
  const sw = await registro()
  if (!sw) return null
  const opciones = { userVisibleOnly: true, applicationServerKey: publica }
  const ya = await sw.pushManager.getSubscription()
  try {
    return await sw.pushManager.subscribe(opciones)
  } catch (error) {
    if (!ya) {
      console.warn('the push service gave no subscription', error)
      return null
    }
    await ya.unsubscribe()
    return sw.pushManager.subscribe(opciones).catch(() => null)
  }
}

function desear(si: boolean): void {
  try {
    if (si) localStorage.setItem(DESEO, '1')
    else localStorage.removeItem(DESEO)
  } catch {
    // A private window forgets it.
  }
}

function deseado(): boolean {
  try {
    return localStorage.getItem(DESEO) === '1'
  } catch {
    return false
  }
}
