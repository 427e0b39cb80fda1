/** CAT-11. Which articulo each row of a file speaks of. Pure. */
import { esUuid } from '../../core/ids.ts'
import { plegar } from '../../core/plegar.ts'
import type { Articulo } from './articulo.ts'
import type { Campos } from './csv.ts'

export interface FilaPorCasar {
  id: string | null
  campos: Campos
}
/** `conId`: the file brought the id of an articulo that is not here. `ambigua`: several have that name and nothing tells them apart. */
export type Casada =
  | { clase: 'conocida'; id: string }
  | { clase: 'nueva'; conId: string | null }
  | { clase: 'repetida' }
  | { clase: 'ambigua' }

type Existente = Pick<Articulo, 'id' | 'nombre' | 'categoria'>

/**
 * Gives what finds the articulo of a row; call it once for each, in order. By id where the file has it and it is known here; else by name without accents
 * or case, and by name and categoría where the name alone does not tell. The same articulo a second time is `repetida`.
 */
export function crearCasador(existentes: ReadonlyMap<string, Existente>, filas: readonly FilaPorCasar[]): (fila: FilaPorCasar) => Casada {
  const porNombre = agrupar([...existentes.values()], ({ nombre }) => plegar(nombre))
  const nombradas = new Set(filas.flatMap(({ id }) => (id && existentes.has(id) ? [id] : [])))
  /** Names that the file itself has in several categorías. */
  const enVarias = new Set(
    [
      ...agrupar(
        filas.filter(({ id }) => !id),
        ({ campos }) => plegar(campos.nombre ?? ''),
      ),
    ]
      .filter(([, suyas]) => new Set(suyas.map(({ campos }) => plegar(campos.categoria ?? ''))).size > 1)
      .map(([nombre]) => nombre),
  )
  const vistas = new Set<string>()
  const unaVez = (llave: string, casada: Casada): Casada => {
    if (vistas.has(llave)) return { clase: 'repetida' }
    vistas.add(llave)
    return casada
  }

  function buscarPorNombre({ id, campos }: FilaPorCasar): Existente[] {
    const nombre = plegar(campos.nombre ?? '')
    // A row with an id of its own is not about an articulo that another row names by its id.
    const candidatos = (porNombre.get(nombre) ?? []).filter((existente) => !(id && nombradas.has(existente.id)))
    if (candidatos.length === 0 || (candidatos.length === 1 && !enVarias.has(nombre))) return candidatos
    const deSuCategoria = candidatos.filter(({ categoria }) => plegar(categoria) === plegar(campos.categoria ?? ''))
    return deSuCategoria.length > 0 || enVarias.has(nombre) ? deSuCategoria : candidatos
  }

  return (fila) => {
    const { id, campos } = fila
    if (id && existentes.has(id)) return unaVez(id, { clase: 'conocida', id })
    const [uno, otro] = campos.nombre ? buscarPorNombre(fila) : []
    if (otro) return { clase: 'ambigua' }
    if (uno) return unaVez(uno.id, { clase: 'conocida', id: uno.id })
    const conId = id && esUuid(id) ? id : null
    return unaVez(conId ?? `${plegar(campos.nombre ?? '')}|${plegar(campos.categoria ?? '')}`, { clase: 'nueva', conId })
  }
}

function agrupar<T>(lista: readonly T[], por: (uno: T) => string): Map<string, T[]> {
  const grupos = new Map<string, T[]>()
  for (const uno of lista) {
    const grupo = grupos.get(por(uno))
    if (grupo) grupo.push(uno)
    else grupos.set(por(uno), [uno])
  }
  return grupos
}
