/** The person behind an account and a card (CARD-28). Phone, e-mail and birthdate never enter a till. */
import { z } from 'zod'
import { NIVELES } from '../configuracion/configuracion.ts'
import { uuid } from '../hechos/sobre.ts'

export const LARGO_MINIMO_DE_CONTRASENA = 10

/** ASCII before it is folded: the Kelvin sign in lower case is a k, and one correo must not be written two ways. */
export const correo = z
  .string()
  .max(254)
  .transform((dado) => dado.trim())
  .pipe(z.string().regex(/^[\x21-\x7e]*$/))
  .transform((dado) => dado.toLowerCase())
  .pipe(z.email())
export const contrasena = z.string().min(LARGO_MINIMO_DE_CONTRASENA).max(200)

export const usuario = z.object({
  id: uuid,
  correo,
  nombre: z.string().min(1).max(100),
  apellidos: z.string().max(100),
  /** Settled points of every negocio; never falls. */
  puntosLifetime: z.number().int().min(0),
  nivelCardya: z.enum(NIVELES),
})
export type Usuario = z.infer<typeof usuario>

/** What a counter may show of a person: `Ana L.`; without a name, `Cliente nuevo`. */
export function aliasDe(nombre: string, apellidos: string): string {
  const [primero = ''] = nombre.trim().split(/\s+/)
  const inicial = [...apellidos.trim()][0]
  if (!primero) return 'Cliente nuevo'
  return inicial ? `${primero} ${inicial.toUpperCase()}.` : primero
}
