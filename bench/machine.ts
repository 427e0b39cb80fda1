/** Where and with what a figure was measured: without that it is an anecdote. */
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { cpus, loadavg, release, totalmem } from 'node:os'
import { join } from 'node:path'
import { findChromium } from '../scripts/lib/chromium.mjs'
import { findPostgresBin } from '../scripts/lib/postgres.mjs'
import type { Row } from './row.ts'

const ROOT = join(import.meta.dirname, '..')

/** `load`: of the last minute, before the measurement: more than a little says that something else was running. */
export const machine = () => ({
  cores: cpus().length,
  cpu: cpus()[0]?.model ?? 'unknown',
  memoryGiB: Math.round((totalmem() / 2 ** 30) * 10) / 10,
  system: `${process.platform} ${release()}`,
  load: Math.round((loadavg()[0] ?? 0) * 10) / 10,
})

const firstLine = (program: string, args: string[]) =>
  spawnSync(program, args, { encoding: 'utf8' }).stdout?.trim().split('\n')[0] || 'unknown'

/** Of what these rows ran on; a database or browser that none of them used is not looked for. */
export function versionsOf(rows: readonly Row[]): Record<string, string> {
  const { dependencies } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { dependencies: Record<string, string> }
  const used = new Set(rows.map(({ on }) => on ?? ''))
  const isUsed = (what: string) => [...used].some((on) => on.includes(what))
  return {
    commit: firstLine('git', ['-C', ROOT, 'describe', '--always', '--dirty']),
    node: process.version,
    ...(isUsed('PGlite') ? { pglite: dependencies['@electric-sql/pglite'] ?? 'unknown' } : {}),
    ...(isUsed('PostgreSQL') ? { postgres: firstLine(join(findPostgresBin(), 'postgres'), ['--version']) } : {}),
    ...(isUsed('Chromium') ? { chromium: firstLine(findChromium(), ['--version']) } : {}),
  }
}
