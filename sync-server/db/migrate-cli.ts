/** `npm run db:migrate`: brings the database of DATABASE_URL, or the embedded one of DATA_DIR, up to date, and says what it did. */
import { leerMigraciones, migrar } from './migrate.ts'
import { abrirEnCarpeta } from './open-pglite.ts'
import { comoDueno } from './open-postgres.ts'

async function principal(): Promise<void> {
  const { DATABASE_URL, DATA_DIR = './data' } = process.env
  const migraciones = leerMigraciones()
  if (DATABASE_URL) {
    const nuevas = await comoDueno(DATABASE_URL, (sql) => migrar(sql, migraciones))
    for (const nombre of nuevas) console.log(`aplicada  ${nombre}`)
  } else {
    // Opening it is migrating it: one process holds the folder, and this one lets it go at once.
    const { db } = await abrirEnCarpeta(DATA_DIR, migraciones)
    await db.close()
  }
  console.log(`${migraciones.length} migraciones, al día`)
}

principal().catch((error: Error) => {
  console.error(error.message)
  process.exitCode = 1
})
