/** `POST /api/scanya/reembolso/:transaccionId` (SCAN-40, 50; R6). What cannot be given back any more is refused before there is a hecho. */
import { z } from 'zod'
import { centavosDesdePesos } from '../../../schema/core/dinero.ts'
import { assert, Rechazo } from '../../../schema/core/rechazo.ts'
import { reembolso } from '../../../schema/domain/hechos/tipos.ts'
import type { Deps } from '../../context.ts'
import type { Tx } from '../../db/db.ts'
import { asentarPedido } from '../../sync/server-chain.ts'
import { comoRest, leerTransaccion, type TransaccionRest } from './documento.ts'
import type { Mostrador } from './mostrador.ts'
import { type Repetible, recordar, yaSeHizo } from './repetible.ts'

export const pedidoReembolso = z.object({
  motivo: reembolso.shape.motivo,
  /** Pesos; absent: all that remains. */
  monto: z.union([z.number(), z.string()]).optional(),
})
export type PedidoReembolso = z.output<typeof pedidoReembolso>

/** @throws Rechazo NO_ENCONTRADO (also a sale of another sucursal, for who works in one), MONTO_*, reembolso_excedido, IDEMPOTENCIA_DISTINTA */
export async function reembolsar(
  deps: Deps,
  m: Mostrador,
  transaccionId: string,
  pedido: PedidoReembolso,
  repetible: Repetible,
): Promise<TransaccionRest> {
  const leer = (sql: Tx) => leerTransaccion(sql, m.negocioId, transaccionId)
  const previa = await deps.db.negocio(m.negocioId, leer)
  if (!previa || (m.soloSuSucursal && previa.sucursalId !== m.sucursalId)) throw new Rechazo('NO_ENCONTRADO')
  const montoPedido = pedido.monto === undefined ? null : centavosDesdePesos(pedido.monto)
  if (!(await yaSeHizo(deps, m, repetible))) {
    const queda = previa.estado === 'anulada' ? 0 : previa.montoCentavos - previa.reembolsadoCentavos
    const montoCentavos = montoPedido ?? queda
    if (montoCentavos === 0 || montoCentavos > queda) throw new Rechazo('reembolso_excedido', 'monto')
    const datos = { transaccionId, montoCentavos, motivo: pedido.motivo }
    const sucursalId = m.sucursalId ?? previa.sucursalId
    const hecho = { tipo: 'reembolso' as const, datos, operador: m.operador, id: repetible.hechoId, sucursalId, conFolio: true }
    const nuevo = await asentarPedido(deps, m.negocioId, hecho, (sql) => recordar(sql, deps.now(), m, repetible))
    if (!nuevo) await yaSeHizo(deps, m, repetible) // another request with this key was quicker
  }
  const fila = await deps.db.negocio(m.negocioId, leer)
  assert(fila, 'a refunded sale stays in the ledger')
  return comoRest(fila)
}
