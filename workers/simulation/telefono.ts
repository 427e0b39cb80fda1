/** A shopper's phone: a real P-256 key, a certificate of the platform, and QRs signed with a counter that never repeats. */

import { exportarPublica, generarParDeLlaves } from '../../schema/core/firma.ts'
import { deBase64 } from '../../schema/core/ids.ts'
import { CTR_MAXIMO, firmarQr } from '../../schema/domain/tarjetas/qr.ts'
import { claveDeAhora, importarSecreto } from '../../schema/domain/tarjetas/totp.ts'
import type { TarjetaEscrita } from '../replica/api.ts'
import type { Tiempo } from './tiempo.ts'

/** Has this key certified for the shopper's card (the server's own verb). */
export type Certificar = (
  usuarioId: string,
  clavePublica: string,
) => Promise<{ certificado: string; numero: string; claveTotp: string; venceAt: number }>

export class Telefono {
  readonly usuarioId: string
  readonly #tiempo: Tiempo
  readonly #certificar: Certificar
  #llaves: CryptoKeyPair | undefined
  #certificado: { bytes: Uint8Array; renovarAt: number } | undefined
  #escrita: { numero: string; secreto: CryptoKey } | undefined
  #ctr = 0
  ultimoQr: string | undefined

  constructor(usuarioId: string, tiempo: Tiempo, certificar: Certificar) {
    this.usuarioId = usuarioId
    this.#tiempo = tiempo
    this.#certificar = certificar
  }

  /** Renews the certificate when the server can be asked and a day went by; an old one goes on working until then. */
  async conectar(): Promise<void> {
    if (this.#certificado && this.#tiempo.ahora < this.#certificado.renovarAt) return
    this.#llaves ??= await generarParDeLlaves()
    const { certificado, numero, claveTotp } = await this.#certificar(this.usuarioId, await exportarPublica(this.#llaves.publicKey))
    this.#certificado = { bytes: deBase64(certificado), renovarAt: this.#tiempo.ahora + 86_400_000 }
    this.#escrita ??= { numero, secreto: await importarSecreto(deBase64(claveTotp)) }
  }

  /** What stands below the QR, as it was `edadMs` ago. */
  async decir(edadMs: number): Promise<TarjetaEscrita> {
    if (!this.#escrita) throw new Error('the phone was connected at least once')
    const { numero, secreto } = this.#escrita
    return { numero, clave: (await claveDeAhora(secreto, this.#tiempo.ahora - edadMs)).clave }
  }

  /** The QR on the screen, shown `edadMs` ago. */
  async mostrar(edadMs: number): Promise<string> {
    if (!this.#llaves || !this.#certificado) throw new Error('the phone was connected at least once')
    const tsSegundos = Math.floor((this.#tiempo.ahora - edadMs) / 1000)
    this.#ctr = (this.#ctr + 1) % CTR_MAXIMO
    this.ultimoQr = await firmarQr(this.#llaves.privateKey, this.#certificado.bytes, { tsSegundos, ctr: this.#ctr, flags: 0 })
    return this.ultimoQr
  }
}
