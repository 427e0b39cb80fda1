/**
 * A cupón at the counter, over HTTP (SCAN-26..29, 38, 42): which one it is, whose, and what it takes off, by the same rules as the judge. An online verb may
 * refuse where a till's journal may not: what comes back as a reason here is the merchant's cost there (R3).
 */
import type { Codigo } from '../../../schema/core/codigos.ts'
import { Rechazo } from '../../../schema/core/rechazo.ts'
import { codigoEscrito } from '../../../schema/domain/cupones/codigo-unico.ts'
import { motivoDeCupon } from '../../../schema/domain/cupones/cupon.ts'
import { descuentoDeCupon } from '../../../schema/domain/cupones/descuento.ts'
import type { CuponUsuario } from '../../../schema/domain/hechos/libro.ts'
import type { UsoDeCuponEnVenta } from '../../../schema/domain/hechos/tipos.ts'
import type { Nivel } from '../../../schema/domain/niveles/nivel.ts'
import type { Tx } from '../../db/db.ts'
import { type CuponLeido, cuponPorCodigo, cuponPorCorto, leerCupon, leerDueno, leerSuyos } from './leer.sql.ts'

/** By what a cupón is named: chosen from a list, typed, or scanned (16 hex). */
export interface CualCupon {
  cuponId?: string | undefined
  /** The merchant's, or a client's own. */
  codigo?: string | undefined
  corto?: string | undefined
}
/** Whom the counter has before it, where it knows. */
export interface QuienUsa {
  usuarioId: string
  nivel: Nivel
}
export interface CuponHallado {
  cupon: CuponLeido
  /** The client's own code, where that was read out. */
  codigoUnico: string | null
  medio: UsoDeCuponEnVenta['medio']
  /** Who uses it; null: a code that anybody may say. */
  usuarioId: string | null
  suyo: CuponUsuario | undefined
  nivel: Nivel
}

/** @throws Rechazo CUPON_INVALIDO (no cupón of this negocio is called so), CUPON_AJENO (the code of another client) */
export async function hallarCupon(sql: Tx, negocioId: string, cual: CualCupon, quien: QuienUsa | null): Promise<CuponHallado> {
  const dueno = cual.codigo === undefined ? undefined : await leerDueno(sql, negocioId, codigoEscrito(cual.codigo))
  if (dueno && quien && dueno.usuarioId !== quien.usuarioId) throw new Rechazo('CUPON_AJENO')
  const cupon = await leerNombrado(sql, negocioId, dueno ? { cuponId: dueno.cuponId } : cual)
  if (!cupon) throw new Rechazo('CUPON_INVALIDO')
  const usuarioId = quien?.usuarioId ?? dueno?.usuarioId ?? null
  const suyo = dueno ?? (usuarioId === null ? undefined : (await leerSuyos(sql, negocioId, usuarioId)).get(cupon.definicion.id))
  const medio = cual.corto !== undefined ? 'qr' : cual.codigo !== undefined ? 'codigo' : 'lista'
  return { cupon, codigoUnico: dueno?.codigoUnico ?? null, medio, usuarioId, suyo, nivel: quien?.nivel ?? 'bronce' }
}

async function leerNombrado(sql: Tx, negocioId: string, { cuponId, codigo, corto }: CualCupon): Promise<CuponLeido | undefined> {
  if (cuponId !== undefined) return leerCupon(sql, negocioId, cuponId)
  if (corto !== undefined) return cuponPorCorto(sql, negocioId, corto)
  return codigo === undefined ? undefined : cuponPorCodigo(sql, negocioId, codigoEscrito(codigo))
}

/** The reason why it does not count now, or null. `totalCentavos` null: not known yet, so its minimum is not asked for. */
export function motivoAhora(h: CuponHallado, sucursalId: string, totalCentavos: number | null, ahora: number): Codigo | null {
  const { definicion, borrado } = h.cupon
  return motivoDeCupon(definicion, borrado, {
    ...{ effAt: ahora, totalCentavos: totalCentavos ?? definicion.compraMinimaCentavos, nivel: h.nivel, sucursalId },
    ...{ delCliente: h.suyo?.usados ?? 0, loTiene: h.suyo !== undefined && h.suyo.origen !== 'usado', deTodos: h.cupon.usados },
    conConexion: true,
  })
}

/** What the sale will say of it. @throws Rechazo the reason why it does not count */
export function usarAhora(
  h: CuponHallado,
  sucursalId: string,
  cuenta: { totalCentavos: number; regaladoCentavos: number },
  ahora: number,
): UsoDeCuponEnVenta {
  const motivo = motivoAhora(h, sucursalId, cuenta.totalCentavos, ahora)
  if (motivo) throw new Rechazo(motivo)
  const descuentoCentavos = descuentoDeCupon(h.cupon.definicion, { ...cuenta, lineas: [] })
  return { cuponId: h.cupon.definicion.id, ...cuenta, descuentoCentavos, medio: h.medio, codigoUnico: h.codigoUnico, conConexion: true }
}

/**
 * The same under the negocio's counter: what another till or request used a moment ago is seen here.
 * @throws Rechazo the reason; cupon_excedido when the merchant changed what it gives meanwhile
 */
export async function exigirQueSigue(
  sql: Tx,
  negocioId: string,
  sucursalId: string,
  uso: UsoDeCuponEnVenta,
  quien: QuienUsa | null,
  ahora: number,
) {
  const cual = uso.codigoUnico === null ? { cuponId: uso.cuponId } : { codigo: uso.codigoUnico }
  const hoy = usarAhora(await hallarCupon(sql, negocioId, cual, quien), sucursalId, uso, ahora)
  if (hoy.descuentoCentavos !== uso.descuentoCentavos) throw new Rechazo('cupon_excedido')
}
