/** Keys of the demo world's phones and tills. A real one never leaves its device; these are made from SECRET_KEY, the same at every start. */
import { createECDH, webcrypto } from 'node:crypto'
import { aBase64 } from '../../schema/core/ids.ts'
import { derivar } from '../secreto.ts'

export interface LlaveDemo {
  privada: CryptoKey
  /** Base64 of the 65-byte point. */
  publica: string
}

export async function llaveDemo(secretKey: string, de: string): Promise<LlaveDemo> {
  const ecdh = createECDH('prime256v1')
  ecdh.setPrivateKey(derivar(secretKey, de))
  const punto = ecdh.getPublicKey()
  const jwk = {
    kty: 'EC',
    crv: 'P-256',
    d: a32Bytes(ecdh.getPrivateKey()).toString('base64url'),
    x: punto.subarray(1, 33).toString('base64url'),
    y: punto.subarray(33).toString('base64url'),
  }
  const privada = await webcrypto.subtle.importKey('jwk', jwk, { name: 'ECDSA', namedCurve: 'P-256' }, false, ['sign'])
  return { privada, publica: aBase64(new Uint8Array(punto)) }
}

/** OpenSSL leaves out zeros in front, as one key in 256 has: a JWK must not. */
const a32Bytes = (numero: Buffer): Buffer => Buffer.concat([Buffer.alloc(32 - numero.length), numero])
