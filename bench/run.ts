/** npm run bench [-- PATTERN]: every *.bench.ts of this folder as a table, one after the other, then the register day (engine/). */
import { readdirSync } from 'node:fs'
import { cpus, release } from 'node:os'
import { type Measure, measure, type Ratio } from './measure.ts'

const pattern = new RegExp(process.argv[2] ?? '')
const files = readdirSync(import.meta.dirname).filter((name) => name.endsWith('.bench.ts') && pattern.test(name))
const whole = new Intl.NumberFormat('en', { maximumFractionDigits: 0 })
const tenths = new Intl.NumberFormat('en', { maximumFractionDigits: 1 })

console.log(
  `${new Date().toISOString()} · Node ${process.version} · ${cpus().length} × ${cpus()[0]?.model ?? 'CPU'} · ${process.platform} ${release()}\n`,
)
if (files.length > 0) console.log('| measure | per second | p50 µs | p95 µs |\n|---|---:|---:|---:|')
const rates = new Map<string, number>()
const ratios: Ratio[] = []
for (const file of files.sort()) {
  const bench = (await import(new URL(file, import.meta.url).href)) as { measures: () => Promise<Measure[]>; ratios?: Ratio[] }
  ratios.push(...(bench.ratios ?? []))
  for (const each of await bench.measures()) {
    const { name, unit, perSecond, p50Us, p95Us } = await measure(each)
    rates.set(name, perSecond)
    console.log(`| ${name} | ${whole.format(perSecond)} ${unit} | ${tenths.format(p50Us)} | ${tenths.format(p95Us)} |`)
  }
}

if (ratios.length > 0) console.log('\n| ratio | times |\n|---|---:|')
for (const { name, of, to } of ratios) {
  const [a, b] = [rates.get(of), rates.get(to)]
  if (a && b) console.log(`| ${name} | ${tenths.format(a / b)} |`)
}

if (pattern.test('engine')) await (await import('./engine/index.ts')).runEngine()
// Replicas and databases of ended measurements may still hold timers.
process.exit(0)
