/**
 * Slices: which rows of a stream a session holds. One belongs to (negocio, sucursal of the device), never to the cashier; or to a shopper (PU5).
 * The id of a slice is a hash of its definition, so that a change of definition is another data set for every replica (PU4).
 */
import { sha256 } from '../../schema/core/ids.ts'
import { Rechazo } from '../../schema/core/rechazo.ts'
import { DIA, HORA } from '../../schema/core/tiempo.ts'
import { seVendeEn } from '../../schema/domain/articulos/articulo.ts'
import { type DocEditable, estaBorrado } from '../../schema/merge/campos.ts'
import type { ArticuloDoc, AvisoDoc, TransaccionDoc, VeredictoDoc } from '../../schema/protocol/documentos.ts'
import { type ColeccionPull, coleccionesPull } from '../../schema/protocol/pull.ts'
import type { Sesion } from '../context.ts'

/** Raised when the meaning of a slice changes without its parameters changing. */
const VERSION_DE_REBANADAS = 2
/**
 * The same of one collection, whose rows a migration changed: a replica with those of before begins again. A shopper's documents got other names, by negocio, and
 * then those of what cupones saved without the card; what clients spent was counted anew.
 */
const VERSION_DE: Partial<Record<ColeccionPull, number>> = { mias: 4, clientes: 3 }
/** How far back each app looks, days. Null: everything. */
const DIAS: Record<'caja' | 'studio', { transacciones: number; clientes: number | null }> = {
  caja: { transacciones: 35, clientes: 180 },
  studio: { transacciones: 180, clientes: null },
}
const DIAS_DE_VEREDICTOS = 35
/** A till holds at most this many clients, newest visit first. */
export const CLIENTES_POR_CAJA = 5_000
/** Versions of the rules that a till may still need to judge a promise (R12), with a day to spare. */
export const VERSIONES_MS = 96 * HORA

export type Imagen = { id: string } & Record<string, unknown>

export interface Rebanada {
  coleccion: ColeccionPull
  /** Null in a shopper's slice. */
  equipo: Extract<Sesion, { clase: 'dispositivo' }> | null
  /** Instants before which rows are left out, ms before now; null for none. */
  desdeMs: number | null
  /** Only the newest ones, by date of visit. */
  maximo: number | null
  /** Whether a row is of this place at all. Does not depend on time. */
  alcanza(doc: Imagen): boolean
  /** Whether a row of this place is in the slice now. */
  vigente(doc: Imagen, ahora: number): boolean
}

/** Whether every row of the stream is in it, whatever it says: its pages need not be looked into. */
export const esEntera = ({ alcanza, vigente }: Rebanada): boolean => alcanza === TODO.alcanza && vigente === TODO.vigente

/** What the app of a session pulls. */
export function coleccionesDe(sesion: Sesion): ColeccionPull[] {
  if (sesion.clase === 'empleado') return []
  const app = sesion.clase === 'cuenta' ? 'cardya' : sesion.tipo === 'caja' ? 'scanya' : 'studio'
  return coleccionesPull(app)
}

/** The slice of a session for a collection. @throws Rechazo COLECCION_DESCONOCIDA, also for one of another app (PU6) */
export function rebanadaDe(sesion: Sesion, coleccion: string): Rebanada {
  // A slice belongs to the device, never to who works at it: an empleado pulls nothing of their own.
  if (sesion.clase === 'empleado') throw new Rechazo('SIN_PERMISO')
  const nombre = coleccionesDe(sesion).find((una) => una === coleccion)
  if (!nombre) throw new Rechazo('COLECCION_DESCONOCIDA')
  if (sesion.clase === 'cuenta') return { ...TODO, coleccion: nombre, equipo: null }
  return { ...TODO, ...PARTES[nombre]?.(sesion), coleccion: nombre, equipo: sesion }
}

const TODO = { desdeMs: null, maximo: null, alcanza: () => true, vigente: () => true }
type Parte = Partial<Pick<Rebanada, 'desdeMs' | 'maximo' | 'alcanza' | 'vigente'>>
type Equipo = Extract<Sesion, { clase: 'dispositivo' }>

const deSuSucursal = ({ tipo, sucursalId }: Equipo): Parte =>
  tipo === 'caja'
    ? {
        alcanza: (doc) => seVendeEn(doc as unknown as Pick<ArticuloDoc, 'sucursales'>, sucursalId),
        vigente: (doc) => !estaBorrado(doc as unknown as DocEditable),
      }
    : {}

const PARTES: Partial<Record<ColeccionPull, (equipo: Equipo) => Parte>> = {
  // By the log a verdict comes however old its sale is: the till asked for it just now.
  veredictos: ({ dispositivoId }) => ({
    desdeMs: DIAS_DE_VEREDICTOS * DIA,
    alcanza: (doc) => (doc as unknown as VeredictoDoc).dispositivoId === dispositivoId,
  }),
  // CAT-13. A till holds what is sold where it stands; a Studio edits the whole catálogo, deletions included.
  articulos: deSuSucursal,
  canjes: ({ tipo, sucursalId }) => ({
    ...desde('creadoAt', DIAS[tipo].transacciones),
    alcanza: (doc) => concierneA(doc.sucursalId, sucursalId),
  }),
  // As articulos: a till holds what is given where it stands.
  cupones: deSuSucursal,
  recompensas: deSuSucursal,
  // What is of no sucursal in particular, as a lost edit, concerns everybody.
  avisos: ({ sucursalId }) => ({ alcanza: (doc) => concierneA((doc as unknown as AvisoDoc).datos.sucursalId, sucursalId) }),
  clientes: ({ tipo }) => {
    const dias = DIAS[tipo].clientes
    return dias === null ? {} : { maximo: CLIENTES_POR_CAJA, ...desde('ultimaVisitaAt', dias) }
  },
  transacciones: ({ tipo, sucursalId }) => ({
    ...desde('effAt', DIAS[tipo].transacciones),
    alcanza: (doc) => sucursalId === null || (doc as unknown as TransaccionDoc).sucursalId === sucursalId,
  }),
  config: ({ sucursalId }) => ({ vigente: (doc) => esConfigDe(doc, sucursalId) }),
}

/** Whether something that happened at `de` (null: at no place) is for whoever looks from `sucursalId` (null: from all of them). */
export const concierneA = (de: unknown, sucursalId: string | null): boolean => sucursalId === null || de == null || de === sucursalId

const desde = (campo: string, dias: number): Parte => ({
  desdeMs: dias * DIA,
  vigente: (doc, ahora) => Number(doc[campo]) >= ahora - dias * DIA,
})

/** Its own sucursal and whoever works there; the negocio and the rules for everybody. */
export function esConfigDe(doc: Imagen, sucursalId: string | null): boolean {
  if (sucursalId === null) return true
  if (doc.id.startsWith('sucursal:') || doc.id.startsWith('arriendo:')) return doc.sucursalId === sucursalId
  if (doc.id.startsWith('empleado:')) return doc.todasLasSucursales === true || doc.sucursalId === sucursalId || doc.sucursalId === null
  return true
}

const ids = new Map<string, string>()

/** Short hash of the definition. */
export async function idDeRebanada({ coleccion, equipo, desdeMs, maximo }: Rebanada): Promise<string> {
  const propio = coleccion === 'veredictos' ? equipo?.dispositivoId : null
  const texto = JSON.stringify([
    VERSION_DE[coleccion] ?? VERSION_DE_REBANADAS,
    coleccion,
    equipo?.tipo ?? 'cuenta',
    equipo?.sucursalId ?? null,
    propio,
    desdeMs,
    maximo,
  ])
  const conocido = ids.get(texto)
  if (conocido) return conocido
  const id = (await sha256(texto)).slice(0, 16)
  if (ids.size > 10_000) ids.clear()
  ids.set(texto, id)
  return id
}
