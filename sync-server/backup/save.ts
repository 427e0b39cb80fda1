/** Puts a backup into a file: whole and checked, or not at all. */
import { randomBytes } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import { Readable } from 'node:stream'
import { sincronizarCarpeta } from '../db/disco.ts'
import type { FichaDeRespaldo } from './pack.ts'
import { type Avance, desempacar } from './unpack.ts'

export interface Guardado {
  archivo: string
  /** Of the file. */
  bytes: number
  ficha: FichaDeRespaldo
}

/**
 * Writes the stream beside its place, reading it again on the way, and gives it its name when its last byte is on the disk. Only its owner may read it.
 * @throws ErrorDb RESPALDO_ILEGIBLE when the stream was cut; the disk's errors (EEXIST when there is such a file). Nothing is left behind
 */
export async function guardarRespaldo(flujo: Readable, archivo: string, alAvanzar?: (avance: Avance) => void): Promise<Guardado> {
  const carpeta = path.dirname(path.resolve(archivo))
  fs.mkdirSync(carpeta, { recursive: true, mode: 0o700 })
  // Its own: another backup to the same name may be under way, and one of the two must lose whole.
  const parcial = `${archivo}.${randomBytes(4).toString('hex')}.parcial`
  const salida = await fs.promises.open(parcial, 'wx', 0o600)
  async function* copiando(): AsyncGenerator<Uint8Array> {
    for await (const trozo of flujo as AsyncIterable<Uint8Array>) {
      await salida.writeFile(trozo)
      yield trozo
    }
  }
  try {
    const ficha = await desempacar(Readable.from(copiando(), { objectMode: false }), undefined, alAvanzar)
    await salida.sync()
    // Not over a file that is there: a name typed twice must not cost yesterday's backup.
    fs.linkSync(parcial, archivo)
    sincronizarCarpeta(carpeta)
    return { archivo, bytes: fs.statSync(archivo).size, ficha }
  } finally {
    flujo.destroy()
    await salida.close()
    fs.rmSync(parcial, { force: true })
  }
}
