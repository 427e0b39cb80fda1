/**
 * SCAN-38. A dueño or gerente names a client whose card was not scanned: at most 20 sales a day in a negocio, each noted with who named them. It becomes a sale
 * without a client and its claim, as by a ticket, so that the ledger needs to know no other way.
 */
import { uuidDeTexto } from '../../../schema/core/ids.ts'
import { Rechazo } from '../../../schema/core/rechazo.ts'
import { diaLocal, HORA } from '../../../schema/core/tiempo.ts'
import type { VentaReclamada } from '../../../schema/domain/hechos/tipos.ts'
import { ZONA_POR_DEFECTO } from '../../../schema/domain/sucursales/sucursal.ts'
import type { Tx } from '../../db/db.ts'
import { RechazoTemporal } from '../../http/errores.ts'
import type { HechoDelServidor } from '../../sync/server-chain.ts'
import type { Mostrador } from './mostrador.ts'

export const SIN_QR_AL_DIA = 20

/** One claim a sale, whoever makes it: the first is the hecho, the rest find it there. */
export const idDeReclamo = (negocioId: string, transaccionId: string): Promise<string> =>
  uuidDeTexto(`${negocioId}|reclamo|${transaccionId}`)

/** The client as this negocio last saw them. @throws Rechazo CLIENTE_NO_ENCONTRADO */
export async function clienteNombrado(sql: Tx, negocioId: string, clienteId: string): Promise<Omit<VentaReclamada, 'transaccionId'>> {
  const [c] = await sql<Omit<VentaReclamada, 'transaccionId'>[]>`
    select usuario_id, card_id, alias, nivel_ultima_visita as nivel from clientes where negocio_id = ${negocioId} and usuario_id = ${clienteId}`
  if (!c) throw new Rechazo('CLIENTE_NO_ENCONTRADO', 'clienteId')
  return { ...c }
}

/** The hecho that makes the sale theirs. */
export const hechoDelNombrado = async (
  m: Mostrador,
  transaccionId: string,
  cliente: Omit<VentaReclamada, 'transaccionId'>,
): Promise<HechoDelServidor & { id: string }> => ({
  ...{ tipo: 'venta.reclamada', id: await idDeReclamo(m.negocioId, transaccionId), datos: { transaccionId, ...cliente } },
  ...{ operador: m.operador, sucursalId: m.sucursalId },
})

/** Counts it, under the negocio's counter. @throws Rechazo DEMASIADAS_PETICIONES */
export async function anotarSinQr(sql: Tx, m: Mostrador, transaccionId: string, clienteId: string, ahora: number): Promise<void> {
  const { negocioId, sucursalId, operador } = m
  const [sucursal] = await sql<{ zonaHoraria: string }[]>`
    select zona_horaria from negocio_sucursales where negocio_id = ${negocioId} and id = ${sucursalId}`
  const dia = diaLocal(ahora, sucursal?.zonaHoraria ?? ZONA_POR_DEFECTO)
  const [hoy] = await sql<{ cuantas: number }[]>`
    select count(*)::int as cuantas from ventas_sin_qr where negocio_id = ${negocioId} and dia = ${dia}`
  if ((hoy?.cuantas ?? 0) >= SIN_QR_AL_DIA) throw new RechazoTemporal('DEMASIADAS_PETICIONES', HORA)
  const fila = { negocio_id: negocioId, transaccion_id: transaccionId, dia, de_usuario: clienteId, cuenta_id: operador?.id ?? null }
  await sql`insert into ventas_sin_qr ${sql({ ...fila, created_at: new Date(ahora) })}`
}
