/** The server as a function from request to answer. It starts nothing: no port, no job, no clock of its own. */
import { OpenAPIHono } from '@hono/zod-openapi'
import type { MiddlewareHandler } from 'hono'
import { Rechazo } from '../schema/core/rechazo.ts'
import type { Deps } from './context.ts'
import { comprimir, descomprimir } from './http/compresion.ts'
import { montarDocs } from './http/docs.ts'
import type { App, Entorno } from './http/entorno.ts'
import { alFallar, responderError } from './http/errores.ts'
import { montarEstaticos } from './http/estaticos.ts'
import { crearMetricas, type Metricas } from './http/metricas.ts'
import { montarMetricasDeSync } from './http/metricas-sync.ts'
import { montarOpenapi } from './http/openapi.ts'
import { peticion } from './http/peticion.ts'
import { protocoloVigente } from './http/protocolo.ts'
import { montarSalud } from './http/salud.ts'
import { cabeceras, cuerpoMaximo, limiteDeCuerpo, mismoOrigen, soloJson } from './http/seguridad.ts'
import { MODULOS } from './registry.ts'

export interface OpcionesDeApp {
  metricas?: Metricas
  /** Before everything else, also before a request is logged: the demo's network switch. */
  antes?: MiddlewareHandler<Entorno>
  /** More routes, before the client's files: the demo world's. */
  montar?: (app: App) => void
}

export function createApp(deps: Deps, opciones: OpcionesDeApp = {}): App {
  const metricas = opciones.metricas ?? crearMetricas()
  montarMetricasDeSync(deps, metricas.registro)
  const app = new OpenAPIHono<Entorno>()
  app.onError(alFallar(deps))
  app.notFound((c) => responderError(c, new Rechazo('NO_ENCONTRADO')))
  if (opciones.antes) app.use(opciones.antes)
  app.use(
    peticion(deps, metricas),
    cabeceras(deps.env),
    comprimir,
    mismoOrigen(deps.env),
    limiteDeCuerpo,
    descomprimir(cuerpoMaximo),
    soloJson,
  )
  app.use('/sync/*', protocoloVigente)
  montarSalud(app, deps, metricas)
  for (const montar of MODULOS) montar(app, deps)
  opciones.montar?.(app)
  montarDocs(app)
  montarOpenapi(app)
  montarEstaticos(app, deps.env)
  return app
}
