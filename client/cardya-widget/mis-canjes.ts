/** A canje as the shopper's phone keeps it (CARD-36..40, SCAN-30): all that its code and QR need without network. Pure. */
import type { MiaDoc } from '../../schema/protocol/documentos.ts'

export interface CanjeEnFoto {
  id: string
  negocioId: string
  negocioNombre: string
  /** Of the recompensa. */
  nombre: string
  puntos: number
  /** `CANJE-7X9K2M`, and the text of its QR. */
  codigo: string
  qr: string
  /** Name of the sucursal it was asked for, as far as this phone knows. */
  lugar: string | null
  /** Server ms. */
  venceAt: number
  estado: string
  /** Its points are still set apart. */
  apartado: boolean
  creadoAt: number
  cerradoAt: number | null
}

/** `vencido`: also one whose time is over and that no server spoke of yet. */
export type FaseDeCanje = 'vivo' | 'entregado' | 'cancelado' | 'vencido'

/** `ahora`: corrected ms. */
export function faseDeCanje({ estado, venceAt }: Pick<CanjeEnFoto, 'estado' | 'venceAt'>, ahora: number): FaseDeCanje {
  if (estado === 'confirmado') return 'entregado'
  if (estado === 'cancelado') return 'cancelado'
  return estado === 'pendiente' && ahora < venceAt ? 'vivo' : 'vencido'
}

export const sigueVivo = (c: CanjeEnFoto, ahora: number): boolean => faseDeCanje(c, ahora) === 'vivo'

type Doc = Extract<MiaDoc, { tipo: 'canje' }>

const deDocumento = (d: Doc, lugar: string | null): CanjeEnFoto => ({
  ...{ id: d.id.slice('canje:'.length), negocioId: d.negocioId, negocioNombre: d.negocioNombre, nombre: d.nombre, puntos: d.puntos },
  ...{ codigo: d.codigo, qr: d.qr, lugar, venceAt: d.venceAt, estado: d.estado, apartado: d.apartado },
  ...{ creadoAt: d.creadoAt, cerradoAt: d.cerradoAt },
})

/**
 * What the stream tells, newest first. Of `previos` (what this phone wrote down before) remain the names of places, what the server answered and the stream has
 * not told of yet, and those that were just asked for: a reload does not lose the code in one's hand.
 */
export function canjesDe(docs: readonly MiaDoc[], previos: readonly CanjeEnFoto[] = []): CanjeEnFoto[] {
  const previo = new Map(previos.map((c) => [c.id, c]))
  const dichos = docs
    .filter((d): d is Doc => d.tipo === 'canje')
    .map((d) => {
      const antes = previo.get(d.id.slice('canje:'.length))
      const dicho = deDocumento(d, antes?.lugar ?? null)
      // Whatever ended never begins again.
      return antes && antes.estado !== 'pendiente' && dicho.estado === 'pendiente' ? antes : dicho
    })
  const conocidos = new Set(dichos.map(({ id }) => id))
  const propios = previos.filter(({ id, estado }) => estado === 'pendiente' && !conocidos.has(id))
  return [...dichos, ...propios].sort((a, b) => b.creadoAt - a.creadoAt)
}
