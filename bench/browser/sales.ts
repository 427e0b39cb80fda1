/**
 * Confirm → registered, on the till's own screens, with replication running. Three moments after the press of "Confirmar venta": the worker has the
 * sale committed and read back; the page has heard it; the frame with "¡Venta registrada!" is on its way to the screen. Beside each sale, in the same
 * page, two floors: a bare IndexedDB put of as many bytes with the journal's durability (and with the browser's own), and a button whose press does
 * that put and then says a word, which is what any page must wait for.
 */
import type { Page, Worker } from 'playwright-core'
import { CajaEnPantalla } from '../../client/e2e/lib/caja.ts'

/** All in ms, from the press. */
export interface Sale {
  committed: number
  heard: number
  shown: number
  /** One put, from the call to the end of its transaction. */
  strict: number
  relaxed: number
  /** Press → strict put → a word on the screen. */
  bareShown: number
}

interface Moments {
  pressed: number
  heard: number
  shown: number
}
interface Probe {
  sale: Moments
  bare: Moments
  put(durability: 'strict' | 'relaxed'): Promise<number>
  armBare(): void
  sellHere(count: number): Promise<void>
}
type Watched = { bench: Probe }

/** Of a journal entry: its text, its hash and what is indexed. */
const ROW_BYTES = 1_100
/** What the sale before left to do is mostly done. A cashier takes longer. */
const PAUSE_MS = 150
const BARE = 'bench-bare'

/** Runs before the page: hears what it asks of its worker (comlink's messages) and what it is answered. Times are since the epoch, to a tenth of a ms. */
export const PROBE = `(() => {
  const now = () => performance.timeOrigin + performance.now()
  const bench = { sale: {}, bare: {} }
  self.bench = bench
  let port
  const post = MessagePort.prototype.postMessage
  const answered = (on, id) => new Promise((done) => {
    const hear = ({ data }) => {
      if (data?.id !== id) return
      on.removeEventListener('message', hear)
      done(data)
    }
    on.addEventListener('message', hear)
  })
  MessagePort.prototype.postMessage = function (message, ...rest) {
    if (message?.path?.[0] === 'registrarVenta') {
      port = this
      void answered(this, message.id).then(() => { bench.sale.heard = now() })
    }
    return post.call(this, message, ...rest)
  }
  addEventListener('click', () => { bench.sale.pressed = now() }, true)
  const afterFrame = (then) => requestAnimationFrame(() => {
    const { port1, port2 } = new MessageChannel()
    port1.onmessage = () => then(now())
    port2.postMessage(0)
  })
  new MutationObserver(() => {
    if (bench.sale.shown !== 0 || !document.getElementById('registrada')) return
    bench.sale.shown = -1
    afterFrame((at) => { bench.sale.shown = at })
  }).observe(document, { childList: true, subtree: true })

  let opened
  const open = () => new Promise((done, fail) => {
    const asked = indexedDB.open('bench-floor', 1)
    asked.onupgradeneeded = () => asked.result.createObjectStore('rows', { keyPath: 'id' })
    asked.onsuccess = () => done(asked.result)
    asked.onerror = () => fail(asked.error)
  })
  let n = 0
  bench.put = async (durability) => {
    const base = await (opened ??= open())
    const row = { id: 'chain|' + String(Date.now()) + String(n++).padStart(6, '0'), text: 'x'.repeat(${ROW_BYTES}) }
    const from = performance.now()
    await new Promise((done, fail) => {
      const tx = base.transaction('rows', 'readwrite', { durability })
      tx.objectStore('rows').put(row)
      tx.oncomplete = done
      tx.onabort = tx.onerror = () => fail(tx.error)
    })
    return performance.now() - from
  }
  bench.armBare = () => {
    const button = document.createElement('button')
    button.id = '${BARE}'
    button.textContent = 'sell'
    Object.assign(button.style, { position: 'fixed', left: '0', top: '0', zIndex: '9999' })
    bench.bare = { pressed: 0, heard: 0, shown: 0 }
    button.onclick = async () => {
      bench.bare.pressed = now()
      await bench.put('strict')
      bench.bare.heard = now()
      button.textContent = 'sold'
      afterFrame((at) => { bench.bare.shown = at; button.remove() })
    }
    document.body.append(button)
  }
  const raw = (value) => ({ type: 'RAW', value })
  bench.sellHere = async (count) => {
    for (let i = 0; i < count; i++) {
      const sale = { montoCentavos: 2_000 + i, metodoPago: 'efectivo', descripcion: null, lineas: [], qr: null, operador: null }
      const id = 'bench' + i + '-' + Math.random()
      const answer = answered(port, id)
      post.call(port, { id, type: 'APPLY', path: ['registrarVenta'], argumentList: [raw(sale)] })
      const { value } = await answer
      if (!value?.ok) throw new Error('the sale was refused: ' + value?.codigo)
    }
  }
})()`

/** Notes in the worker when it answers that a sale is in the journal. */
export async function hearWorker(till: CajaEnPantalla): Promise<Worker> {
  const worker = await till.obrero()
  await worker.evaluate(() => {
    const post = MessagePort.prototype.postMessage
    MessagePort.prototype.postMessage = function (
      this: MessagePort,
      message: { value?: { valor?: { hechoId?: string } } },
      ...rest: never[]
    ) {
      if (message?.value?.valor?.hechoId)
        Object.assign(self, {
          benchCommitted: performance.timeOrigin + performance.now(),
        })
      return post.call(this, message, ...rest)
    } as typeof post
  })
  return worker
}

/** `count` sales through the screens, one after the other. The page has PROBE; `worker` is the one that hearWorker gave. */
export async function sell(page: Page, worker: Worker, count: number): Promise<Sale[]> {
  const till = new CajaEnPantalla(page)
  const sales: Sale[] = []
  for (let i = 0; i < count; i++) {
    await till.escribirVenta(String(20 + (i % 400)))
    await till.revisar()
    await page.getByRole('button', { name: 'Confirmar venta' }).waitFor()
    await page.waitForTimeout(PAUSE_MS)
    const puts = await page.evaluate(async () => {
      const { bench } = self as unknown as Watched
      const [strict, relaxed] = [await bench.put('strict'), await bench.put('relaxed')]
      bench.armBare()
      return { strict, relaxed }
    })
    await page.locator(`#${BARE}`).click()
    const bare = await momentsOf(page, 'bare')
    await page.evaluate(() => {
      ;(self as unknown as Watched).bench.sale = { pressed: 0, heard: 0, shown: 0 }
    })
    await till.confirmar()
    await till.folioDelRecibo()
    const sale = await momentsOf(page, 'sale')
    const committed = await worker.evaluate(() => (self as unknown as { benchCommitted: number }).benchCommitted)
    const since = (at: number) => at - sale.pressed
    sales.push({
      ...puts,
      committed: since(committed),
      heard: since(sale.heard),
      shown: since(sale.shown),
      bareShown: bare.shown - bare.pressed,
    })
  }
  return sales
}

async function momentsOf(page: Page, of: 'sale' | 'bare'): Promise<Moments> {
  for (let tries = 0; tries < 500; tries++, await page.waitForTimeout(10)) {
    const moments = await page.evaluate((which) => (self as unknown as Watched).bench[which], of)
    if (moments.shown > 0 && moments.heard > 0) return moments
  }
  throw new Error(`the ${of} was made and nobody heard of it`)
}

/** Many more of the same day, asked of the worker as the screens ask it, one after the other. At least one was made through the screens before. */
export const sellWithoutScreens = (page: Page, count: number): Promise<void> =>
  page.evaluate((many) => (self as unknown as Watched).bench.sellHere(many), count)
