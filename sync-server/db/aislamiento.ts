/**
 * The generated test of isolation. It reads the catalog, puts rows of two tenants and two shoppers in every table there is,
 * and then tries every table with every wrong context. A table added later without its policies makes it fail by itself.
 *
 * Run once per engine: `aislamiento-pglite.test.ts` and `aislamiento.pg.test.ts`.
 */
import { randomUUID } from 'node:crypto'
import type { DbDePrueba } from '../testing/db.ts'
import { hallazgosDelCatalogo } from './aislamiento-catalogo.ts'
import { insertDe, leerCatalogo, type Tabla } from './aislamiento-filas.ts'
import type { Tx } from './db.ts'

/**
 * Rows with no tenant that a role may read, by name and with a reason.
 * tarjetas_emitidas: a till must verify any shopper's card; the row holds the alias the shopper shows at a counter.
 * configuracion_app: thresholds that raise a shopper's nivel; who published them and why is not granted.
 */
const COMPARTIDAS: Record<string, string[]> = { tarjetas_emitidas: ['app_negocio'], configuracion_app: ['app_usuario'] }

const [A, B, X, Y] = [randomUUID(), randomUUID(), randomUUID(), randomUUID()]
const DUENOS = [
  { negocio: A, usuario: X },
  { negocio: A, usuario: Y },
  { negocio: B, usuario: X },
  { negocio: B, usuario: Y },
]

/** One way of being somebody: the role, and the id in its setting (or nothing). */
interface Contexto {
  rol: 'app_negocio' | 'app_usuario'
  id: string | undefined
}

const CONTEXTOS: Contexto[] = [
  { rol: 'app_negocio', id: A },
  { rol: 'app_negocio', id: B },
  { rol: 'app_negocio', id: undefined },
  { rol: 'app_usuario', id: X },
  { rol: 'app_usuario', id: Y },
  { rol: 'app_usuario', id: undefined },
]

const DENEGADO = '42501'
const DESHACER = new Error('rolled back on purpose')

const columnaPropia = (t: Tabla, { rol }: Contexto) => (rol === 'app_negocio' ? t.negocio : t.usuario)

/** Runs in the context and undoes everything. Without an id it takes the role by hand: no Db of ours would. */
async function en(db: DbDePrueba, contexto: Contexto, fn: (sql: Tx) => Promise<void>): Promise<void> {
  const probar = async (sql: Tx) => {
    await fn(sql)
    throw DESHACER
  }
  const sinContexto = async (sql: Tx) => {
    await sql.unsafe(`set local role ${contexto.rol}`)
    return probar(sql)
  }
  const intento =
    contexto.id === undefined
      ? db.superusuario.begin(sinContexto)
      : contexto.rol === 'app_negocio'
        ? db.negocio(contexto.id, probar)
        : db.usuario(contexto.id, probar)
  await intento.catch((error) => {
    if (error !== DESHACER) throw error
  })
}

/** Rows touched, or the code of the refusal. */
async function probar(sql: Tx, texto: string): Promise<{ filas: number; code?: string }> {
  try {
    return { filas: (await sql.savepoint((sp) => sp.unsafe(texto))).count }
  } catch (error) {
    return { filas: 0, code: (error as { code: string }).code }
  }
}

/** Puts a row of each owner in the table. One without an owner needs only not to be empty. */
async function sembrar(sql: Tx, t: Tabla): Promise<void> {
  const conDueno = t.negocio !== undefined || t.usuario !== undefined
  const vistos = new Set<string>()
  for (const dueno of DUENOS) {
    const clave = `${t.negocio && dueno.negocio} ${t.usuario && dueno.usuario}`
    // A table with one of the two columns may have room for one row of each: a counter, a negocio.
    if (vistos.has(clave)) continue
    vistos.add(clave)
    await sql.unsafe((await insertDe(sql, t, dueno)) + (conDueno ? '' : ' on conflict do nothing'))
  }
}

async function leer(sql: Tx, t: Tabla, contexto: Contexto, propias: number): Promise<string | undefined> {
  const columna = columnaPropia(t, contexto)
  const compartida = columna === undefined && contexto.id !== undefined && COMPARTIDAS[t.nombre]?.includes(contexto.rol)
  if (compartida) return undefined
  const todas = await probar(sql, `select 1 from "${t.nombre}"`)
  if (todas.code === DENEGADO) return undefined
  if (todas.code) return `select failed with ${todas.code}`
  if (columna === undefined || contexto.id === undefined) return todas.filas > 0 ? `sees ${todas.filas} rows` : undefined
  const ajenas = await probar(sql, `select 1 from "${t.nombre}" where "${columna}" is distinct from '${contexto.id}'`)
  if (ajenas.code || ajenas.filas > 0) return `sees ${ajenas.code ?? ajenas.filas} rows of others`
  return todas.filas === propias ? undefined : `sees ${todas.filas} of its own ${propias} rows`
}

/** A statement that must be refused, or touch nothing. */
async function nada(sql: Tx, que: string, texto: string): Promise<string | undefined> {
  const { filas, code } = await probar(sql, texto)
  if (code === DENEGADO || (code === undefined && filas === 0)) return undefined
  return `${que}: ${code ?? `${filas} rows`}`
}

async function escribir(sql: Tx, t: Tabla, contexto: Contexto, inserts: string[]): Promise<(string | undefined)[]> {
  const columna = columnaPropia(t, contexto)
  const ajenas = columna && contexto.id ? `where "${columna}" is distinct from '${contexto.id}'` : ''
  const hallazgos: (string | undefined)[] = []
  for (const { nombre } of t.columnas) {
    const cambio = `update "${t.nombre}" set "${nombre}" = "${nombre}" ${ajenas}`
    hallazgos.push(await nada(sql, `update of ${nombre}`, cambio))
  }
  hallazgos.push(await nada(sql, 'delete', `delete from "${t.nombre}" ${ajenas}`))
  for (const texto of inserts) hallazgos.push(await nada(sql, 'insert for another', texto))
  if (columna && contexto.id) {
    const otro = contexto.rol === 'app_negocio' ? randomUUID() : contexto.id === X ? Y : X
    hallazgos.push(await nada(sql, 'giving its row away', `update "${t.nombre}" set "${columna}" = '${otro}'`))
  }
  return hallazgos
}

/**
 * Everything wrong with the isolation of this database, in words. The catalog is read whole; `solo` walks those tables alone.
 * Leaves rows behind: the database is the test's own.
 */
export async function hallazgosDeAislamiento(db: DbDePrueba, solo?: string[]): Promise<string[]> {
  const tablas = await db.superusuario.begin(async (sql) => {
    const catalogo = (await leerCatalogo(sql)).filter((t) => !solo || solo.includes(t.nombre))
    // Foreign keys are triggers: in this mode they rest, and each table can be filled alone.
    await sql`set local session_replication_role = replica`
    for (const t of catalogo) await sembrar(sql, t)
    return catalogo
  })
  const hallazgos = await db.superusuario.begin(hallazgosDelCatalogo)
  for (const t of tablas) for (const contexto of CONTEXTOS) hallazgos.push(...(await recorrer(db, t, contexto)))
  return hallazgos
}

async function recorrer(db: DbDePrueba, t: Tabla, contexto: Contexto): Promise<string[]> {
  const columna = columnaPropia(t, contexto)
  const { propias, inserts } = await db.superusuario.begin(async (sql) => {
    const cuenta = columna && contexto.id ? `select 1 from "${t.nombre}" where "${columna}" = '${contexto.id}'` : ''
    const ajenos = DUENOS.filter((d) => (contexto.rol === 'app_negocio' ? d.negocio : d.usuario) !== contexto.id)
    const textos: string[] = []
    for (const dueno of ajenos) textos.push(await insertDe(sql, t, dueno))
    return { propias: cuenta ? (await sql.unsafe(cuenta)).count : 0, inserts: textos }
  })
  const hallazgos: (string | undefined)[] = []
  await en(db, contexto, async (sql) => {
    hallazgos.push(await leer(sql, t, contexto, propias))
    hallazgos.push(...(await escribir(sql, t, contexto, inserts)))
  })
  const quien = `${contexto.rol}${contexto.id ? '' : ' with no context'}`
  return hallazgos.filter((h) => h !== undefined).map((h) => `${quien} on ${t.nombre}: ${h}`)
}

/** How many tables the walk found, so that a test can refuse an empty one. */
export const contarTablas = (db: DbDePrueba): Promise<number> => db.superusuario.begin(async (sql) => (await leerCatalogo(sql)).length)
