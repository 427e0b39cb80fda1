/** SCAN-17. An evidence photo comes in parts, each from the byte the server wants; whole, it is checked against its hash and put with the pictures. */
import { createHash, randomBytes } from 'node:crypto'
import { Rechazo } from '../../../schema/core/rechazo.ts'
import { FOTO_MAXIMA_BYTES, type RespuestaEvidencia } from '../../../schema/protocol/evidencias.ts'
import type { Deps } from '../../context.ts'
import type { Tx } from '../../db/db.ts'
import { almacenDe } from '../imagenes/almacen.ts'
import { prepararImagen } from '../imagenes/preparar.ts'

export interface Parte {
  negocioId: string
  dispositivoId: string | null
  hash: string
  /** Offset of `bytes` in the photo, and how long it is in all. */
  desde: number
  total: number
  bytes: Uint8Array
}

interface Fila {
  archivo: string
  total: number
  recibidos: number
  completa: boolean
}

/**
 * A part that does not begin where the last one ended is not taken: the answer says from where to go on. The same photo again changes nothing.
 * @throws Rechazo IMAGEN_GRANDE (beyond 400 KB), IMAGEN_INVALIDA (other bytes than the hash says, or no webp: nothing of them is kept), DATO_INVALIDO `total`
 */
export async function recibirParte(deps: Pick<Deps, 'db' | 'env' | 'now'>, parte: Parte): Promise<RespuestaEvidencia> {
  const { negocioId, hash } = parte
  if (parte.total > FOTO_MAXIMA_BYTES || parte.desde + parte.bytes.length > parte.total) throw new Rechazo('IMAGEN_GRANDE')
  const fila = await deps.db.negocio(negocioId, (sql) => anexar(sql, deps.now(), parte))
  if (fila.completa || fila.recibidos < fila.total) return { recibidos: fila.recibidos, completa: fila.completa }
  return cerrar(deps, negocioId, hash, fila)
}

/** Bytes the server holds of a photo; 0 when it never heard of it. */
export async function estadoDeEvidencia(deps: Pick<Deps, 'db'>, negocioId: string, hash: string): Promise<RespuestaEvidencia> {
  const fila = await deps.db.negocio(negocioId, (sql) => leer(sql, negocioId, hash))
  return { recibidos: fila?.recibidos ?? 0, completa: fila?.completa ?? false }
}

const columnas = (sql: Tx) =>
  sql`archivo, total, case when completa_at is null then coalesce(octet_length(partes), 0) else total end as recibidos, completa_at is not null as completa`

async function leer(sql: Tx, negocioId: string, hash: string): Promise<Fila | undefined> {
  const [fila] = await sql<Fila[]>`select ${columnas(sql)} from evidencias_foto where negocio_id = ${negocioId} and hash = ${hash}`
  return fila
}

async function anexar(sql: Tx, ahora: number, p: Parte): Promise<Fila> {
  await sql`
    insert into evidencias_foto ${sql({
      ...{ negocio_id: p.negocioId, hash: p.hash, archivo: randomBytes(32).toString('hex'), dispositivo_id: p.dispositivoId },
      ...{ total: p.total, partes: Buffer.alloc(0), created_at: new Date(ahora) },
    })} on conflict do nothing`
  // One statement: two tabs that send the same part at once add it once.
  const [puesta] = await sql<Fila[]>`
    update evidencias_foto set partes = partes || ${Buffer.from(p.bytes)}
    where negocio_id = ${p.negocioId} and hash = ${p.hash} and completa_at is null and total = ${p.total} and octet_length(partes) = ${p.desde}
    returning ${columnas(sql)}`
  const fila = puesta ?? (await leer(sql, p.negocioId, p.hash))
  if (!fila) throw new Error('a photo that is being handed in has a row')
  if (!fila.completa && fila.total !== p.total) throw new Rechazo('DATO_INVALIDO', 'total')
  return fila
}

async function cerrar(deps: Pick<Deps, 'db' | 'env' | 'now'>, negocioId: string, hash: string, fila: Fila): Promise<RespuestaEvidencia> {
  const [guardada] = await deps.db.negocio(
    negocioId,
    (sql) => sql<{ partes: Uint8Array | null }[]>`select partes from evidencias_foto where negocio_id = ${negocioId} and hash = ${hash}`,
  )
  // Another request was quicker.
  if (!guardada?.partes) return { recibidos: fila.total, completa: true }
  const preparada = await comprobada(guardada.partes, hash).catch(async (error) => {
    await deps.db.negocio(
      negocioId,
      (sql) => sql`delete from evidencias_foto where negocio_id = ${negocioId} and hash = ${hash} and completa_at is null`,
    )
    throw error
  })
  await almacenDe(deps.env).guardar(negocioId, fila.archivo, preparada)
  await deps.db.negocio(
    negocioId,
    (sql) => sql`
      update evidencias_foto set partes = null, completa_at = ${new Date(deps.now())}
      where negocio_id = ${negocioId} and hash = ${hash} and completa_at is null`,
  )
  return { recibidos: fila.total, completa: true }
}

/** What a phone wrote beside a picture does not survive. */
async function comprobada(bytes: Uint8Array, hash: string): Promise<Uint8Array> {
  if (createHash('sha256').update(bytes).digest('hex') !== hash) throw new Rechazo('IMAGEN_INVALIDA', 'hash')
  return (await prepararImagen(bytes)).bytes
}
