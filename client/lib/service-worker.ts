import { direccionDeScript } from './trusted-types.ts'

/**
 * Keeps the page's own files on the device, so that the till opens with the server away. Development serves modules that change under the
 * page, so it registers nothing there. A refusal (a private window, http on a LAN) leaves the till working while the server answers.
 */
export async function registrarServiceWorker(): Promise<void> {
  if (!import.meta.env.PROD || !('serviceWorker' in navigator)) return
  try {
    await navigator.serviceWorker.register(direccionDeScript('/sw.js'), { scope: '/', updateViaCache: 'none' })
  } catch (error) {
    console.warn('sin service worker: la página no abrirá sin servidor', error)
  }
}

/** Asks the browser not to evict this origin's storage. What it answers is its own business: nothing depends on it. */
export async function pedirAlmacenPersistente(): Promise<boolean> {
  try {
    return (await navigator.storage?.persist?.()) ?? false
  } catch {
    return false
  }
}
