/** One row of `ediciones`: what this device changed of one document and no server has taken yet. Pure; edits.ts writes them, edits-subida.ts sends them. */
import type { z } from 'zod'
import type { Codigo } from '../../schema/core/codigos.ts'
import { ARTICULO_NUEVO, articulos } from '../../schema/domain/articulos/articulo.ts'
import { avisos } from '../../schema/domain/avisos/aviso.ts'
import { CUPON_NUEVO, cupones } from '../../schema/domain/cupones/cupon.ts'
import { RECOMPENSA_NUEVA, recompensas } from '../../schema/domain/recompensas/recompensa.ts'
import { compararSellos, type Doc, type Sello, selloDe } from '../../schema/merge/campos.ts'
import type { ColeccionPull } from '../../schema/protocol/pull.ts'
import { type Guardada, limpia } from './almacen.ts'
import type { Fila } from './esquemas.ts'

export interface Edicion extends Fila {
  coleccion: string
  docId: string
  estado: 'pendiente' | 'rechazada'
  /** Canonical text of { campos, sellos }: what is read back from disk. */
  texto: string
  /** The server's document when the first of these edits was made; null for a new one. It serves only to notice a loss. */
  asumido: unknown
  /** Of a refusal: its code, and the field at fault ('' for none). */
  codigo: string
  campo?: string
}
export type Cambio = { campos: Record<string, unknown>; sellos: Record<string, Sello> }

interface Forma {
  schema: z.ZodObject
  /** What a new document has where its maker said nothing; null: documents are made by the server alone. */
  nuevo: Record<string, unknown> | null
  /** What a document of an earlier release lacks. */
  faltas: Record<string, unknown>
  /** What may be edited here. */
  campos: readonly string[]
  /** The server's answer to a push has the fields that merge, not the whole document. */
  parcial: boolean
}
const LISTAS = { sucursales: [], imagenes: [] }
const FORMAS: Partial<Record<ColeccionPull, Forma>> = {
  articulos: {
    schema: articulos.schema,
    nuevo: ARTICULO_NUEVO,
    faltas: LISTAS,
    campos: [...articulos.campos, 'borrado'],
    parcial: false,
  },
  cupones: { schema: cupones.schema, nuevo: CUPON_NUEVO, faltas: {}, campos: [...cupones.campos, 'borrado'], parcial: false },
  recompensas: {
    schema: recompensas.schema,
    nuevo: RECOMPENSA_NUEVA,
    faltas: {},
    campos: [...recompensas.campos, 'borrado'],
    parcial: false,
  },
  avisos: { schema: avisos.schema, nuevo: null, faltas: { resolucion: null }, campos: avisos.campos, parcial: true },
}
export const formaDe = (coleccion: string): Forma | undefined =>
  Object.hasOwn(FORMAS, coleccion) ? FORMAS[coleccion as ColeccionPull] : undefined

export const llave = (coleccion: string, id: string): string => `${coleccion}|${id}`
export const leerCambio = (edicion: Pick<Edicion, 'texto'>): Cambio => JSON.parse(edicion.texto) as Cambio

/** A stored document as the merge sees it. */
export const comoDoc = (forma: Forma, fila: Fila): Doc =>
  ({ borrado: false, sellos: {}, ...forma.faltas, ...limpia(fila as Guardada) }) as unknown as Doc
/** Of a document that nobody made yet. */
export const docVacio = (id: string): Doc => ({ id, borrado: false, sellos: {} })

/** What an edit stands on. The server's own document may leave this device while its edit waits: then it is the one that was edited. */
export const baseDe = (edicion: Edicion, local: Guardada | undefined): Fila =>
  local ? limpia(local) : ((edicion.asumido ?? docVacio(edicion.docId)) as Fila)

/**
 * What is sent: the whole document, with this device's own edits and their stamps only. Stamps of others would look like edits of theirs that come
 * late, and fields without a stamp never beat anything.
 */
export function porEnviarDe(edicion: Edicion, local: Guardada | undefined): unknown {
  const { campos, sellos } = leerCambio(edicion)
  return { borrado: false, ...baseDe(edicion, local), id: edicion.docId, ...campos, sellos }
}

/** Lays the edited fields over a document, each only where its stamp is the larger one: the merge, when one side is a part. */
export function cambioDe(edicion: Edicion): (documento: Fila) => Fila {
  const { campos, sellos } = leerCambio(edicion)
  return (documento) => {
    const base = { borrado: false, sellos: {}, ...limpia(documento as Guardada) } as unknown as Doc
    const ganan = Object.keys(campos).filter((campo) => compararSellos(sellos[campo] ?? [0, ''], selloDe(base, campo)) >= 0)
    return { ...base, ...elegir(campos, ganan), sellos: { ...base.sellos, ...elegir(sellos, ganan) } } as unknown as Fila
  }
}
const elegir = <T>(de: Record<string, T>, campos: string[]) => Object.fromEntries(campos.map((campo) => [campo, de[campo] as T]))

/** The fields that got a stamp in this edit, added to those that wait. */
export function unir(antes: Cambio, vista: Doc, editado: Doc): Cambio {
  const campos = { ...antes.campos }
  const sellos = { ...antes.sellos }
  for (const [campo, sello] of Object.entries(editado.sellos)) {
    const previo = selloDe(vista, campo)
    if (sello[0] === previo[0] && sello[1] === previo[1]) continue
    campos[campo] = editado[campo]
    sellos[campo] = sello
  }
  return { campos, sellos }
}

/**
 * The document as it was before an edit that is taken back: each of its fields that still shows the edit goes back to what the server said. Null: the
 * document was made here.
 */
export function sinCambio(edicion: Edicion, local: Fila): Fila | null {
  const asumido = edicion.asumido as Fila | null
  if (asumido === null) return null
  const { sellos: mios } = leerCambio(edicion)
  const antes = { borrado: false, sellos: {}, ...asumido } as unknown as Doc
  const actual = { borrado: false, sellos: {}, ...local } as unknown as Doc
  const vuelto: Doc = { ...actual, sellos: { ...actual.sellos } }
  for (const [campo, mio] of Object.entries(mios)) {
    if (compararSellos(selloDe(actual, campo), mio) !== 0) continue
    vuelto[campo] = antes[campo]
    delete vuelto.sellos[campo]
    if (Object.hasOwn(antes.sellos, campo)) vuelto.sellos[campo] = selloDe(antes, campo)
  }
  return vuelto as unknown as Fila
}

/** An edit not yet taken, as lists show it. */
export interface ResumenDeEdicion {
  coleccion: string
  docId: string
  estado: Edicion['estado']
  codigo: Codigo | null
  campo: string | null
  campos: string[]
  /** Stamp of its oldest field, corrected ms. */
  desdeAt: number
}
