/** What a merchant maintains and two people may change: an entity, its fields, and the stamps that let edits meet (R7, R8, R9). */
import { z } from 'zod'
import { instante } from '../domain/hechos/sobre.ts'

export const sello = z.tuple([instante, z.string().min(1).max(80)])

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
  const sellos = z.record(z.string(), sello).refine((dados) => Object.keys(dados).every((campo) => conocidos.has(campo)))
  return { ...definicion, schema: definicion.schema.extend({ borrado: z.boolean(), sellos }) }
}

/** An editable of any shape, as the registry lists them. */
export interface Editable {
  tabla: string
  schema: z.ZodObject
  campos: readonly string[]
}
