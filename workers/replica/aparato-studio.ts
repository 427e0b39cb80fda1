/** Business Studio: a device that also edits, several documents at once, and knows its catálogo by heart. A till loads nothing of this. */
import type { Almacen } from './almacen.ts'
import type { CrearAparato } from './aparato.ts'
import { crearAparato } from './aparato.ts'
import { crearCatalogo } from './catalogo.ts'
import { crearImagenes } from './imagenes.ts'
import type { Importacion } from './importacion.ts'
import { verbosDeCatalogo } from './verbos-de-catalogo.ts'
import { verbosDeEdicion } from './verbos-de-edicion.ts'

export const crearAparatoDeStudio: CrearAparato = (nucleo) => {
  const aparato = crearAparato(nucleo)
  const { edits } = aparato.envios
  const imagenes = crearImagenes(nucleo)
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
    envios: { ...aparato.envios, imagenes },
    async cuentas(almacen) {
      const [cuentas, suyas] = [await aparato.cuentas(almacen), await imagenes.cuentas()]
      return { ...cuentas, pendientes: cuentas.pendientes + suyas.pendientes, atencion: cuentas.atencion + suyas.rechazadas }
    },
    async entregar() {
      await aparato.entregar()
      await imagenes.olvidar()
    },
    async alAbrirBase(almacen) {
      await aparato.alAbrirBase(almacen)
      await imagenes.asentar(await nombradas(almacen))
      catalogo.alAbrirBase()
    },
    verbos: (ayuda) => ({
      ...aparato.verbos(ayuda),
      ...verbosDeEdicion(ayuda, { ...nucleo, edits, imagenes }),
      ...verbosDeCatalogo(ayuda, catalogo, cargarImportacion),
    }),
    cerrar() {
      catalogo.cerrar()
      aparato.cerrar()
    },
  }
}

/** Hashes in edits that no server has taken. */
async function nombradas(almacen: Almacen): Promise<Set<string>> {
  const ediciones = await almacen.buscar('ediciones', {}, ['id'])
  return new Set(ediciones.flatMap(({ texto }) => String(texto).match(/\b[0-9a-f]{64}\b/g) ?? []))
}
