/**
 * What a shopper is told (SCAN-25, CARD-21, CUP-18..22). Most of it is already in the shopper's own stream: a movement of points IS its notification, so
 * nothing is stored twice and nothing is added to a sale. Only what no other document says is a document of tipo `aviso`.
 *
 *   historial:<id> ──► puntos_ganados, puntos_liberados, devolucion, canje
 *   venta:<id> held ─► puntos_retenidos
 *   aviso:<…> ───────► nivel, puntos_por_vencer, canje, cupon_nuevo, cupon_por_vencer, cupon_usado, cupon_vencido
 */
import type { MiaDoc } from '../../protocol/documentos.ts'

export const TIPOS_DE_NOTIFICACION = [
  'puntos_ganados',
  'puntos_retenidos',
  'puntos_liberados',
  'puntos_por_vencer',
  'devolucion',
  'nivel',
  'canje',
  'cupon_nuevo',
  'cupon_por_vencer',
  'cupon_usado',
  'cupon_vencido',
] as const
export type TipoDeNotificacion = (typeof TIPOS_DE_NOTIFICACION)[number]

/** What a shopper may turn off, one switch each. */
export const TEMAS = ['puntos', 'nivel', 'canjes', 'cupones'] as const
export type Tema = (typeof TEMAS)[number]
export type Preferencias = Record<Tema, boolean>
export const TODO_ENCENDIDO: Preferencias = { puntos: true, nivel: true, canjes: true, cupones: true }

const TEMA_DE: Record<TipoDeNotificacion, Tema> = {
  puntos_ganados: 'puntos',
  puntos_retenidos: 'puntos',
  puntos_liberados: 'puntos',
  puntos_por_vencer: 'puntos',
  devolucion: 'puntos',
  nivel: 'nivel',
  canje: 'canjes',
  cupon_nuevo: 'cupones',
  cupon_por_vencer: 'cupones',
  cupon_usado: 'cupones',
  cupon_vencido: 'cupones',
}
export const temaDe = (tipo: TipoDeNotificacion): Tema => TEMA_DE[tipo]

export interface Notificacion {
  /** Of the document it comes from, so that the same thing is told once however often it arrives. */
  id: string
  tipo: TipoDeNotificacion
  negocioId: string | null
  negocioNombre: string | null
  /** Signed. */
  puntos: number | null
  nivel: string | null
  /** Of the cupón or the recompensa. */
  nombre: string | null
  /** Until when: of a cupón that ends, ms. */
  venceAt: number | null
  /** When the server knew of it, ms: what is read and what is not goes by this. */
  at: number
}

type De<T extends MiaDoc['tipo']> = Extract<MiaDoc, { tipo: T }>
const NADA = { negocioId: null, negocioNombre: null, puntos: null, nivel: null, nombre: null, venceAt: null }

/** `aviso:` documents that are a mark and no notification. */
export const ID_DE_LEIDAS = 'aviso:leidas'

/**
 * What a document of the shopper's stream tells; null for one that tells nothing. `esVenta` says whether a sale of that id is known: points of a hecho
 * that is no sale came after it. They were on hold, or its monto was corrected (SCAN-22), or it was claimed or named later (SCAN-38): a movement does not say which.
 */
export function notificacionDe(doc: MiaDoc, esVenta: (id: string) => boolean): Notificacion | null {
  if (doc.tipo === 'historial') return deHistorial(doc, esVenta)
  if (doc.tipo === 'venta') return deVenta(doc)
  return doc.tipo === 'aviso' ? deAviso(doc) : null
}

function deHistorial(doc: De<'historial'>, esVenta: (id: string) => boolean): Notificacion | null {
  const tipo = tipoDeMovimiento(doc.movimiento, () => esVenta(doc.id.slice('historial:'.length)))
  if (!tipo || doc.puntos === 0) return null
  const { id, negocioId, negocioNombre, puntos } = doc
  return { ...NADA, id, tipo, negocioId, negocioNombre, puntos, at: doc.at ?? doc.effAt }
}

function tipoDeMovimiento(movimiento: string, esDeSuVenta: () => boolean): TipoDeNotificacion | null {
  if (movimiento === 'ganado') return esDeSuVenta() ? 'puntos_ganados' : 'puntos_liberados'
  if (movimiento === 'devuelto' || movimiento === 'anulado') return 'devolucion'
  return movimiento === 'canjeado' ? 'canje' : null
}

function deVenta(doc: De<'venta'>): Notificacion | null {
  if (!doc.retenida || doc.puntos === 0) return null
  const { id, negocioId, negocioNombre, puntos } = doc
  return { ...NADA, id, tipo: 'puntos_retenidos', negocioId, negocioNombre, puntos, at: doc.at ?? doc.effAt }
}

function deAviso(doc: De<'aviso'>): Notificacion | null {
  const tipo = TIPOS_DE_NOTIFICACION.find((uno) => uno === doc.codigo)
  if (!tipo) return null
  const { id, at, negocioId = null, negocioNombre = null, puntos = null, nombre = null, venceAt = null } = doc
  return { id, tipo, negocioId, negocioNombre, puntos, nivel: doc.nivel || null, nombre, venceAt, at }
}

const DE_CUPON = /^aviso:cupon_[a-z_]+:([0-9a-f-]{36})/

/** The id of the cupón it is about; null: about none. */
export const cuponDeNotificacion = ({ id }: Pick<Notificacion, 'id'>): string | null => DE_CUPON.exec(id)?.[1] ?? null

/** Fragment of CardYA's address that shows what it is about; `#avisos` where nothing does. */
export function lugarDeNotificacion({ id, tipo, negocioId, puntos }: Notificacion): string {
  if (tipo === 'nivel') return '#tarjeta'
  const cuponId = cuponDeNotificacion({ id })
  if (cuponId) return `#cupon=${cuponId}`
  return negocioId && puntos !== null ? `#historial=${negocioId}` : '#avisos'
}

/** All that these documents tell, newest first, and up to which instant it was read (ms; 0: nothing). */
export function notificacionesDe(docs: readonly MiaDoc[]): { notificaciones: Notificacion[]; leidasHasta: number } {
  const ventas = new Set(docs.flatMap((doc) => (doc.tipo === 'venta' ? [doc.id.slice('venta:'.length)] : [])))
  const notificaciones = docs.flatMap((doc) => notificacionDe(doc, (id) => ventas.has(id)) ?? [])
  const marca = docs.find((doc) => doc.id === ID_DE_LEIDAS)
  return { notificaciones: notificaciones.sort(masNueva), leidasHasta: marca?.tipo === 'aviso' ? marca.at : 0 }
}

const masNueva = (a: Notificacion, b: Notificacion): number => b.at - a.at || (a.id < b.id ? -1 : 1)
