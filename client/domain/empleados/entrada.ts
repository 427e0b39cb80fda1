/**
 * The PIN as it is typed, and who types it. Pure: keys in, state out; asking the replica is the screen's.
 *
 *     tecla ► digits ► (6 digits, or Entrar with 4 or 5) ► pedir ─ ok ► in
 *                                                               └ refused ► digits emptied, the reason, maybe a wait
 */
import type { Persona } from '../../../workers/replica/api.ts'
import type { Tecla } from '../../ui/teclado.tsx'

export const PIN_MINIMO = 4
export const PIN_MAXIMO = 6

/** The digits after a key. `00` and `ir` change nothing: a PIN has no double zero, and entering is not a digit. */
export function teclearPin(pin: string, tecla: Tecla): string {
  if (tecla === 'borrar') return pin.slice(0, -1)
  return /^\d$/.test(tecla) && pin.length < PIN_MAXIMO ? pin + tecla : pin
}

/** Whether the key sends the PIN: the sixth digit does it by itself. */
export const mandaPin = (pin: string, tecla: Tecla): boolean =>
  tecla === 'ir' ? pin.length >= PIN_MINIMO : pin.length === PIN_MAXIMO && tecla !== 'borrar'

/** `1:05`, `0:30`: what is left of a lock, rounded up to the second. */
export function cuentaAtras(ms: number): string {
  const segundos = Math.max(0, Math.ceil(ms / 1_000))
  return `${Math.floor(segundos / 60)}:${String(segundos % 60).padStart(2, '0')}`
}

/**
 * TU5. Until when the pad is locked, by the device's own clock, ms: the later of what this screen was told (`aqui`, device clock) and what the till holds of the person
 * (corrected time). `offsetMs`: corrected less device. A clock an hour slow would else wait an hour more.
 */
export const bloqueoHasta = (aqui: number, persona: Pick<Persona, 'bloqueadaHasta'> | null, offsetMs: number): number =>
  Math.max(aqui, persona?.bloqueadaHasta ? persona.bloqueadaHasta - offsetMs : 0)

/** Whose tile stands chosen: who was, while they may still enter; else the only one, or the first who entered here before. */
export function elegidaDe(personas: readonly Persona[], anterior: string | null): Persona | null {
  return personas.find((p) => p.empleadoId === anterior) ?? personas[0] ?? null
}
