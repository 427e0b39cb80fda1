/**
 * The platform's issuing keys (design 04 §1.3): P-256, one in use, rotated every 90 days, the one before good 21 days more. The private
 * part is in the database encrypted with a key derived from SECRET_KEY, and decrypted only in memory.
 *
 *   day 0          89             90               111
 *   made · in use ─ successor made ─ successor in use ─ no longer accepted
 *
 * A key that ended is handed to nobody and signs nothing, but still proves what it signed: a till may hand in old sales late, and
 * whether a QR was fresh is judged by its hour.
 *
 * A successor exists a day before it signs, and every node reads the table every ten minutes: no node meets a kid it does not know.
 */
import { webcrypto } from 'node:crypto'
import { exportarPublica, generarParDeLlaves, importarPublica } from '../../schema/core/firma.ts'
import { DIA } from '../../schema/core/tiempo.ts'
import type { Deps, LlavesPlataforma } from '../context.ts'
import type { Db, Tx } from '../db/db.ts'
import { ErrorDeArranque } from '../env.ts'
import { cifrar, derivar, descifrar } from '../secreto.ts'

const EN_USO_MS = 90 * DIA
const GRACIA_MS = 21 * DIA
const ANTELACION_MS = DIA
/** Any constant: two nodes that boot on an empty database make one key. */
const CERROJO = 7_265_010

interface FilaDeLlave {
  kid: number
  publica: string
  privadaCifrada: string
  desdeAt: number
  hastaAt: number
}

async function estrenar(clave: Buffer, kid: number, desdeAt: number): Promise<FilaDeLlave> {
  const par = await generarParDeLlaves(true)
  const pkcs8 = Buffer.from(await webcrypto.subtle.exportKey('pkcs8', par.privateKey))
  return {
    kid,
    publica: await exportarPublica(par.publicKey),
    privadaCifrada: cifrar(clave, pkcs8),
    desdeAt,
    hastaAt: desdeAt + EN_USO_MS + GRACIA_MS,
  }
}

/** Every key ever, with a successor added when the last one is about to end. By the day they begin. */
async function todasLasLlaves(sql: Tx, clave: Buffer, ahora: number): Promise<FilaDeLlave[]> {
  await sql`select pg_advisory_xact_lock(${CERROJO})`
  const todas = await sql<FilaDeLlave[]>`select kid, publica, privada_cifrada, desde_at, hasta_at from llaves_plataforma order by desde_at`
  const ultima = todas.at(-1)
  if (ultima && ahora < ultima.desdeAt + EN_USO_MS - ANTELACION_MS) return todas
  // After a long stop the last one has ended already: its successor signs at once.
  const desdeAt = ultima ? Math.max(ahora, ultima.desdeAt + EN_USO_MS) : ahora
  const nueva = await estrenar(clave, ((ultima?.kid ?? 0) + 1) % 256, desdeAt)
  await sql`delete from llaves_plataforma where kid = ${nueva.kid}`
  await sql`insert into llaves_plataforma ${sql({
    kid: nueva.kid,
    publica: nueva.publica,
    privada_cifrada: nueva.privadaCifrada,
    desde_at: new Date(nueva.desdeAt),
    hasta_at: new Date(nueva.hastaAt),
  })}`
  return [...todas.filter((f) => f.kid !== nueva.kid), nueva]
}

/** Makes the first key when there is none. @throws ErrorDeArranque when SECRET_KEY is not the one the keys were kept with */
export async function cargarLlaves(
  db: Db,
  secretKey: string,
  ahora: number,
  porKid = new Map<number, CryptoKey>(),
): Promise<LlavesPlataforma> {
  const clave = derivar(secretKey, 'llaves de la plataforma')
  const filas = await db.plataforma((sql) => todasLasLlaves(sql, clave, ahora))
  const enUso = filas.filter((f) => f.desdeAt <= ahora).at(-1) ?? filas[0]!
  for (const { kid, publica } of filas) if (!porKid.has(kid)) porKid.set(kid, await importarPublica(publica))
  return {
    actual: {
      kid: enUso.kid,
      privada: await importarPrivada(clave, enUso.privadaCifrada),
      publica: porKid.get(enUso.kid)!,
      publicaBase64: enUso.publica,
    },
    publicas: filas.filter((f) => f.hastaAt > ahora).map(({ kid, publica }) => ({ kid, publica })),
    porKid,
  }
}

async function importarPrivada(clave: Buffer, cifrada: string): Promise<CryptoKey> {
  let pkcs8: Buffer
  try {
    pkcs8 = descifrar(clave, cifrada)
  } catch {
    throw new ErrorDeArranque('The issuing keys in the database do not open with this SECRET_KEY.')
  }
  return webcrypto.subtle.importKey('pkcs8', pkcs8, { name: 'ECDSA', namedCurve: 'P-256' }, false, ['sign'])
}

/** Reads the table again, into the same objects everybody holds: proofs are remembered by key. */
export async function refrescarLlaves(deps: Pick<Deps, 'db' | 'env' | 'llaves' | 'now'>): Promise<void> {
  Object.assign(deps.llaves, await cargarLlaves(deps.db, deps.env.secretKey, deps.now(), deps.llaves.porKid))
}
