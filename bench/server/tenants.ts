/**
 * Ten, a hundred and a thousand negocios of fifty devices each, a server per size, side by side: the same requests go to each in turn, so that a slow
 * moment of the machine hits all three. What a request costs must not depend on how many tenants there are.
 */
import type { RespuestaPull } from '../../schema/protocol/pull.ts'
import { crearArticulos, nacer } from '../../sync-server/domain/articulos/crear.ts'
import type { Escritor } from '../../sync-server/testing/kill-escritor.ts'
import { createTestServer, type NegocioDePrueba, type ServidorDePrueba } from '../../sync-server/testing/servidor.ts'
import { article } from '../engine/article.ts'
import { medianOf, type Row, rowOf } from '../row.ts'
import { type Engine, openDbOf, openStore, type Store, tidy } from '../store.ts'
import { makeStudio, type Studio } from './devices.ts'
import { type Client, openClient, send } from './http.ts'
import { serve } from './process.ts'
import { makeNegocios, makeTill, nextUpload } from './tills.ts'

const SIZES = [10, 100, 1_000] as const
const DEVICES = 50
const ARTICLES = 10
/** Negocios that the requests go to; the others are as full, and silent. */
const ASKED = 10
const TURNS = 40
/** Ours: a request to a thousand tenants may cost a quarter more than to ten. */
const FLAT = 1.25

interface Asked {
  studio: Studio
  till: Escritor
  /** Where its Studio is up to date. */
  checkpoint: string
}

interface World {
  store: Store
  client: Client
  asked: Asked[]
  close(): Promise<void>
}

type Kind = { name: string; ask(world: World, asked: Asked, turn: number): Promise<() => Promise<unknown>> }

const KINDS: readonly Kind[] = [
  {
    name: 'pull of nothing new',
    ask: async ({ client }, { studio, checkpoint }) => {
      const path = `/sync/pull/articulos?limite=500&checkpoint=${encodeURIComponent(checkpoint)}`
      return () => client.ask(path, { token: studio.token })
    },
  },
  {
    name: 'pull of a catálogo',
    ask:
      async ({ client }, { studio }) =>
      () =>
        client.ask('/sync/pull/articulos?limite=500', { token: studio.token }),
  },
  {
    name: 'push of an edit',
    ask: async ({ client }, { studio }, turn) => {
      const body = JSON.stringify({ filas: [{ nuevo: nacer(article(turn) as never, Date.now(), studio.id), asumido: null }] })
      return () => client.ask('/sync/push/articulos', { body, token: studio.token })
    },
  },
  {
    name: 'push of a sale',
    ask: async ({ client }, { till }) => {
      const upload = await nextUpload(till, 1, async () => null)
      return () => send(client, upload)
    },
  },
]

export async function tenantRows(engine: Engine, runs: number, say: (doing: string) => void): Promise<Row[]> {
  const worlds: World[] = []
  try {
    for (const size of SIZES) {
      say(`tenants: ${size} negocios of ${DEVICES} devices`)
      worlds.push(await openWorld(engine, size))
    }
    const medians = KINDS.map((): number[][] => [])
    for (let run = 0; run <= runs; run++) {
      say(`tenants: run ${run} of ${runs}`)
      for (const [k, kind] of KINDS.entries()) {
        const times = await timesOf(kind, worlds)
        if (run > 0) medians[k]?.push(times.map(medianOf))
      }
    }
    return KINDS.map(({ name }, k) => rowOfKind(engine, name, medians[k] ?? []))
  } finally {
    for (const world of worlds) await world.close()
  }
}

function rowOfKind(engine: Engine, name: string, runs: readonly number[][]): Row {
  const each = SIZES.map((size, i) => `${medianOf(runs.map((run) => run[i] ?? Number.NaN)).toFixed(1)} at ${size}`)
  return rowOf(
    {
      part: 'tenants',
      on: engine,
      figure: `${name}, ${SIZES.at(-1)} negocios to ${SIZES[0]}`,
      unit: '×',
      bar: { atMost: FLAT },
      note: `ms: ${each.join(', ')}`,
    },
    runs.map((run) => (run.at(-1) ?? Number.NaN) / (run[0] ?? Number.NaN)),
  )
}

/** ms of each request, by world. */
async function timesOf(kind: Kind, worlds: readonly World[]): Promise<number[][]> {
  const times = worlds.map((): number[] => [])
  for (let turn = 0; turn < TURNS; turn++)
    for (const [w, world] of worlds.entries()) {
      const request = await kind.ask(world, world.asked[turn % ASKED] as Asked, turn)
      const from = performance.now()
      await request()
      times[w]?.push(performance.now() - from)
    }
  return times
}

async function openWorld(engine: Engine, size: number): Promise<World> {
  const store = await openStore(engine)
  const asked = await fill(store, size)
  const server = await serve(store)
  const client = openClient(server.port, 1)
  for (const one of asked) one.checkpoint = JSON.stringify(await upToDate(client, one.studio))
  return {
    store,
    client,
    asked,
    async close() {
      client.close()
      await server.terminate()
      await store.close()
    },
  }
}

async function upToDate(client: Client, { token }: Studio): Promise<RespuestaPull['checkpoint']> {
  let after = ''
  for (;;) {
    const { checkpoint, hayMas } = await client.ask<RespuestaPull>(`/sync/pull/articulos?limite=500${after}`, { token })
    if (!hayMas) return checkpoint
    after = `&checkpoint=${encodeURIComponent(JSON.stringify(checkpoint))}`
  }
}

async function fill(store: Store, size: number): Promise<Asked[]> {
  const db = await openDbOf(store)
  const server = await createTestServer({ db, reloj: { ahora: Date.now, avanzar: () => {} } })
  try {
    const negocios = await makeNegocios(server, ASKED)
    const silent = await copyNegocio(server, negocios[0] as NegocioDePrueba, size - ASKED)
    for (const negocioId of [...negocios.map((n) => n.negocioId), ...silent])
      await crearArticulos(
        server.deps,
        negocioId,
        'bench',
        Array.from({ length: ARTICLES }, (_, i) => article(i) as never),
      )
    const asked: Asked[] = []
    for (const negocio of negocios)
      asked.push({ studio: await makeStudio(server, negocio), till: await makeTill(server, negocio), checkpoint: '' })
    await fillWithDevices(server)
    await tidy(db, store)
    return asked
  } finally {
    await server.cerrar()
  }
}

/** Negocios like this one, set-based. Gives their ids. */
async function copyNegocio({ db }: ServidorDePrueba, { negocioId }: NegocioDePrueba, many: number): Promise<string[]> {
  await db.plataforma(async (sql) => {
    await sql`insert into negocios (negocio_id, numero, nombre, codigo_caja)
      select md5('n' || i)::uuid, 1000 + i, 'Negocio ' || i, 'bench-' || i from generate_series(1, ${many}::int) i`
    await sql`insert into contadores_negocio (negocio_id) select md5('n' || i)::uuid from generate_series(1, ${many}::int) i`
    await sql`insert into negocio_sucursales (negocio_id, id, numero, nombre, principal)
      select md5('n' || i)::uuid, md5('s' || i)::uuid, 1, 'Centro', true from generate_series(1, ${many}::int) i`
    await sql`insert into configuraciones (negocio_id, version, participa, valor_punto_centavos, multiplicadores_pct, umbrales, vigente_at, creada_por)
      select md5('n' || i)::uuid, version, participa, valor_punto_centavos, multiplicadores_pct, umbrales, vigente_at, creada_por
      from configuraciones, generate_series(1, ${many}::int) i where negocio_id = ${negocioId}`
  })
  const rows = await db.plataforma((sql) => sql<{ id: string }[]>`select md5('n' || i)::uuid as id from generate_series(1, ${many}::int) i`)
  return rows.map(({ id }) => id)
}

/** Fifty to each negocio, each with a session, set-based. */
async function fillWithDevices({ db }: ServidorDePrueba): Promise<void> {
  await db.plataforma(async (sql) => {
    await sql`insert into dispositivos (negocio_id, id, sucursal_id, tipo, nombre, clave_publica, serie)
      select s.negocio_id, md5(s.id || '-' || d)::uuid, s.id, 'caja', 'Caja ' || d, 'x', 'B' || d
      from negocio_sucursales s, generate_series(1, ${DEVICES}::int) d`
    await sql`insert into sesiones (id, token_hash, clase, de_negocio, dispositivo_id, familia, app, vence_at)
      select md5('sesion' || id)::uuid, md5('a' || id) || md5('b' || id), 'dispositivo', negocio_id, id, md5('sesion' || id)::uuid, 'caja',
        now() + interval '10 minutes' from dispositivos where serie like 'B%'`
  })
}
