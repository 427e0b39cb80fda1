/**
 * `POST /api/scanya/confirmar-canje` (SCAN-33, 44; R4). A till without its sucursal's lease, a dueño, a gerente: the reward was given, with the network there, on the
 * server's own chain. A till with the lease writes it in its journal instead. Two counters at once meet at the negocio's counter: one debit.
 */
import { Rechazo } from '../../../schema/core/rechazo.ts'
import type { CanjeEnMostrador, PedidoDeEntrega } from '../../../schema/protocol/canjes.ts'
import type { Deps } from '../../context.ts'
import type { Tx } from '../../db/db.ts'
import { RechazoTemporal } from '../../http/errores.ts'
import { asentarPedido } from '../../sync/server-chain.ts'
import type { Mostrador } from '../scanya/mostrador.ts'
import { exigirElMismo, type Repetible, recordar, yaSeHizo } from '../scanya/repetible.ts'
import { comoEnMostrador, type FilaDeCanje, fueProcesado, leerCanje } from './leer.sql.ts'
import { exigirEntregable } from './validar.ts'

/**
 * @throws Rechazo CANJE_INVALIDO (also another negocio's), CANJE_YA_ENTREGADO, CANJE_OTRA_SUCURSAL, CANJE_CANCELADO, CANJE_VENCIDO, IDEMPOTENCIA_DISTINTA,
 * HECHO_EN_PROCESO
 */
export async function confirmarCanje(
  deps: Deps,
  m: Mostrador,
  { canjeId, qr = null, operador: dicho = null }: PedidoDeEntrega,
  repetible: Repetible,
): Promise<CanjeEnMostrador> {
  const { negocioId, sucursalId } = m
  const operador = m.clase === 'dispositivo' ? dicho : m.operador
  const leer = (sql: Tx) => leerCanje(sql, negocioId, canjeId)
  if (!(await yaSeHizo(deps, m, repetible))) {
    const { numero } = exigir(await deps.db.negocio(negocioId, leer))
    const hecho = { tipo: 'canje_confirmado', datos: { canjeId, numero, qr }, operador, id: repetible.hechoId, sucursalId } as const
    const nuevo = await asentarPedido(deps, negocioId, hecho, async (sql) => {
      exigirEntregable(exigir(await leer(sql)), m, deps.now())
      await recordar(sql, deps.now(), m, repetible)
    })
    if (!nuevo) await exigirElMismo(deps, m, repetible)
  }
  const [canje, procesado] = await deps.db.negocio(
    negocioId,
    async (sql) => [exigir(await leer(sql)), await fueProcesado(sql, negocioId, repetible.hechoId)] as const,
  )
  // Received and safe, but judging failed for now: a job does it (DI7).
  if (!procesado) throw new RechazoTemporal('HECHO_EN_PROCESO', 2_000)
  // Its hour is that of the last receipt at the earliest: what the judge found late was reported to the dueño.
  if (canje.estado !== 'confirmado') throw new Rechazo('CANJE_VENCIDO')
  return comoEnMostrador(canje, deps.now())
}

function exigir(canje: FilaDeCanje | undefined): FilaDeCanje {
  if (!canje) throw new Rechazo('CANJE_INVALIDO', 'canjeId')
  return canje
}
