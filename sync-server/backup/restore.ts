/**
 * Puts a backup in the place of what is in a data folder. It is unpacked and proved inside it, under its lock, and takes its place whole
 * (place.ts); what was there is moved aside, never deleted.
 *
 * A restored ledger is older than the devices that follow it: every stream gets another `epoca`, so that replicas pull their slice again (PU4), and
 * tills send from where the server stands now (DI1): what was accepted after the backup comes again from their journals, which keep 35 days.
 */
import { randomBytes } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import { pipeline } from 'node:stream/promises'
import { sincronizarCarpeta } from '../db/disco.ts'
import { cambiarEpocas } from '../db/epoca.ts'
import { ErrorDb } from '../db/errores.ts'
import { CANDADO, tomarCandado } from '../db/lock.ts'
import { abrirEnCarpeta } from '../db/open-pglite.ts'
import { hayRestauracionPorTerminar, RESTAURANDO } from '../db/restauracion.ts'
import { ErrorDeArranque } from '../env.ts'
import type { FichaDeRespaldo } from './pack.ts'
import { comprometer, type NotaDeRestauracion, poner } from './place.ts'
import { type Avance, desempacar } from './unpack.ts'

interface Pedido {
  archivo: string
  dataDir: string
  imagenesDir: string
  /** Of the daily backups: those in DATA_DIR stay where they are. */
  backupDir?: string | undefined
  /** Move what is there aside instead of refusing. */
  apartar: boolean
  ahora: number
  alAvanzar?: (avance: Avance) => void
}

export interface Restaurado {
  ficha: FichaDeRespaldo
  /** Where what was there is now. */
  apartado: string | undefined
  /** It ended a restore that had been stopped halfway; the file it was given was not read. */
  retomada: boolean
}

/** What a backup brings. */
const LLEGAN = ['pg', 'imagenes', 'tls', 'secret.key']
/** Of nobody's world: the lock, an unpacking that got nowhere, what the root of a disk has. */
const AJENOS = [CANDADO, RESTAURANDO, 'lost+found']
const ANTERIOR = 'anterior-'

/**
 * Called again after it was stopped, it ends what it began.
 * @throws ErrorDb CARPETA_OCUPADA, DATOS_EN_USO (a server runs there), RESPALDO_ILEGIBLE, DATOS_DE_OTRA_VERSION, MIGRACION_CAMBIADA (of a later
 *   release). Whatever is thrown, what was there is still there
 */
export async function restaurar(pedido: Pedido): Promise<Restaurado> {
  const dataDir = path.resolve(pedido.dataDir)
  if (!fs.existsSync(pedido.archivo) && !hayRestauracionPorTerminar(dataDir))
    throw new ErrorDeArranque(`There is no file called ${pedido.archivo}.`)
  const estrenada = fs.mkdirSync(dataDir, { recursive: true, mode: 0o700 }) !== undefined
  try {
    const candado = await tomarCandado(dataDir)
    try {
      return await bajoCandado({ ...pedido, dataDir, imagenesDir: path.resolve(pedido.imagenesDir) })
    } finally {
      await candado.soltar()
    }
  } finally {
    if (estrenada && fs.readdirSync(dataDir).length === 0) fs.rmdirSync(dataDir)
  }
}

async function bajoCandado(pedido: Pedido): Promise<Restaurado> {
  const { dataDir } = pedido
  if (hayRestauracionPorTerminar(dataDir)) return hecha(dataDir, poner(dataDir), true)
  const apartar = loQueHay(pedido)
  if (apartar.length && !pedido.apartar) throw new ErrorDb('CARPETA_OCUPADA', dataDir)
  const nueva = path.join(dataDir, RESTAURANDO)
  fs.rmSync(nueva, { recursive: true, force: true })
  fs.mkdirSync(nueva, { mode: 0o700 })
  sincronizarCarpeta(dataDir)
  try {
    const ficha = await desempacar(fs.createReadStream(pedido.archivo), nueva, pedido.alAvanzar)
    if (!fs.existsSync(path.join(nueva, 'pg'))) throw new ErrorDb('RESPALDO_ILEGIBLE', 'it has no database')
    await abrirYRenovar(nueva)
    if (imagenesAparte(pedido)) await mudarImagenes(path.join(nueva, 'imagenes'), pedido.imagenesDir)
    const apartado = `${ANTERIOR}${new Date(pedido.ahora).toISOString().replace(/[:.]/g, '-')}`
    comprometer(dataDir, { ficha, apartado, apartar })
    return hecha(dataDir, poner(dataDir), false)
  } finally {
    fs.rmSync(nueva, { recursive: true, force: true })
  }
}

const hecha = (dataDir: string, { ficha, apartado, apartar }: NotaDeRestauracion, retomada: boolean): Restaurado => ({
  ficha,
  apartado: apartar.length ? path.join(dataDir, apartado) : undefined,
  retomada,
})

/** The names in DATA_DIR that are of the world that is there. The file itself may lie among them, and the other backups. */
function loQueHay(pedido: Pedido): string[] {
  const enDataDir = (ruta: string) => path.relative(pedido.dataDir, path.resolve(ruta)).split(path.sep)[0] ?? ''
  const respaldos = [pedido.archivo, ...(pedido.backupDir ? [pedido.backupDir] : [])].map(enDataDir)
  const quedan = new Set([...AJENOS, ...respaldos.filter((nombre) => !LLEGAN.includes(nombre))])
  if (imagenesAparte(pedido)) quedan.add(enDataDir(pedido.imagenesDir))
  return fs.readdirSync(pedido.dataDir).filter((nombre) => !quedan.has(nombre) && !nombre.startsWith(ANTERIOR))
}

/** Kept in a folder that does not come and go with DATA_DIR: elsewhere, or a disk of its own mounted in it. */
function imagenesAparte({ dataDir, imagenesDir }: Pedido): boolean {
  if (imagenesDir !== path.join(dataDir, 'imagenes')) return true
  const disco = fs.statSync(imagenesDir, { throwIfNoEntry: false })?.dev
  return disco !== undefined && disco !== fs.statSync(dataDir).dev
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

/** These pictures are added to what is there: they are named by what is in them, and none replaces another. */
async function mudarImagenes(traidas: string, imagenesDir: string): Promise<void> {
  if (!fs.existsSync(traidas)) return
  const carpetas = new Set<string>()
  for (const hijo of fs.readdirSync(traidas, { recursive: true, withFileTypes: true })) {
    if (!hijo.isFile()) continue
    const de = path.join(hijo.parentPath, hijo.name)
    const a = path.join(imagenesDir, path.relative(traidas, de))
    if (fs.existsSync(a)) continue
    fs.mkdirSync(path.dirname(a), { recursive: true, mode: 0o700 })
    const parcial = `${a}.${randomBytes(4).toString('hex')}.tmp`
    await pipeline(fs.createReadStream(de), fs.createWriteStream(parcial, { mode: 0o600, flush: true }))
    fs.renameSync(parcial, a)
    carpetas.add(path.dirname(a))
  }
  for (const carpeta of carpetas) sincronizarCarpeta(carpeta)
  fs.rmSync(traidas, { recursive: true })
}
