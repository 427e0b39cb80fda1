/** The only place that names every module with routes, and the judges this release brings. */
import { JUECES } from '../schema/registry.ts'
import { montarAuth } from './auth/rutas.ts'
import type { Deps } from './context.ts'
import { montarDispositivos } from './domain/dispositivos/rutas.ts'
import type { App } from './http/entorno.ts'

export const jueces = JUECES

/** Mounts what answers under /api. */
export const MODULOS: ((app: App, deps: Deps) => void)[] = [montarAuth, montarDispositivos]
