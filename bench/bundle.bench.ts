/** What each app costs its user's data plan, from the build as it is served: gzip and brotli as they lie beside the files. No runs: a build has one size. */
import { existsSync, readFileSync, statSync } from 'node:fs'
import { join, posix } from 'node:path'
import { brotliCompressSync, gzipSync } from 'node:zlib'
import { APPS } from '../scripts/lib/apps.mjs'
import { buildClient } from '../scripts/lib/build-client.mjs'
import { ROOT } from '../scripts/lib/files.mjs'
import { precacheIn } from '../scripts/lib/precache.mjs'
import { beforeFirstUse, entryGraph } from '../scripts/lib/sizes.mjs'
import { type Ask, type Row, rowOf } from './row.ts'

const KIB = 1024
/** KiB of JavaScript, gzip. */
const BARS: Record<string, number> = { scanya: 250, cardya: 50 }
const NAMES: Record<string, string> = { anunciaya: 'shell with Studio and Panel', scanya: 'ScanYA', cardya: 'CardYA' }

type Coding = 'gzip' | 'brotli'
interface App {
  name: string
  folder: string
}

export async function rows({ say }: Ask): Promise<Row[]> {
  say('building the client, if it is not')
  if (!process.env.CLIENT_DIR) buildClient()
  const out = process.env.CLIENT_DIR ?? join(ROOT, 'client/dist')
  return APPS.flatMap((app) => rowsOf(out, app))
}

function rowsOf(out: string, app: App & (typeof APPS)[number]): Row[] {
  const { keep } = precacheIn(out, app)
  const first = entryGraph(out, posix.join(app.folder, 'index.html'))
  const inUse = beforeFirstUse(out, app)
  const part = NAMES[app.name] ?? app.name
  const row = (figure: string, paths: string[], coding: Coding, atMost?: number) =>
    rowOf({ part, figure, unit: 'KiB', note: `${paths.length} files`, ...(atMost === undefined ? {} : { bar: { atMost } }) }, [
      sum(out, paths, coding) / KIB,
    ])
  // A card draws its first QR before its replica is loaded; a till sells with it.
  const needed = app.name === 'cardya' ? first : inUse
  return (['gzip', 'brotli'] as const).flatMap((coding) => [
    row(`JavaScript of the first screen, ${coding}`, first, coding),
    row(`JavaScript before first use, ${coding}`, needed, coding, coding === 'gzip' ? BARS[app.name] : undefined),
    row(`kept on the device, ${coding}`, keep, coding),
  ])
}

const sum = (out: string, files: string[], coding: Coding) => files.reduce((bytes, file) => bytes + sizeOf(join(out, file), coding), 0)

/** The copy the server sends; a file that has none is small, or squeezed already. */
function sizeOf(path: string, coding: Coding): number {
  const copy = `${path}.${coding === 'gzip' ? 'gz' : 'br'}`
  if (existsSync(copy)) return statSync(copy).size
  const whole = readFileSync(path)
  return Math.min(whole.length, (coding === 'gzip' ? gzipSync(whole) : brotliCompressSync(whole)).length)
}
