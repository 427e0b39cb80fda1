/** The QR of a cupón on this phone (CUP-11, 16): COUPON v1, with a number of the card's own counter (R2). Loaded with the cupón. */
import { useCallback } from 'preact/hooks'
import { firmarQrDeCupon } from '../../schema/domain/tarjetas/qr-cupon.ts'
import type { FirmarUso } from './emisor.ts'
import { type EstadoDeQr, type Portador, useQr } from './ganchos.ts'

/** A fresh one at once and every 30 s while it is looked at. */
export function useQrDeCupon(portador: Portador, cuponId: string): EstadoDeQr {
  const firmar = useCallback<FirmarUso>((privada, certificado, uso) => firmarQrDeCupon(privada, certificado, uso, cuponId), [cuponId])
  return useQr(portador, firmar)
}
