/**
 * The table on which edits meet, in memory:
 *
 *   row → stamps clamped to their FIRST receipt (PS2) → merged field by field (PS1) → losses (PS3)
 *
 * `ediciones` holds every (field, device, stamp) ever received: it is the field's history, the memory of its clamp, and what tells a resent
 * edit, whose loss was noticed when it first came, from a new one.
 */
import { camposDe, compararSellos, type Doc, fusionar, mismoDoc, type Sello, selloDe } from '../../schema/merge/campos.ts'
import { type Combinado, combinados, type Perdida, perdidas } from '../../schema/merge/perdidas.ts'
import type { Documento } from '../../schema/protocol/pull.ts'
import type { Tx } from '../db/db.ts'
import type { Autor } from './editables.sql.ts'
import { claveDeSello, copiaDe, type Grupo, gruposDe, leerRecuerdo, type Recuerdo, recordadoDe, recordar } from './recuerdo.ts'

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
  /** Both as they came. */
  enviado: { nuevo: Documento; asumido: Documento | null }
}

/** Fields of one row edited under one stamp and clamped alike, as `ediciones` keeps them. */
export interface Edicion extends Autor {
  pk: string
  dispositivo: string
  effAtOriginal: number
  effAt: number
  /** Its fields, and the row that brought their values. */
  partes: { de: Doc; campos: readonly string[] }[]
  /** The document that was born by it alone; null: the row was there already, or other stamps came with it. */
  nacido: Doc | null
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
  recuerdo: Recuerdo
  /** By row and stamp, as written and as clamped. */
  ediciones: Map<string, Edicion>
  perdidas: PerdidaEnMesa[]
  /** R8. Rows in which an edit met another's of different fields, and both stayed. */
  mezclas: number
}

/**
 * A document that was never here has no history, for its first edit makes it: stamps are looked up only for those that are. `docs`: what `tabla.leer`
 * gave of these rows, under the counter.
 */
export async function abrirMesa(
  sql: Tx,
  negocioId: string,
  editor: Editor,
  coleccion: string,
  docs: readonly Doc[],
  filas: readonly Fila[],
  ahora: number,
): Promise<Mesa> {
  const previos = new Map(docs.map((doc) => [String(doc.id), doc]))
  const sellos = new Map<string, Sello[]>()
  for (const doc of [...docs, ...filas.map(({ nuevo }) => nuevo)]) {
    const pk = String(doc.id)
    if (previos.has(pk)) sellos.set(pk, unir(sellos.get(pk) ?? [], gruposDe(doc.sellos, Object.keys(doc.sellos))))
  }
  const recuerdo = await leerRecuerdo(sql, negocioId, coleccion, sellos)
  return { ...mesaVacia(previos), ahora, editor, previos, recuerdo }
}

const unir = (conocidos: Sello[], grupos: Grupo[]): Sello[] => [
  ...conocidos,
  ...grupos.map(({ sello }) => sello).filter((sello) => conocidos.every((otro) => compararSellos(sello, otro) !== 0)),
]

const mesaVacia = (docs: ReadonlyMap<string, Doc>) => ({
  docs: new Map(docs),
  tocados: new Set<string>(),
  ediciones: new Map<string, Edicion>(),
  perdidas: [],
  mezclas: 0,
})

/** The same table, to see what would come of a row. */
export const ensayoDe = (mesa: Mesa): Mesa => ({ ...mesa, ...mesaVacia(mesa.docs), recuerdo: copiaDe(mesa.recuerdo) })

/** Lays one row on the table. */
export function recibirFila(mesa: Mesa, { nuevo, asumido }: Fila): void {
  const actual = mesa.docs.get(nuevo.id)
  const { recortado, frescos } = recortarAlPrimerRecibo(mesa, nuevo, actual)
  const fusionado = actual ? fusionar(actual, recortado) : recortado
  if (actual) {
    const dejadas = perdidas(asumido, actual, recortado, fusionado)
    const juntos = dejadas.length > 0 ? combinados(asumido, fusionado, dejadas) : []
    if (dejadas.length === 0 && frescos.size > 0 && movioOtro(asumido, actual, mesa.editor.id)) mesa.mezclas++
    for (const perdida of dejadas)
      if (esFresca(perdida, frescos)) mesa.perdidas.push({ pk: nuevo.id, perdida, base: asumido?.[perdida.campo], combinados: juntos })
    if (mismoDoc(actual, fusionado)) return
  }
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
  const recortado: Doc = { ...nuevo, sellos }
  const frescos = new Set<string>()
  const grupos = gruposDe(nuevo.sellos, camposDe(nuevo))
  for (const { sello, campos } of grupos) {
    const ahora: Sello = sello[0] > mesa.ahora ? [mesa.ahora, sello[1]] : sello
    const suyos: string[] = []
    for (const campo of campos) {
      const previo = recordadoDe(mesa.recuerdo, nuevo.id, sello, campo)
      sellos[campo] = previo === undefined ? ahora : [previo.effAt, sello[1]]
      if (previo === undefined && esDeAhora(campo, sello, actual, mesa.editor)) suyos.push(campo)
    }
    for (const campo of suyos) frescos.add(campo)
    if (suyos.length > 0) anotarEdicion(mesa, nuevo, { sello, campos: suyos }, ahora[0], actual || grupos.length > 1 ? null : recortado)
  }
  return { recortado, frescos }
}

/** Whether a stamp that is not remembered is an edit. A resent row still shows what another had written before it was superseded: that is none. */
const esDeAhora = (campo: string, sello: Sello, actual: Doc | undefined, editor: Editor): boolean =>
  !actual || (sello[1] === editor.id && compararSellos(selloDe(actual, campo), sello) !== 0)

function anotarEdicion(
  { editor, recuerdo, ediciones }: Mesa,
  nuevo: Fila['nuevo'],
  { sello, campos }: Grupo,
  effAt: number,
  nacido: Doc | null,
): void {
  const [effAtOriginal, dispositivo] = sello
  // A row born on a device may carry fields that others wrote, when it was duplicated or brought from elsewhere: their names are not known.
  const autor = dispositivo === editor.id ? { quien: editor.quien, equipo: editor.equipo } : { quien: '', equipo: '' }
  recordar(recuerdo, nuevo.id, dispositivo, { ...autor, original: effAtOriginal, effAt, campos })
  const clave = `${claveDeSello(nuevo.id, sello)}|${effAt}`
  const previa = ediciones.get(clave)
  const parte = { de: nuevo, campos }
  if (!previa) ediciones.set(clave, { ...autor, pk: nuevo.id, dispositivo, effAtOriginal, effAt, partes: [parte], nacido })
  else {
    previa.partes.push(parte)
    previa.nacido = null
  }
}

/** A loss is new when one of its two sides is: the edit that arrived, for its own field or for the deletion it met. */
const esFresca = (perdida: Perdida, frescos: ReadonlySet<string>): boolean =>
  perdida.codigo === 'borrado_con_edicion' ? frescos.size > 0 : frescos.has(perdida.campo)

/** Who put a stamp; empty names when it is not remembered. */
export function autorDe(mesa: Mesa, pk: string, campo: string, sello: Sello): Autor {
  const { quien = '', equipo = '' } = recordadoDe(mesa.recuerdo, pk, sello, campo) ?? {}
  return { quien, equipo }
}
