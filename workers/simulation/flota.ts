/** Many seeds over a few worker processes. A worker that dies or hangs takes its seed with it, as a failure, and is replaced. */
import { type ChildProcess, fork } from 'node:child_process'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Corrida } from './correr.ts'

/** A run of the tests has it as JavaScript (scripts/lib/transpile.mjs); by itself it is read by tsx. */
const OBRERO = process.env.TEST_JS
  ? join(process.env.TEST_JS, 'workers/simulation/obrero.js')
  : fileURLToPath(new URL('./obrero.ts', import.meta.url))
/** V8's quick compiler of WebAssembly only: over ten seeds the optimising one never gets back the CPU it takes. A roomy young generation: 7 % less of it. */
const OPCIONES = [...(process.env.TEST_JS ? ['--enable-source-maps'] : ['--import', 'tsx']), '--liftoff-only', '--max-semi-space-size=32']
const PACIENCIA_MS = Number(process.env.SIM_PACIENCIA ?? 180_000)
/** A process keeps the memory of the databases it ran: it is replaced after so many seeds. */
const SEMILLAS_POR_PROCESO = 10

export interface Pedido {
  semillas: number[]
  ops: number
  procesos?: number
  traza?: boolean
  alTerminar?: (corrida: Corrida) => void
}

export async function correrSemillas({ semillas, ops, procesos = 2, traza = false, alTerminar }: Pedido): Promise<Corrida[]> {
  const cola = [...semillas]
  const corridas: Corrida[] = []
  const carril = async () => {
    while (cola.length > 0) {
      const obrero = await contratar()
      for (let i = 0; i < SEMILLAS_POR_PROCESO && obrero.connected; i++) {
        const seed = cola.shift()
        if (seed === undefined) break
        const corrida = await encargar(obrero, seed, ops, traza)
        corridas.push(corrida)
        alTerminar?.(corrida)
      }
      if (obrero.connected) obrero.disconnect()
    }
  }
  await Promise.all(Array.from({ length: Math.min(procesos, semillas.length) }, carril))
  return corridas.sort((a, b) => semillas.indexOf(a.seed) - semillas.indexOf(b.seed))
}

function contratar(): Promise<ChildProcess> {
  const obrero = fork(OBRERO, { execArgv: OPCIONES, stdio: ['ignore', 'inherit', 'inherit', 'ipc'], serialization: 'advanced' })
  return new Promise((resolver, rechazar) => {
    obrero.once('message', () => resolver(obrero))
    obrero.once('exit', (codigo) => rechazar(new Error(`a worker of the simulation did not start (exit ${codigo})`)))
  })
}

function encargar(obrero: ChildProcess, seed: number, ops: number, traza: boolean): Promise<Corrida> {
  return new Promise((resolver) => {
    const fallar = (que: string) => resolver({ seed, ops, hechos: 0, hallazgos: [{ clase: 'divergent', que }], cuentas: [], ms: 0 })
    const alSalir = (codigo: number | null, senal: string | null) => {
      clearTimeout(alarma)
      fallar(`the worker process ended (${codigo ?? senal})`)
    }
    const alarma = setTimeout(() => {
      obrero.kill('SIGKILL')
    }, PACIENCIA_MS)
    obrero.once('exit', alSalir)
    obrero.once('message', (corrida) => {
      clearTimeout(alarma)
      obrero.off('exit', alSalir)
      resolver(corrida as Corrida)
    })
    obrero.send({ seed, ops, traza })
  })
}
