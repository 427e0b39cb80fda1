/**
 * Rows for every table of the catalog, tables of tomorrow included: values by column type, and for a column with a CHECK
 * the first candidate that the CHECK itself accepts.
 */
import { randomUUID } from 'node:crypto'
import type { Tx } from './db.ts'

/** The column that says whose a row is. `usuarios` is the person itself. */
const COLUMNA_DE_USUARIO: Record<string, string> = { usuarios: 'id' }

/** Values that neither the type nor a CHECK of one column can tell. Empty so far; a table with a CHECK over two columns comes here. */
const EJEMPLOS: Record<string, Record<string, string>> = {}

export interface Columna {
  nombre: string
  tipo: string
  obligatoria: boolean
  unica: boolean
  /** The expression of each CHECK over this column alone. */
  checks: string[]
}

export interface Tabla {
  nombre: string
  columnas: Columna[]
  /** Column with the tenant, column with the shopper, where there is one. */
  negocio: string | undefined
  usuario: string | undefined
}

/** Every table of ours. `migraciones` is the owner's alone and no role can name it. */
export async function leerCatalogo(sql: Tx): Promise<Tabla[]> {
  const filas = await sql<({ tabla: string } & Columna)[]>`
    select c.relname::text as tabla, a.attname::text as nombre, format_type(a.atttypid, a.atttypmod) as tipo,
      a.attnotnull and not a.atthasdef and a.attidentity = '' as obligatoria,
      exists (select from pg_index i where i.indrelid = c.oid and i.indisunique and a.attnum = any (i.indkey)) as unica,
      array(select pg_get_expr(k.conbin, k.conrelid) from pg_constraint k
            where k.conrelid = c.oid and k.contype = 'c' and k.conkey = array[a.attnum]) as checks
    from pg_class c join pg_attribute a on a.attrelid = c.oid
    where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and c.relname <> 'migraciones'
      and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
    order by c.relname, a.attnum`
  const tablas = new Map<string, Tabla>()
  for (const { tabla, ...columna } of filas) {
    const t = tablas.get(tabla) ?? { nombre: tabla, columnas: [], negocio: undefined, usuario: undefined }
    t.columnas.push(columna)
    if (columna.nombre === 'negocio_id') t.negocio = columna.nombre
    if (columna.nombre === (COLUMNA_DE_USUARIO[tabla] ?? 'usuario_id')) t.usuario = columna.nombre
    tablas.set(tabla, t)
  }
  return [...tablas.values()]
}

let cuenta = 0
/** A number no other row has. Above 10: small ones belong to rows the migrations made. */
const siguiente = () => 10 + ++cuenta

const citar = (texto: string) => `'${texto.replaceAll("'", "''")}'`

function porTipo(tipo: string, n: number): string {
  if (tipo === 'uuid') return randomUUID()
  if (tipo === 'boolean') return 'true'
  if (tipo === 'jsonb' || tipo === 'json') return '{}'
  if (tipo === 'bytea') return '\\x00'
  if (tipo === 'date') return '2026-01-31'
  if (tipo.startsWith('timestamp')) return '2026-01-31 12:00:00Z'
  if (tipo.endsWith('[]')) return '{}'
  return String(n)
}

/** What a CHECK may want: something of the type, things shaped as ids are here, and whatever the CHECK itself quotes. */
function candidatos(c: Columna, n: number): string[] {
  const citados = c.checks.flatMap((check) => [...check.matchAll(/'([^']*)'|\b(\d+)\b/g)].map((m) => m[1] ?? m[2]!))
  const hex = n.toString(16)
  return [
    porTipo(c.tipo, n),
    hex.padStart(16, '0'),
    hex.padStart(32, '0'),
    hex.padStart(64, '0'),
    String(n).padStart(8, '0'),
    `x${n}`,
    ...citados,
    '1',
    '0',
  ]
}

async function aceptado(sql: Tx, c: Columna, candidato: string): Promise<boolean> {
  const prueba = `select ${c.checks.map((k) => `(${k})`).join(' and ')} as vale
    from (select ${citar(candidato)}::text::${c.tipo} as "${c.nombre}") as fila`
  try {
    const [fila] = await sql.savepoint((sp) => sp.unsafe(prueba))
    return fila!.vale !== false
  } catch {
    return false // not even of the type
  }
}

async function valor(sql: Tx, tabla: string, c: Columna): Promise<string> {
  const ejemplo = EJEMPLOS[tabla]?.[c.nombre]
  if (ejemplo !== undefined) return ejemplo
  const n = siguiente()
  if (c.checks.length === 0) return porTipo(c.tipo, n)
  for (const candidato of candidatos(c, n)) if (await aceptado(sql, c, candidato)) return candidato
  throw new Error(`no value for ${tabla}.${c.nombre}: give it one in EJEMPLOS`)
}

/** `insert` of one row of this owner, as text: each statement has values no other row has. */
export async function insertDe(sql: Tx, t: Tabla, dueno: { negocio: string; usuario: string }): Promise<string> {
  const nombres: string[] = []
  const valores: string[] = []
  for (const c of t.columnas) {
    const deDueno = c.nombre === t.negocio ? dueno.negocio : c.nombre === t.usuario ? dueno.usuario : undefined
    if (deDueno === undefined && !c.obligatoria && !c.unica) continue
    nombres.push(`"${c.nombre}"`)
    valores.push(`${citar(deDueno ?? (await valor(sql, t.nombre, c)))}::text::${c.tipo}`)
  }
  return `insert into "${t.nombre}" (${nombres.join(', ')}) values (${valores.join(', ')})`
}
