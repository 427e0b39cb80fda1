/** The floor's side of a register day: a Map for a replica, batches of the same size as ours. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { freePort } from '../../scripts/lib/server-process.mjs'
import { type Engine, openStore } from '../store.ts'
import { cpuMs } from './cpu.ts'

export type Doc = { id: string } & Record<string, unknown>
export const PAGE = 500
export const BATCH = 100

export interface FloorServer {
  port: number
  cpuMs(): number
  close(): Promise<void>
}

export async function openFloor(engine: Engine): Promise<FloorServer> {
  const store = await openStore(engine)
  const port = await freePort()
  const program = fileURLToPath(new URL('./floor-server.ts', import.meta.url))
  const child = spawn(process.execPath, ['--import', 'tsx', program, store.dataDir, String(port)], {
    env: { ...process.env, DATABASE_URL: store.databaseUrl ?? '' },
    stdio: ['ignore', 'inherit', 'inherit'],
  })
  const pid = child.pid ?? 0
  while (!(await fetch(`http://127.0.0.1:${port}/ready`).catch(() => null))?.ok) {
    if (child.exitCode !== null) throw new Error('the floor server ended')
    await sleep(50)
  }
  return {
    port,
    cpuMs: () => cpuMs([pid, ...store.pids]),
    async close() {
      child.kill('SIGTERM')
      await once(child, 'exit')
      await store.close()
    },
  }
}

/** A Map that is filled and emptied over HTTP. */
export class FloorReplica {
  readonly docs = new Map<string, Doc>()
  readonly #url: string
  #seq = 0
  #unsent: Doc[] = []
  #live: AbortController | null = null

  constructor(url: string) {
    this.#url = url
  }

  write(docs: readonly Doc[]): void {
    for (const doc of docs) this.docs.set(doc.id, doc)
    this.#unsent.push(...docs)
  }

  async push(): Promise<void> {
    while (this.#unsent.length > 0) {
      const batch = this.#unsent.splice(0, BATCH)
      const answer = await fetch(`${this.#url}/push`, { method: 'POST', body: JSON.stringify(batch) })
      await answer.text()
    }
  }

  async pull(): Promise<void> {
    for (;;) {
      const answer = await fetch(`${this.#url}/pull?since=${this.#seq}&limit=${PAGE}`)
      const rows = (await answer.json()) as { seq: number; doc: Doc }[]
      for (const { seq, doc } of rows) {
        this.#seq = seq
        this.docs.set(doc.id, doc)
      }
      if (rows.length < PAGE) return
    }
  }

  /** Resolves once the stream is open. */
  async listen(fn: (doc: Doc) => void): Promise<void> {
    this.#live = new AbortController()
    const answer = await fetch(`${this.#url}/live`, { signal: this.#live.signal })
    void this.#read(answer, fn).catch(() => {})
  }

  async #read(answer: Response, fn: (doc: Doc) => void): Promise<void> {
    let text = ''
    for await (const chunk of answer.body?.pipeThrough(new TextDecoderStream()) ?? []) {
      text += chunk
      for (let end = text.indexOf('\n\n'); end >= 0; end = text.indexOf('\n\n')) {
        for (const doc of JSON.parse(text.slice('data: '.length, end)) as Doc[]) fn(doc)
        text = text.slice(end + 2)
      }
    }
  }

  close(): void {
    this.#live?.abort()
  }
}
