/** Bytes on the wire, both ways, headers included: a TCP relay between a client and its server that counts. */

import type { AddressInfo } from 'node:net'
import { connect, createServer } from 'node:net'

export interface Wire {
  url: string
  /** Bytes since the last call: to the server, and from it. */
  take(): { up: number; down: number }
  close(): Promise<void>
}

/** Relays to `port` of this machine. */
export async function openWire(port: number): Promise<Wire> {
  let up = 0
  let down = 0
  const relay = createServer((client) => {
    const server = connect(port, '127.0.0.1')
    client.setNoDelay(true)
    server.setNoDelay(true)
    client.on('data', (chunk) => {
      up += chunk.length
    })
    server.on('data', (chunk) => {
      down += chunk.length
    })
    client.pipe(server).pipe(client)
    client.on('error', () => server.destroy())
    server.on('error', () => client.destroy())
  })
  await new Promise<void>((resolve) => relay.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(relay.address() as AddressInfo).port}`,
    take() {
      const taken = { up, down }
      up = 0
      down = 0
      return taken
    },
    close: () => new Promise((resolve) => relay.close(() => resolve())),
  }
}
