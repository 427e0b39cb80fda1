/**
 * What RxDB indexes of each collection. Documents are loose: a field that no schema names is kept and given back. Every indexed field is
 * present and not null in every document (design 07: otherwise the document is silently invisible), so `llenar` gives the missing ones a value.
 *
 * Pull-only collections may change here at will (they are dropped and pulled again); `diario` and `ediciones` never: they hold what exists nowhere else.
 */
import type { RxJsonSchema } from 'rxdb'
import { type App, COLECCIONES, type Coleccion } from '../../schema/protocol/pull.ts'

/** A document as the replica handles it: the wire's fields plus what this device adds. */
export type Fila = { id: string } & Record<string, unknown>
/** `ediciones` is this device's own: edits not yet acknowledged. */
export type ColeccionLocal = Coleccion | 'ediciones'

interface Forma {
  texto?: string[]
  entero?: string[]
  indices: (string | string[])[]
}

const FORMAS: Record<ColeccionLocal, Forma> = {
  diario: {
    texto: ['cadenaId', 'estado', 'usoQr', 'tipo'],
    entero: ['seq', 'wall', 'folioNumero'],
    indices: [['estado', 'cadenaId', 'seq'], 'usoQr'],
  },
  ediciones: { texto: ['coleccion', 'docId', 'estado'], indices: [] },
  veredictos: { texto: ['estado'], entero: ['effAt', 'inverso'], indices: ['effAt', 'inverso', ['estado', 'effAt']] },
  transacciones: { texto: ['estado'], entero: ['effAt', 'inverso'], indices: ['effAt', 'inverso'] },
  clientes: { texto: ['cardId'], entero: ['ultimaVisitaAt', 'inverso'], indices: ['cardId', 'ultimaVisitaAt', 'inverso'] },
  articulos: { texto: ['nombre', 'categoria'], indices: ['nombre', 'categoria'] },
  avisos: { entero: ['creadoAt', 'inverso'], indices: ['creadoAt', 'inverso'] },
  canjes: { texto: ['estado'], entero: ['creadoAt', 'inverso'], indices: ['creadoAt', 'inverso'] },
  cupones: { texto: ['codigo'], indices: ['codigo'] },
  cuponUsuarios: { texto: ['usuarioId'], indices: ['usuarioId'] },
  recompensas: { texto: ['nombre'], indices: ['nombre'] },
  config: { indices: [] },
  mias: { texto: ['tipo'], indices: ['tipo'] },
}

/** The instant each collection is listed by, newest first. RxDB never uses an index for `desc`, so its inverse is stored beside it. */
export const CAMPO_DE_TIEMPO: Partial<Record<ColeccionLocal, string>> = {
  veredictos: 'effAt',
  transacciones: 'effAt',
  clientes: 'ultimaVisitaAt',
  canjes: 'creadoAt',
  avisos: 'creadoAt',
}
/** Longest text of an indexed field. Storages pad to it, so it is no larger than needed. */
const LARGO: Record<string, number> = { estado: 20, cadenaId: 36, tipo: 40, usoQr: 80, nombre: 200, cardId: 16 }
const LARGO_DE_TEXTO = 100
const ENTERO_MAXIMO = 8_640_000_000_000_000
export const inversoDe = (instante: number): number => ENTERO_MAXIMO - Math.min(Math.max(0, Math.floor(instante)), ENTERO_MAXIMO)

export const coleccionesDe = (app: App): ColeccionLocal[] => (app === 'studio' ? [...COLECCIONES[app], 'ediciones'] : [...COLECCIONES[app]])
export const esColeccionDe = (app: App, nombre: string): nombre is Coleccion => (COLECCIONES[app] as readonly string[]).includes(nombre)

export function esquemaDe(coleccion: ColeccionLocal): RxJsonSchema<Fila> {
  const { texto = [], entero = [], indices } = FORMAS[coleccion]
  const properties: Record<string, object> = { id: { type: 'string', maxLength: LARGO_DE_TEXTO } }
  for (const campo of texto) properties[campo] = { type: 'string', maxLength: LARGO[campo] ?? LARGO_DE_TEXTO }
  for (const campo of entero) properties[campo] = { type: 'number', minimum: 0, maximum: ENTERO_MAXIMO, multipleOf: 1 }
  return {
    version: 0,
    type: 'object',
    primaryKey: 'id',
    properties,
    required: ['id', ...texto, ...entero],
    indexes: indices,
  } as unknown as RxJsonSchema<Fila>
}

/** The document with a value in every indexed field, and the inverse of its instant. */
export const llenar = (coleccion: ColeccionLocal, fila: Fila): Fila => completar(coleccion, { ...fila })

/** The same done to the document itself. */
export function completar(coleccion: ColeccionLocal, lleno: Fila): Fila {
  const { texto = [], entero = [] } = FORMAS[coleccion]
  for (const campo of texto) if (typeof lleno[campo] !== 'string') lleno[campo] = ''
  for (const campo of entero) if (typeof lleno[campo] !== 'number') lleno[campo] = 0
  const tiempo = CAMPO_DE_TIEMPO[coleccion]
  if (tiempo) lleno.inverso = inversoDe(Number(lleno[tiempo]))
  return lleno
}
