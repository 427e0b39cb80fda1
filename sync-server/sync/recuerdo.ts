/**
 * What is remembered of stamps (PS2): where each field of a stamp was clamped when it was first received, and who wrote it. One entry per stamp of a
 * row, whatever the number of its fields: an articulo is born with a dozen of them under one stamp.
 */
import type { Sello } from '../../schema/merge/campos.ts'
import type { Tx } from '../db/db.ts'
import type { Autor } from './editables.sql.ts'

/** The fields of one stamp that were clamped alike. */
interface Recordado extends Autor {
  /** The time it was written with, and where that was clamped to. */
  original: number
  effAt: number
  campos: readonly string[]
}
/** By row, device and time: the one it was written with, and the clamped one, which a document that travelled on carries. */
export type Recuerdo = Map<string, Recordado[]>

/** Fields of one row under one stamp. */
export interface Grupo {
  sello: Sello
  campos: string[]
}

export const claveDeSello = (pk: string, [effAt, dispositivo]: Sello): string => `${pk}|${dispositivo}|${effAt}`

/** The stamps of a document, each with its fields, in the order of the fields. */
export function gruposDe(sellos: Record<string, Sello>, campos: readonly string[]): Grupo[] {
  const grupos: Grupo[] = []
  for (const campo of campos) {
    if (!Object.hasOwn(sellos, campo)) continue
    const sello = sellos[campo] as Sello
    const suyo = grupos.find((grupo) => grupo.sello[0] === sello[0] && grupo.sello[1] === sello[1])
    if (suyo) suyo.campos.push(campo)
    else grupos.push({ sello, campos: [campo] })
  }
  return grupos
}

/** The last one that was noted of a field under a stamp; one that was written with it before one that a clamp put there. */
export function recordadoDe(recuerdo: Recuerdo, pk: string, sello: Sello, campo: string): Recordado | undefined {
  const suyos = recuerdo.get(claveDeSello(pk, sello))?.filter((uno) => uno.campos.includes(campo))
  return suyos?.findLast(({ original }) => original === sello[0]) ?? suyos?.at(-1)
}

export function recordar(recuerdo: Recuerdo, pk: string, dispositivo: string, recordado: Recordado): void {
  const { original } = recordado
  poner(recuerdo, claveDeSello(pk, [original, dispositivo]), recordado)
  if (recordado.effAt !== original) poner(recuerdo, claveDeSello(pk, [recordado.effAt, dispositivo]), recordado)
}

function poner(recuerdo: Recuerdo, clave: string, recordado: Recordado): void {
  const lista = recuerdo.get(clave)
  if (lista) lista.push(recordado)
  else recuerdo.set(clave, [recordado])
}

/** One to try things on: what is noted there is not noted here. */
export const copiaDe = (recuerdo: Recuerdo): Recuerdo => new Map([...recuerdo].map(([clave, lista]) => [clave, [...lista]]))

/** What is remembered of these stamps, by either of their times: never a document's whole history. */
export async function leerRecuerdo(sql: Tx, negocioId: string, coleccion: string, sellos: ReadonlyMap<string, Sello[]>): Promise<Recuerdo> {
  const recuerdo: Recuerdo = new Map()
  const buscados = [...sellos].flatMap(([pk, suyos]) => suyos.map(([ms, de]) => ({ pk, de, ms })))
  if (buscados.length === 0) return recuerdo
  const suyas = sql`negocio_id = ${negocioId} and tabla = ${coleccion} and pk = x.pk and dispositivo = x.de`
  const filas = await sql<(Autor & { pk: string; dispositivo: string; effAtOriginal: number; effAt: number; campos: string[] })[]>`
    select e.pk, e.dispositivo, e.eff_at_original, e.eff_at, e.quien, e.equipo, array(select jsonb_object_keys(e.campos)) as campos
    from jsonb_to_recordset(${sql.json(buscados as never)}) as x(pk text, de text, ms bigint) cross join lateral (
      select * from ediciones where ${suyas} and eff_at_original = x.ms
      union all
      select * from ediciones where ${suyas} and eff_at = x.ms and eff_at <> eff_at_original) e`
  for (const { pk, dispositivo, effAtOriginal: original, ...resto } of filas) recordar(recuerdo, pk, dispositivo, { ...resto, original })
  return recuerdo
}
