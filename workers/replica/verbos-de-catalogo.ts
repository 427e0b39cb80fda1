/** What a screen of Business Studio asks of the catálogo (CAT-07) and of the quick search. */
import type { CatalogoVivo } from './catalogo.ts'
import type { Ayuda, Verbos } from './verbos.ts'

export const verbosDeCatalogo = ({ abierta, abrir }: Ayuda, catalogo: CatalogoVivo): Pick<Verbos, 'observarCatalogo' | 'buscar'> => ({
  async observarCatalogo(consulta, alCambiar) {
    await abrir()
    return catalogo.observar(consulta, alCambiar)
  },
  buscar: (texto, limite) => abierta(() => catalogo.buscar(texto, limite)),
})
