/**
 * Editables meet field by field (R7, R8, R9). A document keeps a stamp [effAt, dispositivo] for each field; of two documents each field takes the
 * value with the larger stamp. Merging is commutative, associative and idempotent: any order and any repetition of edits ends in one document.
 * `borrado` is a field like any other; a newer edit of any other field keeps the document alive.
 */
import { textoCanonico } from '../core/canonico.ts'

/** [ms of server time, id of the device (or of the server's editor)] */
export type Sello = [effAt: number, dispositivo: string]
export interface DocEditable {
  sellos: Record<string, Sello>
  borrado: boolean
}
/** An editable as the merge sees it: whatever fields it has. */
export type Doc = DocEditable & Record<string, unknown>

/** Before any stamp: what a document had from its birth. */
const SIN_SELLO: Sello = [0, '']
export const selloDe = (doc: DocEditable, campo: string): Sello =>
  Object.hasOwn(doc.sellos, campo) ? (doc.sellos[campo] as Sello) : SIN_SELLO

/** Larger effAt, then larger device id. Negative, 0 or positive. */
export function compararSellos(a: Sello, b: Sello): number {
  if (a[0] !== b[0]) return a[0] - b[0]
  return a[1] === b[1] ? 0 : a[1] < b[1] ? -1 : 1
}

/** Fields of a document: neither the stamps nor what a storage engine hangs on it (`_rev`, `_deleted`…). */
export const camposDe = (doc: DocEditable): string[] => Object.keys(doc).filter((campo) => campo !== 'sellos' && !campo.startsWith('_'))

/** The merge. Pure; neither argument changes. */
export function fusionar<T extends DocEditable>(a: T, b: T): T {
  const unido: Record<string, unknown> = {}
  const sellos: Record<string, Sello> = {}
  for (const campo of [...new Set([...camposDe(a), ...camposDe(b)])].sort()) {
    const gana = ganador(a, b, campo)
    unido[campo] = (gana as Record<string, unknown>)[campo]
    if (Object.hasOwn(gana.sellos, campo)) sellos[campo] = selloDe(gana, campo)
  }
  return { ...unido, sellos } as T
}

function ganador<T extends DocEditable>(a: T, b: T, campo: string): T {
  const orden = compararSellos(selloDe(a, campo), selloDe(b, campo))
  if (orden !== 0) return orden > 0 ? a : b
  if (valorDe(a, campo) === valorDe(b, campo) && Object.hasOwn(a, campo)) return a
  // One device, one instant, two values (a clamp may do that): any rule will do as long as both sides follow it.
  return textoDe(a, campo) >= textoDe(b, campo) ? a : b
}

export const valorDe = (doc: DocEditable, campo: string): unknown => (doc as unknown as Record<string, unknown>)[campo]

/** Text of a value, for comparing; '' when the field is missing. */
export function textoDe(doc: DocEditable, campo: string): string {
  const valor = valorDe(doc, campo)
  return valor === undefined ? '' : textoCanonico(valor)
}

/** Whether two documents say the same in a field: their texts are equal. Only lists and objects are ever written out. */
export function mismoValor(a: DocEditable, b: DocEditable, campo: string): boolean {
  const [uno, otro] = [valorDe(a, campo), valorDe(b, campo)]
  if (uno === otro) return true
  if (typeof uno !== 'object' || typeof otro !== 'object' || uno === null || otro === null) return false
  return textoCanonico(uno) === textoCanonico(otro)
}

/** Whether two documents are one and the same: the same fields, with the same values and stamps. */
export function mismoDoc(a: DocEditable, b: DocEditable): boolean {
  const campos = camposDe(a)
  const sellados = Object.keys(a.sellos)
  return (
    campos.length === camposDe(b).length &&
    sellados.length === Object.keys(b.sellos).length &&
    campos.every((campo) => Object.hasOwn(b, campo) && mismoValor(a, b, campo)) &&
    sellados.every((campo) => Object.hasOwn(b.sellos, campo) && compararSellos(selloDe(a, campo), selloDe(b, campo)) === 0)
  )
}

/**
 * PS7. What an editor has to expect of the server where nobody else wrote: its own edit over the state it knew. Both sides ask this one function, so
 * an answer that only says "as expected" says the whole document.
 */
export const loEsperado = <T extends DocEditable>(asumido: T | null, nuevo: T): T => (asumido ? fusionar(asumido, nuevo) : nuevo)

/** No stamp later than its receipt: a device whose clock runs ahead does not win for ever. */
export function recortar<T extends DocEditable>(doc: T, recibidoAt: number): T {
  const sellos: Record<string, Sello> = {}
  for (const [campo, [effAt, dispositivo]] of Object.entries(doc.sellos)) sellos[campo] = [Math.min(effAt, recibidoAt), dispositivo]
  return { ...doc, sellos }
}

/**
 * An edit: the new values, each with a stamp max(ahora, one more than what it must beat), so that a clock set back loses nothing. An edit beats the
 * last one of its field and a deletion it knew of; a deletion (or its undoing) beats everything in the document. A value equal to the present one
 * is not an edit: a form saved whole does not beat what others changed. `borrado` is always stamped: what a newer edit kept alive can be deleted again.
 */
export function sellar<T extends DocEditable>(doc: T, cambios: Partial<Omit<T, 'sellos'>>, ahora: number, dispositivo: string): T {
  const nuevo = { ...doc, ...cambios, sellos: { ...doc.sellos } }
  const borrado = doc.borrado ? selloDe(doc, 'borrado')[0] : 0
  for (const campo of Object.keys(cambios)) {
    if (campo === 'borrado' || textoDe(doc, campo) === textoDe(nuevo, campo)) continue
    nuevo.sellos[campo] = [Math.max(ahora, selloDe(doc, campo)[0] + 1, borrado + 1), dispositivo]
  }
  if ('borrado' in cambios) nuevo.sellos.borrado = [Math.max(ahora, ultimo(nuevo) + 1), dispositivo]
  return nuevo
}

const ultimo = (doc: DocEditable) => Math.max(0, ...Object.values(doc.sellos).map(([effAt]) => effAt))

/** R9. Deleted, and nothing was edited after that. */
export function estaBorrado(doc: DocEditable): boolean {
  if (!doc.borrado) return false
  const sello = selloDe(doc, 'borrado')
  return Object.values(doc.sellos).every((otro) => compararSellos(sello, otro) >= 0)
}
