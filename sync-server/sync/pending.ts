/**
 * Judging what was received and not judged: after a judge threw, or after a crash between the two steps. Always the oldest first, so the order of
 * judging stays the order of acceptance. A range that fails is halved; the single entry that fails alone is marked `sin_procesar`, with an alert
 * for the dueño, and the rest goes on (DI7). If that fails too (it is not the judge that throws, but reading or writing what the entry says), the
 * mark is made without reading or writing anything of it. Bounded by log2(range) + 2 rounds per offender.
 */
import type { RegistroDeJueces } from '../../schema/domain/hechos/libro.ts'
import type { Deps } from '../context.ts'
import type { Tx } from '../db/db.ts'
import { tomarContador } from './bitacora.ts'
import { comoJuicio, ErrorDeJuicio, juzgarRenglones, type PorJuzgar, type Renglon } from './judge.ts'
import { publicar } from './publish.ts'
import { cambiarEstados } from './recibidos.sql.ts'

const RANGO = 100

/** With no judge at all an entry gets its hour, its place in the chain and a verdict, and nothing else. */
const SIN_JUECES: RegistroDeJueces = {}

/** What one step found: entries judged (0: nothing is pending), or that judging `falla` entries threw, the first of them `desde`. */
type Paso = { juzgados: number } | { falla: number; desde: number }

/** Judges until nothing is left `recibido`. Gives how many were judged. Several nodes may run it at once. @throws on a passing error */
export async function juzgarLoPendiente(deps: Deps, negocioId: string): Promise<number> {
  let juzgados = 0
  for (let rango = RANGO; ; ) {
    const paso = await unRango(deps, negocioId, rango)
    if ('juzgados' in paso) {
      if (paso.juzgados === 0) return juzgados
      juzgados += paso.juzgados
      rango = Math.min(RANGO, rango * 2)
    } else if (paso.falla > 1) rango = Math.floor(paso.falla / 2)
    else {
      juzgados += await apartar(deps, negocioId, paso.desde)
      rango = RANGO
    }
  }
}

async function unRango(deps: Deps, negocioId: string, cuantos: number): Promise<Paso> {
  let intento: readonly Renglon[] = []
  try {
    const juzgados = await enTurno(deps, negocioId, cuantos, (renglones) => {
      intento = renglones
      return { jueces: deps.jueces }
    })
    return { juzgados }
  } catch (error) {
    if (!(error instanceof ErrorDeJuicio)) throw error
    if (intento.length === 1) deps.log.error({ err: error.cause, negocioId, n: intento[0]?.n }, 'an entry cannot be judged')
    return { falla: intento.length, desde: intento[0]?.n ?? 0 }
  }
}

/** Sets the offender apart, if it is still the one whose turn it is. */
async function apartar(deps: Deps, negocioId: string, n: number): Promise<number> {
  const marcar = (sinLibro: boolean) =>
    enTurno(deps, negocioId, 1, ([primero]) => (primero?.n === n ? { jueces: SIN_JUECES, culpables: true, sinLibro } : null))
  try {
    return await marcar(false)
  } catch (error) {
    if (!(error instanceof ErrorDeJuicio)) throw error
    deps.log.error({ err: error.cause, negocioId, n }, 'an entry cannot even be read or written: it is marked without opening it')
    return marcar(true)
  }
}

/** One transaction over the oldest pending entries. */
async function enTurno(
  deps: Deps,
  negocioId: string,
  cuantos: number,
  como: (renglones: readonly Renglon[]) => Pick<PorJuzgar, 'jueces' | 'culpables' | 'sinLibro'> | null,
): Promise<number> {
  const hecho = await deps.db.negocio(negocioId, async (sql) => {
    const contador = await tomarContador(sql, negocioId)
    const renglones = await leerPendientes(sql, negocioId, cuantos)
    const modo = renglones.length > 0 ? como(renglones) : null
    if (!modo) return null
    return comoJuicio(async () => {
      const huecos = await leerHuecos(sql, negocioId, renglones)
      const juicio = await juzgarRenglones(deps, sql, contador, { renglones, huecos, avisos: [], ...modo })
      await cambiarEstados(sql, negocioId, juicio.estados)
      return { ...juicio, cuantos: renglones.length }
    })
  })
  if (!hecho) return 0
  publicar(deps, negocioId, hecho)
  return hecho.cuantos
}

const leerPendientes = (sql: Tx, negocioId: string, cuantos: number) => sql<Renglon[]>`
  select n, cadena_id, seq, hash, cuerpo, recibido_at from hechos_recibidos
  where negocio_id = ${negocioId} and estado = 'recibido' order by n limit ${cuantos}`

/** n of the first lost entry of each chain that has one. */
async function leerHuecos(sql: Tx, negocioId: string, renglones: readonly Renglon[]): Promise<Map<string, number>> {
  const cadenas = sql.json([...new Set(renglones.map((r) => r.cadenaId))])
  const filas = await sql<{ cadenaId: string; n: number }[]>`
    select h.cadena_id, min(h.n) as n from cadenas c
    join hechos_recibidos h on h.negocio_id = c.negocio_id and h.cadena_id = c.cadena_id and h.estado = 'perdido'
    where c.negocio_id = ${negocioId} and c.hueco and c.cadena_id = any(array(select jsonb_array_elements_text(${cadenas})::uuid))
    group by h.cadena_id`
  return new Map(filas.map((f) => [f.cadenaId, f.n]))
}
