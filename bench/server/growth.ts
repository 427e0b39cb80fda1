/**
 * What a sale, an edit and a device's contact leave on the disk: bytes in each table with its indexes, and in the write-ahead log; and what is left
 * of it once the change logs are compacted, as after the days they are kept.
 */
import { DIA } from '../../schema/core/tiempo.ts'
import { comoDueno } from '../../sync-server/db/open-postgres.ts'
import { crearArticulos } from '../../sync-server/domain/articulos/crear.ts'
import { compactar, compactarPlataforma, DIAS_DE_BITACORA } from '../../sync-server/jobs/compact.ts'
import { flusherDe } from '../../sync-server/sync/flusher.ts'
import { proyectarTodo } from '../../sync-server/sync/projector.ts'
import { recibirDiario } from '../../sync-server/sync/receive.ts'
import { createTestServer, type NegocioDePrueba, type ServidorDePrueba } from '../../sync-server/testing/servidor.ts'
import { article } from '../engine/article.ts'
import { decir } from '../plataforma/sembrar.ts'
import { type Row, rowOf } from '../row.ts'
import { type Engine, openDbOf, openStore, type Store } from '../store.ts'
import { inTurn } from './http.ts'
import { cardsFor, deckOf, makeNegocios, makeTill, nextUpload } from './tills.ts'

const SALES = 1_000
const EDITS = 1_000
const BATCH = 100
const CONTACTS = 200
/** A table that grew less than this a unit is not told. */
const TOLD_FROM_BYTES = 20
const DURATION_MS = DIAS_DE_BITACORA * DIA + DIA

/** Bytes. */
interface Disk {
  tables: Map<string, number>
  wal: number
}

/** Once on PostgreSQL, which keeps the pages the embedded database keeps: a size is the same each time. */
export async function growthRows(engine: Engine, _runs: number, say: (doing: string) => void): Promise<Row[]> {
  if (engine === 'PGlite') return []
  const store = await openStore(engine)
  const db = await openDbOf(store)
  let later = 0
  const clock = {
    ahora: () => Date.now() + later,
    avanzar: (ms: number) => {
      later += ms
    },
  }
  const server = await createTestServer({ db, reloj: clock })
  try {
    say('growth: a shop')
    const [negocio] = await makeNegocios(server, 1)
    if (!negocio) throw new Error('no negocio')
    const till = await makeTill(server, negocio)
    const deck = deckOf(await cardsFor(server, SALES))
    const sizes = async (work: () => Promise<unknown>) => growthOf(store, work)
    say(`growth: ${SALES} sales`)
    const sale = await sizes(async () => {
      for (let i = 0; i < SALES; i += BATCH) await recibirDiario(server.deps, (await nextUpload(till, BATCH, deck)).pedido)
      await proyectarTodo(server.deps)
    })
    say(`growth: ${EDITS} edits`)
    const edit = await sizes(() => edits(server, negocio))
    say(`growth: ${CONTACTS} contacts`)
    await contacts(server, till.alta.dispositivoId, negocio.negocioId, 1)
    const contact = await sizes(() => contacts(server, till.alta.dispositivoId, negocio.negocioId, CONTACTS))
    say('growth: compaction')
    const whole = await diskOf(store)
    clock.avanzar(DURATION_MS)
    await compactar(server.deps)
    await compactarPlataforma(server.deps)
    const compacted = await diskOf(store)
    return [
      ...rowsOf('a sale', sale, SALES),
      ...rowsOf('an edit', edit, EDITS),
      ...rowsOf('a contact', contact, CONTACTS),
      rowOf({ part: 'growth', on: engine, figure: `all of it, compacted after ${DIAS_DE_BITACORA} days`, unit: '×' }, [
        total(compacted) / total(whole),
      ]),
    ]
  } finally {
    await server.cerrar()
    await store.close()
  }
}

function edits({ deps }: ServidorDePrueba, { negocioId, dueno }: NegocioDePrueba): Promise<unknown> {
  const hundred = (from: number) => Array.from({ length: BATCH }, (_, i) => article(from + i) as never)
  return inTurn(
    1,
    Array.from({ length: EDITS / BATCH }, (_, i) => i * BATCH),
    (from) => crearArticulos(deps, negocioId, dueno.usuarioId, hundred(from)),
  )
}

/** A device says how it is, and the platform writes it: once each time, as when the contacts are seconds apart. */
async function contacts({ deps }: ServidorDePrueba, dispositivoId: string, negocioId: string, many: number): Promise<void> {
  for (let i = 1; i <= many; i++) {
    decir(deps, { dispositivoId, negocioId }, i)
    await flusherDe(deps).vaciar()
  }
}

/** Written so far. */
const walOf = ({ databaseUrl }: Store): Promise<number> =>
  comoDueno(databaseUrl ?? '', async (sql) => {
    const [row] = await sql<{ bytes: number }[]>`select pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0')::bigint as bytes`
    return row?.bytes ?? 0
  })

async function diskOf(store: Store): Promise<Disk> {
  const wal = await walOf(store)
  return comoDueno(store.databaseUrl ?? '', async (sql) => {
    // What was written over is no growth: it is used again.
    await sql.unsafe('vacuum full')
    const rows = await sql<{ name: string; bytes: number }[]>`
      select relname as name, pg_total_relation_size(oid) as bytes from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace`
    return { tables: new Map(rows.map(({ name, bytes }) => [name, bytes])), wal }
  })
}

async function growthOf(store: Store, work: () => Promise<unknown>): Promise<Disk> {
  const before = await diskOf(store)
  const from = await walOf(store)
  await work()
  const after = await diskOf(store)
  const tables = new Map([...after.tables].map(([name, bytes]) => [name, bytes - (before.tables.get(name) ?? 0)]))
  return { tables, wal: after.wal - from }
}

const total = ({ tables }: Disk): number => [...tables.values()].reduce((sum, bytes) => sum + bytes, 0)

function rowsOf(unit: string, disk: Disk, many: number): Row[] {
  const row = { part: 'growth', on: 'PostgreSQL', unit: 'B' }
  const largest = [...disk.tables].filter(([, bytes]) => bytes / many >= TOLD_FROM_BYTES).sort(([, a], [, b]) => b - a)
  const note = largest.map(([name, bytes]) => `${name} ${Math.round(bytes / many)}`).join(', ')
  return [
    rowOf({ ...row, figure: `${unit}, in all tables and indexes`, note }, [total(disk) / many]),
    rowOf({ ...row, figure: `${unit}, in the write-ahead log` }, [disk.wal / many]),
  ]
}
