/** `POST /api/scanya/reembolso/:transaccionId` (SCAN-40, 50; R6). What cannot be given back any more is refused before there is a hecho. */
import { z } from 'zod'
import { centavosDesdePesos } from '../../../schema/core/dinero.ts'
import { assert, Rechazo } from '../../../schema/core/rechazo.ts'
import { reembolso } from '../../../schema/domain/hechos/tipos.ts'
import type { Deps } from '../../context.ts'
import type { Tx } from '../../db/db.ts'
import { RechazoTemporal } from '../../http/errores.ts'
import { asentarPedido } from '../../sync/server-chain.ts'
import { comoRest, type FilaDeTransaccion, leerTransaccion, type TransaccionRest } from './documento.ts'
import type { Mostrador } from './mostrador.ts'
import { exigirElMismo, type Repetible, recordar, yaSeHizo } from './repetible.ts'

export const pedidoReembolso = z.strictObject({
  motivo: reembolso.shape.motivo,
  /** Pesos; absent: all that remains. */
  monto: z.union([z.number(), z.string()]).optional(),
})
export type PedidoReembolso = z.output<typeof pedidoReembolso>

/**
 * @throws Rechazo NO_ENCONTRADO (also a sale of another sucursal, for who works in one), MONTO_*, reembolso_excedido, IDEMPOTENCIA_DISTINTA,
 * HECHO_EN_PROCESO
 */
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
    const montoCentavos = montoPedido ?? loQueQueda(previa)
    const datos = { transaccionId, montoCentavos, motivo: pedido.motivo }
    const { operador, sucursalId } = m
    const hecho = { tipo: 'reembolso' as const, datos, operador, id: repetible.hechoId, sucursalId, conFolio: true }
    const nuevo = await asentarPedido(deps, m.negocioId, hecho, async (sql) => {
      // Under the negocio's counter: what a till or another request gave back a moment ago is seen here.
      const queda = loQueQueda(await leer(sql))
      if (montoCentavos === 0 || montoCentavos > queda) throw new Rechazo('reembolso_excedido', 'monto')
      await recordar(sql, deps.now(), m, repetible)
    })
    if (!nuevo) await exigirElMismo(deps, m, repetible)
  }
  const [fila, juzgado] = await deps.db.negocio(
    m.negocioId,
    async (sql) => [await leer(sql), await estaJuzgado(sql, m, repetible)] as const,
  )
  assert(fila, 'a refunded sale stays in the ledger')
  // Received and safe, but judging failed for now: a job does it (DI7).
  if (!juzgado) throw new RechazoTemporal('HECHO_EN_PROCESO', 2_000)
  return comoRest(fila)
}

const loQueQueda = (t: FilaDeTransaccion | undefined): number =>
  !t || t.estado === 'anulada' ? 0 : t.montoCentavos - t.reembolsadoCentavos

async function estaJuzgado(sql: Tx, { negocioId }: Mostrador, { hechoId }: Repetible): Promise<boolean> {
  const [fila] = await sql`
    select 1 from hechos_recibidos where negocio_id = ${negocioId} and hecho_id = ${hechoId} and estado not in ('recibido', 'sin_procesar') limit 1`
  return fila !== undefined
}
