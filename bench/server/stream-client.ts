/** A listener of `/sync/stream`: it keeps nothing but when it heard of which seq. */
import { type ClientRequest, request } from 'node:http'
import { CABECERA_VERSION, VERSION } from '../../schema/protocol/version.ts'

export interface Listener {
  /** Resolves once it was told of a seq beyond this one: ms since the epoch of the hearing, and the seq. */
  heardAfter(seq: number): Promise<{ at: number; seq: number }>
  seq(): number
  close(): void
}

const now = () => performance.timeOrigin + performance.now()

/** Resolves when the stream said hello. @throws Error when it is refused or ends */
export function listen(port: number, token: string): Promise<Listener> {
  let seq = -1
  let heardAt = 0
  let waiting: { after: number; resolve: (heard: { at: number; seq: number }) => void } | undefined
  const tell = () => {
    if (!waiting || seq <= waiting.after) return
    waiting.resolve({ at: heardAt, seq })
    waiting = undefined
  }
  const listener = (asking: ClientRequest): Listener => ({
    heardAfter: (after) =>
      new Promise((resolve) => {
        waiting = { after, resolve }
        tell()
      }),
    seq: () => seq,
    close: () => asking.destroy(),
  })
  return new Promise((resolve, reject) => {
    const headers = { authorization: `Bearer ${token}`, [CABECERA_VERSION]: String(VERSION), 'accept-encoding': 'gzip, br' }
    const asking = request({ host: '127.0.0.1', port, path: '/sync/stream', agent: false, headers }, (answer) => {
      if (answer.statusCode !== 200) return void reject(new Error(`the stream answered ${answer.statusCode}`))
      let text = ''
      answer.setEncoding('utf8').on('data', (chunk: string) => {
        text += chunk
        for (let end = text.indexOf('\n\n'); end >= 0; end = text.indexOf('\n\n')) {
          const told = /"seq":(\d+)/.exec(text.slice(0, end))
          text = text.slice(end + 2)
          if (!told) continue
          heardAt = now()
          seq = Math.max(seq, Number(told[1]))
          resolve(listener(asking))
          tell()
        }
      })
      answer.on('error', () => {})
    })
    asking.on('error', reject)
    asking.end()
  })
}
