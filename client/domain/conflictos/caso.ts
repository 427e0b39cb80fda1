/**
 * The inbox by document (R7, R9): what two people wrote in each field, what was there before, and what is in force now. An aviso tells of one value that
 * did not stay; all of one document that still wait are one case, decided at once.
 */
import { type DocEditable, estaBorrado } from '../../../schema/merge/campos.ts'
import type { AvisoDoc } from '../../../schema/protocol/documentos.ts'
import { iguales, leerDato, ordenDe } from './valor.ts'

/** Who looks at it: edits of this device, or of this account through the API, are "mine". */
export interface Yo {
  dispositivoId: string
  usuarioId: string
  /** Of the account: on another device of theirs only the name tells. */
  nombre: string
}
/** Whether a side is mine. */
type EsMio = (dispositivo: unknown, quien: unknown) => boolean
export type Documento = DocEditable & Record<string, unknown> & { id: string }

/** One of the values somebody wrote. Names are empty when they are not known. */
export interface Opcion {
  valor: unknown
  mio: boolean
  /** Device, or account through the API. */
  de: string
  quien: string
  equipo: string
  /** When it was written, corrected ms. */
  effAt: number
  /** Whether it is what the document says now. */
  vigente: boolean
}
export interface CampoEnConflicto {
  campo: string
  /** What both started from; undefined when it is not known. */
  base: unknown
  /** In the order of the case's sides. Two, or more when several wrote. */
  opciones: Opcion[]
  /** What the document says now, which may be none of them: somebody wrote again since. */
  actual: unknown
  avisos: AvisoDoc[]
}
/** R9. Deleted by one, edited by another. */
export interface Borrado {
  /** The side that deleted, and the side that edited. */
  borro: Opcion
  edito: Opcion
  /** Values of the edits, which come back when the document is kept. Empty when they are in it already. */
  cambios: { campo: string; base: unknown; valor: unknown }[]
  avisos: AvisoDoc[]
}
/** A field that both left different, but only one of them wrote: nobody has to decide anything (R8). */
export interface Combinado {
  campo: string
  base: unknown
  valor: unknown
  mio: boolean
}
/** What two people may edit at once, and whose conflicts are decided here. */
export const COLECCIONES_EN_CONFLICTO = ['articulos', 'cupones', 'recompensas'] as const
export type ColeccionEnConflicto = (typeof COLECCIONES_EN_CONFLICTO)[number]
/** Of an aviso; null: of something this release does not decide. */
export const coleccionDe = (a: Pick<AvisoDoc, 'datos'>): ColeccionEnConflicto | null =>
  COLECCIONES_EN_CONFLICTO.find((cual) => cual === a.datos.coleccion) ?? null

export interface Caso {
  id: string
  coleccion: ColeccionEnConflicto
  nombre: string
  /** Null: this device does not hold it. */
  documento: Documento | null
  /** Whether it is deleted now. */
  eliminado: boolean
  /** Who wrote, once each, mine first: the columns of the comparison. */
  lados: Opcion[]
  campos: CampoEnConflicto[]
  borrado: Borrado | null
  combinados: Combinado[]
  /** Newest of its avisos, ms. */
  at: number
}

/** Whether a person still has to look at it. A decision made here counts at once; documents of the first release only tell when it was made. */
export const pendiente = (a: AvisoDoc): boolean => (a.resolucion === undefined ? a.resueltoAt === null : a.resolucion === null)
export const esConflicto = (a: AvisoDoc): boolean => a.tipo === 'conflicto' && typeof a.datos.documentoId === 'string'

/** Cases that wait, newest first, those of one moment by name. `documentos` by id: what this device holds of them. */
export function casosDe(avisos: readonly AvisoDoc[], documentos: ReadonlyMap<string, Documento>, yo: Yo): Caso[] {
  const porDocumento = new Map<string, AvisoDoc[]>()
  for (const aviso of avisos) {
    if (!esConflicto(aviso) || !pendiente(aviso) || coleccionDe(aviso) === null) continue
    const id = String(aviso.datos.documentoId)
    porDocumento.set(id, [...(porDocumento.get(id) ?? []), aviso])
  }
  return [...porDocumento]
    .map(([id, suyos]) => casoDe(id, suyos, documentos.get(id) ?? null, yo))
    .sort((a, b) => b.at - a.at || a.nombre.localeCompare(b.nombre))
}

export function casoDe(id: string, avisos: AvisoDoc[], documento: Documento | null, yo: Yo): Caso {
  const esMio = esMioEn(avisos, yo)
  const deBorrado = avisos.filter((a) => a.codigo === 'borrado_con_edicion')
  const porCampo = new Map<string, AvisoDoc[]>()
  for (const a of avisos.filter((uno) => uno.codigo !== 'borrado_con_edicion')) {
    const campo = String(a.datos.campo)
    porCampo.set(campo, [...(porCampo.get(campo) ?? []), a])
  }
  const campos = [...porCampo]
    .map(([campo, suyos]) => campoDe(campo, suyos, documento, esMio))
    .sort((a, b) => ordenDe(a.campo) - ordenDe(b.campo))
  const borrado = deBorrado.length > 0 ? borradoDe(deBorrado, documento, esMio) : null
  return {
    id,
    coleccion: avisos.map(coleccionDe).find((cual) => cual !== null) ?? 'articulos',
    nombre: String(documento?.nombre ?? documento?.titulo ?? avisos[0]?.datos.nombre ?? ''),
    documento,
    eliminado: documento !== null && estaBorrado(documento),
    lados: ladosDe(campos, borrado),
    campos,
    borrado,
    combinados: combinadosDe(avisos, campos, esMio),
    at: Math.max(...avisos.map((a) => a.creadoAt)),
  }
}

function campoDe(campo: string, avisos: AvisoDoc[], documento: Documento | null, esMio: EsMio): CampoEnConflicto {
  const recientes = [...avisos].sort((a, b) => b.creadoAt - a.creadoAt)
  const actual = documento ? documento[campo] : leerDato(campo, recientes[0]?.datos.valorGanador)
  const opciones: Opcion[] = []
  for (const opcion of recientes.flatMap((a) => [ganadora(campo, a, actual, esMio), perdida(campo, a, actual, esMio)]))
    if (!opciones.some((otra) => iguales(otra.valor, opcion.valor))) opciones.push(opcion)
  const base = recientes.map((a) => leerDato(campo, a.datos.base)).find((valor) => valor !== null && valor !== undefined)
  return { campo, base, opciones: opciones.sort(porLado), actual, avisos: recientes }
}

/** One side keeps its column in every field. */
const porLado = (a: Opcion, b: Opcion) => Number(b.mio) - Number(a.mio) || (a.de < b.de ? -1 : a.de > b.de ? 1 : 0)

function ladosDe(campos: CampoEnConflicto[], borrado: Borrado | null): Opcion[] {
  const lados: Opcion[] = []
  for (const opcion of [...campos.flatMap(({ opciones }) => opciones), ...(borrado ? [borrado.borro, borrado.edito] : [])])
    if (!lados.some(({ de }) => de === opcion.de)) lados.push(opcion)
  return lados.sort(porLado)
}

const perdida = (campo: string, { datos }: AvisoDoc, actual: unknown, esMio: EsMio): Opcion => {
  const valor = leerDato(campo, datos.valor)
  return { valor, ...lado(datos.dispositivo, datos.quien, datos.equipo, datos.effAt, esMio), vigente: iguales(valor, actual) }
}
const ganadora = (campo: string, { datos }: AvisoDoc, actual: unknown, esMio: EsMio): Opcion => {
  const valor = leerDato(campo, datos.valorGanador)
  return {
    valor,
    ...lado(datos.dispositivoGanador, datos.quienGanador, datos.equipoGanador, datos.effAtGanador, esMio),
    vigente: iguales(valor, actual),
  }
}

/** By the device; where none of the sides is it, by the name, as long as it tells one side from the other. */
function esMioEn(avisos: readonly AvisoDoc[], yo: Yo): EsMio {
  const porEquipo: EsMio = (dispositivo) => dispositivo === yo.dispositivoId || dispositivo === yo.usuarioId
  const lados = avisos.flatMap(({ datos: d }) => [
    [d.dispositivo, d.quien],
    [d.dispositivoGanador, d.quienGanador],
  ])
  if (lados.some(([dispositivo]) => porEquipo(dispositivo, ''))) return porEquipo
  const conMiNombre = lados.filter(([, quien]) => quien === yo.nombre && yo.nombre !== '')
  return conMiNombre.length < lados.length ? (_dispositivo, quien) => quien === yo.nombre : porEquipo
}

function lado(dispositivo: unknown, quien: unknown, equipo: unknown, effAt: unknown, esMio: EsMio): Omit<Opcion, 'valor' | 'vigente'> {
  return {
    mio: esMio(dispositivo, quien),
    de: String(dispositivo ?? ''),
    quien: typeof quien === 'string' ? quien : '',
    equipo: typeof equipo === 'string' ? equipo : '',
    effAt: typeof effAt === 'number' ? effAt : 0,
  }
}

/** The row names the field whose value was lost: the deletion itself, or each field that somebody wrote in what was deleted. */
function borradoDe(avisos: AvisoDoc[], documento: Documento | null, esMio: EsMio): Borrado {
  const ultimo = avisos.reduce((a, b) => (b.creadoAt >= a.creadoAt ? b : a))
  const perdioElBorrado = ultimo.datos.campo === 'borrado'
  const pierde = {
    valor: true,
    vigente: false,
    ...lado(ultimo.datos.dispositivo, ultimo.datos.quien, ultimo.datos.equipo, ultimo.datos.effAt, esMio),
  }
  const gana = {
    valor: true,
    vigente: false,
    ...lado(ultimo.datos.dispositivoGanador, ultimo.datos.quienGanador, ultimo.datos.equipoGanador, ultimo.datos.effAtGanador, esMio),
  }
  const cambios = avisos
    .filter((a) => a.datos.campo !== 'borrado')
    .map(({ datos }) => ({
      campo: String(datos.campo),
      base: leerDato(String(datos.campo), datos.base),
      valor: leerDato(String(datos.campo), datos.valor),
    }))
    .filter(({ campo, valor }) => !documento || estaBorrado(documento) || !iguales(documento[campo], valor))
    .sort((a, b) => ordenDe(a.campo) - ordenDe(b.campo))
  return { borro: perdioElBorrado ? pierde : gana, edito: perdioElBorrado ? gana : pierde, cambios, avisos }
}

/** `datos.combinados` is the canonical text of what only one side wrote since the other's last look; absent in rows of earlier releases. */
function combinadosDe(avisos: AvisoDoc[], campos: CampoEnConflicto[], esMio: EsMio): Combinado[] {
  const nombres = new Map<unknown, unknown>(
    avisos.flatMap(({ datos: d }) => [
      [d.dispositivo, d.quien],
      [d.dispositivoGanador, d.quienGanador],
    ]),
  )
  const enDuda = new Set(campos.map(({ campo }) => campo))
  const vistos = new Map<string, Combinado>()
  for (const { datos } of avisos) {
    if (typeof datos.combinados !== 'string') continue
    for (const [campo, base, valor, dispositivo] of leerCombinados(datos.combinados))
      if (!enDuda.has(campo)) vistos.set(campo, { campo, base, valor, mio: esMio(dispositivo, nombres.get(dispositivo)) })
  }
  return [...vistos.values()].sort((a, b) => ordenDe(a.campo) - ordenDe(b.campo))
}
function leerCombinados(texto: string): [campo: string, base: unknown, valor: unknown, dispositivo: string][] {
  try {
    const leido: unknown = JSON.parse(texto)
    return Array.isArray(leido) ? (leido as [string, unknown, unknown, string][]) : []
  } catch {
    return []
  }
}
