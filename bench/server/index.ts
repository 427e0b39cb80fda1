/** The server by itself: pushing against raw SQL. */
import type { Ask, Row } from '../row.ts'
import { pushRows } from './push.ts'

export async function rows({ runs, engines, say }: Ask): Promise<Row[]> {
  const all: Row[] = []
  for (const engine of engines) {
    const tell = (doing: string) => say(`${engine}, ${doing}`)
    all.push(...(await pushRows(engine, runs, tell)))
  }
  return all
}
