/**
 * The floor every ratio stands on: a bare Node HTTP server that keeps documents in the same durable database by one INSERT per batch, and tells
 * whoever listens. No identity, no merge, no rule, no ledger. Arguments: DATA_DIR PORT; DATABASE_URL in the environment.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { leerMigraciones } from '../../sync-server/db/migrate.ts'
import { abrirEnCarpeta } from '../../sync-server/db/open-pglite.ts'
import { abrirPostgres } from '../../sync-server/db/open-postgres.ts'
import { CLAVE_DE_PRUEBA } from '../../sync-server/testing/db.ts'

const TABLE = {
  nombre: '9999-bench.sql',
  hash: 'bench',
  texto: `create table bench_docs (seq bigserial primary key, doc jsonb not null);
    grant select, insert on bench_docs to app_plataforma; grant usage on sequence bench_docs_seq_seq to app_plataforma;`,
}

const [dataDir = '', port = '0'] = process.argv.slice(2)
const databaseUrl = process.env.DATABASE_URL
const migraciones = [...leerMigraciones(), TABLE]
const { db } = databaseUrl
  ? await abrirPostgres({ databaseUrl, secretKey: CLAVE_DE_PRUEBA, migraciones })
  : await abrirEnCarpeta(dataDir, migraciones)
const listeners = new Set<ServerResponse>()

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks).toString()
}

async function push(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const text = await bodyOf(request)
  const docs = JSON.parse(text) as { id: string }[]
  await db.plataforma((sql) => sql`insert into bench_docs (doc) select * from jsonb_array_elements(${sql.json(docs as never)})`)
  response.end('{"ok":true}')
  for (const listener of listeners) listener.write(`data: ${text}\n\n`)
}

async function pull(since: number, limit: number, response: ServerResponse): Promise<void> {
  const rows = await db.plataforma(
    (sql) => sql<{ seq: number; doc: unknown }[]>`select seq, doc from bench_docs where seq > ${since} order by seq limit ${limit}`,
  )
  response.end(JSON.stringify(rows))
}

function live(request: IncomingMessage, response: ServerResponse): void {
  response.writeHead(200, { 'content-type': 'text/event-stream' }).flushHeaders()
  listeners.add(response)
  request.once('close', () => listeners.delete(response))
}

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { pathname, searchParams } = new URL(request.url ?? '/', 'http://floor')
  if (pathname === '/push') return push(request, response)
  if (pathname === '/pull') return pull(Number(searchParams.get('since')), Number(searchParams.get('limit')), response)
  if (pathname === '/live') return live(request, response)
  response.writeHead(pathname === '/ready' ? 200 : 404).end()
}

const server = createServer((request, response) => {
  answer(request, response).catch((error: unknown) => {
    console.error(error)
    response.writeHead(500).end()
  })
}).listen(Number(port), '127.0.0.1')

process.once('SIGTERM', () => {
  server.closeAllConnections()
  server.close(() => void db.close().then(() => process.exit(0)))
})
