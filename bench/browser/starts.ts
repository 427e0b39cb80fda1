/**
 * From the tap to the first thing somebody can do. Cold: the browser was just started on its profile. Warm: the app was closed and is opened again
 * in a browser that runs. Both from what the device keeps; offline, with no server at all.
 */
import type { Page } from 'playwright-core'
import type { Mundo } from '../../client/e2e/lib/mundo.ts'
import { APPS, type App, closeBrowser, openPage } from './device.ts'
import { slowly } from './slow.ts'

export type How = 'cold' | 'warm'
export interface Start {
  app: App
  how: How
  online: boolean
  slowed: boolean
  ms: number
}

const LIMIT_MS = 60_000
const POLL_MS = 50

/** Runs in the page before anything of it: notes when the element was there and the frame with it was on its way to the screen. */
const watchFor = (selector: string) => `(() => {
  let seen = false
  const look = () => {
    if (seen || !document.querySelector(${JSON.stringify(selector)})) return
    seen = true
    observer.disconnect()
    requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel()
      port1.onmessage = () => { self.usableAfterMs = performance.now() }
      port2.postMessage(0)
    })
  }
  const observer = new MutationObserver(look)
  observer.observe(document, { childList: true, subtree: true, attributes: true, attributeFilter: ['class', 'data-frescura'] })
})()`

/** ms from the beginning of the navigation to the frame in which the app is usable. */
export async function startOf(mundo: Mundo, app: App): Promise<number> {
  const page = await openPage(mundo, app.size)
  try {
    await page.addInitScript({ content: watchFor(app.usable) })
    await page.goto(`${mundo.origen}${app.path}`, { waitUntil: 'commit' })
    return await usableAfter(page)
  } finally {
    await page.close()
  }
}

async function usableAfter(page: Page): Promise<number> {
  for (const from = Date.now(); Date.now() - from < LIMIT_MS; await page.waitForTimeout(POLL_MS)) {
    const ms = await page.evaluate(() => (self as { usableAfterMs?: number }).usableAfterMs)
    if (ms !== undefined) return ms
  }
  throw new Error(`not usable in ${LIMIT_MS / 1_000} s: ${page.url()}`)
}

/** Each app cold and then warm, in a browser of its own, with the server as it is. */
export async function startsOf(mundo: Mundo, { online, slowed = false }: { online: boolean; slowed?: boolean }): Promise<Start[]> {
  const starts: Start[] = []
  for (const app of APPS.filter((each) => online || each.offline)) {
    await mundo.abrirNavegador()
    const end = slowed ? slowly(mundo.perfil) : undefined
    try {
      for (const how of ['cold', 'warm'] as const) starts.push({ app, how, online, slowed, ms: await startOf(mundo, app) })
    } finally {
      await end?.()
      await closeBrowser(mundo)
    }
  }
  return starts
}
