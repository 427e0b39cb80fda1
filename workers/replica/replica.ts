/** The replica whole, where nothing is downloaded: the simulation and the tests. The browser's worker (worker.ts) loads its parts by the app. */
import { crearAparato } from './aparato.ts'
import { crearAparatoDeStudio } from './aparato-studio.ts'
import type { ReplicaApi } from './api.ts'
import { crearNucleo } from './nucleo.ts'
import type { Puertos } from './puertos.ts'

const APARATOS = { cardya: null, scanya: crearAparato, studio: crearAparatoDeStudio }

export const crearReplica = (puertos: Puertos): ReplicaApi => crearNucleo(puertos, APARATOS[puertos.app])
