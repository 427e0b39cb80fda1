/** The register day on both databases, medians with min and max. */
import type { Ask, Row } from '../row.ts'
import { engineRows } from './report.ts'

export async function rows({ runs, engines, say }: Ask): Promise<Row[]> {
  const all: Row[] = []
  for (const engine of engines) all.push(...(await engineRows(engine, runs, say)))
  return all
}
