/** `npm run restore -- <file> [--force]`: a backup becomes the data folder. The server must not run there. */
import path from 'node:path'
import { ErrorDeArranque, leerEnv } from '../env.ts'
import { oracionDe } from '../oracion.ts'
import { crearAvance } from './progress.ts'
import { restaurar } from './restore.ts'

async function principal(): Promise<void> {
  const args = process.argv.slice(2)
  const archivo = args.find((arg) => !arg.startsWith('-'))
  if (!archivo) throw new ErrorDeArranque('Which file? npm run restore -- respaldo.tar.gz [--force]')
  // A key that only reading the environment would make is not made: the folder must stay empty for the one of the backup.
  const env = leerEnv({ ...process.env, SECRET_KEY: process.env.SECRET_KEY || 'not used by a restore' })
  if (env.databaseUrl) throw new ErrorDeArranque('With DATABASE_URL restoring is PostgreSQL’s own: pg_restore, then npm run db:epoca.')
  const avance = crearAvance()
  const apartar = args.includes('--force')
  const { ficha, apartado, retomada } = await restaurar({ ...env, archivo, apartar, ahora: Date.now(), alAvanzar: avance.mostrar }).finally(
    avance.fin,
  )
  if (retomada)
    console.log(`A restore that had stopped halfway was ended. ${archivo} was not read: to put another backup here, give --force.`)
  console.log(`${path.resolve(env.dataDir)} is as it was at ${ficha.creadoAt} (release ${ficha.version}).`)
  if (apartado) console.log(`What was there is in ${apartado}.`)
  if (!ficha.conClave) console.log('Its key is not in the backup: start with the SECRET_KEY it had.')
  console.log('Tills send again what they hold of later; every device pulls its data anew.')
}

principal().catch((error) => {
  console.error(oracionDe(error))
  process.exitCode = 1
})
