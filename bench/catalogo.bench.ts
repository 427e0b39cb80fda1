/** What Business Studio's search in a catálogo of 10,000 costs in the worker (CAT-07), from the index as it stands: each turn is what one key pressed asks. */
import type { ArticuloDoc } from '../schema/protocol/documentos.ts'
import { azar } from '../schema/testing/azar.ts'
import type { ConsultaDeCatalogo } from '../workers/replica/api.ts'
import { crearIndice, type Entrada, entradaDe, type Situaciones } from '../workers/replica/indice-de-catalogo.ts'
import type { Measure } from './measure.ts'

const ARTICULOS = 10_000
const PALABRAS =
  'pizza piña jamón ñoquis árbol café té crème clase corte pan queso asado grande chica familiar mañana noche dulce salsa'.split(' ')
const TODO: ConsultaDeCatalogo = {
  ...{ texto: '', categoria: null, tipo: null, visible: null, estado: null, sucursalId: null },
  ...{ orden: 'nombre', dir: 'asc', desde: 0, limite: 100 },
}

export function measures(): Promise<Measure[]> {
  const entradas = unCatalogo()
  const indice = crearIndice(entradas)
  const enEquipo = { estado: 'en_este_equipo', codigo: null, campo: null } as const
  const situaciones: Situaciones = new Map([...entradas.keys()].slice(0, 300).map((id) => [id, enEquipo]))
  const preguntar = (cambio: Partial<ConsultaDeCatalogo>) => indice.consultar({ ...TODO, ...cambio }, situaciones)
  preguntar({})
  preguntar({ orden: 'precio' })
  let n = 0
  const medir = (name: string, turn: () => unknown): Measure => ({
    name: `${name}, catálogo of 10,000`,
    unit: 'times',
    unitsPerTurn: 1,
    turn,
  })
  return Promise.resolve([
    medir('fold and order it', () => crearIndice(unCatalogo()).consultar(TODO, situaciones)),
    medir('all of it, first page', () => preguntar({})),
    medir('one letter', () => preguntar({ texto: 'p' })),
    medir('two words', () => preguntar({ texto: 'piña grande' })),
    medir('two words, by price, of a category, last page', () =>
      preguntar({ texto: 'pan queso', orden: 'precio', categoria: 'Categoría 3', desde: 50 }),
    ),
    medir('what waits on this device', () => preguntar({ estado: 'en_este_equipo' })),
    medir('quick search', () => indice.buscar('queso', 8)),
    medir('an edit, then the page again', () => {
      const id = `id-${n++ % ARTICULOS}`
      entradas.set(id, entradaDe({ ...(entradas.get(id) as Entrada).articulo, nombre: `Pizza ${n}`, precioCentavos: n }))
      indice.cambiaron(new Set([id]))
      return preguntar({ texto: 'pizza' })
    }),
  ])
}

function unCatalogo(): Map<string, Entrada> {
  const dado = azar(7)
  const una = () => dado.elegir(PALABRAS)
  const entradas = new Map<string, Entrada>()
  for (let n = 0; n < ARTICULOS; n++) {
    const articulo = {
      ...{ id: `id-${n}`, nombre: `${una()} ${una()} ${n % 97}`, descripcion: Array.from({ length: 12 }, una).join(' ') },
      ...{
        precioCentavos: dado.entero(0, 100_000),
        categoria: `Categoría ${n % 12}`,
        tipo: 'producto',
        visible: n % 9 > 0,
        agotado: false,
      },
      ...{ destacado: false, desde: false, sucursales: [], imagenes: [], borrado: false, sellos: { nombre: [n, 'a'] } },
    } as ArticuloDoc
    entradas.set(articulo.id, entradaDe(articulo))
  }
  return entradas
}
