/** What was sold, live: of one day, or of one sale whatever its day. Bounded by time, so that a till of years reads a day and no more. */
import { useMemo } from 'react'
import { DIA, HORA } from '../../../schema/core/tiempo.ts'
import type { Configuracion } from '../../../schema/domain/configuracion/configuracion.ts'
import type { Ticket } from '../../../schema/domain/tickets/ticket.ts'
import type { ClienteDoc, ConfigDoc, TransaccionDoc, VeredictoDoc } from '../../../schema/protocol/documentos.ts'
import { useCaja, useVivo } from '../../replica/contexto.ts'
import { useColeccion } from '../../replica/use-consulta.ts'
import { type HistoriaDeVenta, historiaDeVenta } from './historia-de-venta.ts'
import { type Fuentes, type Movimiento, movimientosDe, movimientosDelDia } from './movimientos.ts'
import { cardIdsDe, momentoDeUuid } from './tarjetas-vistas.ts'
import { ventaDeTicket } from './venta-de-ticket.ts'

type Rango = { $gte: number; $lt: number }

/** Newest first; null until the device's store answered. `dia` as `2026-11-21`, in the zone of the sucursal. */
export function useMovimientos(dia: string): Movimiento[] | null {
  const { zona } = useVivo()
  const medianoche = Date.parse(`${dia}T00:00:00Z`)
  // Every zone is within 14 h of UTC, and a clock that was off by a day still shows its sales.
  const fuentes = useFuentes({ $gte: Math.max(0, medianoche - 14 * HORA - DIA), $lt: medianoche + 38 * HORA + DIA })
  return useMemo(() => fuentes && movimientosDelDia(fuentes, dia, zona), [fuentes, dia, zona])
}

/** One venta by the id of its hecho, with what was given back of it; undefined: this device does not know it; null: not answered yet. */
export function useMovimiento(id: string): Movimiento | null | undefined {
  const desde = momentoDeUuid(id)
  const fuentes = useFuentes({ $gte: Math.max(0, desde - DIA), $lt: Number.MAX_SAFE_INTEGER }, id)
  return useMemo(() => fuentes && movimientosDe(fuentes).find((m) => m.id === id), [fuentes, id])
}

/** As useMovimiento, with all that was done to that venta. */
export function useVentaConHistoria(id: string): HistoriaDeVenta | null | undefined {
  const desde = momentoDeUuid(id)
  const fuentes = useFuentes({ $gte: Math.max(0, desde - DIA), $lt: Number.MAX_SAFE_INTEGER }, id)
  return useMemo(() => fuentes && historiaDeVenta(fuentes, id), [fuentes, id])
}

/** SCAN-40: the sale that a ticket tells of, as far as this device knows it. Null until the store answered. */
export function useVentaDeTicket(ticket: Ticket): ReturnType<typeof ventaDeTicket> | null {
  const fuentes = useFuentes({ $gte: Math.max(0, momentoDeUuid(ticket.hechoId) - DIA), $lt: Number.MAX_SAFE_INTEGER }, ticket.hechoId)
  return useMemo(() => fuentes && ventaDeTicket(fuentes, ticket), [fuentes, ticket])
}

/** What a person must see, of the last day: newest first. The same bound as the count on the status chip. `ahora`: corrected, ms. */
export function usePorAtender(ahora: number): Movimiento[] | null {
  const desde = Math.floor((ahora - 2 * DIA) / HORA) * HORA
  const fuentes = useFuentes({ $gte: Math.max(0, desde), $lt: Number.MAX_SAFE_INTEGER })
  return useMemo(
    () => fuentes && movimientosDe(fuentes).filter((m) => m.aspecto === 'atencion' && m.motivo !== null && m.at > ahora - DIA),
    [fuentes, ahora],
  )
}

/** `id`: of the pulled sales only this one. */
function useFuentes(rango: Rango, id?: string): Fuentes | null {
  const { replica } = useCaja()
  const { config } = useVivo()
  const porHora = { selector: { effAt: rango } }
  const diario = useColeccion<Record<string, unknown>>(replica, 'diario', { selector: { wall: rango } })
  const veredictos = useColeccion<VeredictoDoc>(replica, 'veredictos', porHora)
  const transacciones = useColeccion<TransaccionDoc>(replica, 'transacciones', id === undefined ? porHora : { selector: { id } })
  const cardIds = useMemo(() => cardIdsDe(diario ?? [], transacciones ?? []), [diario, transacciones])
  const clientes = useColeccion<ClienteDoc>(replica, 'clientes', { selector: { cardId: { $in: cardIds } } })
  return useMemo(
    () =>
      diario && veredictos && transacciones
        ? { diario, veredictos, transacciones, clientes: clientes ?? [], versiones: config.filter(esVersion) }
        : null,
    [diario, veredictos, transacciones, clientes, config],
  )
}

const esVersion = (doc: ConfigDoc): doc is ConfigDoc & Configuracion => doc.id.startsWith('version:')
