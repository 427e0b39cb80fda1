/** Makes a backup of an embedded installation, running or not. */
import fs from 'node:fs'
import type net from 'node:net'
import path from 'node:path'
import type { Readable } from 'node:stream'
import { ErrorDb } from '../db/errores.ts'
import { llamar, tomarCandado } from '../db/lock.ts'
import { exigirSinRestauracion } from '../db/restauracion.ts'
import { ErrorDeArranque } from '../env.ts'
import { empacar } from './pack.ts'
import { type Guardado, guardarRespaldo } from './save.ts'
import { ORDEN } from './serve.ts'
import type { Avance } from './unpack.ts'

interface Pedido {
  dataDir: string
  imagenesDir: string
  archivo: string
  ahora: number
  alAvanzar?: (avance: Avance) => void
}

/**
 * Asks the server that has the folder open; when none has, reads the folder under its lock.
 * @throws ErrorDb RESPALDO_CORTADO when the server went away meanwhile; Error with its sentence when it refuses; Error when there is no database;
 *   RESTAURACION_A_MEDIAS
 */
export async function respaldar(pedido: Pedido): Promise<Guardado> {
  const { dataDir, archivo, alAvanzar } = pedido
  if (fs.existsSync(archivo)) throw new ErrorDeArranque(`There is a file called ${archivo} already: give another name.`)
  const conexion = await llamar(dataDir)
  if (conexion) return pedirAlServidor(conexion).then((flujo) => guardarRespaldo(flujo, archivo, alAvanzar).catch(cortado))
  exigirSinRestauracion(dataDir)
  if (!fs.existsSync(path.join(dataDir, 'pg'))) throw new ErrorDeArranque(`There is no embedded database in ${dataDir}.`)
  const candado = await tomarCandado(dataDir)
  try {
    return await guardarRespaldo(empacar(pedido), archivo, alAvanzar)
  } finally {
    await candado.soltar()
  }
}

/** What came was ours as far as it came: it is the server that ended it. */
function cortado(error: unknown): never {
  const ilegible = error instanceof ErrorDb && error.code === 'RESPALDO_ILEGIBLE'
  throw ilegible ? new ErrorDb('RESPALDO_CORTADO', 'the log of the server says why', error) : error
}

/** What follows the first line. */
async function pedirAlServidor(conexion: net.Socket): Promise<Readable> {
  conexion.write(`${ORDEN}\n`)
  const linea = await primeraLinea(conexion)
  const respuesta = JSON.parse(linea) as { ok: boolean; error?: string }
  if (!respuesta.ok) throw new ErrorDeArranque(respuesta.error ?? 'The server refused.')
  return conexion
}

/** Reads no further than the line: the rest stays in the stream. */
async function primeraLinea(conexion: net.Socket): Promise<string> {
  let leido = Buffer.alloc(0)
  for (;;) {
    const trozo: Buffer | null = conexion.read()
    if (trozo) {
      leido = Buffer.concat([leido, trozo])
      const fin = leido.indexOf('\n')
      if (fin >= 0) {
        conexion.unshift(leido.subarray(fin + 1))
        return leido.toString('utf8', 0, fin)
      }
    } else if (conexion.readableEnded || conexion.destroyed) throw new ErrorDb('RESPALDO_CORTADO', 'the server went away')
    else await new Promise((listo) => conexion.once('readable', listo).once('close', listo))
  }
}
