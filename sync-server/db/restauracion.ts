/**
 * How a data folder says that a restore has not ended in it. Whoever would make something of a folder that looks empty (a key, a cluster) asks first.
 *
 *   .restaurando/   being unpacked, or what is left of it: nothing was touched yet
 *   .restaurado/    whole and proved, taking its place: the folder is neither what it was nor what it will be
 */
import fs from 'node:fs'
import path from 'node:path'
import { ErrorDb } from './errores.ts'

export const RESTAURANDO = '.restaurando'
export const RESTAURADO = '.restaurado'

/** Whether a restore was stopped (or is) between what was there and what comes: only forward is whole. */
export const hayRestauracionPorTerminar = (dataDir: string): boolean => fs.existsSync(path.join(dataDir, RESTAURADO))

/** A database that was there before a restore that got nowhere is served as ever. @throws ErrorDb RESTAURACION_A_MEDIAS */
export function exigirSinRestauracion(dataDir: string): void {
  const hay = (nombre: string) => fs.existsSync(path.join(dataDir, nombre))
  if (hayRestauracionPorTerminar(dataDir) || (hay(RESTAURANDO) && !hay('pg'))) throw new ErrorDb('RESTAURACION_A_MEDIAS', dataDir)
}
