/** What an app holds: the JavaScript of its page and of its workers after a collection, and the whole process that runs them. */
import { readFileSync } from 'node:fs'
import type { CDPSession, Page } from 'playwright-core'
import { procesosDelPerfil } from '../../client/e2e/lib/aparato.ts'

const MIB = 1024 * 1024
const KIB_PER_MIB = 1024

export interface Memory {
  pageMiB: number
  workersMiB: number
  /** Proportional share (PSS) of the largest renderer process: code, pictures and the collector's reserves too. */
  processMiB: number
}

/** After a collection in each of them. */
export async function memoryOf(page: Page, profile: string): Promise<Memory> {
  const cdp = await page.context().newCDPSession(page)
  const pageBytes = await heapOf((method) => cdp.send(method))
  const workers = await workersOf(cdp)
  let workerBytes = 0
  for (const send of workers) workerBytes += await heapOf(send)
  await cdp.detach()
  return { pageMiB: pageBytes / MIB, workersMiB: workerBytes / MIB, processMiB: largestRendererMiB(profile) }
}

type Send = (method: 'HeapProfiler.collectGarbage' | 'Runtime.getHeapUsage') => Promise<unknown>

async function heapOf(send: Send): Promise<number> {
  await send('HeapProfiler.collectGarbage')
  return ((await send('Runtime.getHeapUsage')) as { usedSize: number }).usedSize
}

/** The page's workers, each to be asked through the page's own session. */
async function workersOf(cdp: CDPSession): Promise<Send[]> {
  const workers: Send[] = []
  const waiting = new Map<number, (result: unknown) => void>()
  let last = 0
  cdp.on('Target.receivedMessageFromTarget', ({ message }) => {
    const { id, result } = JSON.parse(message) as { id?: number; result?: unknown }
    if (id !== undefined) waiting.get(id)?.(result)
  })
  cdp.on('Target.attachedToTarget', ({ sessionId, targetInfo }) => {
    if (targetInfo.type !== 'worker') return
    workers.push((method) => {
      const id = ++last
      const answer = new Promise((done) => waiting.set(id, done))
      return cdp.send('Target.sendMessageToTarget', { sessionId, message: JSON.stringify({ id, method }) }).then(() => answer)
    })
  })
  await cdp.send('Target.setAutoAttach', { autoAttach: true, waitForDebuggerOnStart: false, flatten: false })
  return workers
}

function largestRendererMiB(profile: string): number {
  const renderers = procesosDelPerfil(profile).filter((pid) => read(pid, 'cmdline').includes('--type=renderer'))
  return Math.max(...renderers.map((pid) => Number(/^Pss:\s+(\d+) kB/m.exec(read(pid, 'smaps_rollup'))?.[1] ?? 0) / KIB_PER_MIB), 0)
}

function read(pid: number, what: string): string {
  try {
    return readFileSync(`/proc/${pid}/${what}`, 'utf8')
  } catch {
    return '' // ended meanwhile
  }
}
