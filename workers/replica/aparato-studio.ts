/** Business Studio: a device that also edits, several documents at once, and knows its catálogo by heart. A till loads nothing of this. */
import type { CrearAparato } from './aparato.ts'
import { crearAparato } from './aparato.ts'
import { crearCatalogo } from './catalogo.ts'
import { verbosDeCatalogo } from './verbos-de-catalogo.ts'
import { verbosDeEdicion } from './verbos-de-edicion.ts'

export const crearAparatoDeStudio: CrearAparato = (nucleo) => {
  const aparato = crearAparato(nucleo)
  const { edits } = aparato.envios
  const catalogo = crearCatalogo(nucleo.puertos, nucleo.almacen, edits)
  return {
    ...aparato,
    async alAbrirBase(almacen) {
      await aparato.alAbrirBase(almacen)
      catalogo.alAbrirBase()
    },
    verbos: (ayuda) => ({
      ...aparato.verbos(ayuda),
      ...verbosDeEdicion(ayuda, { ...nucleo, edits }),
      ...verbosDeCatalogo(ayuda, catalogo),
    }),
    cerrar() {
      catalogo.cerrar()
      aparato.cerrar()
    },
  }
}
