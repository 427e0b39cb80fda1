/**
 * `POST /api/scanya/venta`: a hecho on the server's own chain, judged by the same rules as a till's (SCAN-38, design 03). The client comes out of an
 * identification made in the last ten minutes by the same device or account, never out of a bare id.
 */
import { z } from 'zod'
import { centavosDesdePesos } from '../../../schema/core/dinero.ts'
import { Rechazo } from '../../../schema/core/rechazo.ts'
import { uuid } from '../../../schema/domain/hechos/sobre.ts'
import { METODOS_DE_PAGO, venta } from '../../../schema/domain/hechos/tipos.ts'
import type { Deps } from '../../context.ts'
import type { Tx } from '../../db/db.ts'
import { RechazoTemporal } from '../../http/errores.ts'
import { asentarPedido } from '../../sync/server-chain.ts'
import { configuracionEn } from '../configuraciones/insertar.sql.ts'
import { comoRest, leerTransaccion, type TransaccionRest } from './documento.ts'
import type { Mostrador } from './mostrador.ts'
import { exigirElMismo, type Repetible, recordar, yaSeHizo } from './repetible.ts'

/** Strict: what is not taken (a bare clienteId) is refused by name; else the sale would be made without it. */
export const pedidoVenta = z.strictObject({
  /** Pesos, at most two decimals. */
  monto: z.union([z.number(), z.string()]),
  descripcion: venta.shape.descripcion.default(null),
  metodoPago: z.enum(METODOS_DE_PAGO),
  /** Absent: a sale without a client. */
  identificacionId: uuid.optional(),
})
export type PedidoVenta = z.output<typeof pedidoVenta>

/** @throws Rechazo MONTO_*, IDENTIFICACION_INVALIDA, IDEMPOTENCIA_DISTINTA, HECHO_EN_PROCESO */
export async function vender(deps: Deps, m: Mostrador, pedido: PedidoVenta, repetible: Repetible): Promise<TransaccionRest> {
  const montoCentavos = centavosDesdePesos(pedido.monto)
  if (!(await yaSeHizo(deps, m, repetible))) {
    const { metodoPago, descripcion } = pedido
    // The server computes with its own rules: nothing was promised by anybody's older ones (R12).
    const datos = { montoCentavos, metodoPago, descripcion, lineas: [], puntosPrometidos: 0, ...(await leerLoQueFalta(deps, m, pedido)) }
    const hecho = { tipo: 'venta' as const, datos, operador: m.operador, id: repetible.hechoId, sucursalId: m.sucursalId, conFolio: true }
    const nuevo = await asentarPedido(deps, m.negocioId, hecho, async (sql) => {
      if (pedido.identificacionId) await gastar(sql, deps.now(), m, pedido.identificacionId)
      await recordar(sql, deps.now(), m, repetible)
    })
    if (!nuevo) await exigirElMismo(deps, m, repetible)
  }
  const fila = await deps.db.negocio(m.negocioId, (sql) => leerTransaccion(sql, m.negocioId, repetible.hechoId))
  // Received and safe, but judging failed for now: a job does it (DI7).
  if (!fila) throw new RechazoTemporal('HECHO_EN_PROCESO', 2_000)
  return comoRest(fila)
}

/** The QR that was identified, if any, and the rules of today. */
function leerLoQueFalta(
  deps: Deps,
  m: Mostrador,
  { identificacionId }: PedidoVenta,
): Promise<{ qr: string | null; configVersion: number }> {
  return deps.db.negocio(m.negocioId, async (sql) => {
    const qr = identificacionId ? await leerIdentificacion(sql, m, identificacionId) : null
    return { qr, configVersion: (await configuracionEn(sql, m.negocioId, deps.now()))?.version ?? 0 }
  })
}

async function leerIdentificacion(sql: Tx, m: Mostrador, id: string): Promise<string> {
  const [fila] = await sql<{ qr: string }[]>`
    select qr from identificaciones where negocio_id = ${m.negocioId} and id = ${id} and atadura = ${m.atadura}`
  if (!fila) throw new Rechazo('IDENTIFICACION_INVALIDA', 'identificacionId')
  return fila.qr
}

/** One use: two requests at once meet in this row. */
async function gastar(sql: Tx, ahora: number, m: Mostrador, id: string): Promise<void> {
  const gastada = await sql`
    update identificaciones set usada_at = ${new Date(ahora)}
    where negocio_id = ${m.negocioId} and id = ${id} and atadura = ${m.atadura} and usada_at is null and vence_at > ${new Date(ahora)} returning id`
  if (gastada.length === 0) throw new Rechazo('IDENTIFICACION_INVALIDA', 'identificacionId')
}
