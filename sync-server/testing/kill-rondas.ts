/**
 * kill -9 under load, on either engine: tills push without pause, the server's process group gets SIGKILL at a random moment, it starts again
 * on the same data, and every entry whose receipt was acknowledged must still be there, once, with its chain going on from `esperado`.
 */
import { randomInt } from 'node:crypto'
import { setTimeout as dormir } from 'node:timers/promises'
import * as assert from 'uvu/assert'
import { type ServerProcess, startServer } from '../../scripts/lib/server-process.mjs'
import { altaDeEscritor, type Escritor, enviar, RespuestaDeError, subir, vender } from './kill-escritor.ts'

/** What a server is started with, the same at every start: only so does it find its data again. */
export interface Arranque {
  dataDir: string
  port: number
  databaseUrl?: string
  secretKey?: string
  asPid1?: boolean
}

const CARGA_MINIMA_MS = 120
const CARGA_MAXIMA_MS = 900
const RENGLONES_MAXIMOS = 25

/** Enrols tills in the demo's first negocio. Every `conQr`-th sale of a till carries a shopper's QR. */
export async function altaDeEscritores(base: string, cuantos: number): Promise<Escritor[]> {
  const escritores: Escritor[] = []
  for (let i = 0; i < cuantos; i++) {
    const { token } = await enviar<{ token: string }>(fetch, `${base}/api/demo/enlace`, { negocio: 'pizzeria-roma', sucursal: 'Centro' })
    escritores.push(await altaDeEscritor(base, token))
  }
  return escritores
}

/** Runs the rounds and leaves a living server with every chain handed in. */
export async function rondasDeKill(
  arranque: Arranque,
  rondas: number,
  escritores: Escritor[],
  inicial: ServerProcess,
): Promise<ServerProcess> {
  let servidor = inicial
  for (let ronda = 0; ronda < rondas; ronda++) {
    const corriendo = Promise.all(escritores.map((e) => empujarHastaQueCaiga(e, servidor.url)))
    await dormir(randomInt(CARGA_MINIMA_MS, CARGA_MAXIMA_MS))
    await servidor.kill9()
    await corriendo
    servidor = await startServer(arranque)
    for (const escritor of escritores) await revisarEsperado(escritor, servidor.url, ronda)
  }
  for (const escritor of escritores) await entregarTodo(escritor, servidor.url)
  return servidor
}

/** Sells and uploads until the connection breaks. A refusal would be a bug, except the limit per minute, which ends with the process. */
async function empujarHastaQueCaiga(escritor: Escritor, base: string): Promise<void> {
  let esperado = escritor.reconocido + 1
  const qr = await pedirQr(base)
  for (;;) {
    for (let i = randomInt(1, RENGLONES_MAXIMOS); i > 0; i--) await vender(escritor, randomInt(1, 50_000), i === 1 ? qr : null)
    try {
      esperado = (await subir(escritor, base, esperado, esperado + 100)).esperado
    } catch (error) {
      if (!(error instanceof RespuestaDeError)) return
      if (error.status !== 429) throw error
      await dormir(50)
    }
  }
}

const pedirQr = (base: string): Promise<string | null> =>
  enviar<{ qr: string }>(fetch, `${base}/api/demo/qr`, { shopper: 'juan' }).then(
    (r) => r.qr,
    () => null, // killed before the answer
  )

/** [DI3] after a restart: nothing acknowledged is asked for again, and nothing is "received" that was never sent. */
async function revisarEsperado(escritor: Escritor, base: string, ronda: number): Promise<void> {
  const prometido = escritor.reconocido
  const { esperado } = await subir(escritor, base, 0, 0)
  assert.ok(esperado > prometido, `round ${ronda}: acknowledged up to ${prometido}, after the kill the server wants ${esperado}`)
  assert.ok(
    esperado <= escritor.cuerpos.length,
    `round ${ronda}: the server claims ${esperado}, only ${escritor.cuerpos.length} were written`,
  )
}

async function entregarTodo(escritor: Escritor, base: string): Promise<void> {
  let { esperado } = await subir(escritor, base, 0, 0)
  while (esperado < escritor.cuerpos.length) esperado = (await subir(escritor, base, esperado, esperado + 100)).esperado
}
