/**
 * The table on which edits meet, in memory:
 *
 *   row → stamps clamped to their FIRST receipt (PS2) → merged field by field (PS1) → losses (PS3)
 *
 * `ediciones` holds every (field, device, stamp) ever received: it is the field's history, the memory of its clamp, and what tells a resent
 * edit, whose loss was noticed when it first came, from a new one.
 */
import { textoCanonico } from '../../schema/core/canonico.ts'
import { camposDe, compararSellos, type Doc, fusionar, type Sello, selloDe } from '../../schema/merge/campos.ts'
import { type Combinado, combinados, type Perdida, perdidas } from '../../schema/merge/perdidas.ts'
import type { Tx } from '../db/db.ts'
import type { Autor, TablaEditable } from './editables.sql.ts'

/** Who edits: what their stamps say, how they are called, and what they reach. */
export interface Editor extends Autor {
  /** A device, or the account behind a request over HTTP. */
  id: string
  /** Null: the whole negocio. */
  sucursalId: string | null
}

export interface Fila {
  nuevo: Doc & { id: string }
  /** What the editor knew; undefined when it was not said or does not parse: it only serves to notice a loss. */
  asumido: Doc | undefined
}

/** A field's edit, as `ediciones` keeps it. */
interface Edicion extends Autor {
  pk: string
  campo: string
  dispositivo: string
  effAtOriginal: number
  effAt: number
  valor: unknown
}

export interface PerdidaEnMesa {
  pk: string
  perdida: Perdida
  /** The value both sides started from; undefined when it is not known. */
  base: unknown
  /** R8. The rest of what that merge put together. */
  combinados: Combinado[]
}

export interface Mesa {
  ahora: number
  editor: Editor
  /** As they were before anything was laid on the table. */
  previos: ReadonlyMap<string, Doc>
  docs: Map<string, Doc>
  tocados: Set<string>
  /** Clamp of every known stamp, by original and by clamped time: a document that travelled on carries the clamped one. */
  recortes: Map<string, number>
  autores: Map<string, Autor>
  ediciones: Edicion[]
  perdidas: PerdidaEnMesa[]
  /** R8. Rows in which an edit met another's of different fields, and both stayed. */
  mezclas: number
}

const claveDeSello = (pk: string, campo: string, [effAt, dispositivo]: Sello) => `${pk}|${campo}|${dispositivo}|${effAt}`

export async function abrirMesa(
  sql: Tx,
  negocioId: string,
  editor: Editor,
  coleccion: string,
  tabla: TablaEditable,
  filas: readonly Fila[],
  ahora: number,
): Promise<Mesa> {
  const ids = [...new Set(filas.map((fila) => fila.nuevo.id))]
  const docs = await tabla.leer(sql, negocioId, ids, editor.sucursalId)
  const conocidas = await leerConocidas(sql, negocioId, coleccion, sellosDe([...filas.map(({ nuevo }) => nuevo), ...docs]))
  const recortes = new Map<string, number>()
  const autores = new Map<string, Autor>()
  for (const { campos, ...e } of conocidas)
    for (const campo of campos)
      for (const effAt of [e.effAt, e.effAtOriginal]) {
        const clave = claveDeSello(e.pk, campo, [effAt, e.dispositivo])
        recortes.set(clave, e.effAt)
        autores.set(clave, { quien: e.quien, equipo: e.equipo })
      }
  const previos = new Map(docs.map((doc) => [String(doc.id), doc]))
  return { ahora, editor, previos, docs: new Map(previos), tocados: new Set(), recortes, autores, ediciones: [], perdidas: [], mezclas: 0 }
}

/** One stamp of one document. */
interface SelloBuscado {
  pk: string
  de: string
  ms: number
}

function sellosDe(docs: readonly Doc[]): SelloBuscado[] {
  const unicos = new Map<string, SelloBuscado>()
  for (const doc of docs)
    for (const [ms, de] of Object.values(doc.sellos)) unicos.set(`${doc.id}|${de}|${ms}`, { pk: String(doc.id), de, ms })
  return [...unicos.values()]
}

/** What is remembered of the stamps at hand, by the time they were written with or the one they were clamped to: never a document's whole history. */
const leerConocidas = (sql: Tx, negocioId: string, coleccion: string, sellos: readonly SelloBuscado[]) => {
  const suyas = sql`negocio_id = ${negocioId} and tabla = ${coleccion} and pk = x.pk and dispositivo = x.de`
  return sql<(Omit<Edicion, 'campo' | 'valor'> & { campos: string[] })[]>`
    select e.pk, e.dispositivo, e.eff_at_original, e.eff_at, e.quien, e.equipo, array(select jsonb_object_keys(e.campos)) as campos
    from jsonb_to_recordset(${sql.json(sellos as never)}) as x(pk text, de text, ms bigint) cross join lateral (
      select * from ediciones where ${suyas} and eff_at_original = x.ms
      union all
      select * from ediciones where ${suyas} and eff_at = x.ms and eff_at <> eff_at_original) e`
}

/** Lays one row on the table. */
export function recibirFila(mesa: Mesa, { nuevo, asumido }: Fila): void {
  const actual = mesa.docs.get(nuevo.id)
  const { recortado, frescos } = recortarAlPrimerRecibo(mesa, nuevo, actual)
  const fusionado = actual ? fusionar(actual, recortado) : recortado
  if (actual) {
    const dejadas = perdidas(asumido, actual, recortado, fusionado)
    const juntos = combinados(asumido, fusionado, dejadas)
    if (dejadas.length === 0 && frescos.size > 0 && movioOtro(asumido, actual, mesa.editor.id)) mesa.mezclas++
    for (const perdida of dejadas)
      if (esFresca(perdida, frescos)) mesa.perdidas.push({ pk: nuevo.id, perdida, base: asumido?.[perdida.campo], combinados: juntos })
  }
  if (actual && textoCanonico(actual) === textoCanonico(fusionado)) return
  mesa.docs.set(nuevo.id, fusionado)
  mesa.tocados.add(nuevo.id)
}

/** Whether another hand wrote something after what the editor knew. */
const movioOtro = (asumido: Doc | undefined, actual: Doc, editorId: string): boolean =>
  asumido !== undefined &&
  camposDe(actual).some((campo) => {
    const sello = selloDe(actual, campo)
    return sello[1] !== editorId && compararSellos(sello, selloDe(asumido, campo)) > 0
  })

/** PS2. Each stamp takes the clamp of its first receipt, which may be now. Gives the fields that were never received before. */
function recortarAlPrimerRecibo(mesa: Mesa, nuevo: Fila['nuevo'], actual: Doc | undefined) {
  const sellos: Record<string, Sello> = {}
  const frescos = new Set<string>()
  for (const campo of camposDe(nuevo)) {
    if (!Object.hasOwn(nuevo.sellos, campo)) continue
    const sello = selloDe(nuevo, campo)
    const [original, dispositivo] = sello
    const clave = claveDeSello(nuevo.id, campo, sello)
    const previo = mesa.recortes.get(clave)
    const effAt = previo ?? Math.min(original, mesa.ahora)
    sellos[campo] = [effAt, dispositivo]
    if (previo !== undefined || (actual && claveDeSello(nuevo.id, campo, selloDe(actual, campo)) === clave)) continue
    // A resent row still shows what another had written before it was superseded: no edit of this device, and no loss of its own.
    if (actual && dispositivo !== mesa.editor.id) continue
    frescos.add(campo)
    anotarEdicion(mesa, nuevo, campo, sello, effAt)
  }
  return { recortado: { ...nuevo, sellos }, frescos }
}

function anotarEdicion(
  { editor, recortes, autores, ediciones }: Mesa,
  nuevo: Fila['nuevo'],
  campo: string,
  sello: Sello,
  effAt: number,
): void {
  const [effAtOriginal, dispositivo] = sello
  // A row born on a device may carry fields that others wrote, when it was duplicated or brought from elsewhere: their names are not known.
  const autor = dispositivo === editor.id ? { quien: editor.quien, equipo: editor.equipo } : { quien: '', equipo: '' }
  for (const ms of [effAtOriginal, effAt]) {
    recortes.set(claveDeSello(nuevo.id, campo, [ms, dispositivo]), effAt)
    autores.set(claveDeSello(nuevo.id, campo, [ms, dispositivo]), autor)
  }
  ediciones.push({ ...autor, pk: nuevo.id, campo, dispositivo, effAtOriginal, effAt, valor: nuevo[campo] ?? null })
}

/** A loss is new when one of its two sides is: the edit that arrived, for its own field or for the deletion it met. */
const esFresca = (perdida: Perdida, frescos: ReadonlySet<string>): boolean =>
  perdida.codigo === 'borrado_con_edicion' ? frescos.size > 0 : frescos.has(perdida.campo)

/** Who put a stamp; empty names when it is not remembered. */
export const autorDe = (mesa: Mesa, pk: string, campo: string, sello: Sello): Autor =>
  mesa.autores.get(claveDeSello(pk, campo, sello)) ?? { quien: '', equipo: '' }

/** What was edited, kept as history: the fields of one stamp in one row. */
export async function guardarEdiciones(sql: Tx, negocioId: string, coleccion: string, { ediciones, ahora }: Mesa): Promise<void> {
  const porSello = new Map<string, Omit<Edicion, 'campo' | 'valor'> & { campos: Record<string, unknown> }>()
  for (const { campo, valor, ...e } of ediciones) {
    const clave = claveDeSello(e.pk, String(e.effAt), [e.effAtOriginal, e.dispositivo])
    const fila = porSello.get(clave) ?? { ...e, campos: {} }
    fila.campos[campo] = valor
    porSello.set(clave, fila)
  }
  if (porSello.size === 0) return
  const filas = [...porSello.values()].map(({ effAt, effAtOriginal, ...e }) => ({ ...e, eff: effAt, original: effAtOriginal }))
  await sql`
    insert into ediciones as e (negocio_id, tabla, pk, dispositivo, eff_at_original, eff_at, campos, recibido_at, quien, equipo)
    select ${negocioId}, ${coleccion}, pk, dispositivo, original, eff, campos, ${new Date(ahora)}, quien, equipo
    from jsonb_to_recordset(${sql.json(filas as never)})
      as x(pk text, dispositivo text, original bigint, eff bigint, campos jsonb, quien text, equipo text)
    on conflict (negocio_id, tabla, pk, dispositivo, eff_at_original, eff_at) do update set campos = e.campos || excluded.campos`
}
