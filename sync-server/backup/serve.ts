/**
 * The running server gives its backup to whoever asks through the socket of DATA_DIR, which only its owner can reach. One line asks, one line
 * answers, and what follows is the backup itself:
 *
 *   respaldo\n  ─►        ◄─ {"ok":true,"ficha":{…}}\n <gzip…>          or  {"ok":false,"error":"…"}\n
 */
import type net from 'node:net'
import readline from 'node:readline'
import type { Logger } from 'pino'
import type { Embebida } from '../db/embebida.ts'
import { ErrorDb } from '../db/errores.ts'
import { describir, empacar, type Origen } from './pack.ts'

export const ORDEN = 'respaldo'

interface Casa {
  embebida: Embebida
  imagenesDir: string
  now: () => number
  log: Logger
}

/** From now on the server answers. What is being given when it stops is cut by `embebida.cortar()` and the end of the socket. */
export function atenderRespaldos(casa: Casa): void {
  casa.embebida.alPedir((conexion) => {
    const lineas = readline.createInterface({ input: conexion })
    lineas.once('line', (linea) => {
      if (linea === ORDEN) dar(casa, conexion)
      else conexion.end(`${JSON.stringify({ ok: false, error: 'unknown order' })}\n`)
    })
  })
}

function dar({ embebida, imagenesDir, now, log }: Casa, conexion: net.Socket): void {
  if (embebida.ocupada()) {
    const { message } = new ErrorDb('RESPALDO_EN_CURSO', embebida.dataDir)
    return void conexion.end(`${JSON.stringify({ ok: false, error: message })}\n`)
  }
  const inicio = performance.now()
  const origen: Origen = { dataDir: embebida.dataDir, imagenesDir, imagen: embebida.imagen(), ahora: now() }
  const ficha = describir(origen)
  conexion.write(`${JSON.stringify({ ok: true, ficha })}\n`)
  const flujo = empacar(origen, ficha)
  flujo.once('error', (err) => {
    log.error({ err }, 'a backup was cut short')
    conexion.destroy()
  })
  conexion.once('close', () => flujo.destroy())
  flujo.once('end', () => log.info({ ms: Math.round(performance.now() - inicio) }, 'a backup was given'))
  flujo.pipe(conexion)
}
