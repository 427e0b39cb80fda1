/**
 * What a job could not do now. In the same run it is not asked for again, so that many that fail at the head of a queue do not keep out whoever waits behind them;
 * one that fails for a reason of its own waits longer each time before the next run tries it. What passes by itself (a lost connection) waits for the next run only.
 * Of this process: another node finds out by itself.
 */
import { MINUTO, SEGUNDO } from '../../schema/core/tiempo.ts'
import type { Deps } from '../context.ts'
import { esPasajero } from '../sync/judge.ts'

const PRIMERA_ESPERA_MS = 10 * SEGUNDO
const ESPERA_MAXIMA_MS = 10 * MINUTO

/** `hastaAt`: ms. */
interface Espera {
  veces: number
  hastaAt: number
}

/** Of one run of a job. Keys are the job's. */
export interface Aplazados {
  /** What the next read leaves out. */
  sin(): string[]
  fallo(clave: string, error: unknown): void
  bien(clave: string): void
}

const esperas = new WeakMap<Deps['db'], Map<string, Map<string, Espera>>>()

/** A run of the job `trabajo` begins. */
export function aplazadosDe({ db, now }: Pick<Deps, 'db' | 'now'>, trabajo: string): Aplazados {
  const trabajos = esperas.get(db) ?? new Map<string, Map<string, Espera>>()
  esperas.set(db, trabajos)
  const enEspera = trabajos.get(trabajo) ?? new Map<string, Espera>()
  trabajos.set(trabajo, enEspera)
  // What was not tried since is forgotten: somebody else did it, or it is gone.
  for (const [clave, { hastaAt }] of enEspera) if (hastaAt + ESPERA_MAXIMA_MS < now()) enEspera.delete(clave)
  const deEstaVuelta = new Set<string>()
  return {
    sin: () => [...deEstaVuelta, ...[...enEspera].flatMap(([clave, { hastaAt }]) => (hastaAt > now() ? [clave] : []))],
    fallo(clave, error) {
      deEstaVuelta.add(clave)
      if (esPasajero(error)) return
      const veces = (enEspera.get(clave)?.veces ?? 0) + 1
      enEspera.set(clave, { veces, hastaAt: now() + Math.min(ESPERA_MAXIMA_MS, PRIMERA_ESPERA_MS * 2 ** (veces - 1)) })
    },
    bien: (clave) => enEspera.delete(clave),
  }
}
