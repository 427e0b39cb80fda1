/**
 * A slower machine: every process of the browser stands still for three quarters of each 12 ms (SIGSTOP, SIGCONT), workers and all. The debugger's
 * own throttle slows a page's main thread only, and a control group asks for rights that a measurement should not need.
 */
import { Worker } from 'node:worker_threads'
import { procesosDelPerfil } from '../../client/e2e/lib/aparato.ts'

/** How many times slower. */
export const SLOWER = 4
const SLICE_MS = 3
/** New processes of the browser are slowed too, a moment after they appear. */
const RENEW_MS = 250

/** A thread of its own keeps time: the measurement's own work must not stretch a pause. */
const METRONOME = `
  const { parentPort, workerData } = require('node:worker_threads')
  const { flag, slice, slower } = workerData
  const sleeper = new Int32Array(new SharedArrayBuffer(4))
  const sleep = (ms) => Atomics.wait(sleeper, 0, 0, ms)
  const { receiveMessageOnPort } = require('node:worker_threads')
  let pids = []
  const send = (signal) => { for (const pid of pids) try { process.kill(pid, signal) } catch {} }
  while (Atomics.load(flag, 0) === 0) {
    for (let got = receiveMessageOnPort(parentPort); got; got = receiveMessageOnPort(parentPort)) pids = got.message
    send('SIGSTOP')
    sleep(slice * (slower - 1))
    send('SIGCONT')
    sleep(slice)
  }
  send('SIGCONT')`

/** Slows the browser of this profile until the returned function is called. */
export function slowly(profile: string): () => Promise<void> {
  const flag = new Int32Array(new SharedArrayBuffer(4))
  const worker = new Worker(METRONOME, { eval: true, workerData: { flag, slice: SLICE_MS, slower: SLOWER } })
  const ended = new Promise<void>((resolve) => worker.once('exit', () => resolve()))
  const tell = () => worker.postMessage(procesosDelPerfil(profile))
  tell()
  const timer = setInterval(tell, RENEW_MS)
  return async () => {
    clearInterval(timer)
    Atomics.store(flag, 0, 1)
    await ended
    // One that was found and stopped in the last instant.
    for (const pid of procesosDelPerfil(profile)) resume(pid)
  }
}

function resume(pid: number): void {
  try {
    process.kill(pid, 'SIGCONT')
  } catch {
    // ended meanwhile
  }
}
