/** What the Panel asks of ConfiguracionApp (superadmin only; ADM-17, 36, 39). */
import { z } from 'zod'
import { contenidoDeConfiguracionApp } from '../domain/configuracion-app/configuracion-app.ts'
import { UMBRAL_MAXIMO } from '../domain/configuracion-app/rangos.ts'
import { instante } from '../domain/hechos/sobre.ts'

/** How many of the last versions are told. */
export const VERSIONES_CONTADAS = 30

export const versionPublicada = z.object({
  version: z.number().int().min(1),
  contenido: contenidoDeConfiguracionApp,
  motivo: z.string(),
  publicadaAt: instante,
  /** Name of the account; empty when it was erased. */
  publicadaPor: z.string(),
})
export type VersionPublicada = z.infer<typeof versionPublicada>

/** `GET /api/admin/configuracion`. Version 0: nobody published one, these are the numbers it comes with. */
export const respuestaConfiguracionApp = z.object({
  hora: instante,
  version: z.number().int().min(0),
  contenido: contenidoDeConfiguracionApp,
  /** Newest first. */
  historial: z.array(versionPublicada),
  /** How far the version in force has reached: negocios whose rules follow it. */
  negocios: z.number().int(),
  alDia: z.number().int(),
})
export type RespuestaConfiguracionApp = z.infer<typeof respuestaConfiguracionApp>

/** `PUT /api/admin/configuracion`. `version`: the one it was made from; another one in force meanwhile is CONFIGURACION_CAMBIO. */
export const pedidoDeConfiguracionApp = z.object({
  version: z.number().int().min(0),
  contenido: contenidoDeConfiguracionApp,
  motivo: z.string().trim().min(1).max(300),
})
export type PedidoDeConfiguracionApp = z.infer<typeof pedidoDeConfiguracionApp>

const umbral = z.coerce.number().int().min(1).max(UMBRAL_MAXIMO)
/** `GET /api/admin/configuracion/efecto?plata=&oro=`: how many shoppers would rise at once by these thresholds; nobody ever falls (CARD-20). */
export const consultaDeEfecto = z.object({ plata: umbral, oro: umbral })
export const respuestaDeEfecto = z.object({ hora: instante, suben: z.object({ plata: z.number().int(), oro: z.number().int() }) })
export type RespuestaDeEfecto = z.infer<typeof respuestaDeEfecto>
