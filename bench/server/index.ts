/** The server by itself, in a process of its own, on each database: pushing against raw SQL, its streams, and whether more tenants cost more, and what is left on the disk. */
import type { Ask, Row } from '../row.ts'
import { growthRows } from './growth.ts'
import { pushRows } from './push.ts'
import { streamRows } from './streams.ts'
import { tenantRows } from './tenants.ts'

const SCENES = [pushRows, streamRows, tenantRows, growthRows]

export async function rows({ runs, engines, say }: Ask): Promise<Row[]> {
  const all: Row[] = []
  for (const engine of engines) {
    const tell = (doing: string) => say(`${engine}, ${doing}`)
    for (const scene of SCENES) all.push(...(await scene(engine, runs, tell)))
  }
  return all
}
