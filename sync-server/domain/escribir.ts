/** How a verb changes what replicas pull: the negocio's counter first, the log in the same transaction, the hint after the commit. */
import type { Deps } from '../context.ts'
import type { Tx } from '../db/db.ts'
import { anotar, type Cambio, type Contador, coleccionesDe, tomarContador } from '../sync/bitacora.ts'
import { libretaDe } from '../sync/plataforma/notas.ts'

export interface Escritura<T> {
  resultado: T
  cambios: Cambio[]
  /** The changes are in the log: who wrote the rows appended them. */
  anotados?: boolean
  /** R8, for the platform to count. */
  mezclas?: number
}

/**
 * `ahora` is later than every receipt so far: what this transaction dates (a new version of the rules, the end of a cashier) never reaches back
 * to a sale that was already judged without it.
 *
 * `leer`: what must be known first. It is asked right behind the counter, without waiting for its answer, and answered after it: a statement sees what
 * was committed when it begins, and by then the counter is held.
 */
export async function escribirEnNegocio<T, L = undefined>(
  deps: Pick<Deps, 'db' | 'hub' | 'now'>,
  negocioId: string,
  fn: (sql: Tx, ahora: number, contador: Contador, leido: L) => Promise<Escritura<T>>,
  leer?: (sql: Tx) => Promise<L>,
): Promise<T> {
  const { resultado, cambios, mezclas, seq, todos } = await deps.db.negocio(negocioId, async (sql) => {
    const [contador, leido] = await Promise.all([tomarContador(sql, negocioId), leer?.(sql) as Promise<L>])
    const ahora = Math.max(deps.now(), contador.ultimoRecibidoAt + 1)
    const desde = contador.seq
    const { anotados = false, mezclas = 0, ...escritura } = await fn(sql, ahora, contador, leido)
    if (!anotados && escritura.cambios.length > 0) await anotar(sql, contador, escritura.cambios, ahora)
    return { ...escritura, mezclas, seq: contador.seq, todos: contador.seq - desde === escritura.cambios.length }
  })
  if (cambios.length) deps.hub.publicar(`negocio:${negocioId}`, seq, coleccionesDe(cambios), todos ? cambios : undefined)
  libretaDe(deps).cambios(negocioId, cambios, deps.now())
  libretaDe(deps).mezclas(mezclas, deps.now())
  return resultado
}

/** A document of the `config` collection as a change of the log. */
export const cambioDeConfig = (despues: { id: string }): Cambio => ({ coleccion: 'config', pk: despues.id, antes: null, despues })
