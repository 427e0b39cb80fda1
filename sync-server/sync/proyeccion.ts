/** What a shopper sees of what a negocio did. Pure. */
import { assert } from '../../schema/core/rechazo.ts'
import { DIA, HORA } from '../../schema/core/tiempo.ts'
import { CODIGOS_DE_CANJE, codigoDeCanje } from '../../schema/domain/canjes/codigo.ts'
import type { Canje, UsuarioEvento } from '../../schema/domain/hechos/libro.ts'
import { type Lotes, ultimoDiaDe } from '../../schema/domain/puntos/lotes.ts'
import type { MiaDoc } from '../../schema/protocol/documentos.ts'

/** CARD-20: points settle this long after the sale, and not before a till that was offline had its time to cancel. */
const ASIENTA_TRAS_VENTA_MS = DIA
const ASIENTA_TRAS_RECIBO_MS = HORA

export const asientaAt = (effAt: number, recibidoAt: number): number =>
  Math.max(effAt + ASIENTA_TRAS_VENTA_MS, recibidoAt + ASIENTA_TRAS_RECIBO_MS)

/** Row of usuario_eventos: the outbox of a negocio. */
export interface Evento {
  negocioId: string
  hechoId: string
  negocioNombre: string
  cuerpo: UsuarioEvento['cuerpo']
}

/** What these events leave in the stream: the last word of each document. Balances are absolute, so the last one stands. */
export const ultimosDocumentos = (eventos: readonly Evento[]): MiaDoc[] => [
  ...new Map(eventos.flatMap(documentosDe).map((doc) => [doc.id, doc])).values(),
]

interface DeNegocio {
  negocioId: string
  negocioNombre: string
}

/** CARD-36..39. What a shopper holds of a canje. */
export function documentoDeMiCanje(negocio: DeNegocio, c: Canje, at: number): MiaDoc {
  const { id, nombre, puntos, qr, sucursalId, venceAt, estado, apartado, creadoAt, cerradoAt } = c
  const codigo = codigoDeCanje(c.numero % CODIGOS_DE_CANJE)
  return {
    ...{ id: `canje:${id}`, tipo: 'canje', ...negocio, nombre, puntos, codigo, qr, sucursalId, venceAt, estado, apartado },
    ...{ creadoAt, cerradoAt, at },
  }
}

/**
 * CUP-08..17. What a shopper holds of a cupón; its sucursales and articulos are said in words by whoever made it. A Studio chooses the ids of its cupones, so each
 * negocio names its own: one that takes the id of another's does not write over it.
 */
export function documentoDeMiCupon(negocio: DeNegocio, de: NonNullable<UsuarioEvento['cuerpo']['cupon']>, at: number): MiaDoc {
  const { definicion: d, ...suyo } = de
  return {
    ...{ id: `cupon:${negocio.negocioId}:${d.id}`, tipo: 'cupon', ...negocio, cuponId: d.id, titulo: d.titulo, clase: d.tipo },
    descripcion: d.descripcion,
    ...{ valor: d.valor, compraMinimaCentavos: d.compraMinimaCentavos, desdeAt: d.desdeAt, venceAt: d.venceAt, codigo: d.codigo },
    ...{ limitePorCliente: d.limitePorCliente, nivelRequerido: d.nivelRequerido, imagen: d.imagen, activo: d.activo, ...suyo, at },
  }
}

/** PTS-24. How many expire first, and the last day they are good. */
function loQueVence(porVencer: Lotes | undefined): { porVencer?: { puntos: number; venceAt: number } } {
  const primero = porVencer?.[0]
  return primero ? { porVencer: { puntos: primero.puntos, venceAt: ultimoDiaDe(primero.mes) } } : {}
}

/** Balance, movement, sale, canje, cupón and what it saved. */
function documentosDe({ negocioId, negocioNombre, cuerpo }: Evento): MiaDoc[] {
  const { saldo, venta, historial, reglas, canje, cupon, ahorro, recibidoAt: at } = cuerpo
  const negocio = { negocioId, negocioNombre }
  // Tills choose the ids of hechos: each negocio names its own, as with cupones.
  const propio = (id: string) => `${negocioId}:${id}`
  const docs: MiaDoc[] = []
  if (saldo) {
    const { puntosDisponibles: disponibles, puntosAcumulados: acumulados, puntosRetenidos: retenidos, puntosApartados: apartados } = saldo
    // Events of the first release have no points apart.
    const cifras = { disponibles, acumulados, retenidos, ...(apartados ? { apartados } : {}), ...loQueVence(saldo.porVencer) }
    docs.push({ id: `puntos:${negocioId}`, tipo: 'puntos', ...negocio, ...cifras })
  }
  if (venta) {
    const { transaccionId, ...deVenta } = venta
    docs.push({ id: `venta:${propio(transaccionId)}`, tipo: 'venta', ...negocio, ...deVenta, at })
  }
  if (canje) docs.push(documentoDeMiCanje(negocio, canje, at))
  if (cupon) docs.push(documentoDeMiCupon(negocio, cupon, at))
  if (ahorro) {
    const { transaccionId, ...loDemas } = ahorro
    docs.push({ id: `ahorro:${propio(transaccionId)}`, tipo: 'ahorro', ...negocio, ...loDemas, at })
  }
  if (historial) {
    const { id, tipo, puntos, montoCentavos, descripcion, multiplicadorPct, nivelAlMomento: nivel, effAt } = historial
    const movimiento = { movimiento: tipo, puntos, montoCentavos, descripcion, multiplicadorPct, nivel, effAt }
    docs.push({ id: `historial:${propio(id)}`, tipo: 'historial', ...negocio, ...movimiento, ...(tipo === 'ganado' ? reglas : {}), at })
  }
  assert(docs.length > 0, 'an event says what became of something')
  return docs
}
