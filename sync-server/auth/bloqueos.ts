/**
 * Lockouts are rows: every node and every restart keeps them. Five wrong tries in 15 minutes lock for 15, then 30, 60… up to a day.
 * The try is written before the password is looked at, so a hundred at once count as a hundred.
 */
import { DIA, MINUTO } from '../../schema/core/tiempo.ts'
import type { Deps } from '../context.ts'
import { RechazoTemporal } from '../http/errores.ts'
import { huella } from './tokens.ts'

const INTENTOS = 5
const VENTANA_MS = 15 * MINUTO
const BLOQUEO_MS = 15 * MINUTO
const BLOQUEO_MAXIMO_MS = DIA

interface Fila {
  intentos: number
  desdeAt: number
  bloqueadoHasta: number | null
}

/** The row holds a hash: a list of locked correos tells nobody who has an account. */
const claveDe = (correo: string): string => `correo:${huella(correo)}`

/** How long the n-th group of five locks, n from 1. */
export const duracionDeBloqueo = (grupo: number): number => Math.min(BLOQUEO_MAXIMO_MS, BLOQUEO_MS * 2 ** (grupo - 1))

/** Quiet long enough to start from zero: the window if it never locked, a day after the last lock. */
function caduco(fila: Fila, ahora: number): boolean {
  return ahora > (fila.bloqueadoHasta === null ? fila.desdeAt + VENTANA_MS : fila.bloqueadoHasta + DIA)
}

/** Counts a try. @throws RechazoTemporal CUENTA_BLOQUEADA while locked, also for a correo without account */
export async function anotarIntento(deps: Pick<Deps, 'db' | 'now'>, correo: string): Promise<void> {
  const ahora = deps.now()
  const clave = claveDe(correo)
  const espera = await deps.db.plataforma(async (sql) => {
    // One statement: a right password elsewhere may delete the row between making it and locking it.
    const [fila] = await sql<Fila[]>`
      insert into bloqueos_acceso (clave, desde_at) values (${clave}, ${new Date(ahora)})
      on conflict (clave) do update set clave = excluded.clave returning intentos, desde_at, bloqueado_hasta`
    const hasta = fila!.bloqueadoHasta ?? 0
    if (hasta > ahora) return hasta - ahora
    const limpia = caduco(fila!, ahora)
    const intentos = (limpia ? 0 : fila!.intentos) + 1
    const bloqueo = intentos % INTENTOS === 0 ? new Date(ahora + duracionDeBloqueo(intentos / INTENTOS)) : limpia ? null : comoFecha(hasta)
    await sql`update bloqueos_acceso set intentos = ${intentos}, bloqueado_hasta = ${bloqueo},
      desde_at = ${new Date(limpia ? ahora : fila!.desdeAt)} where clave = ${clave}`
    return 0
  })
  if (espera > 0) throw new RechazoTemporal('CUENTA_BLOQUEADA', espera)
}

const comoFecha = (ms: number): Date | null => (ms ? new Date(ms) : null)

/** A right password ends the count. */
export async function olvidarIntentos(deps: Pick<Deps, 'db'>, correo: string): Promise<void> {
  await deps.db.plataforma((sql) => sql`delete from bloqueos_acceso where clave = ${claveDe(correo)}`)
}
