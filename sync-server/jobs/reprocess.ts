/** Second chances: entries received and never judged (a crash between the two steps), and `sin_procesar` ones after a corrected release (DI7, DI8). */
import type { Deps } from '../context.ts'
import { cadenaDelServidor } from '../domain/negocios/crear.ts'
import { juzgarLoPendiente } from '../sync/pending.ts'
import { asentarHechosDelServidor, type HechoDelServidor } from '../sync/server-chain.ts'

/** Judges what is left `recibido`, in acceptance order. Gives how many entries. A negocio that fails does not stop the others. */
export async function juzgarPendientes(deps: Deps): Promise<number> {
  const negocios = await deps.db.plataforma(
    (sql) => sql<{ negocioId: string }[]>`select distinct negocio_id from hechos_recibidos where estado = 'recibido'`,
  )
  let juzgados = 0
  for (const { negocioId } of negocios) {
    try {
      juzgados += await juzgarLoPendiente(deps, negocioId)
    } catch (err) {
      deps.log.error({ err, negocioId }, 'pending entries could not be judged yet')
    }
  }
  return juzgados
}

/**
 * Judges the `sin_procesar` entries of a negocio again, by the judges in force: one `reproceso` each, at the hour of the first verdict. What still
 * cannot be judged stays as it was. Gives how many were named.
 */
export async function reprocesar(deps: Deps, negocioId: string): Promise<number> {
  const cadenaId = await cadenaDelServidor(negocioId)
  const filas = await deps.db.negocio(
    negocioId,
    (sql) => sql<{ cadenaId: string; seq: number; veces: number }[]>`
      with reprocesos as materialized (
        select cuerpo::jsonb -> 'datos' as datos from hechos_recibidos
        where negocio_id = ${negocioId} and cadena_id = ${cadenaId} and tipo = 'reproceso')
      select h.cadena_id, h.seq, (select count(*) from reprocesos r
        where r.datos ->> 'cadenaId' = h.cadena_id::text and r.datos ->> 'seq' = h.seq::text) as veces
      from hechos_recibidos h
      where h.negocio_id = ${negocioId} and h.estado = 'sin_procesar' and h.variante = 0 and h.tipo is distinct from 'reproceso' order by h.n`,
    { soloLectura: true },
  )
  const hechos = filas.map(({ cadenaId, seq, veces }): HechoDelServidor => ({ tipo: 'reproceso', datos: { cadenaId, seq }, vez: veces }))
  await asentarHechosDelServidor(deps, negocioId, hechos)
  return hechos.length
}

/** Every negocio with something to judge again. */
export async function reprocesarTodo(deps: Deps): Promise<number> {
  const negocios = await deps.db.plataforma(
    (sql) => sql<{ negocioId: string }[]>`
      select distinct negocio_id from hechos_recibidos where estado = 'sin_procesar' and variante = 0 and tipo is distinct from 'reproceso'`,
  )
  let nombrados = 0
  for (const { negocioId } of negocios) nombrados += await reprocesar(deps, negocioId)
  return nombrados
}

/**
 * The first start of a release judges again what earlier ones could not. Noted only when it is done: a start that is cut begins again, and two
 * nodes that start at once write each `reproceso` once. Gives how many entries were named.
 */
export async function reprocesarTrasLiberacion(deps: Deps, version: string): Promise<number> {
  const [vista] = await deps.db.plataforma((sql) => sql`select from liberaciones where version = ${version}`)
  if (vista) return 0
  const nombrados = await reprocesarTodo(deps)
  await deps.db.plataforma(
    (sql) => sql`insert into liberaciones (version, iniciada_at) values (${version}, ${new Date(deps.now())}) on conflict do nothing`,
  )
  return nombrados
}
