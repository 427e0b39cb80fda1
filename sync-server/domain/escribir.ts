/** How a verb changes what replicas pull: the negocio's counter first, the log in the same transaction, the hint after the commit. */
import type { Deps } from '../context.ts'
import type { Tx } from '../db/db.ts'
import { anotar, type Cambio, coleccionesDe, tomarContador } from '../sync/bitacora.ts'
import { libretaDe } from '../sync/plataforma/notas.ts'

export interface Escritura<T> {
  resultado: T
  cambios: Cambio[]
  /** R8, for the platform to count. */
  mezclas?: number
}

/**
 * `ahora` is later than every receipt so far: what this transaction dates (a new version of the rules, the end of a cashier) never reaches back
 * to a sale that was already judged without it.
 */
export async function escribirEnNegocio<T>(
  deps: Pick<Deps, 'db' | 'hub' | 'now'>,
  negocioId: string,
  fn: (sql: Tx, ahora: number) => Promise<Escritura<T>>,
): Promise<T> {
  const {
    resultado,
    cambios,
    mezclas = 0,
    seq,
  } = await deps.db.negocio(negocioId, async (sql) => {
    const contador = await tomarContador(sql, negocioId)
    const ahora = Math.max(deps.now(), contador.ultimoRecibidoAt + 1)
    const escritura = await fn(sql, ahora)
    const seq = escritura.cambios.length ? await anotar(sql, contador, escritura.cambios, ahora) : contador.seq
    return { ...escritura, seq }
  })
  if (cambios.length) deps.hub.publicar(`negocio:${negocioId}`, seq, coleccionesDe(cambios))
  libretaDe(deps).cambios(negocioId, cambios, deps.now())
  libretaDe(deps).mezclas(mezclas, deps.now())
  return resultado
}

/** A document of the `config` collection as a change of the log. */
export const cambioDeConfig = (despues: { id: string }): Cambio => ({ coleccion: 'config', pk: despues.id, antes: null, despues })
