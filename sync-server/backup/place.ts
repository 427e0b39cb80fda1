/**
 * The end of a restore: what was unpacked and proved takes its place. Everything happens inside DATA_DIR, which may be a mount point: it can be
 * neither renamed nor removed, and the folder it is in may be closed to us.
 *
 *   .restaurando/ ─► .restaurado/   from here on it goes forward, whoever takes it up again
 *   what was there ─► anterior-<date>/, then what came ─► its place, `pg` last
 *   .restaurado/ ─► .restaurando/   nothing is in it any more: removed
 */
import fs from 'node:fs'
import path from 'node:path'
import { z } from 'zod'
import { sincronizarCarpeta, sincronizarTodo } from '../db/disco.ts'
import { RESTAURADO, RESTAURANDO } from '../db/restauracion.ts'
import { fichaDeRespaldo } from './pack.ts'

const NOTA = 'restauracion.json'
/** The whole plan, written before its first step, so that it can be taken up again. */
const notaDeRestauracion = z.object({
  ficha: fichaDeRespaldo,
  /** Folder in DATA_DIR for what was there, and its names. */
  apartado: z.string(),
  apartar: z.array(z.string()),
})
export type NotaDeRestauracion = z.infer<typeof notaDeRestauracion>

const esta = (ruta: string) => fs.lstatSync(ruta, { throwIfNoEntry: false }) !== undefined

/** From its return on the restore is a fact, although it has not happened. @throws the disk's errors, and nothing was touched */
export function comprometer(dataDir: string, nota: NotaDeRestauracion): void {
  const nueva = path.join(dataDir, RESTAURANDO)
  fs.writeFileSync(path.join(nueva, NOTA), JSON.stringify(nota), { mode: 0o600 })
  sincronizarTodo(nueva)
  // Not `recursive`: one of another day is not written into.
  if (nota.apartar.length) fs.mkdirSync(path.join(dataDir, nota.apartado), { mode: 0o700 })
  fs.renameSync(nueva, path.join(dataDir, RESTAURADO))
  sincronizarCarpeta(dataDir)
}

/**
 * Does what is left of a restore that was committed to; the caller holds the lock of DATA_DIR. Stopped at any point, it is called again.
 * @throws the disk's errors: when something there could not be moved aside, all of it is where it was
 */
export function poner(dataDir: string): NotaDeRestauracion {
  const nueva = path.join(dataDir, RESTAURADO)
  const nota = notaDeRestauracion.parse(JSON.parse(fs.readFileSync(path.join(nueva, NOTA), 'utf8')))
  if (nota.apartar.length) apartar(dataDir, nota)
  for (const nombre of fs.readdirSync(nueva)) if (nombre !== NOTA && nombre !== 'pg') entrar(dataDir, nombre)
  sincronizarCarpeta(dataDir)
  if (esta(path.join(nueva, 'pg'))) entrar(dataDir, 'pg')
  sincronizarCarpeta(dataDir)
  descartar(dataDir)
  return nota
}

const entrar = (dataDir: string, nombre: string) => fs.renameSync(path.join(dataDir, RESTAURADO, nombre), path.join(dataDir, nombre))

function apartar(dataDir: string, nota: NotaDeRestauracion): void {
  const lejos = path.join(dataDir, nota.apartado)
  try {
    // What is there already went before: the one of that name in DATA_DIR is what came.
    for (const nombre of nota.apartar)
      if (!esta(path.join(lejos, nombre))) fs.renameSync(path.join(dataDir, nombre), path.join(lejos, nombre))
    for (const carpeta of [lejos, dataDir]) sincronizarCarpeta(carpeta)
  } catch (error) {
    for (const nombre of nota.apartar)
      if (esta(path.join(lejos, nombre))) fs.renameSync(path.join(lejos, nombre), path.join(dataDir, nombre))
    fs.rmdirSync(lejos)
    descartar(dataDir)
    throw error
  }
}

/** By a name that stops nobody: removing takes many steps. */
function descartar(dataDir: string): void {
  const resto = path.join(dataDir, RESTAURANDO)
  fs.renameSync(path.join(dataDir, RESTAURADO), resto)
  sincronizarCarpeta(dataDir)
  fs.rmSync(resto, { recursive: true, force: true })
}
