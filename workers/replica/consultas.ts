/** What screens ask of a collection, once or live. */
import { Rechazo } from '../../schema/core/rechazo.ts'
import type { Documento } from '../../schema/protocol/pull.ts'
import type { Almacen } from './almacen.ts'
import type { Consulta } from './api.ts'
import { CAMPO_DE_TIEMPO } from './esquemas.ts'
import { ID_DE_PUNTO } from './punto.ts'

type Documentado = { toJSON(): unknown }

/** @throws Rechazo COLECCION_DESCONOCIDA when this app does not hold it */
function preguntar(almacen: Almacen, { coleccion, selector = {}, orden, limite }: Consulta) {
  if (!almacen.tiene(coleccion)) throw new Rechazo('COLECCION_DESCONOCIDA', 'coleccion')
  const invertido = orden && orden.dir === 'desc' && CAMPO_DE_TIEMPO[coleccion] === orden.campo
  const sort = invertido ? [{ inverso: 'asc' as const }] : orden ? [{ [orden.campo]: orden.dir }] : undefined
  return almacen.coleccion(coleccion).find({
    selector: sinPunto(selector),
    ...(sort ? { sort } : {}),
    ...(limite === undefined ? {} : { limit: limite }),
  } as never)
}

type Selector = Record<string, unknown>

/** The note of the pull is no row. Beside what is asked and not around it: an index is only used by fields at the top of a selector. */
function sinPunto(selector: Selector): Selector {
  if (selector.id === undefined) return { ...selector, id: { $ne: ID_DE_PUNTO } }
  return { ...selector, $and: [...((selector.$and as Selector[] | undefined) ?? []), { id: { $ne: ID_DE_PUNTO } }] }
}

/** By RxDB's object of one revision: what did not change is the same object in the next answer (lista-viva.ts). */
const vistos = new WeakMap<Documentado, Documento>()

const alFrente = (documentos: Documentado[]): Documento[] =>
  documentos.map((documento) => {
    const visto = vistos.get(documento)
    if (visto) return visto
    const { inverso, ...propio } = documento.toJSON() as Documento & { inverso?: number }
    vistos.set(documento, propio as Documento)
    return propio as Documento
  })

export async function consultar(almacen: Almacen, consulta: Consulta): Promise<Documento[]> {
  return alFrente((await preguntar(almacen, consulta).exec()) as Documentado[])
}

/** Calls at once and on every change; gives what ends it. */
export function observar(almacen: Almacen, consulta: Consulta, alCambiar: (documentos: Documento[]) => void): () => void {
  const suscripcion = preguntar(almacen, consulta).$.subscribe((documentos) => alCambiar(alFrente(documentos as Documentado[])))
  return () => suscripcion.unsubscribe()
}
