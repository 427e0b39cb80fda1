/** Requests over kept connections with as little client as there can be: it shares the machine with what is measured. */
import { Agent, request } from 'node:http'
import { CABECERA_VERSION, VERSION } from '../../schema/protocol/version.ts'
import type { Upload } from './tills.ts'

export interface Client {
  /** Gives the body of the answer, parsed. @throws Error unless it is 200 */
  ask<T>(path: string, options?: Asked): Promise<T>
  close(): void
}

interface Asked {
  body?: Uint8Array | string
  gzip?: boolean
  token?: string
}

export function openClient(port: number, connections: number): Client {
  const agent = new Agent({ keepAlive: true, maxSockets: connections })
  return {
    ask: <T>(path: string, { body, gzip = false, token }: Asked = {}) =>
      new Promise<T>((resolve, reject) => {
        const headers = {
          [CABECERA_VERSION]: String(VERSION),
          ...(body ? { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) } : {}),
          ...(gzip ? { 'content-encoding': 'gzip' } : {}),
          ...(token ? { authorization: `Bearer ${token}` } : {}),
        }
        const asking = request({ host: '127.0.0.1', port, path, method: body ? 'POST' : 'GET', agent, headers }, (answer) => {
          const chunks: Buffer[] = []
          answer.on('data', (chunk: Buffer) => chunks.push(chunk))
          answer.once('error', reject)
          answer.once('end', () => {
            const text = Buffer.concat(chunks).toString()
            if (answer.statusCode === 200) resolve((JSON.parse(text) as { data: T }).data)
            else reject(new Error(`${path} answered ${answer.statusCode} ${text.slice(0, 300)}`))
          })
        })
        asking.once('error', reject)
        asking.end(body)
      }),
    close: () => agent.destroy(),
  }
}

/** @throws Error when the server did not say that all of it is kept */
export async function send(client: Client, { body, gzip, last }: Upload): Promise<void> {
  const { recibidoHasta } = await client.ask<{ recibidoHasta: number }>('/sync/diario', { body, gzip })
  if (recibidoHasta !== last) throw new Error(`the server holds up to ${recibidoHasta}, ${last} was sent`)
}

/** Runs the lists side by side, each in order. */
export async function inLanes<T>(lists: readonly (readonly T[])[], work: (item: T) => Promise<unknown>): Promise<void> {
  await Promise.all(
    lists.map(async (list) => {
      for (const item of list) await work(item)
    }),
  )
}

/** So many at a time, begun in order. */
export function inTurn<T>(many: number, items: readonly T[], work: (item: T) => Promise<unknown>): Promise<void> {
  const queue = [...items]
  const worker = async () => {
    for (let item = queue.shift(); item !== undefined; item = queue.shift()) await work(item)
  }
  return Promise.all(Array.from({ length: many }, worker)).then(() => {})
}
