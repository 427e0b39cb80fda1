/** `npm run db:epoca`: after a PostgreSQL was put back to an earlier moment (pg_restore, a snapshot), before its servers start again. */
import { leerEnv } from '../env.ts'
import { oracionDe } from '../oracion.ts'
import { cambiarEpocas } from './epoca.ts'
import { openDb } from './open.ts'

async function principal(): Promise<void> {
  const env = leerEnv(process.env)
  const db = await openDb({ databaseUrl: env.databaseUrl, dataDir: env.dataDir, secretKey: env.secretKey })
  try {
    console.log(
      `${await cambiarEpocas(db)} streams: every replica will pull its slice again, every till sends from where this database stands.`,
    )
  } finally {
    await db.close()
  }
}

principal().catch((error) => {
  console.error(oracionDe(error))
  process.exitCode = 1
})
