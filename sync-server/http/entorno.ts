/** What a request carries through the middlewares, and what every module that mounts routes is given. */
import type { OpenAPIHono } from '@hono/zod-openapi'
import type { Idioma } from '../../schema/core/textos-de-codigo.ts'
import type { PermisosScanYA } from '../../schema/domain/empleados/permisos.ts'
import type { Sesion } from '../context.ts'
import type { Mostrador } from '../domain/scanya/mostrador.ts'

/** What an account may do in the negocio of the path. `sucursalId` is set for a gerente: that one only. */
export interface Papel {
  papel: 'dueno' | 'gerente'
  sucursalId: string | null
  /** What the dueño left a gerente of the counter (SCAN-05); null: all of it. */
  permisos: PermisosScanYA | null
}

export interface Entorno {
  Variables: {
    requestId: string
    idioma: Idioma
    /** Set by requiereSesion and requiereDispositivo. */
    sesion: Sesion
    /** Set by requierePapel. */
    papel: Papel
    /** Set by requiereDispositivo. */
    dispositivo: Extract<Sesion, { clase: 'dispositivo' }>
    /** Set by enMostrador. */
    mostrador: Mostrador
  }
}

export type App = OpenAPIHono<Entorno>
