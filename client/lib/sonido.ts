/**
 * Sound and vibration of the counter, without an audio file: a short tone says "read", two rising ones "done", a low one "no". What is chosen is
 * remembered on this device.
 */
import { vibrar } from './vibrar.ts'

export type Aviso = 'lectura' | 'confirmacion' | 'error'

interface Tono {
  hercios: number
  desdeMs: number
  duraMs: number
}

const TONOS: Record<Aviso, readonly Tono[]> = {
  lectura: [{ hercios: 1_760, desdeMs: 0, duraMs: 70 }],
  confirmacion: [
    { hercios: 880, desdeMs: 0, duraMs: 90 },
    { hercios: 1_318, desdeMs: 100, duraMs: 160 },
  ],
  error: [{ hercios: 196, desdeMs: 0, duraMs: 220 }],
}
/** Milliseconds on, off, on… */
const VIBRACIONES: Record<Aviso, number[]> = { lectura: [40], confirmacion: [30, 60, 80], error: [120, 60, 120] }
const VOLUMEN = 0.18
const RECUERDO = 'cya.sonido'

// Storage may be forbidden: then the choice lasts while the page does.
let encendido = leerRecuerdo()
let altavoz: AudioContext | null = null

function leerRecuerdo(): boolean {
  try {
    return globalThis.localStorage?.getItem(RECUERDO) !== 'no'
  } catch {
    return true
  }
}

export const sonidoEncendido = (): boolean => encendido

/** Sound and vibration together, for this device. */
export function ponerSonido(si: boolean): void {
  encendido = si
  try {
    globalThis.localStorage?.setItem(RECUERDO, si ? 'si' : 'no')
  } catch {
    // remembered by the page alone
  }
}

/** Never throws and never waits: a phone without sound, or before its first touch, is only quiet. */
export function sonar(aviso: Aviso): void {
  if (!encendido) return
  try {
    vibrar(VIBRACIONES[aviso])
    for (const tono of TONOS[aviso]) tocar(tono)
  } catch {
    // quiet
  }
}

function tocar({ hercios, desdeMs, duraMs }: Tono): void {
  if (typeof AudioContext === 'undefined') return
  altavoz ??= new AudioContext()
  // Browsers hold it back until somebody has touched the page.
  if (altavoz.state === 'suspended') void altavoz.resume().catch(() => {})
  const onda = altavoz.createOscillator()
  const volumen = altavoz.createGain()
  const desde = altavoz.currentTime + desdeMs / 1_000
  const hasta = desde + duraMs / 1_000
  onda.frequency.value = hercios
  // A tone that begins or ends at full volume clicks.
  volumen.gain.setValueAtTime(0, desde)
  volumen.gain.linearRampToValueAtTime(VOLUMEN, desde + 0.008)
  volumen.gain.exponentialRampToValueAtTime(0.001, hasta)
  onda.connect(volumen).connect(altavoz.destination)
  onda.start(desde)
  onda.stop(hasta)
}
