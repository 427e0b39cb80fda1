/** Starts the server: environment, database, keys, demo world, jobs, port. Ends it in the reverse order. */
import { randomBytes } from 'node:crypto'
import { HORA, MINUTO } from '../schema/core/tiempo.ts'
import { createApp, type OpcionesDeApp } from './app.ts'
import { exigirMismaClave } from './auth/huella.ts'
import { limpiarAccesos } from './auth/limpiar.ts'
import { cargarLlaves, refrescarLlaves } from './auth/llaves.ts'
import { atenderRespaldos } from './backup/serve.ts'
import type { Deps } from './context.ts'
import { openDb } from './db/open.ts'
import { crearMundoDemo, esDemo } from './demo/crear.ts'
import { crearRedDemo } from './demo/red.ts'
import { montarDemo } from './demo/rutas.ts'
import { leerEnv } from './env.ts'
import { certificadoDeLan, montarCertificado } from './http/certificado.ts'
import type { App } from './http/entorno.ts'
import { crearMetricas } from './http/metricas.ts'
import { medirRespaldos } from './jobs/backup.ts'
import { iniciarTrabajos } from './jobs/index.ts'
import { escuchar } from './listen.ts'
import { crearLog } from './log.ts'
import { oracionDe } from './oracion.ts'
import { presentar } from './presentar.ts'
import { jueces } from './registry.ts'
import { crearHub } from './sync/hub.ts'

/** How often a node looks whether another one made an issuing key. */
const REFRESCO_DE_LLAVES_MS = 10 * MINUTO
const LIMPIEZA_MS = HORA
/** Requests in progress may take this long to end when the server is told to stop. */
const DESPEDIDA_MS = 5_000
/** For all of it together, whatever hangs. */
const PLAZO_DE_CIERRE_MS = 25_000
/** A database that is stopped every night before its six hours are over is tidied on the way out; no table is begun later than this. */
const CUIDADO_AL_CERRAR_MS = 1_500

/** Of the environment, once it is read. */
let drainMs = 0

type Paso = () => void | Promise<void>

/** Runs what was registered, last first: each step may still use what was opened before it. */
const cierres: Paso[] = []
async function cerrarTodo(): Promise<void> {
  for (let paso = cierres.pop(); paso; paso = cierres.pop()) await paso()
}

async function prepararDeps(): Promise<Deps> {
  const env = leerEnv(process.argv.includes('--https') ? { ...process.env, HTTPS: '1' } : process.env)
  const log = crearLog(env.logLevel)
  const db = await openDb({ databaseUrl: env.databaseUrl, dataDir: env.dataDir, secretKey: env.secretKey })
  cierres.push(async () => {
    await db.mantener(CUIDADO_AL_CERRAR_MS).catch((err) => log.error({ err }, 'the database could not be tidied'))
    await db.close()
  })
  await exigirMismaClave(db, env.secretKey)
  const llaves = await cargarLlaves(db, env.secretKey, Date.now())
  return { db, env, log, now: Date.now, azar: (n) => new Uint8Array(randomBytes(n)), jueces, hub: crearHub(), llaves }
}

/** Housekeeping of this process; what belongs to the ledger is in jobs/. */
function mantener(deps: Deps): void {
  const cada = (ms: number, que: string, tarea: (deps: Deps) => Promise<unknown>) => {
    const reloj = setInterval(() => {
      tarea(deps).catch((err) => deps.log.error({ err }, `${que} failed`))
    }, ms)
    cierres.push(() => clearInterval(reloj))
  }
  cada(REFRESCO_DE_LLAVES_MS, 'reading the issuing keys again', refrescarLlaves)
  cada(LIMPIEZA_MS, 'forgetting old sessions', limpiarAccesos)
}

/** `npm run backup` asks here. One that is being made when the server stops is cut before its jobs are waited for. */
function respaldosDe({ db, env, now, log }: Deps): void {
  const { embebida } = db
  if (!embebida) return
  atenderRespaldos({ embebida, imagenesDir: env.imagenesDir, now, log })
  cierres.push(() => embebida.cortar())
}

function opcionesDeDemo(deps: Deps): OpcionesDeApp {
  const red = crearRedDemo(deps)
  return { antes: red.cortar, montar: (app) => montarDemo(app, deps, red) }
}

/** Whoever tries the demo is Juan in many browsers of one day. */
const LLAVES_POR_DIA_EN_LA_DEMO = 200

async function arrancar(): Promise<void> {
  const deps = await prepararDeps()
  drainMs = deps.env.drainMs
  const demo = await esDemo(deps)
  if (demo) deps.env.limites = { ...deps.env.limites, llavesPorDia: LLAVES_POR_DIA_EN_LA_DEMO }
  if (demo) await crearMundoDemo(deps, (ventas) => console.log(`telling the demo world's story: ${ventas} sales…`))
  mantener(deps)
  cierres.push(await iniciarTrabajos(deps))
  respaldosDe(deps)
  const certificado = deps.env.https ? await certificadoDeLan(deps.env.dataDir, deps.now()) : undefined
  const opciones: OpcionesDeApp = demo ? opcionesDeDemo(deps) : {}
  const montar = (app: App) => {
    opciones.montar?.(app)
    if (certificado) montarCertificado(app, certificado)
  }
  const metricas = crearMetricas({ proceso: true })
  medirRespaldos(deps, metricas.registro)
  const app = createApp(deps, { metricas, ...opciones, montar })
  const { puerto, cerrar } = await escuchar(deps, app, { certificado, drainMs, despedidaMs: DESPEDIDA_MS })
  cierres.push(cerrar)
  await presentar(deps, puerto, demo)
}

async function terminar(codigo: number): Promise<never> {
  // Whoever started it kills it after 30 s, and then nobody would know why.
  setTimeout(() => {
    console.error('The server did not end in time: what it had confirmed is on the disk.')
    process.exit(1)
  }, PLAZO_DE_CIERRE_MS + drainMs).unref()
  await cerrarTodo().catch((error) => console.error(oracionDe(error)))
  process.exit(codigo)
}

// As pid 1 a process without handlers ignores these signals. A second one does not wait.
let terminando = false
for (const senal of ['SIGTERM', 'SIGINT'] as const)
  process.on(senal, () => {
    if (terminando) process.exit(0)
    terminando = true
    void arranque.then(() => terminar(0))
  })

const arranque = arrancar().catch((error) => {
  console.error(oracionDe(error))
  return terminar(1)
})
