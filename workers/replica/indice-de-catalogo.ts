/**
 * The catálogo in memory, for answers at each key pressed (CAT-07): 10,000 articulos are looked through in a few milliseconds, so nothing is indexed but
 * the order. Pure: catalogo.ts feeds it.
 */
import { contieneTodas, palabrasDe, plegar } from '../../schema/core/plegar.ts'
import { seVendeEn } from '../../schema/domain/articulos/articulo.ts'
import type { ArticuloDoc } from '../../schema/protocol/documentos.ts'
import type { Catalogo, ConsultaDeCatalogo, FilaDeCatalogo } from './api.ts'

export interface Entrada {
  articulo: ArticuloDoc
  /** Name, description and category, folded. */
  texto: string
  nombre: string
  /** Of its latest stamp, ms. */
  cambioAt: number
}
type Orden = ConsultaDeCatalogo['orden']
export type Situacion = Omit<FilaDeCatalogo, 'articulo'>
/** Where the articulos stand that are not simply received. */
export type Situaciones = ReadonlyMap<string, Situacion>
type Filtro = Omit<ConsultaDeCatalogo, 'desde' | 'limite'>

/** More changes than this at once, and the order is made anew. */
const POCOS = 200
const cotejo = new Intl.Collator('es', { sensitivity: 'base', numeric: true })
const porNombre = (a: Entrada, b: Entrada): number =>
  cotejo.compare(a.articulo.nombre, b.articulo.nombre) || (a.articulo.id < b.articulo.id ? -1 : a.articulo.id > b.articulo.id ? 1 : 0)
const ORDENES: Record<Orden, (a: Entrada, b: Entrada) => number> = {
  nombre: porNombre,
  precio: (a, b) => a.articulo.precioCentavos - b.articulo.precioCentavos || porNombre(a, b),
  categoria: (a, b) => cotejo.compare(a.articulo.categoria, b.articulo.categoria) || porNombre(a, b),
  cambio: (a, b) => a.cambioAt - b.cambioAt || porNombre(a, b),
}

export const entradaDe = (articulo: ArticuloDoc): Entrada => ({
  articulo,
  nombre: plegar(articulo.nombre),
  texto: plegar(`${articulo.nombre} ${articulo.descripcion} ${articulo.categoria}`),
  cambioAt: Math.max(0, ...Object.values(articulo.sellos).map(([effAt]) => effAt)),
})

export interface IndiceDeCatalogo {
  /** These ids are other articulos now, or none. Before the first call nothing is ordered. */
  cambiaron(ids: ReadonlySet<string>): void
  consultar(consulta: ConsultaDeCatalogo, situaciones: Situaciones): Catalogo
  /** Every articulo of a query, in its order, whatever its page. */
  todos(consulta: Filtro, situaciones: Situaciones): ArticuloDoc[]
  /** At most `limite`, those whose name begins so first. */
  buscar(texto: string, limite: number): ArticuloDoc[]
}

/** `entradas`: owned and changed by whoever calls `cambiaron` afterwards. */
export function crearIndice(entradas: ReadonlyMap<string, Entrada>): IndiceDeCatalogo {
  const ordenadas = new Map<Orden, Entrada[]>()

  function enOrden(orden: Orden): Entrada[] {
    let lista = ordenadas.get(orden)
    if (!lista) {
      lista = [...entradas.values()].sort(ORDENES[orden])
      ordenadas.set(orden, lista)
    }
    return lista
  }
  /** Calls with what passes every filter but the category's, in order. */
  function recorrer(consulta: Filtro, situaciones: Situaciones, con: (articulo: ArticuloDoc) => void): void {
    const palabras = palabrasDe(consulta.texto)
    const { tipo, visible, estado, sucursalId } = consulta
    const lista = enOrden(consulta.orden)
    const [desde, paso] = consulta.dir === 'desc' ? [lista.length - 1, -1] : [0, 1]
    for (let i = desde; i >= 0 && i < lista.length; i += paso) {
      const { articulo, texto } = lista[i] as Entrada
      if (tipo && articulo.tipo !== tipo) continue
      if (visible !== null && articulo.visible !== visible) continue
      if (estado && situacionDe(situaciones, articulo).estado !== estado) continue
      if (sucursalId && !seVendeEn(articulo, sucursalId)) continue
      if (contieneTodas(texto, palabras)) con(articulo)
    }
  }
  const esDe = (articulo: ArticuloDoc, categoria: string | null) => !categoria || articulo.categoria === categoria

  return {
    cambiaron(ids) {
      for (const [orden, lista] of ordenadas) {
        if (ids.size > POCOS) ordenadas.delete(orden)
        else ordenadas.set(orden, recolocar(lista, ids, entradas, ORDENES[orden]))
      }
    },
    consultar(consulta, situaciones) {
      const { categoria, desde, limite } = consulta
      const catalogo: Catalogo = { filas: [], total: 0, todos: 0, visibles: 0, porEnviar: 0, categorias: [] }
      const porCategoria = new Map<string, number>()
      recorrer(consulta, situaciones, (articulo) => {
        catalogo.todos++
        if (articulo.visible) catalogo.visibles++
        if (situacionDe(situaciones, articulo).estado === 'en_este_equipo') catalogo.porEnviar++
        if (articulo.categoria) porCategoria.set(articulo.categoria, (porCategoria.get(articulo.categoria) ?? 0) + 1)
        if (!esDe(articulo, categoria)) return
        if (catalogo.total >= desde && catalogo.filas.length < limite)
          catalogo.filas.push({ articulo, ...situacionDe(situaciones, articulo) })
        catalogo.total++
      })
      catalogo.categorias = enPestanas(porCategoria)
      return catalogo
    },
    todos(consulta, situaciones) {
      const lista: ArticuloDoc[] = []
      recorrer(consulta, situaciones, (articulo) => {
        if (esDe(articulo, consulta.categoria)) lista.push(articulo)
      })
      return lista
    },
    buscar(texto, limite) {
      const palabras = palabrasDe(texto)
      const hallados = palabras.length > 0 ? enOrden('nombre').filter((entrada) => contieneTodas(entrada.texto, palabras)) : []
      const cerca = ({ nombre }: Entrada) => (nombre.startsWith(palabras[0] ?? '') ? 0 : contieneTodas(nombre, palabras) ? 1 : 2)
      return [0, 1, 2].flatMap((n) => hallados.filter((entrada) => cerca(entrada) === n).map(({ articulo }) => articulo)).slice(0, limite)
    },
  }
}

/** The list without those that changed, and each of them where it belongs now. */
function recolocar(
  lista: Entrada[],
  ids: ReadonlySet<string>,
  entradas: ReadonlyMap<string, Entrada>,
  comparar: (a: Entrada, b: Entrada) => number,
): Entrada[] {
  const nueva = lista.filter(({ articulo }) => !ids.has(articulo.id))
  for (const id of ids) {
    const entrada = entradas.get(id)
    if (!entrada) continue
    let [desde, hasta] = [0, nueva.length]
    while (desde < hasta) {
      const medio = (desde + hasta) >> 1
      if (comparar(nueva[medio] as Entrada, entrada) <= 0) desde = medio + 1
      else hasta = medio
    }
    nueva.splice(desde, 0, entrada)
  }
  return nueva
}

const RECIBIDO: Situacion = { estado: 'recibido', codigo: null, campo: null }
const situacionDe = (situaciones: Situaciones, { id }: ArticuloDoc): Situacion => situaciones.get(id) ?? RECIBIDO

/** Tabs: the categories there are, in order of name; articulos without one count in none. */
const enPestanas = (porCategoria: Map<string, number>): Catalogo['categorias'] =>
  [...porCategoria].map(([nombre, cuantos]) => ({ nombre, cuantos })).sort((a, b) => cotejo.compare(a.nombre, b.nombre))
