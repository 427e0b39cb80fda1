/** The phone's key (design 04 §1.1): P-256, not extractable where the platform can keep such a key, proven by a round trip through the store. */
import { exportarPublica, firmarTexto, generarParDeLlaves, verificarTexto } from '../../schema/core/firma.ts'
import type { Almacen, LlaveGuardada } from './almacen.ts'

const ALGORITMO = { name: 'ECDSA', namedCurve: 'P-256' } as const

/** The private half, ready to sign. */
export const privadaDe = (llave: LlaveGuardada): Promise<CryptoKey> =>
  'privada' in llave ? Promise.resolve(llave.privada) : globalThis.crypto.subtle.importKey('jwk', llave.jwk, ALGORITMO, false, ['sign'])

/** A key that can be exported: the QR says so (flag bit 0). */
export const esExtraible = (llave: LlaveGuardada): boolean => 'jwk' in llave

/** The key of this phone, made now if there is none: put, get, sign, verify; where that fails, one that can be exported, kept as JWK. */
export async function asegurarLlave(almacen: Almacen): Promise<LlaveGuardada> {
  const hay = await almacen.leerLlave()
  if (hay) return hay
  const par = await generarParDeLlaves()
  const publica = await exportarPublica(par.publicKey)
  try {
    await almacen.poner('llave', { publica, privada: par.privateKey })
    const guardada = await almacen.leerLlave()
    const firma = guardada && (await firmarTexto(await privadaDe(guardada), 'CYA1|llave', publica))
    if (guardada && firma && (await verificarTexto(par.publicKey, 'CYA1|llave', publica, firma))) return guardada
  } catch {
    // DataCloneError on some phones: the JWK below is what they can keep.
  }
  const extraible = await generarParDeLlaves(true)
  const jwk = await globalThis.crypto.subtle.exportKey('jwk', extraible.privateKey)
  const llave: LlaveGuardada = { publica: await exportarPublica(extraible.publicKey), jwk }
  await almacen.poner('llave', llave)
  return llave
}
