/** `npm run bench -- engine`: the register day on both databases, medians with min and max. RUNS in the environment: how many, default 5; ENGINE: one database only. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { ENGINES, type Engine } from '../store.ts'
import { engineRows, type Row } from './report.ts'

const runs = Number(process.env.RUNS ?? 5)
const wanted = ENGINES.filter((engine) => !process.env.ENGINE || engine === process.env.ENGINE)
const figure = new Intl.NumberFormat('en', { maximumFractionDigits: 1 })

function print(engine: Engine, rows: Row[]): void {
  console.log(`\n**Register day, ${engine}**, ${runs} runs\n\n| part | figure | median | min–max | bar |\n|---|---|---:|---:|---|`)
  for (const { part, figure: name, unit, median, min, max, bar } of rows) {
    const said = bar ? `${median <= bar.atMost ? '✔' : '✘'} ≤ ${figure.format(bar.atMost)} ${unit}` : ''
    console.log(`| ${part} | ${name} | ${figure.format(median)} ${unit} | ${figure.format(min)}–${figure.format(max)} | ${said} |`)
  }
}

/** Prints a table per database and keeps the figures in `bench/results/engine.json`. */
export async function runEngine(): Promise<void> {
  const results: Record<string, Row[]> = {}
  for (const engine of wanted) {
    results[engine] = await engineRows(engine, runs, (doing) => process.stderr.write(`\r\u001b[K${doing}`))
    process.stderr.write('\r\u001b[K')
    print(engine, results[engine])
  }
  const folder = join(import.meta.dirname, '../results')
  mkdirSync(folder, { recursive: true })
  writeFileSync(
    join(folder, 'engine.json'),
    `${JSON.stringify({ at: new Date().toISOString(), node: process.version, runs, results }, null, 2)}\n`,
  )
}
