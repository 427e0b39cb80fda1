/**
 * RxDB orders its own records by `Date.now`. Before it is imported, that clock is replaced by one that never falls below the highest it ever showed,
 * also before a restart: a device clock set back makes RxDB silently skip what was written since. The true clock is kept for everything of ours.
 */
import type { Notas } from './puertos.ts'

const NOTA = 'relojAlto'
const CADA_MS = 15_000

/** Installs the guard and gives the clock as the device shows it. */
export async function instalarGuardia(notas: Notas): Promise<() => number> {
  const crudo = Date.now.bind(Date)
  let alto = (await notas.leer<number>(NOTA).catch(() => undefined)) ?? 0
  let guardado = alto
  Date.now = () => {
    alto = Math.max(alto, crudo())
    return alto
  }
  const guardar = () => {
    if (Date.now() === guardado) return
    guardado = alto
    notas.escribir(NOTA, alto).catch(() => {})
  }
  guardar()
  setInterval(guardar, CADA_MS)
  return crudo
}
