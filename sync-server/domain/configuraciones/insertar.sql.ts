import type { Configuracion } from '../../../schema/domain/configuracion/configuracion.ts'
import { versionVigente } from '../../../schema/domain/puntos/puntos.ts'
import { VIDA_DEL_QR_S } from '../../../schema/domain/tarjetas/vida-del-qr.ts'
import type { Tx } from '../../db/db.ts'

const columnas = (sql: Tx) =>
  sql`version, participa, valor_punto_centavos, multiplicadores_pct, umbrales, vida_qr_segundos, expiran_en_meses, vigente_at`

/** Versions are only ever added (R12). */
export async function insertarConfiguracion(sql: Tx, negocioId: string, c: Configuracion, creadaPor: string): Promise<void> {
  await sql`insert into configuraciones ${sql({
    negocio_id: negocioId,
    version: c.version,
    participa: c.participa,
    valor_punto_centavos: c.valorPuntoCentavos,
    multiplicadores_pct: sql.json(c.multiplicadoresPct) as never,
    umbrales: sql.json(c.umbrales) as never,
    vida_qr_segundos: c.vidaQrSegundos ?? VIDA_DEL_QR_S,
    expiran_en_meses: c.expiranEnMeses ?? null,
    vigente_at: new Date(c.vigenteAt),
    creada_por: creadaPor,
  })}`
}

/** The rules in force at an instant, server ms (R12). */
export async function configuracionEn(sql: Tx, negocioId: string, at: number): Promise<Configuracion | undefined> {
  return versionVigente(await versionesDe(sql, negocioId), at)
}

/** All of them, in order. */
export const versionesDe = (sql: Tx, negocioId: string) => sql<Configuracion[]>`
  select ${columnas(sql)} from configuraciones where negocio_id = ${negocioId} order by version`

/** The version in force. Every negocio has one from its birth. */
export async function ultimaConfiguracion(sql: Tx, negocioId: string): Promise<Configuracion> {
  const [fila] = await sql<Configuracion[]>`
    select ${columnas(sql)} from configuraciones where negocio_id = ${negocioId} order by version desc limit 1`
  return fila!
}
