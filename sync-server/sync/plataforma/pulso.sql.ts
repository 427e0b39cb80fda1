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

/** Minutes of the longer rows: a chart of a week reads 84 of them, not ten thousand. */
export const TRAMOS_MIN = [15, 120] as const

export async function moverPulso(sql: Tx, pulso: Notas['pulso'], ahora: number, cambios: Cambio[]): Promise<void> {
  const minutos = [...pulso].filter(([at]) => at > ahora - PULSO_MS)
  if (minutos.length === 0) return
  const nombrados = sql.json(minutos.map(([at]) => ({ at: new Date(at).toISOString() })))
  const previas = await sql<FilaDePulso[]>`
    select p.minuto_at, p.hechos, p.retrasos from jsonb_to_recordset(${nombrados}) as x(at timestamptz) join pulso p on p.minuto_at = x.at`
  const porMinuto = new Map(previas.map((f) => [f.minutoAt, f]))
  const filas = minutos.map(([minutoAt, m]) => juntar({ minutoAt, ...m }, porMinuto.get(minutoAt)))
  for (const fila of filas) {
    const antes = porMinuto.get(fila.minutoAt)
    anotarSiCambia(cambios, 'pulso', String(fila.minutoAt), antes ? puntoDe(antes) : null, puntoDe(fila))
  }
  const columnas = ['minuto_at', 'hechos', 'retrasos']
  await guardarFilas(sql, { tabla: 'pulso', llave: ['minuto_at'], columnas, mutables: ['hechos', 'retrasos'] }, filas as never)
  for (const cada of TRAMOS_MIN)
    await moverTramos(
      sql,
      cada,
      agrupar(
        minutos.map(([minutoAt, m]) => ({ minutoAt, ...m })),
        cada * MINUTO,
      ),
    )
}

const juntar = (nueva: FilaDePulso, previa: FilaDePulso | undefined): FilaDePulso =>
  previa ? { ...nueva, hechos: previa.hechos + nueva.hechos, retrasos: sumar(previa.retrasos, nueva.retrasos) } : nueva

/** Minutes put together in stretches of so many ms; `minutoAt` is then when each begins. */
export function agrupar(filas: readonly FilaDePulso[], cadaMs: number): FilaDePulso[] {
  const tramos = new Map<number, FilaDePulso>()
  for (const fila of filas) {
    const minutoAt = Math.floor(fila.minutoAt / cadaMs) * cadaMs
    tramos.set(minutoAt, juntar({ ...fila, minutoAt }, tramos.get(minutoAt)))
  }
  return [...tramos.values()]
}

async function moverTramos(sql: Tx, minutos: number, nuevos: readonly FilaDePulso[]): Promise<void> {
  const nombrados = sql.json(nuevos.map((t) => ({ at: new Date(t.minutoAt).toISOString() })))
  const previas = await sql<FilaDePulso[]>`
    select p.desde_at as minuto_at, p.hechos, p.retrasos from jsonb_to_recordset(${nombrados}) as x(at timestamptz)
    join pulso_tramos p on p.minutos = ${minutos} and p.desde_at = x.at`
  const porInicio = new Map(previas.map((f) => [f.minutoAt, f]))
  const filas = nuevos.map((t) => {
    const { minutoAt, ...suma } = juntar(t, porInicio.get(t.minutoAt))
    return { minutos, desdeAt: minutoAt, ...suma }
  })
  const columnas = ['minutos', 'desde_at', 'hechos', 'retrasos']
  await guardarFilas(sql, { tabla: 'pulso_tramos', llave: ['minutos', 'desde_at'], columnas, mutables: ['hechos', 'retrasos'] }, filas)
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
  await sql`delete from pulso_tramos where desde_at <= ${hace(PULSO_MS)}`
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
