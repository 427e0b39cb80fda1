/** Business Studio: a device that also edits, several documents at once, and knows its catálogo by heart. A till loads nothing of this. */
import type { CrearAparato } from './aparato.ts'
import { crearAparato } from './aparato.ts'
import { crearCatalogo } from './catalogo.ts'
import type { Importacion } from './importacion.ts'
import { verbosDeCatalogo } from './verbos-de-catalogo.ts'
import { verbosDeEdicion } from './verbos-de-edicion.ts'

export const crearAparatoDeStudio: CrearAparato = (nucleo) => {
  const aparato = crearAparato(nucleo)
  const { edits } = aparato.envios
  const catalogo = crearCatalogo(nucleo.puertos, nucleo.almacen, edits)
  let importacion: Promise<Importacion> | null = null
  const cargarImportacion = () => {
    importacion ??= import('./importacion.ts').then(({ crearImportacion }) => crearImportacion({ ...nucleo, catalogo, edits }))
    importacion.catch(() => {
      importacion = null
    })
    return importacion
  }
  return {
    ...aparato,
    async alAbrirBase(almacen) {
      await aparato.alAbrirBase(almacen)
      catalogo.alAbrirBase()
    },
    verbos: (ayuda) => ({
      ...aparato.verbos(ayuda),
      ...verbosDeEdicion(ayuda, { ...nucleo, edits }),
      ...verbosDeCatalogo(ayuda, catalogo, cargarImportacion),
    }),
    cerrar() {
      catalogo.cerrar()
      aparato.cerrar()
    },
  }
}
