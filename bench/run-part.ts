/** One part in a process of its own, started by run.ts: it says what it does and gives its rows over the channel to its parent. */
import { rowsOfPart } from './parts.ts'
import type { Ask, Row } from './row.ts'

export type Message = { say: string } | { rows: Row[] }

const [name = '', ask = '{}'] = process.argv.slice(2)
const tell = (message: Message) => new Promise<void>((sent) => (process.send ? process.send(message, () => sent()) : sent()))

// Only an ordinary end runs the hooks that end the servers and databases it started.
for (const signal of ['SIGINT', 'SIGTERM', 'disconnect'] as const) process.once(signal, () => process.exit(1))

const rows = await rowsOfPart(name, { ...(JSON.parse(ask) as Pick<Ask, 'runs' | 'engines'>), say: (doing) => void tell({ say: doing }) })
await tell({ rows })
// Replicas and databases of ended measurements may still hold timers.
process.exit(0)
