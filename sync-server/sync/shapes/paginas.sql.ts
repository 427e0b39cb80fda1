/** Rows of a shape by primary key, in pages. They may include rows that the shape does not: its predicate is asked for each. */

import type { z } from 'zod'
import { assert, Rechazo } from '../../../schema/core/rechazo.ts'
import type { nodoDePlataforma } from '../../../schema/protocol/plataforma.ts'
import type { Tx } from '../../db/db.ts'
import { leerInstantanea } from '../instantaneas.sql.ts'
import { COLUMNAS_DE_EQUIPO, COLUMNAS_DE_NEGOCIO, documentoDeNegocio, type FilaDeNegocio } from '../plataforma/equipos.sql.ts'
import { documentoDeEquipo, type FilaDeEquipo } from '../plataforma/equipos.ts'
import { type FilaDePulso, puntoDe } from '../plataforma/pulso.sql.ts'
import { COLUMNAS_DE_VEREDICTO } from '../plataforma/veredictos.sql.ts'
import { documentoDeNota, type FilaDeVeredicto } from '../plataforma/veredictos.ts'
import { type Imagen, rebanadaDe } from '../rebanadas.ts'
import type { PaginaDeForma } from './forma.ts'

interface PedidaDeNegocio {
  negocioId: string
  /** Null: every sucursal. */
  sucursalId: string | null
  sesionId: string
  /** Sales before this instant are not asked for, ms. */
  desde: number
  despuesDe: string | undefined
  limite: number
}

const UUID_ULTIMO = 'ffffffff-ffff-ffff-ffff-ffffffffffff'

/** Documents as a Studio that stands there would take them, however old. */
export async function paginaDelNegocio(sql: Tx, tabla: string, p: PedidaDeNegocio): Promise<PaginaDeForma> {
  const { negocioId, sucursalId, sesionId, limite } = p
  const equipo = { clase: 'dispositivo', tipo: 'studio', sesionId, dispositivoId: sesionId, negocioId, sucursalId } as const
  const rebanada = { ...rebanadaDe(equipo, tabla), desdeMs: null, vigente: () => true }
  // Sales are paged by (effAt, id): what is older than the shape is skipped, not read.
  const despuesDe = p.despuesDe ?? (tabla === 'transacciones' && p.desde > 0 ? `${p.desde - 1}|${UUID_ULTIMO}` : undefined)
  const { documentos, ultima } = await leerInstantanea(sql, negocioId, { rebanada, despuesDe, limite, ahora: 0 })
  return { filas: documentos as Imagen[], ultima }
}

interface PedidaDePlataforma {
  despuesDe: string | undefined
  limite: number
  filtros: Record<string, string | undefined>
}

/** Rows as the flusher writes them in its log. @throws Rechazo DATO_INVALIDO when the key is none of ours */
export async function paginaDePlataforma(sql: Tx, coleccion: string, pedida: PedidaDePlataforma): Promise<PaginaDeForma> {
  const leer = LECTORES[coleccion]
  assert(leer, `no reader for ${coleccion}`)
  const filas = await leer(sql, pedida)
  const ultima = filas.length === pedida.limite ? filas.at(-1) : undefined
  return { filas: filas.map((f) => f.documento as unknown as Imagen), ultima: ultima?.llave }
}

interface Leida {
  llave: string
  documento: object
}
type Lector = (sql: Tx, pedida: PedidaDePlataforma) => Promise<Leida[]>

const ES_UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/
const UUID_CERO = '00000000-0000-0000-0000-000000000000'
function uuidDe(llave: string | undefined): string {
  if (llave !== undefined && !ES_UUID.test(llave)) throw new Rechazo('DATO_INVALIDO', 'offset')
  return llave ?? UUID_CERO
}
function instanteDe(llave: string | undefined): Date {
  if (llave !== undefined && !/^\d{1,15}$/.test(llave)) throw new Rechazo('DATO_INVALIDO', 'offset')
  return new Date(llave === undefined ? 0 : Number(llave))
}

/** What narrows a shape also narrows what is read; whether a row is in it is still asked of the row. */
const si = (sql: Tx, condicion: boolean, parte: ReturnType<Tx>) => (condicion ? parte : sql``)

const leerEquipos: Lector = async (sql, { despuesDe, limite, filtros }) => {
  const filas = await sql<FilaDeEquipo[]>`
    select ${sql(COLUMNAS_DE_EQUIPO)} from estado_dispositivos where id > ${uuidDe(despuesDe)}
      ${si(sql, filtros.negocio !== undefined, sql`and de_negocio = ${filtros.negocio ?? UUID_CERO}`)}
      ${si(sql, filtros.filtro === 'atencion', sql`and not sin_atencion`)}
      ${si(sql, filtros.filtro === 'sin_conexion', sql`and not en_linea and not de_baja`)}
    order by id limit ${limite}`
  return filas.map((f) => ({ llave: f.id, documento: documentoDeEquipo(f) }))
}

const leerNegocios: Lector = async (sql, { despuesDe, limite }) => {
  const filas = await sql<FilaDeNegocio[]>`
    select ${sql(COLUMNAS_DE_NEGOCIO)} from estado_negocios where id > ${uuidDe(despuesDe)} order by id limit ${limite}`
  return filas.map((f) => ({ llave: f.id, documento: documentoDeNegocio(f) }))
}

const leerVeredictos: Lector = async (sql, { despuesDe, limite, filtros }) => {
  const filas = await sql<FilaDeVeredicto[]>`
    select ${sql(COLUMNAS_DE_VEREDICTO)} from veredictos_de_nota where id > ${despuesDe ?? ''}
      ${si(sql, filtros.regla !== undefined, sql`and regla = ${filtros.regla ?? ''}`)}
      ${si(sql, filtros.negocio !== undefined, sql`and de_negocio = ${filtros.negocio ?? UUID_CERO}`)}
      ${si(sql, filtros.dispositivo !== undefined, sql`and dispositivo_id = ${filtros.dispositivo ?? UUID_CERO}`)}
    order by id limit ${limite}`
  return filas.map((f) => ({ llave: f.id, documento: documentoDeNota(f) }))
}

const leerNodos: Lector = async (sql, { despuesDe, limite }) => {
  const filas = await sql<z.infer<typeof nodoDePlataforma>[]>`
    select id, version, iniciado_at, latido_at, memoria_bytes, bucle_ms, base_ms, streams from nodos where id > ${despuesDe ?? ''} order by id limit ${limite}`
  return filas.map((f) => ({ llave: f.id, documento: f }))
}

const leerPulso: Lector = async (sql, { despuesDe, limite }) => {
  const filas = await sql<FilaDePulso[]>`
    select minuto_at, hechos, retrasos from pulso where minuto_at > ${instanteDe(despuesDe)} order by minuto_at limit ${limite}`
  return filas.map((f) => ({ llave: String(f.minutoAt), documento: puntoDe(f) }))
}

/** By the collection of the log. */
const LECTORES: Record<string, Lector> = {
  estado_dispositivos: leerEquipos,
  estado_negocios: leerNegocios,
  veredictos: leerVeredictos,
  nodos: leerNodos,
  pulso: leerPulso,
}
