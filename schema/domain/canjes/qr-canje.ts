/**
 * The QR of a canje, CANJE v1: 100 bytes, base45, signed by the server when it set the points apart. A till that holds its sucursal's lease believes it with no network.
 *
 *     0  1  0x13 (version 1, type 3)      19  4 numero of the recompensa
 *     1  1  kid                           23  3 puntos
 *     2  3  numero of the negocio         26  4 valor, centavos (frozen)
 *     5  8  cardId                        30  2 numero of the sucursal, 0: any
 *    13  6  canjeId (its low 30 bits are  32  4 exp, unix seconds
 *           the code people type)         36 64 srvSig = Sign(platform, "CYA1|canje\0" ‖ 0..35)
 */
import { aHex, deHex } from '../../core/ids.ts'
import { assert, Rechazo } from '../../core/rechazo.ts'
import { SEGUNDO } from '../../core/tiempo.ts'
import { aBase45, deBase45 } from '../tarjetas/base45.ts'
import { escribir, juntar, leer } from '../tarjetas/bytes.ts'
import { CODIGOS_DE_CANJE } from './codigo.ts'

const VERSION_Y_TIPO = 0x13
const BYTES = 100
const FIRMADOS = 36
const FIRMA_P256 = { name: 'ECDSA', hash: 'SHA-256' } as const
const DOMINIO = new TextEncoder().encode('CYA1|canje\0')

export interface QrDeCanje {
  /** Number of the platform key that signs, 0 to 255. */
  kid: number
  negocioNumero: number
  /** 16 lower-case hex. */
  cardId: string
  /** 48 bits. */
  canjeNumero: number
  recompensaNumero: number
  puntos: number
  valorCentavos: number
  /** 0: any sucursal of the negocio. */
  sucursalNumero: number
  /** ms; kept in whole seconds, rounded down. */
  venceAt: number
}

/** The number people type of a canje: SCAN-30. */
export const numeroTecleado = ({ canjeNumero }: Pick<QrDeCanje, 'canjeNumero'>): number => canjeNumero % CODIGOS_DE_CANJE

/** The text for the QR, 150 characters. `privada`: the platform's key number `kid`. @throws when a number is out of range */
export async function firmarQrDeCanje(privada: CryptoKey, canje: QrDeCanje): Promise<string> {
  const cuerpo = cuerpoDe(canje)
  const firma = new Uint8Array(await globalThis.crypto.subtle.sign(FIRMA_P256, privada, juntar(DOMINIO, cuerpo)))
  return aBase45(juntar(cuerpo, firma))
}

function cuerpoDe(c: QrDeCanje): Uint8Array<ArrayBuffer> {
  assert(/^[0-9a-f]{16}$/.test(c.cardId), 'a cardId is 16 lower-case hex')
  const cuerpo = new Uint8Array(FIRMADOS)
  cuerpo[0] = VERSION_Y_TIPO
  const poner = (donde: number, largo: number, valor: number) => {
    assert(Number.isSafeInteger(valor) && valor >= 0 && valor < 256 ** largo, `a number of the canje has ${largo} bytes`)
    escribir(cuerpo, donde, largo, valor)
  }
  poner(1, 1, c.kid)
  poner(2, 3, c.negocioNumero)
  cuerpo.set(deHex(c.cardId), 5)
  poner(13, 6, c.canjeNumero)
  poner(19, 4, c.recompensaNumero)
  poner(23, 3, c.puntos)
  poner(26, 4, c.valorCentavos)
  poner(30, 2, c.sucursalNumero)
  poner(32, 4, Math.floor(c.venceAt / SEGUNDO))
  return cuerpo
}

/** Reads the fields; proves nothing. @throws Rechazo CANJE_INVALIDO when it is not a CANJE v1 */
export function leerQrDeCanje(texto: string): QrDeCanje {
  const bytes = deBase45(texto)
  if (bytes?.length !== BYTES || bytes[0] !== VERSION_Y_TIPO) throw new Rechazo('CANJE_INVALIDO', 'qr')
  return {
    kid: leer(bytes, 1, 1),
    negocioNumero: leer(bytes, 2, 3),
    cardId: aHex(bytes.subarray(5, 13)),
    canjeNumero: leer(bytes, 13, 6),
    recompensaNumero: leer(bytes, 19, 4),
    puntos: leer(bytes, 23, 3),
    valorCentavos: leer(bytes, 26, 4),
    sucursalNumero: leer(bytes, 30, 2),
    venceAt: leer(bytes, 32, 4) * SEGUNDO,
  }
}

/** The content if the platform signed it, else null (also for a text that is no canje, or an unknown kid). Says nothing about time. */
export async function verificarQrDeCanje(texto: string, llavesPublicas: ReadonlyMap<number, CryptoKey>): Promise<QrDeCanje | null> {
  const canje = leerONada(texto)
  const llave = canje && llavesPublicas.get(canje.kid)
  if (!llave) return null
  const bytes = deBase45(texto) as Uint8Array<ArrayBuffer>
  const firmado = juntar(DOMINIO, bytes.subarray(0, FIRMADOS))
  return (await globalThis.crypto.subtle.verify(FIRMA_P256, llave, bytes.slice(FIRMADOS), firmado)) ? canje : null
}

function leerONada(texto: string): QrDeCanje | null {
  try {
    return leerQrDeCanje(texto)
  } catch {
    return null
  }
}
