/**
 * The sale being made: one at a time, kept over a reload in this tab's session storage, gone when it is registered, cancelled or somebody else
 * takes the till. Its id is chosen here, once: however often "Confirmar" is pressed, and whatever dies meanwhile, it is one sale (R1).
 */
import { useSyncExternalStore } from 'react'
import { uuidv7 } from '../../../../schema/core/ids.ts'
import type { CuponDeVenta, NuevaVenta, TarjetaEscrita, TarjetaLeida } from '../../../../workers/replica/api.ts'
import type { CuponAplicado } from '../../../domain/cupones/cuenta.ts'

export type ClienteDeVenta =
  | { como: 'leido'; tarjeta: TarjetaLeida /** Device clock, ms. */; leidaAt: number }
  | { como: 'escrito'; tarjeta: TarjetaEscrita }

/** The cupón of the sale. Until `aplicado` it is only being looked at (SCAN-27). */
export interface CuponEnVenta extends CuponAplicado {
  medio: CuponDeVenta['medio']
  codigoUnico: string | null
  conConexion: boolean
  /** Who has it, where a typed code said so. */
  deQuien: string | null
  aplicado: boolean
}

export interface VentaEnCurso {
  id: string
  /** Who began it; another operator never goes on with it. */
  operadorId: string
  cliente: ClienteDeVenta | null
  /** As the pad fills it: before what a cupón takes off. */
  montoCentavos: number
  metodoPago: NuevaVenta['metodoPago']
  descripcion: string
  cupon?: CuponEnVenta | null
  /** Hash of the evidence photo, already kept on this device (SCAN-17). */
  foto?: string | null
}

/** A cupón as it begins: looked at, and nothing said of it yet. */
export const SIN_USAR = { regaladoCentavos: 0, codigoUnico: null, conConexion: false, deQuien: null, aplicado: false } as const

const LLAVE = 'scanya.venta'
const NADIE: VentaEnCurso = { id: '', operadorId: '', cliente: null, montoCentavos: 0, metodoPago: 'efectivo', descripcion: '' }
const oyentes = new Set<() => void>()
let actual: VentaEnCurso | null | undefined
let recuperada = ''

/** The sale of this operator, made when there is none or it was somebody else's. */
export function ventaDe(operadorId: string): VentaEnCurso {
  const venta = leer()
  if (venta?.operadorId === operadorId) return venta
  if (operadorId === '') return NADIE // nobody is at the till yet: what a reload kept waits for its owner
  return guardar({ ...NADIE, id: uuidv7(Date.now()), operadorId })
}

export function cambiarVenta(operadorId: string, cambios: Partial<Omit<VentaEnCurso, 'id' | 'operadorId'>>): void {
  guardar({ ...ventaDe(operadorId), ...cambios })
  for (const oyente of oyentes) oyente()
}

/** Registered or cancelled: the next client never inherits an amount, a card or an id. */
export function olvidarVenta(): void {
  guardar(null)
  for (const oyente of oyentes) oyente()
}

/** Whether leaving this page now would interrupt a sale: an update waits for it. */
export function hayVentaAbierta(): boolean {
  const venta = leer()
  return venta !== null && (venta.montoCentavos > 0 || venta.cliente !== null || Boolean(venta.cupon))
}

/** A sale that an earlier life of this page began, and may have confirmed without hearing of it. */
export const fueRecuperada = (venta: VentaEnCurso): boolean => venta.id !== '' && venta.id === recuperada

export const useHayVentaAbierta = (): boolean => useSyncExternalStore(suscribir, hayVentaAbierta)

export function useVentaEnCurso(operadorId: string): VentaEnCurso {
  return useSyncExternalStore(suscribir, () => ventaDe(operadorId))
}

function suscribir(oyente: () => void): () => void {
  oyentes.add(oyente)
  return () => void oyentes.delete(oyente)
}

function leer(): VentaEnCurso | null {
  if (actual === undefined) actual = leerGuardada()
  return actual
}

function leerGuardada(): VentaEnCurso | null {
  try {
    const leida = JSON.parse(sessionStorage.getItem(LLAVE) ?? 'null') as VentaEnCurso | null
    if (!leida || typeof leida.id !== 'string' || !Number.isSafeInteger(leida.montoCentavos)) return null
    recuperada = leida.id
    return leida
  } catch {
    return null
  }
}

/** Storage that refuses costs only the reload. */
function guardar<V extends VentaEnCurso | null>(venta: V): V {
  actual = venta
  try {
    if (venta === null) sessionStorage.removeItem(LLAVE)
    else sessionStorage.setItem(LLAVE, JSON.stringify(venta))
  } catch {
    // a private window
  }
  return venta
}
