/**
 * Puts a backup in the place of a data folder. It is built beside it and moved there whole; what was there is moved aside, never deleted.
 *
 * A restored ledger is older than the devices that follow it: every stream gets another `epoca`, so that replicas pull their slice again (PU4), and
 * tills send from where the server stands now (DI1): what was accepted after the backup comes again from their journals, which keep 35 days.
 */
import fs from 'node:fs'
import path from 'node:path'
import { pipeline } from 'node:stream/promises'
import { cambiarEpocas } from '../db/epoca.ts'
import { ErrorDb } from '../db/errores.ts'
import { tomarCandado } from '../db/lock.ts'
import { abrirEnCarpeta } from '../db/open-pglite.ts'
import { ErrorDeArranque } from '../env.ts'
import type { FichaDeRespaldo } from './pack.ts'
import { type Avance, desempacar } from './unpack.ts'

interface Pedido {
  archivo: string
  dataDir: string
  imagenesDir: string
  /** Move what is there aside instead of refusing. */
  apartar: boolean
  ahora: number
  alAvanzar?: (avance: Avance) => void
}

export interface Restaurado {
  ficha: FichaDeRespaldo
  /** Where what was there is now. */
  apartado: string | undefined
}

/**
 * @throws ErrorDb CARPETA_OCUPADA, DATOS_EN_USO (a server runs there), RESPALDO_ILEGIBLE, DATOS_DE_OTRA_VERSION, MIGRACION_CAMBIADA (of a later
 *   release). Whatever is thrown, what was there is still there
 */
export async function restaurar(pedido: Pedido): Promise<Restaurado> {
  if (!fs.existsSync(pedido.archivo)) throw new ErrorDeArranque(`There is no file called ${pedido.archivo}.`)
  const dataDir = path.resolve(pedido.dataDir)
  const ocupada = fs.existsSync(dataDir) && fs.readdirSync(dataDir).length > 0
  if (ocupada) {
    // Said before the other: a living server is the graver reason.
    await (await tomarCandado(dataDir)).soltar()
    if (!pedido.apartar) throw new ErrorDb('CARPETA_OCUPADA', dataDir)
  }
  fs.mkdirSync(path.dirname(dataDir), { recursive: true })
  const nueva = fs.mkdtempSync(`${dataDir}.restaurando-`)
  try {
    const ficha = await desempacar(fs.createReadStream(pedido.archivo), nueva, pedido.alAvanzar)
    await abrirYRenovar(nueva)
    await mudarImagenes(nueva, dataDir, path.resolve(pedido.imagenesDir))
    return { ficha, apartado: poner(nueva, dataDir, ocupada, pedido.ahora) }
  } finally {
    fs.rmSync(nueva, { recursive: true, force: true })
  }
}

/** Opening it replays its log, migrates it and looks at its isolation: what does not open is not restored. */
async function abrirYRenovar(carpeta: string): Promise<void> {
  const { db } = await abrirEnCarpeta(carpeta)
  try {
    await cambiarEpocas(db)
  } finally {
    await db.close()
  }
}

/** Pictures kept outside DATA_DIR are added to what is there: they are named by what is in them, and none replaces another. */
async function mudarImagenes(nueva: string, dataDir: string, imagenesDir: string): Promise<void> {
  const traidas = path.join(nueva, 'imagenes')
  if (!fs.existsSync(traidas) || imagenesDir === path.join(dataDir, 'imagenes')) return
  for (const hijo of fs.readdirSync(traidas, { recursive: true, withFileTypes: true })) {
    if (!hijo.isFile()) continue
    const de = path.join(hijo.parentPath, hijo.name)
    const a = path.join(imagenesDir, path.relative(traidas, de))
    if (fs.existsSync(a)) continue
    fs.mkdirSync(path.dirname(a), { recursive: true, mode: 0o700 })
    await pipeline(fs.createReadStream(de), fs.createWriteStream(`${a}.parcial`, { mode: 0o600, flush: true }))
    fs.renameSync(`${a}.parcial`, a)
  }
  fs.rmSync(traidas, { recursive: true })
}

function poner(nueva: string, dataDir: string, ocupada: boolean, ahora: number): string | undefined {
  const apartado = ocupada ? `${dataDir}.antes-${new Date(ahora).toISOString().replace(/[:.]/g, '-')}` : undefined
  if (apartado) fs.renameSync(dataDir, apartado)
  else fs.rmSync(dataDir, { recursive: true, force: true })
  fs.renameSync(nueva, dataDir)
  return apartado
}
