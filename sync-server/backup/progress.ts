/** Progress of a backup or a restore on a terminal; one line at the end of each tenth where there is none. */
import { SingleBar } from 'cli-progress'
import type { Avance } from './unpack.ts'

export const tamano = (bytes: number): string => (bytes < 1e6 ? `${Math.ceil(bytes / 1e3)} kB` : `${(bytes / 1e6).toFixed(1)} MB`)

/** `fin` may be called when nothing was shown. */
export function crearAvance(): { mostrar: (avance: Avance) => void; fin: () => void } {
  const barra = new SingleBar({
    format: '{bar} {percentage}% · {archivos} files · {leido}',
    noTTYOutput: true,
    notTTYSchedule: 2_000,
    clearOnComplete: true,
  })
  let empezada = false
  return {
    mostrar: ({ archivos, bytes, ficha }) => {
      if (!empezada) barra.start(ficha.bytes, 0, { archivos: 0, leido: '' })
      empezada = true
      barra.update(Math.min(bytes, ficha.bytes), { archivos, leido: tamano(bytes) })
    },
    fin: () => {
      if (!empezada) return
      barra.update(barra.getTotal())
      barra.stop()
    },
  }
}
