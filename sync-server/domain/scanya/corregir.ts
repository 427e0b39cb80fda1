/**
 * What corrects a sale over HTTP: refund (SCAN-40, 50; R6), anulación (SCAN-51), change of monto (SCAN-22). What cannot be done any more is refused before
 * there is a hecho; the answer is the sale as it stands afterwards.
 */
import { z } from 'zod'
import { centavosDesdePesos } from '../../../schema/core/dinero.ts'
import { assert, Rechazo } from '../../../schema/core/rechazo.ts'
import { anulacion, reembolso } from '../../../schema/domain/hechos/tipos.ts'
import type { Deps } from '../../context.ts'
import type { Tx } from '../../db/db.ts'
import { RechazoTemporal } from '../../http/errores.ts'
import { asentarPedido } from '../../sync/server-chain.ts'
import { comoRest, type FilaDeTransaccion, leerTransaccion, type TransaccionRest } from './documento.ts'
import type { Mostrador } from './mostrador.ts'
import { exigirElMismo, type Repetible, recordar, yaSeHizo } from './repetible.ts'

const monto = z.union([z.number(), z.string()])
export const pedidoReembolso = z.strictObject({
  motivo: reembolso.shape.motivo,
  /** Pesos; absent: all that remains. */
  monto: monto.optional(),
})
export type PedidoReembolso = z.output<typeof pedidoReembolso>
export const pedidoAnulacion = z.strictObject({ motivo: anulacion.shape.motivo })
/** `monto`: what was really charged, in pesos. */
export const pedidoCambio = z.strictObject({ motivo: anulacion.shape.motivo, monto })
export type PedidoCambio = z.output<typeof pedidoCambio>

interface Correccion {
  tipo: 'reembolso' | 'anulacion' | 'cambio_monto'
  /** What the hecho says, of the sale as it was found. */
  datos: (previa: FilaDeTransaccion) => object
  /** Under the negocio's counter: what a till or another request did a moment ago is seen. @throws Rechazo when it cannot be done any more */
  revisar: (actual: FilaDeTransaccion, datos: never) => void
}

/** @throws Rechazo NO_ENCONTRADO, MONTO_*, reembolso_excedido, IDEMPOTENCIA_DISTINTA, HECHO_EN_PROCESO */
export function reembolsar(deps: Deps, m: Mostrador, id: string, pedido: PedidoReembolso, repetible: Repetible): Promise<TransaccionRest> {
  const pedido_ = pedido.monto === undefined ? null : centavosDesdePesos(pedido.monto)
  const datos = (previa: FilaDeTransaccion) => ({
    transaccionId: id,
    montoCentavos: pedido_ ?? loQueQueda(previa),
    motivo: pedido.motivo,
  })
  const revisar = (actual: FilaDeTransaccion, { montoCentavos }: { montoCentavos: number }) => {
    if (montoCentavos === 0 || montoCentavos > loQueQueda(actual)) throw new Rechazo('reembolso_excedido', 'monto')
  }
  return corregir(deps, m, id, repetible, { tipo: 'reembolso', datos, revisar })
}

/** @throws Rechazo NO_ENCONTRADO, ya_anulada, IDEMPOTENCIA_DISTINTA, HECHO_EN_PROCESO */
export const anular = (deps: Deps, m: Mostrador, id: string, motivo: string, repetible: Repetible): Promise<TransaccionRest> =>
  corregir(deps, m, id, repetible, {
    tipo: 'anulacion',
    datos: () => ({ transaccionId: id, motivo }),
    revisar: exigirVigente,
  })

/** @throws Rechazo NO_ENCONTRADO, MONTO_*, ya_anulada, cambio_excedido, IDEMPOTENCIA_DISTINTA, HECHO_EN_PROCESO */
export function cambiarMonto(deps: Deps, m: Mostrador, id: string, pedido: PedidoCambio, repetible: Repetible): Promise<TransaccionRest> {
  const montoCentavos = centavosDesdePesos(pedido.monto)
  return corregir(deps, m, id, repetible, {
    tipo: 'cambio_monto',
    datos: () => ({ transaccionId: id, montoCentavos, motivo: pedido.motivo }),
    revisar: (actual) => {
      exigirVigente(actual)
      if (montoCentavos < actual.reembolsadoCentavos) throw new Rechazo('cambio_excedido', 'monto')
    },
  })
}

function exigirVigente({ estado }: FilaDeTransaccion): void {
  if (estado === 'anulada') throw new Rechazo('ya_anulada')
}

/** Also a sale of another sucursal is not found, by who works in one. */
async function corregir(deps: Deps, m: Mostrador, id: string, repetible: Repetible, c: Correccion): Promise<TransaccionRest> {
  const leer = (sql: Tx) => leerTransaccion(sql, m.negocioId, id)
  const previa = await deps.db.negocio(m.negocioId, leer)
  if (!previa || (m.soloSuSucursal && previa.sucursalId !== m.sucursalId)) throw new Rechazo('NO_ENCONTRADO')
  if (!(await yaSeHizo(deps, m, repetible))) {
    const datos = c.datos(previa)
    const { operador, sucursalId } = m
    const hecho = { tipo: c.tipo, datos, operador, id: repetible.hechoId, sucursalId, conFolio: c.tipo === 'reembolso' }
    const nuevo = await asentarPedido(deps, m.negocioId, hecho, async (sql) => {
      const actual = await leer(sql)
      assert(actual, 'a sale stays in the ledger')
      c.revisar(actual, datos as never)
      await recordar(sql, deps.now(), m, repetible)
    })
    if (!nuevo) await exigirElMismo(deps, m, repetible)
  }
  const [fila, juzgado] = await deps.db.negocio(
    m.negocioId,
    async (sql) => [await leer(sql), await estaJuzgado(sql, m, repetible)] as const,
  )
  assert(fila, 'a corrected sale stays in the ledger')
  // Received and safe, but judging failed for now: a job does it (DI7).
  if (!juzgado) throw new RechazoTemporal('HECHO_EN_PROCESO', 2_000)
  return comoRest(fila)
}

const loQueQueda = (t: FilaDeTransaccion): number => (t.estado === 'anulada' ? 0 : t.montoCentavos - t.reembolsadoCentavos)

async function estaJuzgado(sql: Tx, { negocioId }: Mostrador, { hechoId }: Repetible): Promise<boolean> {
  const [fila] = await sql`
    select 1 from hechos_recibidos where negocio_id = ${negocioId} and hecho_id = ${hechoId} and estado not in ('recibido', 'sin_procesar') limit 1`
  return fila !== undefined
}
