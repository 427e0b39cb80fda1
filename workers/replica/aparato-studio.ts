/** Business Studio: a device that also edits, several documents at once, and knows its catálogo by heart. A till loads nothing of this. */
import type { CrearAparato } from './aparato.ts'
import { crearAparato } from './aparato.ts'
import { verbosDeEdicion } from './verbos-de-edicion.ts'

export const crearAparatoDeStudio: CrearAparato = (nucleo) => {
  const aparato = crearAparato(nucleo)
  const { edits } = aparato.envios
  return {
    ...aparato,
    verbos: (ayuda) => ({
      ...aparato.verbos(ayuda),
      ...verbosDeEdicion(ayuda, { ...nucleo, edits }),
    }),
  }
}
