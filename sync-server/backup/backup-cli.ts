/** `npm run backup -- <file>`: an embedded installation into one file, while it runs or not. */
import { ErrorDeArranque, leerEnv } from '../env.ts'
import { oracionDe } from '../oracion.ts'
import { respaldar } from './make.ts'
import { crearAvance, tamano } from './progress.ts'

async function principal(): Promise<void> {
  const [archivo] = process.argv.slice(2)
  if (!archivo) throw new ErrorDeArranque('Which file? npm run backup -- respaldo.tar.gz')
  // Reading the environment would make a key in a folder that has none.
  const env = leerEnv({ ...process.env, SECRET_KEY: process.env.SECRET_KEY || 'not used by a backup' })
  if (env.databaseUrl)
    throw new ErrorDeArranque(
      'With DATABASE_URL the backup is PostgreSQL’s own: pg_dump or pg_basebackup, and npm run db:epoca after restoring.',
    )
  const avance = crearAvance()
  const { ficha, bytes } = await respaldar({ ...env, archivo, ahora: Date.now(), alAvanzar: avance.mostrar }).finally(avance.fin)
  console.log(`${archivo}: ${tamano(bytes)}, checked${ficha.enMarcha ? ', taken while the server ran' : ''}.`)
  console.log(
    ficha.conClave
      ? 'It holds the key of this installation: whoever has the file can read everything and make cards. Keep it as you would the key.'
      : 'The key is not in it: keep SECRET_KEY beside it, or no session and no card of it can be used.',
  )
}

principal().catch((error) => {
  console.error(oracionDe(error))
  process.exitCode = 1
})
