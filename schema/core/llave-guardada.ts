/** The key of a device as its platform lets us keep it (design 04 §1.1): a till's, and a shopper's phone's. */
import { type Dominio, exportarPublica, firmarTexto, generarParDeLlaves, verificarTexto } from './firma.ts'

const ALGORITMO = { name: 'ECDSA', namedCurve: 'P-256' } as const

/** Some platforms refuse to store a non-extractable key: they keep a JWK. `publica`: base64 of the 65-byte point. */
export type LlaveGuardada = { publica: string; privada: CryptoKey } | { publica: string; jwk: JsonWebKey }

export interface SitioDeLlave {
  leer(): Promise<LlaveGuardada | undefined>
  /** Resolves once committed. */
  escribir(llave: LlaveGuardada): Promise<void>
}

/** The private half, ready to sign. */
export const privadaDe = (llave: LlaveGuardada): Promise<CryptoKey> =>
  'privada' in llave ? Promise.resolve(llave.privada) : globalThis.crypto.subtle.importKey('jwk', llave.jwk, ALGORITMO, false, ['sign'])

/**
 * The key that is kept there, made now if there is none and proven by a round trip: put, get, sign, verify. Where that fails, one that can be exported,
 * kept as JWK. `dominio`: of the trial signature.
 * @throws what `escribir` throws for a JWK: a store that keeps nothing
 */
export async function asegurarLlave(sitio: SitioDeLlave, dominio: Dominio): Promise<LlaveGuardada> {
  const hay = await sitio.leer()
  if (hay) return hay
  const par = await generarParDeLlaves()
  const publica = await exportarPublica(par.publicKey)
  try {
    await sitio.escribir({ publica, privada: par.privateKey })
    const guardada = await sitio.leer()
    const firma = guardada && (await firmarTexto(await privadaDe(guardada), dominio, publica))
    if (guardada && firma && (await verificarTexto(par.publicKey, dominio, publica, firma))) return guardada
  } catch {
    // DataCloneError on some phones: the JWK below is what they can keep.
  }
  const extraible = await generarParDeLlaves(true)
  const jwk = await globalThis.crypto.subtle.exportKey('jwk', extraible.privateKey)
  const llave: LlaveGuardada = { publica: await exportarPublica(extraible.publicKey), jwk }
  await sitio.escribir(llave)
  return llave
}
