/**
 * A decision on a case, as edits of the document and of its inbox rows in one commit: it works with no network, and the inverse edit takes it back.
 */
import { DIA } from '../../../schema/core/tiempo.ts'
import type { Resolucion } from '../../../schema/domain/avisos/aviso.ts'
import { estaBorrado, selloDe } from '../../../schema/merge/campos.ts'
import type { AvisoDoc } from '../../../schema/protocol/documentos.ts'
import type { CambioDeDocumento } from '../../../workers/replica/api.ts'
import { type Caso, coleccionDe, type Documento, esConflicto, pendiente } from './caso.ts'
import { iguales, leerDato } from './valor.ts'

/** Deciding again is offered this long. */
export const PLAZO_DE_DESHACER_MS = 30 * DIA
/** Edits of one decision are stamped within this. */
const MISMA_DECISION_MS = 2_000

export interface Eleccion {
  /** Value that each field in doubt shall have. */
  valores: Record<string, unknown>
  /** R9; null where nobody deleted. */
  destino: 'conservar' | 'eliminar' | null
}

/** Everything as it is now: saving it says that it was right. */
export function comoEsta(caso: Caso): Eleccion {
  const valores = Object.fromEntries(caso.campos.map(({ campo, actual }) => [campo, actual]))
  return { valores, destino: caso.borrado ? (caso.eliminado ? 'eliminar' : 'conservar') : null }
}

/** The values of one side of the case (0: mine, or the first), where that side wrote one; what it deleted is deleted. */
export function todoDe(caso: Caso, lado: number): Eleccion {
  const eleccion = comoEsta(caso)
  const de = caso.lados[lado]?.de
  for (const { campo, opciones } of caso.campos) {
    const suya = opciones.find((opcion) => opcion.de === de)
    if (suya) eleccion.valores[campo] = suya.valor
  }
  if (caso.borrado?.borro.de === de) eleccion.destino = 'eliminar'
  else if (caso.borrado?.edito.de === de) eleccion.destino = 'conservar'
  return eleccion
}

/** What `replica.editarVarios` gets. */
export function cambiosDe(caso: Caso, { valores, destino }: Eleccion): CambioDeDocumento[] {
  const cambios = destino === 'eliminar' ? (caso.eliminado ? {} : { borrado: true }) : cambiosAlConservar(caso, valores, destino)
  const del: CambioDeDocumento[] = Object.keys(cambios).length > 0 ? [{ coleccion: caso.coleccion, id: caso.id, cambios }] : []
  const resoluciones = [
    ...caso.campos.flatMap(({ campo, avisos }) =>
      avisos.map((a) => [a, destino === 'eliminar' ? 'queda' : resolucionDe(a, campo, valores[campo])] as const),
    ),
    ...(caso.borrado?.avisos ?? []).map((a) => [a, resolucionDeBorrado(a, destino)] as const),
  ]
  return [...del, ...resoluciones.map(([{ id }, resolucion]): CambioDeDocumento => ({ coleccion: 'avisos', id, cambios: { resolucion } }))]
}

function cambiosAlConservar(caso: Caso, valores: Record<string, unknown>, destino: Eleccion['destino']): Record<string, unknown> {
  const cambios: Record<string, unknown> = destino === 'conservar' && caso.eliminado ? { borrado: false } : {}
  if (destino === 'conservar') for (const { campo, valor } of caso.borrado?.cambios ?? []) cambios[campo] = valor
  for (const { campo, actual } of caso.campos) if (!iguales(valores[campo], actual)) cambios[campo] = valores[campo]
  return cambios
}

function resolucionDe({ datos }: AvisoDoc, campo: string, valor: unknown): Resolucion {
  if (iguales(valor, leerDato(campo, datos.valor))) return 'restaurada'
  return iguales(valor, leerDato(campo, datos.valorGanador)) ? 'queda' : 'editada'
}

/** The lost value of the row is the deletion, or an edit of what was deleted. */
function resolucionDeBorrado({ datos }: AvisoDoc, destino: Eleccion['destino']): Resolucion {
  const ganoElBorrado = datos.campo !== 'borrado'
  return (destino === 'eliminar') === ganoElBorrado ? 'queda' : 'restaurada'
}

/** A decision that was made, by somebody. */
export interface Resuelto {
  /** Of its first aviso. */
  id: string
  documentoId: string
  nombre: string
  avisos: AvisoDoc[]
  resoluciones: Resolucion[]
  /** Whether the values that stayed are those of this device. Null: of both, or of neither. */
  quedoLoMio: boolean | null
  /** Whose values stayed, when they are somebody else's. */
  quedoDe: string
  /** Who decided; '' while only this device knows. */
  por: string
  /** Decided on this device. */
  porMi: boolean
  /** Corrected ms. */
  at: number
  /** The server has it. */
  recibido: boolean
}

/** Decisions of the last 30 days, newest first; avisos of one document decided at once are one. */
export function resueltosDe(avisos: readonly AvisoDoc[], dispositivoId: string, ahora: number): Resuelto[] {
  const hechos = avisos
    .filter((a) => esConflicto(a) && !pendiente(a) && ahora - cuandoSeDecidio(a) <= PLAZO_DE_DESHACER_MS)
    .sort((a, b) => cuandoSeDecidio(b) - cuandoSeDecidio(a))
  const grupos: AvisoDoc[][] = []
  for (const aviso of hechos) {
    const grupo = grupos.find(([primero]) => primero && mismaDecision(primero, aviso))
    if (grupo) grupo.push(aviso)
    else grupos.push([aviso])
  }
  return grupos.map((grupo) => resueltoDe(grupo, dispositivoId))
}

const mismaDecision = (a: AvisoDoc, b: AvisoDoc) =>
  a.datos.documentoId === b.datos.documentoId &&
  a.sellos?.resolucion?.[1] === b.sellos?.resolucion?.[1] &&
  Math.abs(cuandoSeDecidio(a) - cuandoSeDecidio(b)) <= MISMA_DECISION_MS

/** The stamp of the decision; of the first release, when the server wrote it down. */
export const cuandoSeDecidio = (a: AvisoDoc): number => a.sellos?.resolucion?.[0] ?? a.resueltoAt ?? a.creadoAt

function resueltoDe(avisos: AvisoDoc[], dispositivoId: string): Resuelto {
  const primero = avisos[0] as AvisoDoc
  const decidio = primero.sellos?.resolucion?.[1]
  const quedan = new Set(avisos.map((a) => ladoQueQueda(a)))
  const [unico] = quedan.size === 1 ? [...quedan] : [undefined]
  return {
    id: primero.id,
    documentoId: String(primero.datos.documentoId),
    nombre: String(primero.datos.nombre ?? ''),
    avisos,
    resoluciones: avisos.map((a) => a.resolucion ?? 'queda'),
    quedoLoMio: unico === undefined || unico === null ? null : unico === dispositivoId,
    quedoDe: nombreDelQueQueda(primero),
    por: primero.resueltoPor ?? '',
    porMi: decidio === dispositivoId,
    at: cuandoSeDecidio(primero),
    recibido: primero.resueltoAt !== null,
  }
}
const ladoQueQueda = ({ resolucion, datos }: AvisoDoc): unknown =>
  resolucion === 'queda' ? datos.dispositivoGanador : resolucion === 'restaurada' ? datos.dispositivo : null
const nombreDelQueQueda = ({ resolucion, datos }: AvisoDoc): string =>
  String((resolucion === 'queda' ? datos.quienGanador : resolucion === 'restaurada' ? datos.quien : '') ?? '')

/**
 * Takes a decision back: its avisos wait again, and each field that it wrote gets back the value that stood before. A field that somebody wrote after the
 * decision is left alone: their edit is newer than this doubt.
 */
export function alDeshacer({ documentoId, avisos }: Resuelto, documento: Documento | null): CambioDeDocumento[] {
  const cambios: Record<string, unknown> = {}
  for (const a of avisos) {
    const campo = String(a.datos.campo)
    if (!documento || a.resolucion === 'queda' || !a.resolucion) continue
    if (a.codigo === 'borrado_con_edicion') {
      if (escritoAntes(documento, 'borrado', a)) cambios.borrado = campo !== 'borrado'
    } else if (escritoAntes(documento, campo, a)) cambios[campo] = leerDato(campo, a.datos.valorGanador)
  }
  const propios = Object.entries(cambios).filter(([campo, valor]) =>
    campo === 'borrado' ? documento && estaBorrado(documento) !== valor : !iguales(documento?.[campo], valor),
  )
  const del: CambioDeDocumento[] =
    propios.length > 0
      ? [
          {
            coleccion: avisos.map(coleccionDe).find((cual) => cual !== null) ?? 'articulos',
            id: documentoId,
            cambios: Object.fromEntries(propios),
          },
        ]
      : []
  return [...del, ...avisos.map(({ id }): CambioDeDocumento => ({ coleccion: 'avisos', id, cambios: { resolucion: null } }))]
}

const escritoAntes = (documento: Documento, campo: string, a: AvisoDoc): boolean =>
  selloDe(documento, campo)[0] <= cuandoSeDecidio(a) + MISMA_DECISION_MS
