// For `node --import`, before a server that a journey starts: at each SIGUSR2 its clock goes CLOCK_STEP_MS ahead, and what was to happen
// meanwhile happens at once, as after a night in which nobody came. Then it prints a line that says so.
const step = Number(process.env.CLOCK_STEP_MS)
const now = Date.now
const { setTimeout: later, clearTimeout: forget } = globalThis
let ahead = 0

Date.now = () => now() + ahead
globalThis.Date = new Proxy(Date, {
  construct: (made, parts, as) => Reflect.construct(made, parts.length > 0 ? parts : [Date.now()], as),
})

/** Timers that are under way, with the hour each is due. */
const waiting = new Map()
const remembered = (what, ms = 0, ...parts) => {
  const run = () => {
    waiting.delete(timer)
    what(...parts)
  }
  const timer = later(run, ms)
  waiting.set(timer, { at: Date.now() + ms, run })
  return timer
}
globalThis.setTimeout = Object.assign(remembered, { __promisify__: later.__promisify__ })
globalThis.clearTimeout = (timer) => {
  waiting.delete(timer)
  forget(timer)
}

process.on('SIGUSR2', () => {
  ahead += step
  const due = [...waiting].filter(([, { at }]) => at <= Date.now()).sort(([, a], [, b]) => a.at - b.at)
  for (const [timer, { run }] of due) {
    forget(timer)
    run()
  }
  console.log(`clock moved to ${new Date().toISOString()}`)
})
