/** The platform's rows as its log images them, in pages by primary key: the first picture of a shape (SH1), the same bytes as what follows. */
import type { Tx } from '../../db/db.ts'
import { COLUMNAS_DE_EQUIPO } from './equipos.sql.ts'
import { documentoDeEquipo, type FilaDeEquipo } from './equipos.ts'
import { COLUMNAS_DE_NEGOCIO, documentoDeNegocio, type FilaDeNegocio } from './negocios.sql.ts'
import { COLUMNAS_DE_NODO, type FilaDeNodo } from './nodo.ts'
import { type FilaDePulso, puntoDe } from './pulso.sql.ts'
import { COLUMNAS_DE_VEREDICTO } from './veredictos.sql.ts'
import { documentoDeNota, type FilaDeVeredicto } from './veredictos.ts'

export const COLECCIONES_DE_PLATAFORMA = ['estado_dispositivos', 'estado_negocios', 'veredictos', 'nodos', 'pulso'] as const
export type ColeccionDePlataforma = (typeof COLECCIONES_DE_PLATAFORMA)[number]

export interface FilaLeida {
  pk: string
  fila: object
}

/** Constants that narrow what is read; a row that they leave out would be asked for nothing. */
export interface Angosto {
  negocio?: string | undefined
  dispositivo?: string | undefined
  regla?: string | undefined
  filtro?: string | undefined
}
interface Pedida extends Angosto {
  despuesDe: string | null
  limite: number
}

const CERO = '00000000-0000-0000-0000-000000000000'
const si = (sql: Tx, condicion: boolean, parte: ReturnType<Tx>) => (condicion ? parte : sql``)

const LECTORES: Record<ColeccionDePlataforma, (sql: Tx, pedida: Pedida) => Promise<FilaLeida[]>> = {
  async estado_dispositivos(sql, { despuesDe, limite, negocio, filtro }) {
    const filas = await sql<FilaDeEquipo[]>`
      select ${sql(COLUMNAS_DE_EQUIPO)} from estado_dispositivos where id > ${despuesDe ?? CERO}
        ${si(sql, negocio !== undefined, sql`and de_negocio = ${negocio ?? CERO}`)}
        ${si(sql, filtro === 'atencion', sql`and not sin_atencion`)}
        ${si(sql, filtro === 'sin_conexion', sql`and not en_linea and not de_baja`)}
      order by id limit ${limite}`
    return filas.map((f) => ({ pk: f.id, fila: documentoDeEquipo(f) }))
  },
  async estado_negocios(sql, { despuesDe, limite }) {
    const filas = await sql<FilaDeNegocio[]>`
      select ${sql(COLUMNAS_DE_NEGOCIO)} from estado_negocios where id > ${despuesDe ?? CERO} order by id limit ${limite}`
    return filas.map((f) => ({ pk: f.id, fila: documentoDeNegocio(f) }))
  },
  async veredictos(sql, { despuesDe, limite, negocio, dispositivo, regla }) {
    const filas = await sql<FilaDeVeredicto[]>`
      select ${sql(COLUMNAS_DE_VEREDICTO)} from veredictos_de_nota where id > ${despuesDe ?? ''}
        ${si(sql, regla !== undefined, sql`and regla = ${regla ?? ''}`)}
        ${si(sql, negocio !== undefined, sql`and de_negocio = ${negocio ?? CERO}`)}
        ${si(sql, dispositivo !== undefined, sql`and dispositivo_id = ${dispositivo ?? CERO}`)}
      order by id limit ${limite}`
    return filas.map((f) => ({ pk: f.id, fila: documentoDeNota(f) }))
  },
  async nodos(sql, { despuesDe, limite }) {
    const filas = await sql<FilaDeNodo[]>`
      select ${sql(COLUMNAS_DE_NODO)} from nodos where id > ${despuesDe ?? ''} order by id limit ${limite}`
    return filas.map((fila) => ({ pk: fila.id, fila }))
  },
  async pulso(sql, { despuesDe, limite }) {
    const filas = await sql<FilaDePulso[]>`
      select minuto_at, hechos, retrasos from pulso where minuto_at > ${new Date(Number(despuesDe ?? 0))} order by minuto_at limit ${limite}`
    return filas.map((f) => ({ pk: String(f.minutoAt), fila: puntoDe(f) }))
  },
}

/** Up to `limite` rows after this primary key, in its order; null: from the first. Runs as app_plataforma. */
export const leerFilas = (
  sql: Tx,
  coleccion: ColeccionDePlataforma,
  despuesDe: string | null,
  limite: number,
  angosto: Angosto = {},
): Promise<FilaLeida[]> => LECTORES[coleccion](sql, { ...angosto, despuesDe, limite })
