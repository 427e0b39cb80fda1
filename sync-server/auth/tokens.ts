/** Opaque tokens: 256 random bits handed out once; the database holds only their SHA-256. */
import { createHash, createHmac, timingSafeEqual } from 'node:crypto'
import type { Deps } from '../context.ts'
import { derivar } from '../secreto.ts'

export const nuevoToken = (deps: Pick<Deps, 'azar'>): string => Buffer.from(deps.azar(32)).toString('base64url')

/** Lower-case hex. A fast hash is enough: there is nothing to guess in 256 random bits. */
export const huella = (token: string): string => createHash('sha256').update(token).digest('hex')

/**
 * The refresh token that follows another. Derived, not random: a client that lost the answer asks again with the old one and must get
 * the same successor, of which we keep only the hash.
 */
export const sucesorDe = (secretKey: string, token: string): string =>
  createHmac('sha256', derivar(secretKey, 'sucesor de refresh')).update(token).digest('base64url')

/** Compares without telling, by its time, where two texts differ. */
export function igual(a: string, b: string): boolean {
  const [x, y] = [Buffer.from(a), Buffer.from(b)]
  return x.length === y.length && timingSafeEqual(x, y)
}
