/**
 * The QR of a cupón, COUPON v1 (CUP-11, 16; SCAN-26): the card's QR with the cupón inside what the phone signs (layout in qr.ts). Scanning it says whose it is
 * and which one, with no network. Base45 of 194 bytes: 291 letters.
 */
import { assert } from '../../core/assert.ts'
import { deHex, esUuid } from '../../core/ids.ts'
import { type DatosDeQr, firmarUso } from './qr.ts'

/** 16 hex: what a QR says of a cupón. Random enough within the cupones of a negocio. */
export const cuponCorto = (cuponId: string): string => cuponId.replaceAll('-', '').slice(16).toLowerCase()

/** Text of the QR that shows `cuponId` and the card. `uso.ctr` comes from the same counter as the card's own QRs (R2). @throws as firmarQr */
export function firmarQrDeCupon(privada: CryptoKey, certificado: Uint8Array, uso: DatosDeQr, cuponId: string): Promise<string> {
  assert(esUuid(cuponId), 'a cupón has a UUID')
  return firmarUso(privada, certificado, uso, deHex(cuponCorto(cuponId)))
}
