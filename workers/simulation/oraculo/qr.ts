/** The card's QR read and verified a second time, with Node's own cryptography instead of WebCrypto and none of the product's codec. */
import { createHash, createPublicKey, ECDH, type KeyObject, verify } from 'node:crypto'
import type { Nivel } from './reglas.ts'

const LETRAS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:'
const NIVELES: Nivel[] = ['bronce', 'plata', 'oro']

export interface QrLeido {
  cardId: string
  llave: string
  ctr: number
  tsMs: number
  nivel: Nivel
}

/** Fields of a QR whose two signatures are good; null otherwise. `publicas`: kid -> 65-byte point. */
export function leerQrAparte(texto: string, publicas: Map<number, Buffer>): QrLeido | null {
  const b = deBase45(texto)
  const deCupon = b?.[0] === 0x12
  if (b?.length !== (deCupon ? 194 : 186) || !(deCupon || b[0] === 0x11)) return null
  const emisora = publicas.get(b[1] as number)
  const devPub = b.subarray(17, 50)
  // The platform signed a card; a phone says of which cupón it is beside it.
  const certificado = Buffer.concat([Buffer.from('CYA1|cert\0'), Buffer.from([0x11]), b.subarray(1, 50)])
  if (!emisora || !buena(emisora, certificado, b.subarray(50, 114))) return null
  const fin = b.length - 64
  const firmado = Buffer.concat([Buffer.from('CYA1|qr\0'), b.subarray(0, 50), b.subarray(114, fin)])
  if (!buena(devPub, firmado, b.subarray(fin))) return null
  const nivel = NIVELES[b[16] as number]
  if (!nivel) return null
  return {
    cardId: b.subarray(5, 13).toString('hex'),
    llave: createHash('sha256').update(devPub).digest('hex').slice(0, 32),
    ctr: b.readUInt32BE(118) & 0x0fff_ffff,
    tsMs: b.readUInt32BE(114) * 1000,
    nivel,
  }
}

function deBase45(texto: string): Buffer | null {
  const bytes: number[] = []
  for (let i = 0; i < texto.length; i += 3) {
    const cifras = [...texto.slice(i, i + 3)].map((c) => LETRAS.indexOf(c))
    if (cifras.length < 2 || cifras.includes(-1)) return null
    const valor = cifras.reduce((suma, cifra, lugar) => suma + cifra * 45 ** lugar, 0)
    if (valor > (cifras.length === 3 ? 0xffff : 0xff)) return null
    if (cifras.length === 3) bytes.push(valor >> 8)
    bytes.push(valor & 0xff)
  }
  return Buffer.from(bytes)
}

const importadas = new Map<string, KeyObject>()

function buena(punto: Buffer, mensaje: Buffer, firma: Buffer): boolean {
  try {
    const key = importar(punto)
    return verify('sha256', mensaje, { key, dsaEncoding: 'ieee-p1363' }, firma)
  } catch {
    return false // not a point of the curve
  }
}

function importar(punto: Buffer): KeyObject {
  const nombre = punto.toString('hex')
  let llave = importadas.get(nombre)
  if (!llave) {
    const entero = ECDH.convertKey(punto, 'prime256v1', undefined, undefined, 'uncompressed') as Buffer
    const [x, y] = [entero.subarray(1, 33).toString('base64url'), entero.subarray(33).toString('base64url')]
    llave = createPublicKey({ key: { kty: 'EC', crv: 'P-256', x, y }, format: 'jwk' })
    if (importadas.size > 2_000) importadas.clear()
    importadas.set(nombre, llave)
  }
  return llave
}
