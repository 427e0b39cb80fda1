/** The server by itself, in a process of its own, on each database: pushing against raw SQL, and its streams. */
import type { Ask, Row } from '../row.ts'
import { pushRows } from './push.ts'
import { streamRows } from './streams.ts'

const SCENES = [pushRows, streamRows]

export async function rows({ runs, engines, say }: Ask): Promise<Row[]> {
  const all: Row[] = []
  for (const engine of engines) {
    const tell = (doing: string) => say(`${engine}, ${doing}`)
    for (const scene of SCENES) all.push(...(await scene(engine, runs, tell)))
  }
  return all
}
