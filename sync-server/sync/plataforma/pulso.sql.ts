/** Throughput and delay by minute, and how often each rule spoke. Read and written under the platform's counter, so two nodes' counts add up. */
import { DIA, MINUTO } from '../../../schema/core/tiempo.ts'
import type { PuntoDePulso } from '../../../schema/protocol/plataforma.ts'
import type { Tx } from '../../db/db.ts'
import type { Cambio } from '../bitacora.ts'
import { guardarFilas } from '../filas.sql.ts'
import { anotarSiCambia } from './equipos.sql.ts'
import { type Histograma, percentil, sumar } from './histograma.ts'
import { COLUMNAS_DE_NODO, type FilaDeNodo } from './nodo.ts'
import { type Notas, PULSO_MS } from './notas.ts'
import { COLUMNAS_DE_VEREDICTO } from './veredictos.sql.ts'
import { documentoDeNota, type FilaDeVeredicto } from './veredictos.ts'

export interface FilaDePulso {
  minutoAt: number
  hechos: number
  retrasos: Histograma
}

/** The point of a chart. */
export const puntoDe = ({ minutoAt, hechos, retrasos }: FilaDePulso): PuntoDePulso => ({
  at: minutoAt,
  hechos,
  p50: percentil(retrasos, 0.5),
  p95: percentil(retrasos, 0.95),
})

export async function moverPulso(sql: Tx, pulso: Notas['pulso'], ahora: number, cambios: Cambio[]): Promise<void> {
  const minutos = [...pulso].filter(([at]) => at > ahora - PULSO_MS)
  if (minutos.length === 0) return
  const nombrados = sql.json(minutos.map(([at]) => ({ at: new Date(at).toISOString() })))
  const previas = await sql<FilaDePulso[]>`
    select p.minuto_at, p.hechos, p.retrasos from jsonb_to_recordset(${nombrados}) as x(at timestamptz) join pulso p on p.minuto_at = x.at`
  const porMinuto = new Map(previas.map((f) => [f.minutoAt, f]))
  const filas = minutos.map(([minutoAt, m]): FilaDePulso => {
    const antes = porMinuto.get(minutoAt)
    return { minutoAt, hechos: m.hechos + (antes?.hechos ?? 0), retrasos: sumar(antes?.retrasos ?? [], m.retrasos) }
  })
  for (const fila of filas) {
    const antes = porMinuto.get(fila.minutoAt)
    anotarSiCambia(cambios, 'pulso', String(fila.minutoAt), antes ? puntoDe(antes) : null, puntoDe(fila))
  }
  const columnas = ['minuto_at', 'hechos', 'retrasos']
  await guardarFilas(sql, { tabla: 'pulso', llave: ['minuto_at'], columnas, mutables: ['hechos', 'retrasos'] }, filas as never)
}

export async function contarReglas(sql: Tx, reglas: Notas['reglas']): Promise<void> {
  if (reglas.size === 0) return
  const filas = [...reglas].map(([llave, veces]) => ({ dia: llave.split('|')[0] ?? '', regla: llave.split('|')[1] ?? '', veces }))
  await sql`
    insert into reglas_del_dia as r (dia, regla, veces)
    select dia, regla, veces from jsonb_to_recordset(${sql.json(filas)}) as x(dia date, regla text, veces bigint)
    on conflict (dia, regla) do update set veces = r.veces + excluded.veces`
}

const DIAS_DE_REGLAS = 40
const DIAS_DE_LINEA = 8
export const DIAS_DE_VEREDICTOS = 90
/** A node silent for this long is gone. */
const NODO_IDO_MS = 10 * MINUTO
const PODA_MAXIMA = 5_000

/** Forgets what is older than anybody looks at. What a shape shows is logged as gone. */
export async function podar(sql: Tx, ahora: number, cambios: Cambio[]): Promise<void> {
  const hace = (ms: number) => new Date(ahora - ms)
  const idas = (coleccion: string, filas: readonly object[], llaveDe: (fila: never) => string, documento: (fila: never) => object) => {
    for (const fila of filas) cambios.push({ coleccion, pk: llaveDe(fila as never), antes: documento(fila as never), despues: null })
  }
  const minutos = await sql<FilaDePulso[]>`delete from pulso where minuto_at <= ${hace(PULSO_MS)} returning minuto_at, hechos, retrasos`
  idas('pulso', minutos, (f: FilaDePulso) => String(f.minutoAt), puntoDe)
  const veredictos = await sql<FilaDeVeredicto[]>`
    delete from veredictos_de_nota where id in (select id from veredictos_de_nota where juzgado_at < ${hace(DIAS_DE_VEREDICTOS * DIA)}
      and resultado <> 'pendiente' limit ${PODA_MAXIMA}) returning ${sql(COLUMNAS_DE_VEREDICTO)}`
  idas('veredictos', veredictos, (f: FilaDeVeredicto) => f.id, documentoDeNota)
  const nodos = await sql<FilaDeNodo[]>`delete from nodos where latido_at < ${hace(NODO_IDO_MS)} returning ${sql(COLUMNAS_DE_NODO)}`
  idas(
    'nodos',
    nodos,
    (f: FilaDeNodo) => f.id,
    (f: FilaDeNodo) => f,
  )
  await sql`delete from reglas_del_dia where dia < (${hace(DIAS_DE_REGLAS * DIA)}::timestamptz)::date`
  await sql`delete from contactos where hasta_at < ${hace(DIAS_DE_LINEA * DIA)}`
  await sql`delete from relojes where hora_at < ${hace(DIAS_DE_LINEA * DIA)}`
}
