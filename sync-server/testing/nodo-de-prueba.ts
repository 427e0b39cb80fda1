/**
 * One node of several, in a process of its own: the real app, hub and jobs on a PostgreSQL that is shared, with limits that do not get in the
 * way. Prints `listo <port>` when it serves. Environment: DATABASE_URL.
 */
import { serve } from '@hono/node-server'
import { openDb } from '../db/open.ts'
import { iniciarTrabajos } from '../jobs/index.ts'
import { CLAVE_DE_PRUEBA } from './db.ts'
import { createTestServer } from './servidor.ts'

const databaseUrl = process.env.DATABASE_URL
if (!databaseUrl) throw new Error('DATABASE_URL names the database of the test')
const db = await openDb({ databaseUrl, secretKey: CLAVE_DE_PRUEBA, conexiones: 10 })
const servidor = await createTestServer({ db, reloj: { ahora: Date.now, avanzar: () => {} } })
const detener = await iniciarTrabajos(servidor.deps)
const oyente = serve({ fetch: servidor.app.fetch, hostname: '127.0.0.1', port: 0 }, ({ port }) => console.log(`listo ${port}`))

process.once('SIGTERM', () => {
  oyente.close()
  void Promise.resolve(detener())
    .then(() => servidor.cerrar())
    .then(() => process.exit(0))
})
