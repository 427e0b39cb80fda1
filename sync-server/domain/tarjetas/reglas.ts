/** CARD-19. The part of ConfiguracionApp that a card shows by, as the wire has it. */
import type { z } from 'zod'
import { configuracion } from '../../../schema/domain/configuracion/configuracion.ts'
import { CONFIGURACION_POR_DEFECTO } from '../../../schema/domain/configuracion-app/configuracion-app.ts'
import { reglasDeLaPlataforma } from '../../../schema/domain/configuracion-app/reglas.ts'

export const reglasParaTarjetas = configuracion.pick({ umbrales: true, multiplicadoresPct: true, vidaQrSegundos: true }).required()
export const EJEMPLO_DE_REGLAS: z.infer<typeof reglasParaTarjetas> = reglasDeLaPlataforma(CONFIGURACION_POR_DEFECTO)
