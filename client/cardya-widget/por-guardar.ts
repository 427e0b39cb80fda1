/** A cupón that somebody asked for from its public page (CUP-28), remembered while they log in for the first time, also in the app they install for it. */
import { fragmentoDe, type Lugar, leerLugar } from './lugar.ts'

export type PorGuardar = Extract<Lugar, { vista: 'guardar' }>
interface Nota {
  lugar: string
  at: number
}

const LLAVE = 'cardya:por-guardar'
/** Who comes back after more than a day comes for something else. */
const VIDA_MS = 86_400_000

/** A private window may refuse: then the address alone remembers it. */
export function recordarPorGuardar(lugar: PorGuardar): void {
  try {
    localStorage.setItem(LLAVE, JSON.stringify({ lugar: fragmentoDe(lugar), at: Date.now() } satisfies Nota))
  } catch {
    // the address has it
  }
}

/** Null: none, or too old. */
export function porGuardar(ahora = Date.now()): PorGuardar | null {
  try {
    const { lugar, at } = JSON.parse(localStorage.getItem(LLAVE) ?? '{}') as Partial<Nota>
    const leido = leerLugar(lugar ?? '')
    return leido.vista === 'guardar' && ahora - (at ?? 0) < VIDA_MS ? leido : null
  } catch {
    return null
  }
}

/** It was kept, refused, or is not wanted any more. */
export function olvidarPorGuardar(): void {
  try {
    localStorage.removeItem(LLAVE)
  } catch {
    // nothing was kept
  }
}
