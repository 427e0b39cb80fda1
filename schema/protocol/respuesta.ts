import { z } from 'zod'

/**
 * Every HTTP answer: `{ success, data, message }`; an error adds `code`, `requestId` and, where one field is at fault, `campo`; one that ends by itself
 * says when, in `esperaMs`.
 */
export const respuestaDe = <T extends z.ZodType>(data: T) => z.object({ success: z.literal(true), data, message: z.string() })

export const respuestaError = z.object({
  success: z.literal(false),
  data: z.null(),
  message: z.string(),
  code: z.string(),
  requestId: z.string(),
  campo: z.string().optional(),
  esperaMs: z.number().int().optional(),
})
export type RespuestaError = z.infer<typeof respuestaError>
