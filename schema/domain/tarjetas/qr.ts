/**
 * The card's QR, CARD v1: 186 bytes, base45 (CARD-25..27; the sources' server-made hash needs the server at both ends, so a key of the phone signs).
 *
 *     0  1  0x11 (version 1, type 1)      17 33 devPub, compressed P-256
 *     1  1  kid                            50 64 srvSig = Sign(CA, "CYA1|cert\0" ‖ 0..49)        0..113: the certificate
 *     2  3  tenant, 0 in a card           114  4 ts, unix seconds as the server counts them
 *     5  8  cardId                        118  4 flags (4 bits) ‖ ctr (28 bits)
 *    13  3  notAfter, hours since 2025    122 64 devSig = Sign(dev, "CYA1|qr\0" ‖ 0..49 ‖ 114..121)
 *    16  1  nivel
 *
 * COUPON v1 (0x12, 194 bytes; qr-cupon.ts) is the same with the cupón after the counter, 122..129, where the phone's signature covers it. What the platform
 * signed is still its card: byte 0 of the certificate is 0x11 in both.
 *
 * A verdict about time (2 minutes, notAfter) is not made here: R11 and the till's screen do. ECDSA is malleable: two different texts may carry
 * one use, so a use is (cardId, llave, ctr), never a hash of the text.
 */
import { assert } from '../../core/assert.ts'
import { aBase64, aHex, deHex } from '../../core/ids.ts'
import { Rechazo } from '../../core/rechazo.ts'
import { HORA, SEGUNDO } from '../../core/tiempo.ts'
import { NIVELES, type Nivel } from '../niveles/nivel.ts'
import { aBase45, deBase45 } from './base45.ts'
import { escribir, juntar, leer, nombreDe } from './bytes.ts'
import { EnCurso } from './en-curso.ts'
import { importarLlave, LLAVES_RECORDADAS, llaveDe } from './llaves.ts'
import { Lru } from './lru.ts'

export const BYTES_DEL_QR = 186
export const BYTES_DEL_CERTIFICADO = 114
export const CTR_MAXIMO = 2 ** 28 - 1
const VERSION_Y_TIPO = 0x11
export const TIPO_CUPON = 0x12
export const BYTES_DEL_QR_DE_CUPON = 194
const BYTES_DE_FIRMA = 64
const EPOCA = Date.UTC(2025, 0, 1)
const FIRMA_P256 = { name: 'ECDSA', hash: 'SHA-256' } as const

export interface DatosDeCertificado {
  /** Number of the issuing key, 0 to 255. */
  kid: number
  /** 16 lower-case hex. */
  cardId: string
  /** ms; kept in whole hours, rounded down. 2025 to 3938. */
  notAfter: number
  nivel: Nivel
  /** Compressed point of the phone's key, 33 bytes. */
  devPub: Uint8Array
}
export interface DatosDeQr {
  tsSegundos: number
  /** 0 to 2^28 - 1, one per QR shown, never repeated by a key. */
  ctr: number
  /** 4 bits: time since the last sync (2), clock jump, extractable key. */
  flags: number
}
/** What a QR says, before anybody checked its signatures. */
export interface QrLeido {
  kid: number
  cardId: string
  notAfter: number
  nivel: Nivel
  devPub: Uint8Array<ArrayBuffer>
  tsMs: number
  ctr: number
  flags: number
  /** Of a cupón's QR: the last 8 bytes of its id, 16 hex. */
  cupon?: string
  bytes: Uint8Array<ArrayBuffer>
}

/** The 50 bytes the platform signs. */
export function cuerpoDeCertificado(datos: DatosDeCertificado): Uint8Array<ArrayBuffer> {
  const horas = Math.floor((datos.notAfter - EPOCA) / HORA)
  assert(/^[0-9a-f]{16}$/.test(datos.cardId), 'a cardId is 16 lower-case hex')
  assert(datos.devPub.length === 33, 'devPub is a compressed point')
  assert(Number.isInteger(datos.kid) && datos.kid >= 0 && datos.kid <= 255, 'kid is a byte')
  assert(horas >= 0 && horas < 2 ** 24, 'notAfter is within the 24 bits of the card')
  const cuerpo = new Uint8Array(50)
  cuerpo.set([VERSION_Y_TIPO, datos.kid])
  cuerpo.set(deHex(datos.cardId), 5)
  escribir(cuerpo, 13, 3, horas)
  cuerpo[16] = NIVELES.indexOf(datos.nivel)
  cuerpo.set(datos.devPub, 17)
  return cuerpo
}

/** A certificate of 114 bytes: this key may sign for this card until notAfter. `caPrivada`: the platform's ECDSA P-256 key. */
export async function emitirCertificado(caPrivada: CryptoKey, datos: DatosDeCertificado): Promise<Uint8Array<ArrayBuffer>> {
  const cuerpo = cuerpoDeCertificado(datos)
  return juntar(cuerpo, await firmar(caPrivada, mensajeDeCertificado(cuerpo)))
}

/** Base45 text of one QR. @throws when the certificate or the numbers are out of range */
export function firmarQr(privada: CryptoKey, certificado: Uint8Array, uso: DatosDeQr): Promise<string> {
  return firmarUso(privada, certificado, uso)
}

/** The certificate, the use and what it is of (nothing: the card alone), signed by the phone. @throws as firmarQr */
export async function firmarUso(
  privada: CryptoKey,
  certificado: Uint8Array,
  { tsSegundos, ctr, flags }: DatosDeQr,
  cupon = new Uint8Array(),
): Promise<string> {
  assert(certificado.length === BYTES_DEL_CERTIFICADO, 'a certificate has 114 bytes')
  assert(Number.isInteger(ctr) && ctr >= 0 && ctr <= CTR_MAXIMO, 'ctr has 28 bits')
  assert(Number.isInteger(flags) && flags >= 0 && flags <= 15, 'flags has 4 bits')
  assert(Number.isInteger(tsSegundos) && tsSegundos >= 0 && tsSegundos < 2 ** 32, 'ts is unix seconds')
  const uso = new Uint8Array(8)
  escribir(uso, 0, 4, tsSegundos)
  escribir(uso, 4, 4, flags * 2 ** 28 + ctr)
  const sinFirma = juntar(certificado, uso, cupon)
  if (cupon.length > 0) sinFirma[0] = TIPO_CUPON
  return aBase45(juntar(sinFirma, await firmar(privada, mensajeDeQr(sinFirma))))
}

/** Reads the fields; proves nothing. @throws Rechazo qr_invalido when it is neither a CARD v1 nor a COUPON v1 */
export function leerQr(texto: string): QrLeido {
  const bytes = deBase45(texto)
  const deCupon = bytes?.[0] === TIPO_CUPON
  if (bytes?.length !== (deCupon ? BYTES_DEL_QR_DE_CUPON : BYTES_DEL_QR) || !(deCupon || bytes[0] === VERSION_Y_TIPO))
    throw new Rechazo('qr_invalido', 'qr')
  const nivel = NIVELES[bytes[16] ?? 255]
  if (!nivel || leer(bytes, 2, 3) !== 0) throw new Rechazo('qr_invalido', 'qr')
  const uso = leer(bytes, 118, 4)
  return {
    kid: leer(bytes, 1, 1),
    cardId: aHex(bytes.subarray(5, 13)),
    notAfter: EPOCA + leer(bytes, 13, 3) * HORA,
    nivel,
    devPub: bytes.slice(17, 50),
    tsMs: leer(bytes, 114, 4) * SEGUNDO,
    ctr: uso % 2 ** 28,
    flags: Math.floor(uso / 2 ** 28),
    ...(deCupon ? { cupon: aHex(bytes.subarray(122, 130)) } : {}),
    bytes,
  }
}

export interface QrVerificado {
  kid: number
  cardId: string
  /** First 32 hex of sha256(devPub): with cardId and ctr, the identity of one use (R2). */
  llave: string
  /** Base64 of the compressed point. */
  devPub: string
  ctr: number
  flags: number
  tsMs: number
  nivel: Nivel
  notAfter: number
  /** Of a cupón's QR: the last 8 bytes of its id, 16 hex. */
  cupon?: string
}

/**
 * The QR's content if both signatures are good, else null (also for a text that is no QR, or an unknown kid). Says nothing about time: whether
 * the QR is fresh and the certificate still runs is for the caller, with its own clock.
 */
export async function verificarQr(texto: string, llavesPublicas: ReadonlyMap<number, CryptoKey>): Promise<QrVerificado | null> {
  const qr = leerONada(texto)
  const emisora = qr && llavesPublicas.get(qr.kid)
  return emisora && (await certificadoBueno(qr, emisora)) ? verificarTelefono(qr) : null
}

/**
 * The content if the phone named in the QR did sign it, else null. Without its certificate this proves only that the QR was not altered: it is all a
 * till can tell of a card issued with a platform key it has not learned yet.
 */
export async function verificarTelefono(qr: QrLeido): Promise<QrVerificado | null> {
  const telefono = await importarLlave(qr.devPub)
  if (
    !telefono ||
    !(await verificar(telefono, qr.bytes.subarray(finDelUso(qr.bytes)), mensajeDeQr(qr.bytes.subarray(0, finDelUso(qr.bytes)))))
  )
    return null
  const { kid, cardId, ctr, flags, tsMs, nivel, notAfter, cupon } = qr
  const llave = await llaveDe(qr.devPub)
  return { kid, cardId, llave, devPub: aBase64(qr.devPub), ctr, flags, tsMs, nivel, notAfter, ...(cupon ? { cupon } : {}) }
}

/** Per issuing key: the certificates that it did sign. Only proofs are kept, so forgeries cannot push them out. */
const certificados = new WeakMap<CryptoKey, { probados: Lru<true>; probando: EnCurso<boolean> }>()

function leerONada(texto: string): QrLeido | null {
  try {
    return leerQr(texto)
  } catch {
    return null
  }
}

async function certificadoBueno(qr: QrLeido, emisora: CryptoKey): Promise<boolean> {
  const suyos = certificados.get(emisora) ?? { probados: new Lru<true>(LLAVES_RECORDADAS), probando: new EnCurso<boolean>() }
  certificados.set(emisora, suyos)
  const certificado = qr.bytes.slice(0, BYTES_DEL_CERTIFICADO)
  certificado[0] = VERSION_Y_TIPO
  const nombre = nombreDe(certificado)
  if (suyos.probados.get(nombre)) return true
  return suyos.probando.hacer(nombre, async () => {
    const bueno = await verificar(emisora, certificado.subarray(50), mensajeDeCertificado(certificado))
    if (bueno) suyos.probados.set(nombre, true)
    return bueno
  })
}

const CERT = new TextEncoder().encode('CYA1|cert\0')
const QR = new TextEncoder().encode('CYA1|qr\0')
/** What the platform signs in a certificate (or in the QR that carries it). */
export const mensajeDeCertificado = (bytes: Uint8Array) => juntar(CERT, bytes.subarray(0, 50))
/** What the phone signs of a QR without its signature: the body of the certificate and the use, not the platform's signature. */
export const mensajeDeQr = (sinFirma: Uint8Array) => juntar(QR, sinFirma.subarray(0, 50), sinFirma.subarray(BYTES_DEL_CERTIFICADO))
const finDelUso = (bytes: Uint8Array): number => bytes.length - BYTES_DE_FIRMA

async function firmar(privada: CryptoKey, mensaje: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await globalThis.crypto.subtle.sign(FIRMA_P256, privada, mensaje))
}

const verificar = (llave: CryptoKey, firma: Uint8Array<ArrayBuffer>, mensaje: Uint8Array<ArrayBuffer>) =>
  globalThis.crypto.subtle.verify(FIRMA_P256, llave, firma, mensaje)
