/** npm run bench [-- PATTERN]: every *.bench.ts of this folder, one after the other, as a table. */
import { readdirSync } from 'node:fs'
import { cpus, release } from 'node:os'
import { type Measure, measure } from './measure.ts'

const pattern = new RegExp(process.argv[2] ?? '')
const files = readdirSync(import.meta.dirname).filter((name) => name.endsWith('.bench.ts') && pattern.test(name))
const whole = new Intl.NumberFormat('en', { maximumFractionDigits: 0 })
const tenths = new Intl.NumberFormat('en', { maximumFractionDigits: 1 })

console.log(
  `${new Date().toISOString()} · Node ${process.version} · ${cpus().length} × ${cpus()[0]?.model ?? 'CPU'} · ${process.platform} ${release()}\n`,
)
console.log('| measure | per second | p50 µs | p95 µs |\n|---|---:|---:|---:|')
for (const file of files.sort()) {
  const { measures } = (await import(new URL(file, import.meta.url).href)) as { measures: () => Promise<Measure[]> }
  for (const each of await measures()) {
    const { name, unit, perSecond, p50Us, p95Us } = await measure(each)
    console.log(`| ${name} | ${whole.format(perSecond)} ${unit} | ${tenths.format(p50Us)} | ${tenths.format(p95Us)} |`)
  }
}
