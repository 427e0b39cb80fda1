/**
 * Wrong PINs in a row, per nick of a negocio, whether somebody has that nick or not. They are rows: every node and every restart keeps them.
 *
 *   1 2 3 4 ─► 5th: 15 min ─► 6th: 30 ─► 7th: 60 ─► 8th: 2 h ─► 9th: 4 h ─► 10th: until the dueño gives a new PIN
 *
 * Only a right PIN or a new one ends the row. The try is written before the PIN is looked at, so a hundred at once count as a hundred.
 */
import { DIA, MINUTO } from '../../schema/core/tiempo.ts'
import type { Deps } from '../context.ts'
import { RechazoTemporal } from '../http/errores.ts'
import { huella } from './tokens.ts'

const LIBRES = 4
const HASTA_EL_DUENO = 10
const BLOQUEO_MS = 15 * MINUTO
const BLOQUEO_MAXIMO_MS = DIA
/** The end of a lock that only a person lifts: the last day PostgreSQL and JavaScript agree on without effort. */
const SIN_FIN = Date.UTC(9999, 11, 31)

/** Keys begin so; `limpiarAccesos` keeps these rows longer. */
export const PREFIJO_DE_PIN = 'pin:'
/** The row holds a hash: it tells nobody which nicks there are. */
const claveDe = (negocioId: string, nick: string): string => `${PREFIJO_DE_PIN}${huella(`${negocioId}|${nick}`)}`

/** How long the n-th wrong PIN in a row locks, ms; 0 for none. */
export function bloqueoDePin(seguidos: number): number {
  if (seguidos <= LIBRES) return 0
  return Math.min(BLOQUEO_MAXIMO_MS, BLOQUEO_MS * 2 ** (seguidos - LIBRES - 1))
}

/** Counts a try. @throws RechazoTemporal PIN_BLOQUEADO while locked; at most a day is named, also when only the dueño can lift it */
export async function anotarIntentoDePin(deps: Pick<Deps, 'db' | 'now'>, negocioId: string, nick: string): Promise<void> {
  const ahora = deps.now()
  const clave = claveDe(negocioId, nick)
  const espera = await deps.db.plataforma(async (sql) => {
    // One statement: a right PIN elsewhere may delete the row between making it and locking it.
    const [fila] = await sql<{ intentos: number; bloqueadoHasta: number | null }[]>`
      insert into bloqueos_acceso (clave, desde_at) values (${clave}, ${new Date(ahora)})
      on conflict (clave) do update set clave = excluded.clave returning intentos, bloqueado_hasta`
    const hasta = fila!.bloqueadoHasta ?? 0
    if (hasta > ahora) return hasta - ahora
    const intentos = fila!.intentos + 1
    const bloqueo = intentos >= HASTA_EL_DUENO ? SIN_FIN : bloqueoDePin(intentos) && ahora + bloqueoDePin(intentos)
    await sql`update bloqueos_acceso set intentos = ${intentos}, desde_at = ${new Date(ahora)},
      bloqueado_hasta = ${bloqueo ? new Date(bloqueo) : null} where clave = ${clave}`
    return 0
  })
  if (espera > 0) throw new RechazoTemporal('PIN_BLOQUEADO', Math.min(espera, BLOQUEO_MAXIMO_MS))
}

/** A right PIN, or a new one. */
export async function olvidarIntentosDePin(deps: Pick<Deps, 'db'>, negocioId: string, nick: string): Promise<void> {
  await deps.db.plataforma((sql) => sql`delete from bloqueos_acceso where clave = ${claveDe(negocioId, nick)}`)
}
