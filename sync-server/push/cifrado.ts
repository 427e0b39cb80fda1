/**
 * RFC 8291: a message only one browser can read, whatever carries it. One record of aes128gcm (RFC 8188):
 *
 *   salt 16 │ record size 4 │ 65 │ our one-use public key 65 │ AES-128-GCM(text, 0x02)
 */
import { createCipheriv, createECDH, hkdfSync, randomBytes } from 'node:crypto'

/** What a browser gives away when it subscribes. */
export interface LlavesDelNavegador {
  /** base64url, 65 bytes: uncompressed P-256. */
  p256dh: string
  /** base64url, 16 bytes. */
  auth: string
}

const TAMANO_DE_REGISTRO = 4_096
const CABEZA = 16 + 4 + 1 + 65
const SELLO = 16
/** Push services take 4096 bytes of body. */
export const TEXTO_MAXIMO = TAMANO_DE_REGISTRO - CABEZA - SELLO - 1
/** Ends the text of the last record; what follows would be padding. */
const FIN = 2

const hkdf = (sal: Uint8Array, secreto: Uint8Array, info: Uint8Array | string, largo: number): Buffer =>
  Buffer.from(hkdfSync('sha256', secreto, sal, info, largo))

/**
 * The body of a request to a push service. `fijo` is for the vector of the RFC: by default the salt and our key are new for every message.
 * @throws RangeError when the text is longer than TEXTO_MAXIMO, or the keys are not those of a browser
 */
export function cifrarPara({ p256dh, auth }: LlavesDelNavegador, texto: string, fijo?: { sal: Buffer; privada: Buffer }): Buffer {
  const claro = Buffer.from(texto)
  const [suya, secreto] = [Buffer.from(p256dh, 'base64url'), Buffer.from(auth, 'base64url')]
  if (claro.length > TEXTO_MAXIMO) throw new RangeError(`a push message of ${claro.length} bytes`)
  if (!sonLlaves({ p256dh, auth })) throw new RangeError('not the keys of a browser')
  const nuestra = createECDH('prime256v1')
  if (fijo) nuestra.setPrivateKey(fijo.privada)
  else nuestra.generateKeys()
  const [sal, publica] = [fijo?.sal ?? randomBytes(16), nuestra.getPublicKey()]
  const comun = hkdf(secreto, nuestra.computeSecret(suya), Buffer.concat([Buffer.from('WebPush: info\0'), suya, publica]), 32)
  const cifra = createCipheriv(
    'aes-128-gcm',
    hkdf(sal, comun, 'Content-Encoding: aes128gcm\0', 16),
    hkdf(sal, comun, 'Content-Encoding: nonce\0', 12),
  )
  const cabeza = Buffer.alloc(CABEZA)
  sal.copy(cabeza)
  cabeza.writeUInt32BE(TAMANO_DE_REGISTRO, 16)
  cabeza.writeUInt8(publica.length, 20)
  publica.copy(cabeza, 21)
  return Buffer.concat([cabeza, cifra.update(claro), cifra.update(Buffer.of(FIN)), cifra.final(), cifra.getAuthTag()])
}

/** Whether these can be a browser's: a point of the curve, and 16 bytes. */
export function sonLlaves({ p256dh, auth }: LlavesDelNavegador): boolean {
  const punto = Buffer.from(p256dh, 'base64url')
  if (punto.length !== 65 || punto[0] !== 4 || Buffer.from(auth, 'base64url').length !== 16) return false
  try {
    const prueba = createECDH('prime256v1')
    prueba.generateKeys()
    prueba.computeSecret(punto)
    return true
  } catch {
    return false
  }
}
