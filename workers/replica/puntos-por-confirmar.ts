/**
 * What a client's balance will be once the server has said so of what this till sold them (design 03: what is pending shows beside what is pulled).
 *
 *     sold here ──► acknowledged ──► its verdict is pulled ──► `clientes` is pulled past the verdict's seq
 *     └────────────── promised ──────────────┘└── granted ──┘└── in the pulled balance: counted no more ──
 *
 * `veredictos` is never behind `clientes` (bajada.ts), so a venta without a verdict is in no balance yet, and the sum neither dips nor doubles. Held
 * points are in nobody's balance. Of refunds those still waiting here are taken off, by the rule the server runs (R6).
 */
import { DIA } from '../../schema/core/tiempo.ts'
import type { Venta } from '../../schema/domain/hechos/tipos.ts'
import { puntosPorDevolver } from '../../schema/domain/puntos/puntos.ts'
import type { VeredictoDoc } from '../../schema/protocol/documentos.ts'
import { type Almacen, estaBorrada } from './almacen.ts'
import type { Punto } from './punto.ts'
import { horaDe, leerSobre, type Renglon, renglonDe } from './renglon.ts'

/** An acknowledged venta as old as this has a verdict that was pulled, and perhaps let go of by date before its entry. */
const SIN_VEREDICTO_MS = 30 * DIA

/** `punto`: how far `clientes` was pulled, read with the client's row. `ahora`: corrected ms. Negative when more is given back than is promised. */
export async function puntosPorConfirmar(almacen: Almacen, cardId: string, punto: Punto, ahora: number): Promise<number> {
  // While a snapshot comes down nobody knows which of it each row has seen.
  if (punto.barriendo || punto.checkpoint?.pagina !== undefined) return 0
  const ventas = await ventasDe(almacen, cardId)
  if (ventas.size === 0) return 0
  const veredictos = await veredictosDe(almacen, [...ventas.values()].flat())
  const devueltos = await devolucionesEnEspera(almacen)
  let suma = 0
  for (const [hechoId, renglones] of ventas) {
    const veredicto = renglones.map(({ id }) => veredictos.get(id)).find((v) => v !== undefined)
    const venta = leerSobre(renglones[0]!)?.datos as Venta
    const puntos = veredicto ? (veredicto.estado === 'aceptado' ? veredicto.puntos : 0) : prometidos(renglones, venta, ahora)
    const asentada = veredicto !== undefined && veredicto.seqStream <= (punto.checkpoint?.seq ?? -1)
    const devueltoCentavos = Math.min(devueltos.get(hechoId) ?? 0, venta.montoCentavos)
    suma += (asentada ? 0 : puntos) - puntosPorDevolver(puntos, devueltoCentavos, venta.montoCentavos)
  }
  return suma
}

function prometidos(renglones: Renglon[], venta: Venta, ahora: number): number {
  const espera = renglones.some((renglon) => renglon.estado === 'pendiente' || ahora - horaDe(renglon) < SIN_VEREDICTO_MS)
  return espera ? venta.puntosPrometidos : 0
}

/** By hecho: one that was entered again in another chain is one venta. */
async function ventasDe(almacen: Almacen, cardId: string): Promise<Map<string, Renglon[]>> {
  // `}` follows `|`: every use of this card, and of no other.
  const filas = await almacen.buscar('diario', { usoQr: { $gte: `${cardId}|`, $lt: `${cardId}}` } }, ['usoQr'])
  const porHecho = new Map<string, Renglon[]>()
  for (const renglon of filas.map(renglonDe)) {
    const sobre = renglon.tipo === 'venta' && renglon.estado !== 'perdido' ? leerSobre(renglon) : null
    if (sobre) porHecho.set(sobre.id, [...(porHecho.get(sobre.id) ?? []), renglon])
  }
  return porHecho
}

async function veredictosDe(almacen: Almacen, renglones: Renglon[]): Promise<Map<string, VeredictoDoc>> {
  const filas = await almacen.porId(
    'veredictos',
    renglones.map(({ id }) => id),
  )
  return new Map([...filas].filter(([, fila]) => !estaBorrada(fila)).map(([id, fila]) => [id, fila as unknown as VeredictoDoc]))
}

/** Centavos by the venta they are given back of; all of it for a cancelled one. */
async function devolucionesEnEspera(almacen: Almacen): Promise<Map<string, number>> {
  const suma = new Map<string, number>()
  for (const fila of await almacen.buscar('diario', { estado: 'pendiente' }, ['estado', 'cadenaId', 'seq'])) {
    const { tipo } = renglonDe(fila)
    if (tipo !== 'reembolso' && tipo !== 'anulacion') continue
    const datos = leerSobre(renglonDe(fila))?.datos as { transaccionId: string; montoCentavos?: number } | undefined
    if (datos) suma.set(datos.transaccionId, (suma.get(datos.transaccionId) ?? 0) + (datos.montoCentavos ?? Number.MAX_SAFE_INTEGER))
  }
  return suma
}
