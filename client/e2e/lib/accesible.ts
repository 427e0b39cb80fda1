/** What every screen must keep in every state: no finding of axe, and no sideways scroll on the narrowest phone. */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Page } from 'playwright-core'
import * as assert from 'uvu/assert'

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const ANGOSTO = { width: 320, height: 700 }
/** A screen that is still rising is half transparent: what is judged is where it comes to rest. */
const EN_REPOSO = `Promise.all(document.getAnimations().filter((a) => a.effect?.getComputedTiming().iterations !== Infinity).map((a) => a.finished.catch(() => {})))`
interface Hallazgo {
  id: string
  help: string
  nodes: { html: string; failureSummary?: string }[]
}

/** @throws an assertion that names the rule, the element and the state */
export async function esAccesible(pagina: Page, estado: string): Promise<void> {
  // Through the debugger: the page's own policy lets no foreign script in.
  const cdp = await pagina.context().newCDPSession(pagina)
  const { result: falta } = await cdp.send('Runtime.evaluate', { expression: "typeof axe === 'undefined'" })
  // Half a megabyte: once a page. Only what is wrong is asked for: what passes would be described element by element.
  const traer = falta.value ? `${AXE};` : ''
  const mirar = "axe.run(document, { resultTypes: ['violations'] })"
  const expression = `${traer}${EN_REPOSO}.then(() => ${mirar}).then((r) => JSON.stringify(r.violations))`
  const { result, exceptionDetails } = await cdp.send('Runtime.evaluate', { expression, awaitPromise: true })
  await cdp.detach()
  assert.is(exceptionDetails, undefined, `axe runs on ${estado}`)
  const hallazgos = JSON.parse(String(result.value)) as Hallazgo[]
  const dichos = hallazgos.map((h) => `${h.id}: ${h.help}\n  ${h.nodes.map((n) => `${n.html}\n  ${n.failureSummary ?? ''}`).join('\n  ')}`)
  assert.equal(dichos, [], `${estado} is accessible`)
}

/** Content reflows at 320 px: nothing is wider than the screen. Leaves the size as it was. */
export async function cabeEnAngosto(pagina: Page, estado: string): Promise<void> {
  const antes = pagina.viewportSize()
  await pagina.setViewportSize(ANGOSTO)
  // Some screens choose their layout by script, a frame after the size changed; what is still too wide after a second stays too wide.
  const medir = () => pagina.evaluate(() => document.documentElement.scrollWidth)
  let ancho = await medir()
  for (let vez = 0; vez < 10 && ancho > ANGOSTO.width; vez++) {
    await pagina.waitForTimeout(100)
    ancho = await medir()
  }
  if (antes) await pagina.setViewportSize(antes)
  assert.ok(ancho <= ANGOSTO.width, `${estado} is ${ancho} px wide at ${ANGOSTO.width}`)
}
