/**
 * What came of a mesa, written: rows, their history and their place in the change log.
 *
 * Where a document is its own image, it travels to the database ONCE, as JSON, and one statement makes of it the row, the history of its birth and the
 * log; foreign keys are checked at its end. The text of a document is most of what an edit costs.
 */
import { type Doc, selloDe } from '../../schema/merge/campos.ts'
import type { Tx } from '../db/db.ts'
import { type Cambio, type Contador, contadorAlDia } from './bitacora.ts'
import type { TablaEditable } from './editables.sql.ts'
import { autorDe, type Edicion, type Mesa } from './mesa.ts'

/** Rows that changed, in the order in which they were touched. */
const docsDe = (mesa: Mesa): Doc[] => [...mesa.tocados].map((id) => mesa.docs.get(id) as Doc)

/** Writes everything. Gives the changes, and whether they are in the log already. */
export async function guardarMesa(
  sql: Tx,
  contador: Contador,
  coleccion: string,
  tabla: TablaEditable,
  mesa: Mesa,
): Promise<{ cambios: Cambio[]; anotados: boolean }> {
  const docs = docsDe(mesa)
  if (tabla.insertarDe) {
    const cambios = docs.map((doc): Cambio => {
      const pk = String(doc.id)
      return { coleccion, pk, antes: tabla.antes(mesa.previos.get(pk), doc), despues: doc }
    })
    await Promise.all([
      guardarEnUna(sql, contador, coleccion, tabla.insertarDe(sql, contador.negocioId, mesa.ahora), mesa, cambios),
      tabla.derivar?.(sql, contador.negocioId, docs, mesa.previos),
    ])
    return { cambios, anotados: true }
  }
  const { negocioId } = contador
  if (docs.length > 0)
    await tabla.guardar?.(sql, negocioId, docs, mesa.ahora, (pk, campo, doc) => autorDe(mesa, pk, campo, selloDe(doc, campo)))
  await guardarEdiciones(sql, negocioId, coleccion, mesa)
  const imagenes = docs.length > 0 ? await tabla.documentos(sql, negocioId, docs) : new Map<string, object>()
  const cambios = docs.map((doc): Cambio => ({ coleccion, pk: String(doc.id), antes: null, despues: imagenes.get(String(doc.id)) ?? doc }))
  return { cambios, anotados: false }
}

type Fragmento = ReturnType<NonNullable<TablaEditable['insertarDe']>>

async function guardarEnUna(
  sql: Tx,
  contador: Contador,
  coleccion: string,
  insertar: Fragmento,
  mesa: Mesa,
  cambios: Cambio[],
): Promise<void> {
  const ediciones = filasDeHistoria(mesa, cambios)
  if (cambios.length === 0 && ediciones.length === 0) return
  const previo = contador.seq
  contador.seq += cambios.length
  const filas = cambios.map(({ antes, despues }) => (antes ? { d: despues, a: antes } : { d: despues }))
  await sql`
    with x as materialized (
      select n, f -> 'd' as doc, f -> 'a' as antes, f -> 'd' ->> 'id' as pk
      from jsonb_array_elements(${sql.json(filas as never)}) with ordinality as t(f, n)),
    filas as (${insertar}),
    historia as (${insertarHistoria(sql, contador.negocioId, coleccion, mesa, ediciones)}),
    bitacora as (
      insert into cambios_negocio (negocio_id, seq, coleccion, pk, antes, despues, at)
      select ${contador.negocioId}, ${previo} + x.n, ${coleccion}, x.pk, x.antes, x.doc, ${new Date(mesa.ahora)} from x)
    ${contadorAlDia(sql, contador)}`
}

interface FilaDeHistoria {
  pk: string
  de: string
  /** As written, and as clamped. */
  o: number
  e: number
  /** Whether the editor wrote it: others' names are not known. */
  m: boolean
  c?: Record<string, unknown>
  /** Instead of `c`: of which of the rows it is the birth, from 1, and the keys of that document which are no values of it. */
  n?: number
  s?: string
}

/** A birth says its values by naming its document. */
function filasDeHistoria(mesa: Mesa, cambios: readonly Cambio[]): FilaDeHistoria[] {
  const lugares = new Map(cambios.map(({ pk }, i) => [pk, i + 1]))
  return [...mesa.ediciones.values()].map((edicion) => {
    const { pk, dispositivo, effAtOriginal, effAt, nacido } = edicion
    const fila = { pk, de: dispositivo, o: effAtOriginal, e: effAt, m: dispositivo === mesa.editor.id }
    const n = lugares.get(pk)
    if (n === undefined || nacido === null || mesa.docs.get(pk) !== nacido) return { ...fila, c: valoresDe(edicion) }
    const suyos = edicion.partes[0]?.campos ?? []
    return { ...fila, n, s: `{${Object.keys(nacido).filter((llave) => !suyos.includes(llave))}}` }
  })
}

function valoresDe({ partes }: Edicion): Record<string, unknown> {
  const valores: Record<string, unknown> = {}
  for (const { de, campos } of partes) for (const campo of campos) valores[campo] = de[campo] ?? null
  return valores
}

/** What was edited, kept as history: the fields of one stamp in one row. `x`: the rows at hand. */
const insertarHistoria = (sql: Tx, negocioId: string, coleccion: string, { editor, ahora }: Mesa, filas: readonly FilaDeHistoria[]) => sql`
  insert into ediciones as e (negocio_id, tabla, pk, dispositivo, eff_at_original, eff_at, campos, recibido_at, quien, equipo)
  select ${negocioId}, ${coleccion}, h.pk, h.de, h.o, h.e, coalesce(h.c, x.doc - h.s::text[]), ${new Date(ahora)},
    case when h.m then ${editor.quien} else '' end, case when h.m then ${editor.equipo} else '' end
  from jsonb_to_recordset(${sql.json(filas as never)}) as h(pk text, de text, o bigint, e bigint, m boolean, c jsonb, n bigint, s text)
  left join x on x.n = h.n
  on conflict (negocio_id, tabla, pk, dispositivo, eff_at_original, eff_at) do update set campos = e.campos || excluded.campos`

async function guardarEdiciones(sql: Tx, negocioId: string, coleccion: string, mesa: Mesa): Promise<void> {
  const filas = filasDeHistoria(mesa, [])
  if (filas.length === 0) return
  await sql`
    with x as (select 0::bigint as n, '{}'::jsonb as doc)
    ${insertarHistoria(sql, negocioId, coleccion, mesa, filas)}`
}
