/** A shopper's card and the certificates of the phones that sign its QR (design 04 §1.3, CARD-25..27). */
import { verificarTexto } from '../../../schema/core/firma.ts'
import { aBase64, aHex, deBase64 } from '../../../schema/core/ids.ts'
import { assert, Rechazo } from '../../../schema/core/rechazo.ts'
import { DIA } from '../../../schema/core/tiempo.ts'
import type { Nivel } from '../../../schema/domain/configuracion/configuracion.ts'
import { type ReglasDeLaPlataforma, reglasDeLaPlataforma } from '../../../schema/domain/configuracion-app/reglas.ts'
import { importarLlave, llaveDe } from '../../../schema/domain/tarjetas/llaves.ts'
import { comprimir } from '../../../schema/domain/tarjetas/punto.ts'
import { emitirCertificado } from '../../../schema/domain/tarjetas/qr.ts'
import { aliasDe } from '../../../schema/domain/usuarios/usuario.ts'
import type { Deps } from '../../context.ts'
import type { Tx } from '../../db/db.ts'
import { RechazoTemporal } from '../../http/errores.ts'
import { configuracionDeApp } from '../../sync/configuracion-app.sql.ts'
import { secretoDeLlave } from './clave.ts'
import { anotarTelefono, type QuienLlama } from './telefonos.ts'

/** A certificate lives 14 days; the phone renews it at every sync older than 24 h. */
export const CERTIFICADO_MS = 14 * DIA

export interface TarjetaEmitida {
  cardId: string
  /** 8 digits, for typing. */
  numero: string
  /** Base64, 114 bytes. */
  certificado: string
  /** First 32 hex of sha256 of the compressed key. */
  llave: string
  /** Base64, 32 bytes: makes the 6 digits for typing. */
  claveTotp: string
  nivel: Nivel
  venceAt: number
  llaves: { kid: number; publica: string }[]
  hora: number
  /** CARD-19: by which numbers the card shows its progress, its multiplicador and how long its QR is good. */
  reglas: ReglasDeLaPlataforma
}

interface Persona {
  nombre: string
  apellidos: string
  nivelCardya: Nivel
}

/**
 * emitirTarjeta for a phone that proves that the key lives in it: `firma` is its signature, in domain 'CYA1|llave', of `usuarioId|clavePublica`.
 * Without it a person could put on the own card the key of somebody else's phone.
 * @throws Rechazo FIRMA_INVALIDA, and as emitirTarjeta
 */
export async function enrolarLlave(
  deps: Pick<Deps, 'db' | 'env' | 'now' | 'azar' | 'llaves'>,
  usuarioId: string,
  { clavePublica, firma }: { clavePublica: string; firma: string },
  quien?: QuienLlama,
): Promise<TarjetaEmitida> {
  const llave = await importarLlave(await leerClave(clavePublica))
  const suya = llave && (await verificarTexto(llave, 'CYA1|llave', `${usuarioId}|${clavePublica}`, firma))
  if (!suya) throw new Rechazo('FIRMA_INVALIDA')
  return emitirTarjeta(deps, usuarioId, clavePublica, quien)
}

/**
 * The card of a person, made at first use, with this key among those that may sign for it. The same key again gives a fresh certificate.
 * `clavePublica`: base64 of a P-256 point, 65 bytes or 33. `quien`: the phone that asks; none where no phone does (a demo world, a test).
 * @throws Rechazo DATO_INVALIDO (not a point of the curve), DEMASIADAS_PETICIONES (new keys today), NO_ENCONTRADO (no such person)
 */
export async function emitirTarjeta(
  deps: Pick<Deps, 'db' | 'env' | 'now' | 'azar' | 'llaves'>,
  usuarioId: string,
  clavePublica: string,
  quien?: QuienLlama,
): Promise<TarjetaEmitida> {
  const devPub = await leerClave(clavePublica)
  const llave = await llaveDe(devPub)
  const ahora = deps.now()
  const { persona, tarjeta, reglas } = await deps.db.plataforma(async (sql) => {
    // The person's row serializes two phones of one person.
    const [persona] = await sql<Persona[]>`
      select nombre, apellidos, nivel_cardya from usuarios where id = ${usuarioId} and borrado_at is null for update`
    if (!persona) throw new Rechazo('NO_ENCONTRADO')
    const tarjeta = (await tarjetaDe(sql, usuarioId)) ?? (await nuevaTarjeta(sql, deps, usuarioId))
    await anotarLlave(sql, deps, {
      usuarioId,
      ...tarjeta,
      nivel: persona.nivelCardya,
      llave,
      devPub: aBase64(devPub),
      alias: aliasDe(persona.nombre, persona.apellidos),
    })
    if (quien) await anotarTelefono(sql, { usuarioId, llave, ahora }, quien)
    return { persona, tarjeta, reglas: reglasDeLaPlataforma((await configuracionDeApp(sql)).contenido) }
  })
  const venceAt = ahora + CERTIFICADO_MS
  const nivel = persona.nivelCardya
  const { kid, privada } = deps.llaves.actual
  const certificado = aBase64(await emitirCertificado(privada, { kid, cardId: tarjeta.cardId, notAfter: venceAt, nivel, devPub }))
  const claveTotp = aBase64(secretoDeLlave(deps.env.secretKey, tarjeta.cardId, llave))
  return { ...tarjeta, certificado, llave, claveTotp, nivel, venceAt, llaves: deps.llaves.publicas, hora: ahora, reglas }
}

async function leerClave(clavePublica: string): Promise<Uint8Array<ArrayBuffer>> {
  const invalida = () => new Rechazo('DATO_INVALIDO', 'clavePublica')
  let punto: Uint8Array<ArrayBuffer>
  try {
    const bytes = deBase64(clavePublica)
    punto = bytes.length === 65 ? comprimir(bytes) : bytes
  } catch {
    throw invalida()
  }
  if (!(await importarLlave(punto))) throw invalida()
  return punto
}

interface Tarjeta {
  cardId: string
  numero: string
}

async function tarjetaDe(sql: Tx, usuarioId: string): Promise<Tarjeta | undefined> {
  const [fila] = await sql<Tarjeta[]>`select card_id, numero from tarjetas where usuario_id = ${usuarioId} order by created_at limit 1`
  return fila
}

const INTENTOS_DE_NUMERO = 20

/** Numbers are random, so that one says nothing about another; a collision takes another one. */
async function nuevaTarjeta(sql: Tx, deps: Pick<Deps, 'azar' | 'now'>, usuarioId: string): Promise<Tarjeta> {
  for (let intento = 0; intento < INTENTOS_DE_NUMERO; intento++) {
    const azar = deps.azar(12)
    const cardId = aHex(azar.subarray(0, 8))
    const numero = String(new DataView(azar.buffer, azar.byteOffset + 8, 4).getUint32(0) % 100_000_000).padStart(8, '0')
    const libre =
      await sql`insert into tarjeta_numeros (card_id, numero) values (${cardId}, ${numero}) on conflict do nothing returning card_id`
    if (!libre.length) continue
    await sql`insert into tarjetas ${sql({ usuario_id: usuarioId, card_id: cardId, numero, created_at: new Date(deps.now()) })}`
    return { cardId, numero }
  }
  assert(false, 'a free card number is found within 20 tries')
}

interface LlaveNueva {
  usuarioId: string
  cardId: string
  numero: string
  llave: string
  devPub: string
  alias: string
  nivel: Nivel
}

/** The judge credits only pairs (card, key) that are written here: a stolen issuing key does not make cards that earn. */
async function anotarLlave(sql: Tx, deps: Pick<Deps, 'now' | 'env'>, nueva: LlaveNueva): Promise<void> {
  const { usuarioId, cardId, numero, llave, devPub, alias, nivel } = nueva
  const ahora = new Date(deps.now())
  const [conocida] = await sql<{ bajaAt: number | null }[]>`
    select baja_at from tarjeta_llaves where usuario_id = ${usuarioId} and card_id = ${cardId} and llave = ${llave}`
  // A key that was taken away does not come back: the phone makes another.
  if (conocida?.bajaAt != null) throw new Rechazo('DISPOSITIVO_REVOCADO')
  if (!conocida) {
    await exigirCupo(sql, deps, usuarioId)
    await sql`insert into tarjeta_llaves ${sql({ usuario_id: usuarioId, card_id: cardId, llave, dev_pub: devPub, created_at: ahora })}`
  }
  await sql`
    insert into tarjetas_emitidas (card_id, llave, de_usuario, alias, numero, nivel, emitida_at)
    values (${cardId}, ${llave}, ${usuarioId}, ${alias}, ${numero}, ${nivel}, ${ahora})
    on conflict (card_id, llave) do update set alias = excluded.alias, nivel = excluded.nivel, emitida_at = excluded.emitida_at`
}

/** A certificate was renewed for a key that was enrolled before: a typed card is judged with its nivel (decision 0008). */
export async function anotarRenovacion(
  deps: Pick<Deps, 'db'>,
  { cardId, llave, nivel, hora }: Pick<TarjetaEmitida, 'cardId' | 'llave' | 'nivel' | 'hora'>,
  usuarioId: string,
  quien: QuienLlama,
): Promise<void> {
  await deps.db.plataforma(async (sql) => {
    await sql`update tarjetas_emitidas set nivel = ${nivel}, emitida_at = ${new Date(hora)} where card_id = ${cardId} and llave = ${llave}`
    await anotarTelefono(sql, { usuarioId, llave, ahora: hora }, quien)
  })
}

async function exigirCupo(sql: Tx, deps: Pick<Deps, 'now' | 'env'>, usuarioId: string): Promise<void> {
  const [fila] = await sql<{ recientes: number }[]>`
    select count(*)::int as recientes from tarjeta_llaves
    where usuario_id = ${usuarioId} and created_at > ${new Date(deps.now() - DIA)}`
  if ((fila?.recientes ?? 0) >= deps.env.limites.llavesPorDia) throw new RechazoTemporal('DEMASIADAS_PETICIONES', DIA)
}
