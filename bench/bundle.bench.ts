/** What each app costs its user's data plan, from the build as it is served: gzip and brotli as they lie beside the files. No runs: a build has one size. */
import { existsSync, readFileSync, statSync } from 'node:fs'
import { join, posix } from 'node:path'
import { brotliCompressSync, gzipSync } from 'node:zlib'
import { APPS } from '../scripts/lib/apps.mjs'
import { buildClient } from '../scripts/lib/build-client.mjs'
import { ROOT } from '../scripts/lib/files.mjs'
import { filesOf, precacheIn } from '../scripts/lib/precache.mjs'
import { entryGraph, staticImports } from '../scripts/lib/sizes.mjs'
import { type Ask, type Row, rowOf } from './row.ts'

const KIB = 1024
/** What a till must run before somebody can sell: its page's scripts and its replica's. The QR decoder is loaded when a camera opens. */
const DECODER = /zxing|qr-scanner|\/lector|scanner/i
/** KiB of JavaScript, gzip. */
const BARS: Record<string, number> = { scanya: 250, cardya: 50 }
const NAMES: Record<string, string> = { anunciaya: 'shell with Studio and Panel', scanya: 'ScanYA', cardya: 'CardYA' }

/** Parts of the replica that each app's worker starts with (workers/replica/worker.ts). */
const PARTS: Record<string, RegExp> = {
  '': /\/(nucleo|puertos-navegador|aparato-studio|puertos-de-studio)-[^/]+\.js$/,
  'scanya-widget': /\/caja-[^/]+\.js$/,
}

type Coding = 'gzip' | 'brotli'
interface App {
  name: string
  folder: string
}

export async function rows({ say }: Ask): Promise<Row[]> {
  say('building the client, if it is not')
  if (!process.env.CLIENT_DIR) buildClient()
  const out = process.env.CLIENT_DIR ?? join(ROOT, 'client/dist')
  const files = filesOf(out)
  return APPS.flatMap((app) => rowsOf(out, files, app))
}

function rowsOf(out: string, files: string[], app: App & (typeof APPS)[number]): Row[] {
  const { keep } = precacheIn(out, app)
  const first = entryGraph(out, posix.join(app.folder, 'index.html'))
  const workers = first.length > 0 ? replicaGraph(out, files, app) : []
  const inUse = [...new Set([...first, ...workers])].filter((file) => !DECODER.test(file))
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

/**
 * The replica's worker: its own script, the parts that it asks for as soon as its clock is guarded, and what those import. What any of these may ask for
 * later (the hash of a PIN) is not counted. Of the workers of a folder it is the one that names one of these parts.
 */
function replicaGraph(out: string, files: string[], { folder }: App): string[] {
  const below = files.filter((file) => posix.dirname(file) === posix.join(folder, 'assets') && file.endsWith('.js'))
  const core = below.find((file) => PARTS[folder]?.test(file))
  const entry = below.find((file) => /\/worker-[^/]+\.js$/.test(file) && core && read(out, file).includes(posix.basename(core)))
  if (!entry) return []
  const parts = below.filter((file) => PARTS[folder]?.test(file) && read(out, entry).includes(posix.basename(file)))
  const found = new Set<string>()
  const queue = [entry, ...parts]
  for (let file = queue.pop(); file; file = queue.pop()) {
    if (found.has(file)) continue
    found.add(file)
    const from = posix.dirname(file)
    queue.push(...staticImports(read(out, file)).map((path) => posix.join(from, path)))
  }
  return [...found]
}

const read = (out: string, file: string): string => readFileSync(join(out, file), 'utf8')
const sum = (out: string, files: string[], coding: Coding) => files.reduce((bytes, file) => bytes + sizeOf(join(out, file), coding), 0)

/** The copy the server sends; a file that has none is small, or squeezed already. */
function sizeOf(path: string, coding: Coding): number {
  const copy = `${path}.${coding === 'gzip' ? 'gz' : 'br'}`
  if (existsSync(copy)) return statSync(copy).size
  const whole = readFileSync(path)
  return Math.min(whole.length, (coding === 'gzip' ? gzipSync(whole) : brotliCompressSync(whole)).length)
}
