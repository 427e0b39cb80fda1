/** hechos_recibidos: what was accepted, in order. */
import type { Sobre } from '../../schema/domain/hechos/sobre.ts'
import type { Tx } from '../db/db.ts'
import { type Destino, guardarFilas } from './filas.sql.ts'
import type { EstadoDeFila } from './judge.ts'

/** `perdido`: cuerpo null and hash ''. `bifurcado`: another body for a seq that was already here (variante > 0), not judged. */
export interface FilaRecibida {
  n: number
  cadenaId: string
  seq: number
  variante: number
  hechoId: string | null
  tipo: string | null
  hash: string
  cuerpo: string | null
  recibidoAt: number
  estado: 'recibido' | 'perdido' | 'bifurcado' | EstadoDeFila['estado']
  /** Its text opened, if it was: no column. */
  abierto?: Sobre | null
}

const RECIBIDOS: Destino = {
  tabla: 'hechos_recibidos',
  columnas: [
    ...['negocio_id', 'n', 'cadena_id', 'seq', 'variante', 'hecho_id', 'tipo', 'hash', 'cuerpo', 'recibido_at', 'estado'],
    ...['espera_de', 'espera_vence_at', 'juzgado_n'],
  ],
}

/** Inserts rows, with what judging said of them if it already did. */
export function guardarRecibidos(
  sql: Tx,
  negocioId: string,
  filas: readonly FilaRecibida[],
  estados: readonly EstadoDeFila[],
): Promise<void> {
  const porN = new Map(estados.map((e) => [e.n, e]))
  return guardarFilas(
    sql,
    RECIBIDOS,
    filas.map(({ abierto: _, ...fila }) => ({ ...fila, ...porN.get(fila.n), negocioId })),
  )
}

/** Changes the state of rows already there. */
export async function cambiarEstados(sql: Tx, negocioId: string, estados: readonly EstadoDeFila[]): Promise<void> {
  if (estados.length === 0) return
  const filas = estados.map((e) => ({
    n: e.n,
    estado: e.estado,
    espera_de: e.esperaDe,
    vence: e.esperaVenceAt === null ? null : new Date(e.esperaVenceAt).toISOString(),
    juzgado_n: e.juzgadoN,
  }))
  await sql`
    update hechos_recibidos h set estado = x.estado, espera_de = x.espera_de, espera_vence_at = x.vence, juzgado_n = x.juzgado_n
    from jsonb_to_recordset(${sql.json(filas)}) as x(n bigint, estado text, espera_de uuid, vence timestamptz, juzgado_n bigint)
    where h.negocio_id = ${negocioId} and h.n = x.n`
}
