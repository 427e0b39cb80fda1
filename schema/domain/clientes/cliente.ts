/** PTS-15. A usuario with at least one sale in a negocio: the only bridge from a tenant to a person. Made by judging a venta. */
import { z } from 'zod'
import { NIVELES } from '../configuracion/configuracion.ts'
import type { Cliente } from '../hechos/libro.ts'
import { instante, uuid } from '../hechos/sobre.ts'

export const cardId = z.string().regex(/^[0-9a-f]{16}$/)

export const cliente = z.object({
  usuarioId: uuid,
  cardId,
  alias: z.string().min(1).max(120),
  nivelUltimaVisita: z.enum(NIVELES),
  visitas: z.number().int().min(0),
  gastadoCentavos: z.number().int().min(0),
  primeraVisitaAt: instante,
  ultimaVisitaAt: instante,
}) satisfies z.ZodType<Cliente>

/** A card no till knows: `Cliente nuevo · ••4821 · Plata` is normal, not an error. */
export const aliasDeTarjeta = (numero: string): string => `Cliente nuevo · ••${numero.slice(-4)}`
