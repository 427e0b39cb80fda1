/** A server in a process of its own on a durable database, and what a register day needs of it: a shop, its devices' enrolment tokens, cards. */

import { webcrypto } from 'node:crypto'
import { exportarPublica } from '../../schema/core/firma.ts'
import { deBase64, uuidv7 } from '../../schema/core/ids.ts'
import { firmarQr } from '../../schema/domain/tarjetas/qr.ts'
import { freePort, startServer } from '../../scripts/lib/server-process.mjs'
import { crearArticulos } from '../../sync-server/domain/articulos/crear.ts'
import { emitirTarjeta } from '../../sync-server/domain/tarjetas/emitir.ts'
import { CLAVE_DE_PRUEBA } from '../../sync-server/testing/db.ts'
import { crearNegocioDePrueba, createTestServer, enlaceDePrueba, type ServidorDePrueba } from '../../sync-server/testing/servidor.ts'
import { type Engine, openDbOf, openStore, type Store } from '../store.ts'
import { article } from './article.ts'
import { cpuMs } from './cpu.ts'

/** Somebody who shows a card: a new QR each time, signed now. */
export type Card = () => Promise<string>

export interface World {
  url: string
  port: number
  studios: string[]
  tills: string[]
  cards: Card[]
  /** Server and database together, ms. */
  cpuMs(): number
  close(): Promise<void>
}

export interface Wanted {
  studios: number
  tills: number
  cards: number
  /** Artículos the shop already has. */
  catalogue: number
}

/** Makes the shop while nobody serves, then starts the server. */
export async function openWorld(engine: Engine, wanted: Wanted): Promise<World> {
  const store = await openStore(engine)
  const made = await provision(store, wanted)
  const server = await startServer({
    dataDir: store.dataDir,
    port: await freePort(),
    ...(store.databaseUrl ? { databaseUrl: store.databaseUrl } : {}),
    secretKey: CLAVE_DE_PRUEBA,
    demo: false,
    env: { LOG_LEVEL: 'error' },
  })
  return {
    ...made,
    url: server.url,
    port: server.port,
    cpuMs: () => cpuMs([server.pid, ...store.pids]),
    async close() {
      await server.terminate()
      await store.close()
    },
  }
}

async function provision(store: Store, wanted: Wanted): Promise<Pick<World, 'studios' | 'tills' | 'cards'>> {
  const db = await openDbOf(store)
  const server = await createTestServer({ db, reloj: { ahora: Date.now, avanzar: () => {} } })
  try {
    const negocio = await crearNegocioDePrueba(server)
    const tokens = async (tipo: 'studio' | 'caja', many: number) => {
      const made: string[] = []
      for (let i = 0; i < many; i++)
        made.push(await enlaceDePrueba(server, negocio, { tipo, ...(tipo === 'studio' ? { sucursalId: null } : {}) }))
      return made
    }
    const [studios, tills] = [await tokens('studio', wanted.studios), await tokens('caja', wanted.tills)]
    for (let i = 0; i < wanted.catalogue; i += 1_000)
      await crearArticulos(
        server.deps,
        negocio.negocioId,
        negocio.dueno.usuarioId,
        Array.from({ length: Math.min(1_000, wanted.catalogue - i) }, (_, n) => article(i + n) as never),
      )
    return { studios, tills, cards: await makeCards(server, wanted.cards) }
  } finally {
    await server.cerrar()
  }
}

/** Accounts nobody logs in to: hashing a password for each would take longer than the measurement. */
export async function makeCards(server: ServidorDePrueba, many: number): Promise<Card[]> {
  const ids = Array.from({ length: many }, () => uuidv7(Date.now()))
  await server.db.plataforma(
    (sql) => sql`insert into usuarios (id, correo, contrasena_hash, nombre, apellidos)
      select u, u::text || '@example.mx', 'x', 'Ana', 'López' from unnest(${ids}::uuid[]) u`,
  )
  const cards: Card[] = []
  for (const id of ids) {
    const pair = (await webcrypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, false, ['sign', 'verify'])) as CryptoKeyPair
    const { certificado } = await emitirTarjeta(server.deps, id, await exportarPublica(pair.publicKey))
    let ctr = 0
    cards.push(() => firmarQr(pair.privateKey, deBase64(certificado), { tsSegundos: Math.floor(Date.now() / 1_000), ctr: ++ctr, flags: 0 }))
  }
  return cards
}
