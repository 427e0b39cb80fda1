/** What a merchant maintains and two people may change: an entity, its fields, and the stamps that let edits meet (R7, R8, R9). */
import { z } from 'zod'
import { ULTIMO_INSTANTE } from '../domain/hechos/sobre.ts'
import type { Sello } from './campos.ts'

/** By hand: an artículo has a dozen of them, and schemas of schemas cost more than the rest of it. */
function esSello(valor: unknown): valor is Sello {
  if (!Array.isArray(valor) || valor.length !== 2) return false
  const [effAt, dispositivo] = valor
  const esInstante = Number.isSafeInteger(effAt) && effAt >= 0 && effAt <= ULTIMO_INSTANTE
  return esInstante && typeof dispositivo === 'string' && dispositivo.length >= 1 && dispositivo.length <= 80
}

function sonSellos(valor: unknown, conocidos: ReadonlySet<string>): boolean {
  if (typeof valor !== 'object' || valor === null || Array.isArray(valor)) return false
  return Object.entries(valor).every(([campo, suyo]) => conocidos.has(campo) && esSello(suyo))
}

/**
 * Declares an editable. `campos` are the fields that merge one by one; anything else in `schema` (the id) never changes. The resulting `schema` is
 * the document of the wire: the fields, `borrado`, and `sellos` for those fields only, so that no foreign stamp keeps a deleted document alive.
 */
export function defineEditable<F extends z.ZodRawShape>(definicion: {
  tabla: string
  schema: z.ZodObject<F>
  campos: readonly (keyof F & string)[]
}) {
  const conocidos = new Set<string>([...definicion.campos, 'borrado'])
  const sellos = z.custom<Record<string, Sello>>((dados) => sonSellos(dados, conocidos))
  return { ...definicion, schema: definicion.schema.extend({ borrado: z.boolean(), sellos }) }
}

/** An editable of any shape, as the registry lists them. */
export interface Editable {
  tabla: string
  schema: z.ZodObject
  campos: readonly string[]
}
