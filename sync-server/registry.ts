/** The only place that names every module with routes, and the judges this release brings. */
import { JUECES } from '../schema/registry.ts'
import { montarAuth } from './auth/rutas.ts'
import type { Deps } from './context.ts'
import { montarArticulos } from './domain/articulos/rutas.ts'
import { montarCanjesDeCardya } from './domain/canjes/rutas-de-cardya.ts'
import { montarCanjesDeScanya } from './domain/canjes/rutas-de-scanya.ts'
import { montarConfiguracionApp } from './domain/configuracion-app/rutas.ts'
import { montarConfiguraciones } from './domain/configuraciones/rutas.ts'
import { montarCupones } from './domain/cupones/rutas.ts'
import { montarCuponesDeCardya } from './domain/cupones/rutas-de-cardya.ts'
import { montarDispositivos } from './domain/dispositivos/rutas.ts'
import { montarEmpleados } from './domain/empleados/rutas.ts'
import { montarEvidencias } from './domain/evidencias/rutas.ts'
import { montarImagenes } from './domain/imagenes/rutas.ts'
import { montarNegocios } from './domain/negocios/rutas.ts'
import { montarNotificaciones } from './domain/notificaciones/rutas.ts'
import { montarPlataforma } from './domain/plataforma/rutas.ts'
import { montarReclamos } from './domain/reclamos/rutas.ts'
import { montarRevision } from './domain/revision/rutas.ts'
import { montarScanya } from './domain/scanya/rutas.ts'
import { montarTarjetas } from './domain/tarjetas/rutas.ts'
import { montarCardya } from './domain/tarjetas/rutas-de-cardya.ts'
import { montarTransacciones } from './domain/transacciones/rutas.ts'
import type { App } from './http/entorno.ts'
import { montarSync } from './sync/routes.ts'
import { montarShapes } from './sync/shapes/rutas.ts'

export const jueces = JUECES

/** Mounts what answers under /api, /sync and /v1. */
export const MODULOS: ((app: App, deps: Deps) => void)[] = [
  montarAuth,
  montarNegocios,
  montarArticulos,
  montarDispositivos,
  montarConfiguraciones,
  montarConfiguracionApp,
  montarEmpleados,
  montarEvidencias,
  montarImagenes,
  montarScanya,
  montarCupones,
  montarCuponesDeCardya,
  montarReclamos,
  montarCanjesDeScanya,
  montarPlataforma,
  montarRevision,
  montarTarjetas,
  montarCardya,
  montarCanjesDeCardya,
  montarNotificaciones,
  montarTransacciones,
  montarSync,
  montarShapes,
]
