/**
 * The day's list of a till: what its own journal says, joined with what the server said about it and with what other tills sold.
 * Pure. One row per hecho; three looks: `aqui` (dashed: only on this device), `servidor` (solid), `atencion` (amber: a person must act).
 */
import { type Codigo, esCodigo } from '../../../schema/core/codigos.ts'
import { diaLocal, horaCorregida } from '../../../schema/core/tiempo.ts'
import type { Nivel } from '../../../schema/domain/configuracion/configuracion.ts'
import type { ClienteDoc, TransaccionDoc, VeredictoDoc } from '../../../schema/protocol/documentos.ts'
import { type Renglon, renglonDe } from '../../replica/renglon.ts'

export type Aspecto = 'aqui' | 'servidor' | 'atencion'

export interface Movimiento {
  /** Id of the hecho. */
  id: string
  tipo: 'venta' | 'reembolso' | 'anulacion'
  folio: string
  /** What was paid, or given back. */
  montoCentavos: number
  /** Of a venta: what a cupón took off, centavos; 0: none did. */
  descuentoCentavos: number
  cuponId: string | null
  metodoPago: string | null
  at: number
  aspecto: Aspecto
  motivo: Codigo | null
  /** The server keeps it. */
  recibido: boolean
  /** When the server kept it, ms; null until its ledger was pulled. */
  recibidoAt: number | null
  /** Promised while the server has not judged, then granted or held. */
  puntos: number
  puntosFirmes: boolean
  conCliente: boolean
  /** As this negocio knows the client; null: a card not met before, or no client. */
  clienteNombre: string | null
  /** Of the card at that moment. */
  nivel: Nivel | null
  descripcion: string | null
  configVersion: number | null
  /** Empleado or account that pressed the button; null when it was a dueño at another till. */
  operadorId: string | null
  /** Sold here, or by another till of this sucursal. */
  propio: boolean
  /** Of a venta: what a refund may still give back, centavos, pending refunds of this till already taken off. */
  reembolsableCentavos: number
  estado: 'completada' | 'reembolsada' | 'anulada'
  /** Of a reembolso or anulacion: the venta. */
  transaccionId: string | null
  /** Of a venta: already given back, centavos, as the server says plus what waits here. */
  devueltoCentavos: number
}

export interface Fuentes {
  /** Documents of `diario`, `veredictos`, `transacciones` and `clientes`, in any order. */
  diario: readonly Record<string, unknown>[]
  veredictos: readonly VeredictoDoc[]
  transacciones: readonly TransaccionDoc[]
  clientes?: readonly ClienteDoc[]
}

const NECESITA_PERSONA = new Set(['retenido', 'en_revision', 'huerfano', 'sin_procesar'])

/** Newest first, of the day `dia` in `zona` (`2026-11-21`). */
export const movimientosDelDia = (fuentes: Fuentes, dia: string, zona: string): Movimiento[] =>
  movimientosDe(fuentes).filter((m) => diaLocal(m.at, zona) === dia)

/** Newest first, all that the sources tell of. */
export function movimientosDe(fuentes: Fuentes): Movimiento[] {
  const renglones = fuentes.diario.map(renglonDe).filter((r) => r !== null)
  const veredictos = new Map(fuentes.veredictos.map((v) => [v.id, v]))
  const transacciones = new Map(fuentes.transacciones.map((t) => [t.id, t]))
  const nombres = new Map((fuentes.clientes ?? []).map((c) => [c.cardId, c.alias]))
  const devueltoAqui = devolucionesSinJuzgar(renglones, veredictos)
  const contexto = { veredictos, transacciones, nombres, devueltoAqui }
  const propios = renglones.map((r) => movimientoPropio(r, contexto))
  const vistos = new Set(propios.map((m) => m.id))
  const ajenos = fuentes.transacciones.filter((t) => !vistos.has(t.id)).map((t) => movimientoAjeno(t, contexto))
  return [...propios, ...ajenos].sort((a, b) => b.at - a.at || b.folio.localeCompare(a.folio))
}

interface Contexto {
  veredictos: Map<string, VeredictoDoc>
  transacciones: Map<string, TransaccionDoc>
  /** By cardId. */
  nombres: Map<string, string>
  devueltoAqui: Map<string, Devuelto>
}
interface Devuelto {
  centavos: number
  anulada: boolean
}

/** Refunds and cancellations of this till that the pulled transaccion does not count yet, so that nothing is offered twice. */
function devolucionesSinJuzgar(renglones: Renglon[], veredictos: Map<string, VeredictoDoc>): Map<string, Devuelto> {
  const porVenta = new Map<string, Devuelto>()
  for (const r of renglones) {
    if (r.transaccionId === null || veredictos.has(r.id)) continue
    const antes = porVenta.get(r.transaccionId) ?? { centavos: 0, anulada: false }
    porVenta.set(r.transaccionId, { centavos: antes.centavos + r.montoCentavos, anulada: antes.anulada || r.tipo === 'anulacion' })
  }
  return porVenta
}

function movimientoPropio(r: Renglon, contexto: Contexto): Movimiento {
  const veredicto = contexto.veredictos.get(r.id)
  const transaccion = contexto.transacciones.get(r.hechoId)
  const recibido = !r.pendiente || veredicto !== undefined
  return {
    id: r.hechoId,
    tipo: r.tipo,
    folio: r.folio,
    montoCentavos: r.montoCentavos,
    descuentoCentavos: r.descuentoCentavos,
    cuponId: r.cuponId,
    metodoPago: r.metodoPago,
    // The hour the server settled on: a till whose clock was set back keeps today's sales today.
    at: transaccion?.effAt ?? horaCorregida(r.tiempo),
    aspecto: aspectoDe(veredicto, recibido),
    motivo: motivoDe(veredicto),
    recibido,
    recibidoAt: transaccion?.recibidoAt ?? null,
    puntos: veredicto ? veredicto.puntos : r.puntosPrometidos,
    puntosFirmes: veredicto?.estado === 'aceptado',
    conCliente: r.conCliente,
    clienteNombre: contexto.nombres.get(transaccion?.cardId ?? r.tarjeta?.cardId ?? '') ?? null,
    nivel: transaccion?.nivelCliente ?? r.tarjeta?.nivel ?? null,
    descripcion: r.descripcion ?? r.motivo,
    configVersion: transaccion?.configVersion ?? r.configVersion,
    operadorId: r.operadorId,
    propio: true,
    transaccionId: r.transaccionId,
    ...reembolsable(r.tipo === 'venta' ? r.montoCentavos : 0, transaccion, contexto.devueltoAqui.get(r.hechoId)),
  }
}

function movimientoAjeno(t: TransaccionDoc, { nombres, devueltoAqui }: Contexto): Movimiento {
  return {
    id: t.id,
    tipo: 'venta',
    folio: t.folio,
    montoCentavos: t.montoCentavos,
    descuentoCentavos: t.descuentoCentavos ?? 0,
    cuponId: t.cuponId ?? null,
    metodoPago: t.metodoPago,
    at: t.effAt,
    aspecto: t.retenida ? 'atencion' : 'servidor',
    motivo: null,
    recibido: true,
    recibidoAt: t.recibidoAt,
    puntos: t.puntosOtorgados,
    puntosFirmes: t.acreditada,
    conCliente: t.clienteId !== null,
    clienteNombre: nombres.get(t.cardId ?? '') ?? null,
    nivel: t.nivelCliente,
    descripcion: t.descripcion,
    configVersion: t.configVersion,
    operadorId: t.empleadoId,
    propio: false,
    transaccionId: null,
    ...reembolsable(t.montoCentavos, t, devueltoAqui.get(t.id)),
  }
}

function reembolsable(montoCentavos: number, t: TransaccionDoc | undefined, aqui: Devuelto | undefined) {
  const anulada = t?.estado === 'anulada' || (aqui?.anulada ?? false)
  const queda = montoCentavos - (t?.reembolsadoCentavos ?? 0) - (aqui?.centavos ?? 0)
  const estado: Movimiento['estado'] = anulada ? 'anulada' : montoCentavos > 0 && queda <= 0 ? 'reembolsada' : 'completada'
  return { estado, reembolsableCentavos: anulada ? 0 : Math.max(0, queda), devueltoCentavos: montoCentavos - queda }
}

function aspectoDe(veredicto: VeredictoDoc | undefined, recibido: boolean): Aspecto {
  if (veredicto && NECESITA_PERSONA.has(veredicto.estado)) return 'atencion'
  return recibido ? 'servidor' : 'aqui'
}

function motivoDe(veredicto: VeredictoDoc | undefined): Codigo | null {
  const codigo = veredicto?.motivos[0]?.codigo
  return codigo && esCodigo(codigo) ? codigo : null
}

/** What movements add up to: sold, given back, how many sales, and their points; those only promised are counted apart. */
export function resumenDelDia(movimientos: readonly Movimiento[]): {
  ventas: number
  vendidoCentavos: number
  devueltoCentavos: number
  puntos: number
  puntosPorConfirmar: number
  /** Cupones used (SCAN-11). */
  cupones: number
} {
  const suma = { ventas: 0, vendidoCentavos: 0, devueltoCentavos: 0, puntos: 0, puntosPorConfirmar: 0, cupones: 0 }
  for (const m of movimientos) {
    if (m.tipo === 'reembolso') suma.devueltoCentavos += m.montoCentavos
    if (m.tipo !== 'venta' || m.estado === 'anulada') continue
    suma.ventas += 1
    suma.vendidoCentavos += m.montoCentavos
    if (m.cuponId !== null) suma.cupones += 1
    if (m.puntosFirmes) suma.puntos += m.puntos
    else suma.puntosPorConfirmar += m.puntos
  }
  return suma
}

/** SCAN-52: one's own, unless `completo`. */
export const visiblesPara = (movimientos: readonly Movimiento[], operadorId: string, completo: boolean): Movimiento[] =>
  movimientos.filter((m) => completo || m.operadorId === operadorId)
