/**
 * Which parts there are. A part is a folder with an `index.ts` that exports `rows(ask)`, or a file `*.bench.ts` that exports either that or
 * `measures()` (measure.ts): a new one needs no line anywhere.
 */
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { type Measure, rowsOfMeasures } from './measure.ts'
import type { Ask, Row } from './row.ts'

const FOLDER = import.meta.dirname
const SUFFIX = '.bench.ts'
/** What the product is judged by comes first; the rest by name. */
const FIRST = ['engine', 'server', 'browser', 'qr']

interface PartModule {
  rows?: (ask: Ask) => Promise<Row[]>
  measures?: (ask: Ask) => Promise<Measure[]>
}

export function partNames(): string[] {
  const entries = readdirSync(FOLDER, { withFileTypes: true })
  const files = entries.filter(({ name }) => name.endsWith(SUFFIX)).map(({ name }) => name.slice(0, -SUFFIX.length))
  const folders = entries.filter((entry) => entry.isDirectory() && existsSync(join(FOLDER, entry.name, 'index.ts'))).map(({ name }) => name)
  const place = (name: string) => (FIRST.includes(name) ? FIRST.indexOf(name) : FIRST.length)
  return [...new Set([...folders, ...files])].sort((a, b) => place(a) - place(b) || a.localeCompare(b))
}

/** @throws Error when there is no such part, or it exports neither */
export async function rowsOfPart(name: string, ask: Ask): Promise<Row[]> {
  const file = [join(FOLDER, name, 'index.ts'), join(FOLDER, `${name}${SUFFIX}`)].find((path) => existsSync(path))
  if (!file) throw new Error(`there is no part ${name}: ${partNames().join(', ')}`)
  const part = (await import(pathToFileURL(file).href)) as PartModule
  if (part.rows) return part.rows(ask)
  if (part.measures) return rowsOfMeasures(name, await part.measures(ask), ask)
  throw new Error(`${file} exports neither rows nor measures`)
}
