/**
 * `POST /api/scanya/venta`: a hecho on the server's own chain, judged by the same rules as a till's (SCAN-38, design 03). The client comes out of an
 * identification made in the last ten minutes by the same device or account; a bare id is a dueño's or gerente's word alone (sin-qr.ts).
 */
import { z } from 'zod'
import { centavosDesdePesos } from '../../../schema/core/dinero.ts'
import { Rechazo } from '../../../schema/core/rechazo.ts'
import { uuid } from '../../../schema/domain/hechos/sobre.ts'
import { METODOS_DE_PAGO, type UsoDeCuponEnVenta, venta } from '../../../schema/domain/hechos/tipos.ts'
import { leerQr } from '../../../schema/domain/tarjetas/qr.ts'
import { cuponCorto } from '../../../schema/domain/tarjetas/qr-cupon.ts'
import type { Deps } from '../../context.ts'
import type { Tx } from '../../db/db.ts'
import { RechazoTemporal } from '../../http/errores.ts'
import { asentarPedido } from '../../sync/server-chain.ts'
import { configuracionEn } from '../configuraciones/insertar.sql.ts'
import { type CualCupon, exigirQueSigue, hallarCupon, type QuienUsa, usarAhora } from '../cupones/al-usar.ts'
import { comoRest, leerTransaccion, type TransaccionRest } from './documento.ts'
import type { Mostrador } from './mostrador.ts'
import { exigirElMismo, type Repetible, recordar, yaSeHizo } from './repetible.ts'
import { anotarSinQr, clienteNombrado, hechoDelNombrado } from './sin-qr.ts'

const pesosPedidos = z.union([z.number(), z.string()])

/** Strict: what is not taken is refused by name; else the sale would be made without it. */
export const pedidoVenta = z.strictObject({
  /** Pesos, at most two decimals; with a cupón, before its discount. */
  monto: pesosPedidos,
  descripcion: venta.shape.descripcion.default(null),
  metodoPago: z.enum(METODOS_DE_PAGO),
  /** Absent: a sale without a client. */
  identificacionId: uuid.optional(),
  /** Instead, in a dueño's or gerente's session: 20 a day. */
  clienteId: uuid.optional(),
  /** SCAN-28. Also by `codigo`, the merchant's or the client's own. */
  cuponId: uuid.optional(),
  codigo: z.string().min(3).max(40).optional(),
  /** Pesos: the price of what a dos_por_uno or a regalo gave free. */
  regalado: pesosPedidos.optional(),
  /** SHA-256 of the evidence photo, handed in apart (SCAN-17). */
  fotoEvidencia: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .optional(),
})
export type PedidoVenta = z.output<typeof pedidoVenta>

/**
 * @throws Rechazo MONTO_*, IDENTIFICACION_INVALIDA, CLIENTE_NO_ENCONTRADO, DATO_INVALIDO `clienteId` (whoever may not name one), CUPON_* and the reasons of a
 * cupón that does not count, DEMASIADAS_PETICIONES, IDEMPOTENCIA_DISTINTA, HECHO_EN_PROCESO
 */
export async function vender(deps: Deps, m: Mostrador, pedido: PedidoVenta, repetible: Repetible): Promise<TransaccionRest> {
  exigirSesionParaNombrar(m, pedido)
  const cuenta = { totalCentavos: centavosDesdePesos(pedido.monto), regaladoCentavos: regaladoDe(pedido) }
  if (!(await yaSeHizo(deps, m, repetible))) {
    const { hechoId: id } = repetible
    const { datos, quien, nombrado } = await deps.db.negocio(m.negocioId, (sql) => preparar(deps, sql, m, pedido, cuenta))
    const venta = { tipo: 'venta' as const, datos, operador: m.operador, id, sucursalId: m.sucursalId, conFolio: true }
    const hechos = nombrado ? [venta, await hechoDelNombrado(m, id, nombrado)] : [venta]
    const nuevo = await asentarPedido(deps, m.negocioId, hechos, async (sql) => {
      if (pedido.identificacionId) await gastar(sql, deps.now(), m, pedido.identificacionId)
      if (nombrado) await anotarSinQr(sql, m, id, nombrado.usuarioId, deps.now())
      if (datos.cupon) await exigirQueSigue(sql, m.negocioId, m.sucursalId, datos.cupon, quien, deps.now())
      await recordar(sql, deps.now(), m, repetible)
    })
    if (!nuevo) await exigirElMismo(deps, m, repetible)
  }
  const fila = await deps.db.negocio(m.negocioId, (sql) => leerTransaccion(sql, m.negocioId, repetible.hechoId))
  // Received and safe, but judging failed for now: a job does it (DI7).
  if (!fila) throw new RechazoTemporal('HECHO_EN_PROCESO', 2_000)
  return comoRest(fila)
}

function exigirSesionParaNombrar(m: Mostrador, { clienteId, identificacionId }: PedidoVenta): void {
  if (clienteId !== undefined && (m.clase !== 'cuenta' || identificacionId !== undefined)) throw new Rechazo('DATO_INVALIDO', 'clienteId')
}

/** 0 is said by leaving it out. */
const regaladoDe = ({ regalado }: PedidoVenta): number => (regalado === undefined ? 0 : centavosDesdePesos(regalado))

type Cuenta = { totalCentavos: number; regaladoCentavos: number }

/** The client, the cupón and the rules of today. The server computes with its own rules: nothing was promised by anybody's older ones (R12). */
async function preparar(deps: Deps, sql: Tx, m: Mostrador, pedido: PedidoVenta, cuenta: Cuenta) {
  const qr = pedido.identificacionId ? await leerIdentificacion(sql, m, pedido.identificacionId) : null
  const nombrado = pedido.clienteId ? await clienteNombrado(sql, m.negocioId, pedido.clienteId) : null
  const quien: QuienUsa | null = qr ? { usuarioId: qr.deUsuario, nivel: leerQr(qr.qr).nivel } : nombrado
  const cupon = await usarCupon(
    sql,
    m,
    pedido,
    { ...cuenta, quien, sinTarjeta: !qr, escaneado: qr ? leerQr(qr.qr).cupon : undefined },
    deps.now(),
  )
  const { metodoPago, descripcion, fotoEvidencia: foto } = pedido
  const configVersion = (await configuracionEn(sql, m.negocioId, deps.now()))?.version ?? 0
  const datos = {
    ...{ montoCentavos: cuenta.totalCentavos - (cupon?.descuentoCentavos ?? 0), metodoPago, descripcion, lineas: [], puntosPrometidos: 0 },
    ...{ qr: qr?.qr ?? null, configVersion, ...(cupon ? { cupon } : {}), ...(foto ? { foto } : {}) },
  }
  return { datos, quien: qr ? quien : null, nombrado }
}

async function usarCupon(
  sql: Tx,
  m: Mostrador,
  { cuponId, codigo }: PedidoVenta,
  de: Cuenta & { quien: QuienUsa | null; sinTarjeta: boolean; escaneado: string | undefined },
  ahora: number,
): Promise<UsoDeCuponEnVenta | undefined> {
  if (cuponId === undefined && codigo === undefined) return undefined
  const { quien, sinTarjeta, escaneado, ...cuenta } = de
  const cual: CualCupon = codigo === undefined ? { cuponId } : { codigo }
  const hallado = await hallarCupon(sql, m.negocioId, cual, quien)
  if (cuponId !== undefined && hallado.cupon.definicion.id !== cuponId) throw new Rechazo('CUPON_INVALIDO', 'cuponId')
  // A client who was only named shows no card: the ledger knows them by their own code, and what asks for a nivel asks for the card.
  const codigoUnico = sinTarjeta ? (hallado.suyo?.codigoUnico ?? null) : hallado.codigoUnico
  if (sinTarjeta && quien && codigoUnico === null) throw new Rechazo('IDENTIFICACION_INVALIDA', 'identificacionId')
  const medio = escaneado === cuponCorto(hallado.cupon.definicion.id) ? 'qr' : hallado.medio
  return usarAhora({ ...hallado, codigoUnico, medio, nivel: sinTarjeta ? 'bronce' : hallado.nivel }, m.sucursalId, cuenta, ahora)
}

interface Identificada {
  qr: string
  deUsuario: string
}

async function leerIdentificacion(sql: Tx, m: Mostrador, id: string): Promise<Identificada> {
  const [fila] = await sql<Identificada[]>`
    select qr, de_usuario from identificaciones where negocio_id = ${m.negocioId} and id = ${id} and atadura = ${m.atadura}`
  if (!fila) throw new Rechazo('IDENTIFICACION_INVALIDA', 'identificacionId')
  return fila
}

/** One use: two requests at once meet in this row. */
async function gastar(sql: Tx, ahora: number, m: Mostrador, id: string): Promise<void> {
  const gastada = await sql`
    update identificaciones set usada_at = ${new Date(ahora)}
    where negocio_id = ${m.negocioId} and id = ${id} and atadura = ${m.atadura} and usada_at is null and vence_at > ${new Date(ahora)} returning id`
  if (gastada.length === 0) throw new Rechazo('IDENTIFICACION_INVALIDA', 'identificacionId')
}
