/**
 * Who sends (RFC 8292): one P-256 key per installation, by which browsers tie their subscriptions to it. Made once and kept for ever: with another key
 * every subscription would be void. The private part is in the database, encrypted with a key derived from SECRET_KEY.
 */
import { createPrivateKey, generateKeyPairSync, type KeyObject } from 'node:crypto'
import { SignJWT } from 'jose'
import { HORA, SEGUNDO } from '../../schema/core/tiempo.ts'
import type { Deps } from '../context.ts'
import type { Db } from '../db/db.ts'
import { cifrar, derivar, descifrar } from '../secreto.ts'

export interface LlavePush {
  /** base64url, 65 bytes: what `pushManager.subscribe` is given. */
  publica: string
  privada: KeyObject
}

interface Fila {
  publica: string
  privadaCifrada: string
}

const yaLeidas = new WeakMap<Db, Promise<LlavePush>>()

/** The key of this installation, made when there is none; two nodes at once agree on one. @throws when SECRET_KEY is not the one it was kept with */
export function llavePushDe(deps: Pick<Deps, 'db' | 'env' | 'now'>): Promise<LlavePush> {
  const ya = yaLeidas.get(deps.db)
  if (ya) return ya
  const leida = leer(deps)
  yaLeidas.set(deps.db, leida)
  leida.catch(() => yaLeidas.delete(deps.db))
  return leida
}

async function leer({ db, env, now }: Pick<Deps, 'db' | 'env' | 'now'>): Promise<LlavePush> {
  const clave = derivar(env.secretKey, 'llave de avisos')
  const fila = await db.plataforma(async (sql) => {
    const leerla = () => sql<Fila[]>`select publica, privada_cifrada from llave_push where id = 1`
    const [ya] = await leerla()
    if (ya) return ya
    const nueva = estrenar(clave)
    await sql`insert into llave_push (id, publica, privada_cifrada, creada_at)
      values (1, ${nueva.publica}, ${nueva.privadaCifrada}, ${new Date(now())}) on conflict do nothing`
    const [deTodos] = await leerla()
    return deTodos ?? nueva
  })
  const der = descifrar(clave, fila.privadaCifrada)
  return { publica: fila.publica, privada: createPrivateKey({ key: der, format: 'der', type: 'pkcs8' }) }
}

function estrenar(clave: Buffer): Fila {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const { x = '', y = '' } = publicKey.export({ format: 'jwk' })
  const punto = Buffer.concat([Buffer.of(4), Buffer.from(x, 'base64url'), Buffer.from(y, 'base64url')])
  return { publica: punto.toString('base64url'), privadaCifrada: cifrar(clave, privateKey.export({ format: 'der', type: 'pkcs8' })) }
}

/** Push services refuse more than 24 h. */
const VIGENCIA_MS = 12 * HORA

/** `Authorization` for one push service. `ahora`: server ms. */
export async function autorizacionPara(llave: LlavePush, endpoint: string, sujeto: string | undefined, ahora: number): Promise<string> {
  const jwt = await new SignJWT(sujeto === undefined ? {} : { sub: sujeto })
    .setProtectedHeader({ typ: 'JWT', alg: 'ES256' })
    .setAudience(new URL(endpoint).origin)
    .setExpirationTime(Math.floor((ahora + VIGENCIA_MS) / SEGUNDO))
    .sign(llave.privada)
  return `vapid t=${jwt}, k=${llave.publica}`
}
