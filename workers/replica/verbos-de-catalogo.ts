/** What a screen of Business Studio asks of the catálogo (CAT-07), of the quick search, and of CSV files (CAT-11). */
import type { CatalogoVivo } from './catalogo.ts'
import { rechazoDeGuardado } from './guardar.ts'
import type { Importacion } from './importacion.ts'
import type { Ayuda, Verbos } from './verbos.ts'

type Suyos =
  | 'observarCatalogo'
  | 'buscar'
  | 'prepararImportacion'
  | 'importar'
  | 'cancelarImportacion'
  | 'exportarCatalogo'
  | 'exportarMalos'

/** `importacion`: loaded by whoever first needs it. */
export const verbosDeCatalogo = (
  { abierta, abrir }: Ayuda,
  catalogo: CatalogoVivo,
  importacion: () => Promise<Importacion>,
): Pick<Verbos, Suyos> => ({
  async observarCatalogo(consulta, alCambiar) {
    await abrir()
    return catalogo.observar(consulta, alCambiar)
  },
  buscar: (texto, limite) => abierta(() => catalogo.buscar(texto, limite)),
  prepararImportacion: (texto, alAvanzar) => abierta(async () => (await importacion()).preparar(texto, alAvanzar)),
  importar: (planId, alAvanzar) => abierta(async () => (await importacion()).importar(planId, alAvanzar), rechazoDeGuardado),
  cancelarImportacion: async () => (await importacion()).cancelar(),
  exportarCatalogo: (consulta = {}) => abierta(async () => (await importacion()).exportar(consulta)),
  exportarMalos: (planId, idioma = 'es') => abierta(async () => (await importacion()).exportarMalos(planId, idioma)),
})
