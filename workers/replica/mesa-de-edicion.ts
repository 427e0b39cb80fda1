/** One document while edits of it are being made: what it shows, what changes of it, and how to take that back. Pure. */
import { Rechazo } from '../../schema/core/rechazo.ts'
import { type Doc, estaBorrado, sellar, textoDe } from '../../schema/merge/campos.ts'
import type { ColeccionPull } from '../../schema/protocol/pull.ts'
import { estaBorrada, type Guardada, limpia } from './almacen.ts'
import type { CambioDeDocumento } from './api.ts'
import { baseDe, type Cambio, cambioDe, comoDoc, docVacio, type Edicion, formaDe, leerCambio, unir } from './edicion.ts'

export interface Mesa {
  coleccion: ColeccionPull
  id: string
  /** As this device shows it; null: nobody made it yet. */
  doc: Doc | null
  /** Before the edits of this write. */
  antes: Doc | null
  /** All that waits of this document, with this write in it. */
  cambio: Cambio
  asumido: unknown
  /** The row of `ediciones` it replaces, deleted ones too. */
  previa: Guardada | undefined
  tocada: boolean
}

/** `local`, `previa`: what is stored. */
export function abrirMesa(coleccion: ColeccionPull, id: string, local: Guardada | undefined, previa: Guardada | undefined): Mesa {
  const forma = formaDe(coleccion)
  if (!forma) throw new Rechazo('COLECCION_DESCONOCIDA')
  const espera = previa && !estaBorrada(previa) ? (previa as unknown as Edicion) : undefined
  // A device may have died before the document showed its edit.
  const base = espera ? cambioDe(espera)(baseDe(espera, local)) : local
  const doc = base ? comoDoc(forma, base) : null
  return {
    coleccion,
    id,
    doc,
    antes: doc,
    cambio: espera ? leerCambio(espera) : { campos: {}, sellos: {} },
    asumido: espera ? espera.asumido : local ? limpia(local) : null,
    previa,
    tocada: false,
  }
}

/**
 * Edits on this table; a value equal to the present one is no edit.
 * @throws Rechazo NO_ENCONTRADO (only the server makes such documents), EDICION_INVALIDA naming the field
 */
export function editarEn(mesa: Mesa, cambios: Record<string, unknown>, ahora: number, dispositivoId: string): void {
  const forma = formaDe(mesa.coleccion)
  if (!forma) throw new Rechazo('COLECCION_DESCONOCIDA')
  const ajeno = Object.keys(cambios).find((campo) => !forma.campos.includes(campo))
  if (ajeno) throw new Rechazo('EDICION_INVALIDA', ajeno)
  if (!mesa.doc && !forma.nuevo) throw new Rechazo('NO_ENCONTRADO')
  const vista = mesa.doc ?? docVacio(mesa.id)
  const editado = sellar(vista, { ...(mesa.doc ? {} : forma.nuevo), ...cambios }, ahora, dispositivoId)
  const valido = forma.schema.safeParse(editado)
  if (!valido.success) throw new Rechazo('EDICION_INVALIDA', String(valido.error.issues[0]?.path[0] ?? ''))
  const cambio = unir(mesa.cambio, vista, editado)
  mesa.tocada ||= Object.keys(editado.sellos).some((campo) => editado.sellos[campo] !== vista.sellos[campo])
  mesa.cambio = cambio
  mesa.doc = editado
}

/**
 * What undoes the edits of this table. A document made here is deleted; one that was deleted comes back whole, for by then the server may have taken it
 * from this device; one that an edit called back to life dies again.
 */
export function inversoDe({ coleccion, id, antes, doc, tocada }: Mesa): CambioDeDocumento[] {
  if (!tocada || !doc) return []
  if (!antes) return [{ coleccion, id, cambios: { borrado: true } }]
  const [vivia, vive] = [!estaBorrado(antes), !estaBorrado(doc)]
  const propios = formaDe(coleccion)?.campos.filter((campo) => campo !== 'borrado') ?? []
  const campos = vivia && !vive ? propios : propios.filter((campo) => textoDe(antes, campo) !== textoDe(doc, campo))
  const cambios = Object.fromEntries(campos.map((campo) => [campo, antes[campo]]))
  if (vivia !== vive || antes.borrado !== doc.borrado) cambios.borrado = !vivia
  return Object.keys(cambios).length > 0 ? [{ coleccion, id, cambios }] : []
}
