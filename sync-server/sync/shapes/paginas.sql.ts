/** Rows of a shape by primary key, in pages. They may include rows that the shape does not: its predicate is asked for each. */
import { Rechazo } from '../../../schema/core/rechazo.ts'
import type { Tx } from '../../db/db.ts'
import { leerInstantanea } from '../instantaneas.sql.ts'
import { type Angosto, type ColeccionDePlataforma, leerFilas } from '../plataforma/leer.sql.ts'
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

interface PedidaDePlataforma extends Angosto {
  despuesDe: string | undefined
  limite: number
}

const ES_UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/
/** What a key of each collection looks like: any other text is none of ours, and would not be understood by its column. */
const LLAVES: Record<ColeccionDePlataforma, RegExp> = {
  estado_dispositivos: ES_UUID,
  estado_negocios: ES_UUID,
  veredictos: /^/,
  nodos: /^/,
  pulso: /^\d{1,15}$/,
}

/** Rows as the flusher writes them in its log. @throws Rechazo DATO_INVALIDO when the key is none of ours */
export async function paginaDePlataforma(sql: Tx, coleccion: ColeccionDePlataforma, pedida: PedidaDePlataforma): Promise<PaginaDeForma> {
  const { despuesDe, limite, ...angosto } = pedida
  if (despuesDe !== undefined && !LLAVES[coleccion].test(despuesDe)) throw new Rechazo('DATO_INVALIDO', 'offset')
  const filas = await leerFilas(sql, coleccion, despuesDe ?? null, limite, angosto)
  const ultima = filas.length === limite ? filas.at(-1)?.pk : undefined
  return { filas: filas.map((f) => f.fila as Imagen), ultima }
}
