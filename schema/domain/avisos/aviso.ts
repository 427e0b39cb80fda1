/**
 * The inbox as something two people may decide at once: what the server writes of an aviso never changes, only its `resolucion` does, and that one
 * is merged like any field. So a decision works with no network, is taken back by deciding anew, and of two the later one stays.
 */
import { z } from 'zod'
import { defineEditable } from '../../merge/editable.ts'

/**
 * `queda`: the winning value was right. `restaurada`: the lost value was written again. `editada`: a third one was. `atendida`: a task or an alert that a
 * person saw to. Back to null: it waits again.
 */
export const RESOLUCIONES = ['queda', 'restaurada', 'editada', 'atendida'] as const
export type Resolucion = (typeof RESOLUCIONES)[number]

export const avisos = defineEditable({
  tabla: 'avisos',
  schema: z.object({ id: z.string().min(1).max(300), resolucion: z.enum(RESOLUCIONES).nullable() }),
  campos: ['resolucion'],
})
