/**
 * What a merge left behind, for the inbox: nothing vanishes without a row there (R7, R9). The merge itself never looks at this, so a wrong or
 * missing assumed state can make a row too many, never a different document.
 */
import type { Codigo } from '../core/codigos.ts'
import { camposDe, compararSellos, type DocEditable, estaBorrado, fusionar, mismoValor, type Sello, selloDe, valorDe } from './campos.ts'

export interface Perdida {
  /** The same loss noticed twice has the same id. */
  id: string
  campo: string
  codigo: Extract<Codigo, 'edicion_perdida' | 'borrado_con_edicion'>
  /** The value that did not stay, and who wrote it when: what one tap restores. */
  valor: unknown
  sello: Sello
  /** What stayed. */
  valorGanador: unknown
  selloGanador: Sello
}

/**
 * Losses of merging `entrante` into `actual`. `asumido`: the server state the editor knew; undefined when it came without one, and then every
 * stamped difference counts. A field changed by one side only is no loss, nor are two edits of the same device.
 */
export function perdidas<T extends DocEditable>(
  asumido: T | undefined,
  actual: T,
  entrante: T,
  fusionado: T = fusionar(actual, entrante),
): Perdida[] {
  const encontradas: Perdida[] = []
  for (const campo of camposDe(fusionado)) {
    if (campo === 'borrado') continue
    const perdida = valorPerdido(asumido, actual, entrante, campo)
    if (perdida) encontradas.push(perdida)
  }
  const ids = new Set(encontradas.map((una) => una.id))
  return [...encontradas, ...deBorrado(asumido, actual, entrante, fusionado).filter((una) => !ids.has(una.id))]
}

/** A field that only one side wrote: nobody has to decide it. */
export interface Combinado {
  campo: string
  base: unknown
  valor: unknown
  /** Who wrote it. */
  sello: Sello
}

/** R8. What else became different in a merge that left losses; told beside them, so that nobody wonders. Empty when the assumed state is not known. */
export function combinados<T extends DocEditable>(asumido: T | undefined, fusionado: T, lasPerdidas: readonly Perdida[]): Combinado[] {
  if (!asumido) return []
  const perdidos = new Set(lasPerdidas.map(({ campo }) => campo))
  return camposDe(fusionado)
    .filter((campo) => campo !== 'borrado' && !perdidos.has(campo) && !mismoValor(fusionado, asumido, campo))
    .map((campo) => ({ campo, base: valorDe(asumido, campo), valor: valorDe(fusionado, campo), sello: selloDe(fusionado, campo) }))
}

function valorPerdido<T extends DocEditable>(asumido: T | undefined, actual: T, entrante: T, campo: string): Perdida | null {
  if (mismoValor(actual, entrante, campo)) return null
  if (!cambio(asumido, actual, campo) || !cambio(asumido, entrante, campo)) return null
  const [queda, pierde] = compararSellos(selloDe(actual, campo), selloDe(entrante, campo)) > 0 ? [actual, entrante] : [entrante, actual]
  return distintaMano(queda, campo, pierde, campo) ? perdida('edicion_perdida', pierde, campo, queda, campo) : null
}

/** Whether a side wrote a field after what the editor knew. */
function cambio(asumido: DocEditable | undefined, doc: DocEditable, campo: string): boolean {
  const sello = selloDe(doc, campo)
  return asumido ? compararSellos(sello, selloDe(asumido, campo)) > 0 : sello[0] > 0
}

/** R9. One side deleted, the other edited without knowing: either the deletion is lost, or the edits are. */
function deBorrado<T extends DocEditable>(asumido: T | undefined, actual: T, entrante: T, fusionado: T): Perdida[] {
  for (const [borra, edita] of [
    [actual, entrante],
    [entrante, actual],
  ] as const) {
    if (!estaBorrado(borra) || estaBorrado(edita) || !cambio(asumido, borra, 'borrado')) continue
    const editados = camposDe(edita).filter((campo) => campo !== 'borrado' && editoSinSaber(asumido, edita, borra, campo))
    if (estaBorrado(fusionado)) return editados.map((campo) => perdida('borrado_con_edicion', edita, campo, borra, 'borrado'))
    const ultimo = editados.sort((a, b) => compararSellos(selloDe(edita, b), selloDe(edita, a)))[0]
    return ultimo === undefined ? [] : [perdida('borrado_con_edicion', borra, 'borrado', edita, ultimo)]
  }
  return []
}

/** Whether `edita` wrote a field that whoever deleted had not seen. */
function editoSinSaber<T extends DocEditable>(asumido: T | undefined, edita: T, borra: T, campo: string): boolean {
  if (!cambio(asumido, edita, campo) || !distintaMano(edita, campo, borra, 'borrado')) return false
  const orden = compararSellos(selloDe(edita, campo), selloDe(borra, campo))
  return asumido ? orden !== 0 : orden > 0 // without an assumed state, a later stamp on the deleter's side means that it had seen this one
}

const distintaMano = (a: DocEditable, campoA: string, b: DocEditable, campoB: string) => selloDe(a, campoA)[1] !== selloDe(b, campoB)[1]

function perdida(codigo: Perdida['codigo'], pierde: DocEditable, campo: string, queda: DocEditable, campoGanador: string): Perdida {
  const sello = selloDe(pierde, campo)
  return {
    id: `${String(valorDe(pierde, 'id') ?? '')}|${campo}|${sello[0]}|${sello[1]}`,
    campo,
    codigo,
    valor: valorDe(pierde, campo),
    sello,
    valorGanador: valorDe(queda, campoGanador),
    selloGanador: selloDe(queda, campoGanador),
  }
}
