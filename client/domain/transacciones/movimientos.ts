/**
 * The day's list of a till: what its own journal says, joined with what the server said about it and with what other tills sold.
 * Pure. One row per hecho; three looks: `aqui` (dashed: only on this device), `servidor` (solid), `atencion` (amber: a person must act).
 */
import { type Codigo, esCodigo } from '../../../schema/core/codigos.ts'
import { diaLocal, horaCorregida } from '../../../schema/core/tiempo.ts'
import type { Configuracion, Nivel } from '../../../schema/domain/configuracion/configuracion.ts'
import { puntosSegun } from '../../../schema/domain/puntos/puntos.ts'
import type { ClienteDoc, TransaccionDoc, VeredictoDoc } from '../../../schema/protocol/documentos.ts'
import { type Renglon, renglonDe } from '../../replica/renglon.ts'
import { type Correccion, conCorrecciones, correccionesPorVenta, type LineaDeMovimiento, porContar } from './correcciones.ts'

export type Aspecto = 'aqui' | 'servidor' | 'atencion'

export interface Movimiento {
  /** Id of the hecho. */
  id: string
  tipo: Renglon['tipo']
  folio: string
  /** What was paid, or given back; of a venta whose monto was changed, what it is now; of a cambio_monto, what was said. */
  montoCentavos: number
  /** Of a venta whose monto was changed (SCAN-22): what it was; null: never changed. */
  montoOriginalCentavos: number | null
  /** Of a venta: what was sold, and how much of it came back. */
  lineas: readonly LineaDeMovimiento[]
  /** Hash of the evidence photo (SCAN-17). */
  foto: string | null
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
  /** Of a reembolso, an anulacion or a cambio_monto: the venta. */
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
  /** Versions of the rules: what the points of a monto changed here will be (R12). */
  versiones?: readonly Configuracion[]
}

const NECESITA_PERSONA = new Set(['retenido', 'en_revision', 'huerfano', 'sin_procesar'])

/** Newest first, of the day `dia` in `zona` (`2026-11-21`). */
export const movimientosDelDia = (fuentes: Fuentes, dia: string, zona: string): Movimiento[] =>
  movimientosDe(fuentes).filter((m) => diaLocal(m.at, zona) === dia)

/** What a list of sales shows: canjes given and shifts are told of elsewhere. */
const DE_DINERO = new Set<Renglon['tipo']>(['venta', 'reembolso', 'anulacion', 'cambio_monto'])

/** Newest first, all that the sources tell of what was sold, given back, cancelled and corrected. */
export function movimientosDe(fuentes: Fuentes): Movimiento[] {
  const renglones = fuentes.diario.map(renglonDe).filter((r) => r !== null && DE_DINERO.has(r.tipo)) as Renglon[]
  const veredictos = new Map(fuentes.veredictos.map((v) => [v.id, v]))
  const transacciones = new Map(fuentes.transacciones.map((t) => [t.id, t]))
  const nombres = new Map((fuentes.clientes ?? []).map((c) => [c.cardId, c.alias]))
  const correcciones = correccionesPorVenta(porContar(renglones, veredictos, transacciones))
  const contexto = { veredictos, transacciones, nombres, correcciones, versiones: fuentes.versiones ?? [] }
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
  /** By venta, in their order. */
  correcciones: Map<string, Correccion[]>
  versiones: readonly Configuracion[]
}

function movimientoPropio(r: Renglon, contexto: Contexto): Movimiento {
  const transaccion = contexto.transacciones.get(r.hechoId)
  const veredicto = vigente(contexto.veredictos.get(r.id), transaccion)
  const recibido = !r.pendiente || veredicto !== undefined
  const nivel = transaccion?.nivelCliente ?? r.tarjeta?.nivel ?? null
  const configVersion = transaccion?.configVersion ?? r.configVersion
  const corregida = transaccion?.montoOriginalCentavos != null
  const puntos = corregida ? transaccion.puntosOtorgados : veredicto ? veredicto.puntos : r.puntosPrometidos
  const puntosFirmes = corregida ? transaccion.acreditada : veredicto?.estado === 'aceptado'
  const visto = { montoCentavos: r.montoCentavos, lineas: r.lineas, nivel, configVersion, puntos, puntosFirmes }
  return {
    id: r.hechoId,
    tipo: r.tipo,
    folio: r.folio,
    descuentoCentavos: r.descuentoCentavos,
    cuponId: r.cuponId,
    foto: r.foto,
    metodoPago: r.metodoPago,
    // The hour the server settled on: a till whose clock was set back keeps today's sales today.
    at: transaccion?.effAt ?? horaCorregida(r.tiempo),
    aspecto: aspectoDe(veredicto, recibido),
    motivo: motivoDe(veredicto),
    recibido,
    recibidoAt: transaccion?.recibidoAt ?? null,
    conCliente: r.conCliente,
    clienteNombre: contexto.nombres.get(transaccion?.cardId ?? r.tarjeta?.cardId ?? '') ?? null,
    nivel,
    descripcion: r.descripcion ?? r.motivo,
    configVersion,
    operadorId: r.operadorId,
    propio: true,
    transaccionId: r.transaccionId,
    ...(r.tipo === 'venta' ? comoQuedo(r.hechoId, visto, transaccion, contexto) : { ...SIN_DEVOLVER, ...visto }),
  }
}

/**
 * A verdict as the sale stands now: whoever decided on its held points, and the day they lapse, change the sale and never the verdict. What a hold that
 * ended without them leaves is no points.
 */
function vigente(veredicto: VeredictoDoc | undefined, t: TransaccionDoc | undefined): VeredictoDoc | undefined {
  if (veredicto?.estado !== 'retenido' || !t || t.retenida) return veredicto
  return { ...veredicto, estado: 'aceptado', motivos: [], puntos: t.acreditada ? t.puntosOtorgados : 0 }
}

function movimientoAjeno(t: TransaccionDoc, contexto: Contexto): Movimiento {
  const { montoCentavos, lineas, nivelCliente: nivel, configVersion, acreditada, retenida } = t
  const puntos = acreditada || retenida ? t.puntosOtorgados : 0
  const puntosFirmes = !retenida
  return {
    id: t.id,
    tipo: 'venta',
    folio: t.folio,
    descuentoCentavos: t.descuentoCentavos ?? 0,
    cuponId: t.cuponId ?? null,
    foto: t.foto ?? null,
    metodoPago: t.metodoPago,
    at: t.effAt,
    aspecto: retenida ? 'atencion' : 'servidor',
    motivo: null,
    recibido: true,
    recibidoAt: t.recibidoAt,
    conCliente: t.clienteId !== null,
    clienteNombre: contexto.nombres.get(t.cardId ?? '') ?? null,
    nivel,
    descripcion: t.descripcion,
    configVersion,
    operadorId: t.empleadoId,
    propio: false,
    transaccionId: null,
    ...comoQuedo(t.id, { montoCentavos, lineas, nivel, configVersion, puntos, puntosFirmes }, t, contexto),
  }
}

type Visto = Pick<Movimiento, 'montoCentavos' | 'nivel' | 'configVersion' | 'puntos' | 'puntosFirmes'> & { lineas: Renglon['lineas'] }
type Quedo = Pick<
  Movimiento,
  | ('montoCentavos' | 'montoOriginalCentavos' | 'lineas' | 'puntos' | 'puntosFirmes')
  | ('estado' | 'reembolsableCentavos' | 'devueltoCentavos')
>
const SIN_DEVOLVER = { montoOriginalCentavos: null, estado: 'completada', reembolsableCentavos: 0, devueltoCentavos: 0 } as const

/** A venta as the server says it is, and on top of that what this till did since. */
function comoQuedo(id: string, visto: Visto, t: TransaccionDoc | undefined, { correcciones, versiones }: Contexto): Quedo {
  const base = {
    montoCentavos: t?.montoCentavos ?? visto.montoCentavos,
    montoOriginalCentavos: t?.montoOriginalCentavos ?? null,
    devueltoCentavos: t?.reembolsadoCentavos ?? 0,
    anulada: t?.estado === 'anulada',
    lineas: t?.lineas ?? visto.lineas,
  }
  const { anulada, ...quedo } = conCorrecciones(base, correcciones.get(id) ?? [])
  const queda = quedo.montoCentavos - quedo.devueltoCentavos
  const estado = anulada ? 'anulada' : quedo.montoCentavos > 0 && queda === 0 ? 'reembolsada' : 'completada'
  return {
    ...quedo,
    estado,
    reembolsableCentavos: anulada ? 0 : queda,
    ...puntosDe(visto, base.montoCentavos, quedo.montoCentavos, versiones),
  }
}

/** Of a monto that was changed here and not judged yet: what the rules of the sale give for it. */
function puntosDe(
  visto: Visto,
  antes: number,
  ahora: number,
  versiones: readonly Configuracion[],
): Pick<Movimiento, 'puntos' | 'puntosFirmes'> {
  const { puntos, puntosFirmes, nivel, configVersion } = visto
  if (ahora === antes) return { puntos, puntosFirmes }
  const version = nivel && versiones.find((v) => v.version === configVersion)
  return { puntos: version ? puntosSegun(version, ahora, nivel) : puntos, puntosFirmes: false }
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

/** EMP-11. What the day adds up to: of everybody only with verEstadisticas, else of one's own, whatever the list shows. */
export const cifrasPara = (movimientos: readonly Movimiento[], operadorId: string, estadisticas: boolean) =>
  resumenDelDia(visiblesPara(movimientos, operadorId, estadisticas))
