/** CPU time of a process and of all its descendants (Linux: /proc), ms. A database's backends are children of its postmaster. */
import { readdirSync, readFileSync } from 'node:fs'

/** Linux counts in hundredths of a second. */
const TICK_MS = 10

interface Stat {
  pid: number
  parent: number
  ticks: number
}

function statOf(pid: number): Stat | null {
  try {
    const fields = (readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1) ?? '').split(' ')
    // utime, stime, and those of children that ended: fields 14 to 17, counted from the pid.
    const ticks = [11, 12, 13, 14].reduce((sum, at) => sum + Number(fields[at] ?? 0), 0)
    return { pid, parent: Number(fields[1]), ticks }
  } catch {
    return null // ended meanwhile
  }
}

/** @throws Error where there is no /proc */
export function cpuMs(roots: readonly number[]): number {
  const all = readdirSync('/proc').flatMap((name) => (/^\d+$/.test(name) ? (statOf(Number(name)) ?? []) : []))
  const wanted = new Set(roots)
  for (let grew = true; grew; ) {
    grew = false
    for (const { pid, parent } of all)
      if (wanted.has(parent) && !wanted.has(pid)) {
        wanted.add(pid)
        grew = true
      }
  }
  return all.filter(({ pid }) => wanted.has(pid)).reduce((sum, { ticks }) => sum + ticks, 0) * TICK_MS
}
