/** The daily backup of an embedded database into BACKUP_DIR. The last seven are kept; what other hands put in that folder is left alone. */
import fs from 'node:fs'
import path from 'node:path'
import { Gauge, type Registry } from 'prom-client'
import { DIA, SEGUNDO } from '../../schema/core/tiempo.ts'
import { empacar } from '../backup/pack.ts'
import { guardarRespaldo } from '../backup/save.ts'
import type { Deps } from '../context.ts'

/** How many are kept. */
export const RESPALDOS_QUE_QUEDAN = 7
const NOMBRE = /^anunciaya-(\d{4}-\d\d-\d\d)T(\d\d)-(\d\d)-(\d\d)Z\.tar\.gz$/

/** Of the ones made by this job, oldest first. */
function hechos(carpeta: string): { nombre: string; at: number }[] {
  if (!fs.existsSync(carpeta)) return []
  return fs
    .readdirSync(carpeta)
    .flatMap((nombre) => {
      const [, dia, hora, minuto, segundo] = NOMBRE.exec(nombre) ?? []
      return dia ? [{ nombre, at: Date.parse(`${dia}T${hora}:${minuto}:${segundo}Z`) }] : []
    })
    .sort((a, b) => a.at - b.at)
}

/** When the newest one was made, ms; undefined: there is none. */
export const ultimoRespaldoAt = (carpeta: string): number | undefined => hechos(carpeta).at(-1)?.at

/** For whoever watches from outside: 0 until there is one. Nothing where no daily backup is made. */
export function medirRespaldos({ db, env }: Pick<Deps, 'db' | 'env'>, registro: Registry): void {
  const { backupDir } = env
  if (!backupDir || !db.embebida) return
  const gauge: Gauge = new Gauge({
    name: 'anunciaya_respaldo_ultimo_segundos',
    help: 'When the newest daily backup was made, seconds since 1970',
    registers: [registro],
    collect: () => gauge.set((ultimoRespaldoAt(backupDir) ?? 0) / SEGUNDO),
  })
}

/**
 * Makes one when the last is a day old, then lets the eighth go. Gives the file, or undefined when it is not time, there is no BACKUP_DIR, or the
 * database is not an embedded one. @throws ErrorDb RESPALDO_EN_CURSO, RESPALDO_CORTADO; the disk's errors (then nothing is left behind)
 */
export async function respaldoDelDia(deps: Pick<Deps, 'db' | 'env' | 'now' | 'log'>): Promise<string | undefined> {
  const { backupDir, imagenesDir } = deps.env
  const { embebida } = deps.db
  if (!backupDir || !embebida) return undefined
  const ahora = deps.now()
  const ultimo = ultimoRespaldoAt(backupDir)
  if (ultimo !== undefined && ahora - ultimo < DIA) return undefined
  const archivo = path.join(backupDir, `anunciaya-${new Date(ahora).toISOString().slice(0, 19).replaceAll(':', '-')}Z.tar.gz`)
  const inicio = performance.now()
  const { bytes } = await guardarRespaldo(empacar({ dataDir: embebida.dataDir, imagenesDir, imagen: embebida.imagen(), ahora }), archivo)
  for (const { nombre } of hechos(backupDir).slice(0, -RESPALDOS_QUE_QUEDAN)) fs.rmSync(path.join(backupDir, nombre), { force: true })
  deps.log.info({ bytes, ms: Math.round(performance.now() - inicio), archivo: path.basename(archivo) }, 'daily backup')
  return archivo
}
