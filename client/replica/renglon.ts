/**
 * An entry of this till's journal as a list needs it. The text is the truth; a text that does not parse is left to the pending list. The worker checked
 * it against its schema before it was written (schema/domain/hechos/tipos.ts), so that the page looks only at what it shows: no screen carries zod.
 */
import type { Marca } from '../../schema/core/tiempo.ts'
import type { Nivel } from '../../schema/domain/configuracion/configuracion.ts'
import type { Sobre } from '../../schema/domain/hechos/sobre.ts'
import type { Anulacion, CambioMonto, CanjeConfirmado, LineaDeVenta, Reembolso, Turno, Venta } from '../../schema/domain/hechos/tipos.ts'
import { leerQr } from '../../schema/domain/tarjetas/qr.ts'

export interface Renglon {
  /** `cadenaId|seq`, the key its verdict carries. */
  id: string
  hechoId: string
  /** The last two move no money. */
  tipo: 'venta' | 'reembolso' | 'anulacion' | 'cambio_monto' | 'canje_confirmado' | 'turno'
  folio: string
  /** Of a cambio_monto: what was really charged. Of a turno: what was counted, or put in the drawer. */
  montoCentavos: number
  metodoPago: string | null
  tiempo: Marca
  /** What a cupón took off, centavos; 0: none did. */
  descuentoCentavos: number
  /** The cupón used. */
  cuponId: string | null
  puntosPrometidos: number
  conCliente: boolean
  /** Of the QR that was scanned; null without one. */
  tarjeta: { cardId: string; nivel: Nivel } | null
  descripcion: string | null
  /** Version of the rules the points were promised with. */
  configVersion: number | null
  /** Why money was given back. */
  motivo: string | null
  /** Who pressed the button. */
  operadorId: string | null
  transaccionId: string | null
  /** Of a venta: what was sold. Of a reembolso: what came back. Empty where nobody said. */
  lineas: readonly LineaVista[]
  /** Hash of the evidence photo. */
  foto: string | null
  /** Not acknowledged by the server yet. */
  pendiente: boolean
}

/** Of a reembolso, without name and price. */
export type LineaVista = Pick<LineaDeVenta, 'articuloId' | 'cantidad'> & Partial<LineaDeVenta>

const SIN = {
  lineas: [],
  foto: null,
  descuentoCentavos: 0,
  cuponId: null,
  metodoPago: null,
  puntosPrometidos: 0,
  conCliente: false,
  tarjeta: null,
  descripcion: null,
  configVersion: null,
  motivo: null,
  transaccionId: null,
} as const

/** Documents already read: a live list gives the same object while nothing of it changed, and a day of sales is listed again at each of them. */
const leidos = new WeakMap<Record<string, unknown>, Renglon | null>()

/** Null for what the counter did not do, cannot be read, or was moved to the next chain, where it is listed. */
export function renglonDe(documento: Record<string, unknown>): Renglon | null {
  const sabido = leidos.get(documento)
  if (sabido !== undefined) return sabido
  const renglon = leerRenglon(documento)
  leidos.set(documento, renglon)
  return renglon
}

function leerRenglon(documento: Record<string, unknown>): Renglon | null {
  const leido = documento.estado === 'trasladado' ? null : leer(documento.cuerpo)
  if (!leido) return null
  const { id: hechoId, tiempo, tipo, operador } = leido
  const pendiente = documento.estado !== 'recibido'
  const base = { ...SIN, id: String(documento.id), hechoId, tiempo, pendiente, operadorId: operador?.id ?? null }
  if (tipo === 'venta') {
    const v = con<Venta>(leido.datos, ['folio', 'metodoPago'], ['montoCentavos', 'puntosPrometidos', 'configVersion'])
    if (!v) return null
    const { folio, montoCentavos, metodoPago, puntosPrometidos, descripcion, configVersion, qr } = v
    const tarjeta = qr === null ? null : tarjetaDe(qr)
    const conCliente = qr !== null || Boolean(v.tarjeta)
    const { cuponId = null, descuentoCentavos = 0 } = v.cupon ?? {}
    const pago = { montoCentavos, metodoPago, cuponId, descuentoCentavos }
    const adorno = { lineas: lineasDe(v.lineas), foto: v.foto ?? null }
    return { ...base, ...pago, ...adorno, tipo, folio, puntosPrometidos, conCliente, tarjeta, descripcion, configVersion }
  }
  if (tipo === 'reembolso') {
    const r = con<Reembolso>(leido.datos, ['folio', 'motivo', 'transaccionId'], ['montoCentavos'])
    const { folio = '', montoCentavos = 0, motivo = null, transaccionId = null, lineas } = r ?? {}
    return r && { ...base, tipo, folio, montoCentavos, motivo, transaccionId, lineas: lineasDe(lineas) }
  }
  if (tipo === 'anulacion') {
    const a = con<Anulacion>(leido.datos, ['motivo', 'transaccionId'])
    return a && { ...base, tipo, folio: '', montoCentavos: 0, motivo: a.motivo, transaccionId: a.transaccionId }
  }
  if (tipo === 'cambio_monto') {
    const c = con<CambioMonto>(leido.datos, ['motivo', 'transaccionId'], ['montoCentavos'])
    return c && { ...base, tipo, folio: '', montoCentavos: c.montoCentavos, motivo: c.motivo, transaccionId: c.transaccionId }
  }
  if (tipo === 'canje_confirmado' && con<CanjeConfirmado>(leido.datos, ['canjeId'])) return { ...base, tipo, folio: '', montoCentavos: 0 }
  const turno = tipo === 'turno' ? con<Turno>(leido.datos, ['accion', 'turnoId']) : null
  if (!turno) return null
  const enCajon = turno.accion === 'abrir' ? turno.fondoCentavos : turno.contadoCentavos
  return { ...base, tipo: 'turno', folio: '', montoCentavos: enCajon ?? 0 }
}

const lineasDe = (lineas: unknown): readonly LineaVista[] =>
  Array.isArray(lineas) ? lineas.filter((linea) => con<LineaVista>(linea, ['articuloId'], ['cantidad'])) : []

/** The object, when it has these texts and numbers; null: a later release, or a torn text, says something else there. */
function con<T>(cosa: unknown, textos: (keyof T & string)[], numeros: (keyof T & string)[] = []): T | null {
  if (typeof cosa !== 'object' || cosa === null) return null
  const campos = cosa as Record<string, unknown>
  const son = (nombres: string[], tipo: 'string' | 'number') => nombres.every((nombre) => typeof campos[nombre] === tipo)
  return son(textos, 'string') && son(numeros, 'number') ? (cosa as T) : null
}

/** What the card said of itself; the server decides whether it is true. */
function tarjetaDe(qr: string): Renglon['tarjeta'] {
  try {
    const { cardId, nivel } = leerQr(qr)
    return { cardId, nivel }
  } catch {
    return null
  }
}

function leer(cuerpo: unknown): Sobre | null {
  if (typeof cuerpo !== 'string') return null
  try {
    const leido = con<Sobre>(JSON.parse(cuerpo), ['id', 'tipo'])
    return leido && con<Marca>(leido.tiempo, [], ['wall', 'offset']) ? leido : null
  } catch {
    return null
  }
}
