import type { DeQuien, ReplicaApi } from '../../../../workers/replica/api.ts'
import { sirve } from '../../../domain/cupones/cuenta.ts'
import type { CuponEnVenta, VentaEnCurso } from './venta-en-curso.ts'

/**
 * SCAN-27, 28. The cupón that a sale had before its client was known, as it counts for them: asked of this device. What one client's phone or own code said of it is said of
 * no other's card. Null: it had none. Where no answer comes it stands as it was, and confirming asks again.
 */
export async function cuponDeAntes(
  replica: Pick<ReplicaApi, 'cuponPorCodigo'>,
  { cliente, cupon }: Pick<VentaEnCurso, 'cliente' | 'cupon'>,
  { cardId, nivel }: DeQuien,
): Promise<CuponEnVenta | null> {
  if (!cupon) return null
  const eraDeOtro = cliente?.como === 'leido' && cliente.tarjeta.cardId !== cardId
  const medio = eraDeOtro && cupon.medio === 'qr' ? 'lista' : cupon.medio
  const dicho = eraDeOtro ? { codigoUnico: null, deQuien: null } : { codigoUnico: cupon.codigoUnico, deQuien: cupon.deQuien }
  const loTiene = medio === 'qr' || dicho.codigoUnico !== null
  const r = await replica.cuponPorCodigo?.(cupon.visto.codigo, { cardId, nivel, loTiene }).catch(() => null)
  const visto = r?.ok && r.valor.cupon.cuponId === cupon.visto.cuponId ? r.valor.cupon : cupon.visto
  // Taken online only: the server answers for this client when it is applied again.
  return { ...cupon, ...dicho, medio, visto, conConexion: false, aplicado: cupon.aplicado && sirve(visto) }
}
