/**
 * Entry of the replica's worker. Order matters: the clock guard is in place before RxDB is loaded, hence the dynamic imports. A page that hears neither
 * 'lista' nor 'fallo' in time gives up (conectar.ts).
 */
import './sin-eval.ts'
import { expose } from 'comlink'
import { CANAL_DE_RED } from '../../schema/core/canal-de-red.ts'
import type { App, Documento } from '../../schema/protocol/pull.ts'
import type { CrearAparato } from './aparato.ts'
import type { ReplicaApi } from './api.ts'
import { instalarGuardia } from './guardia-de-reloj.ts'
import { type Cambio, enCambios } from './lista-viva.ts'
import { crearNotas } from './notas-navegador.ts'
import type { crearNucleo } from './nucleo.ts'
import type { Puertos } from './puertos.ts'
import type { puertosDelNavegador } from './puertos-navegador.ts'
import type { Contestacion, Iniciar, Latido } from './saludo.ts'
import { conFin } from './suscripcion.ts'

const ambito = self as unknown as DedicatedWorkerGlobalScope

async function iniciar({ app, nombre, versionApp, puerto }: Iniciar): Promise<void> {
  const notas = crearNotas(nombre)
  const now = await instalarGuardia(notas)
  const { crearNucleo, puertosDelNavegador, crearAparato, puertos } = await partesDe(app, nombre)
  const comunes = puertosDelNavegador({ app, nombre, base: ambito.location.origin, versionApp }, notas, now)
  const replica = crearNucleo({ ...comunes, ...puertos }, crearAparato)
  ambito.addEventListener('online', () => void replica.alVolverLaRed?.())
  new BroadcastChannel(CANAL_DE_RED).addEventListener('message', () => void replica.alVolverLaRed?.())
  expose(paraComlink(replica), puerto)
}

interface Partes {
  crearNucleo: typeof crearNucleo
  puertosDelNavegador: typeof puertosDelNavegador
  crearAparato: CrearAparato | null
  puertos?: Partial<Puertos>
}
/** A card is no enrolled device and a till edits no catálogo; the builds of both have none of that code either (PWA-04, vite.config.ts). */
async function partesDe(app: App, nombre: string): Promise<Partes> {
  if (import.meta.env.SIN_APARATO) return { ...(await deTodas()), crearAparato: null }
  if (import.meta.env.SIN_ESTUDIO) return deCaja(nombre)
  if (app === 'cardya') return { ...(await deTodas()), crearAparato: null }
  if (app === 'scanya') return deCaja(nombre)
  const [comunes, { crearAparatoDeStudio }, { puertosDeStudio }] = await Promise.all([
    deTodas(),
    import('./aparato-studio.ts'),
    import('./puertos-de-studio.ts'),
  ])
  return { ...comunes, crearAparato: crearAparatoDeStudio, puertos: puertosDeStudio(nombre) }
}

async function deCaja(nombre: string): Promise<Partes> {
  const { puertosDeCaja, ...caja } = await import('./caja.ts')
  return { ...caja, puertos: puertosDeCaja(nombre) }
}

async function deTodas(): Promise<Pick<Partes, 'crearNucleo' | 'puertosDelNavegador'>> {
  const [{ crearNucleo }, { puertosDelNavegador }] = await Promise.all([import('./nucleo.ts'), import('./puertos-navegador.ts')])
  return { crearNucleo, puertosDelNavegador }
}

const paraComlink = (replica: ReplicaApi): ReplicaApi => ({
  ...replica,
  ...(replica.observarCatalogo
    ? { observarCatalogo: async (consulta, alCambiar) => conFin(alCambiar, await replica.observarCatalogo!(consulta, alCambiar)) }
    : {}),
  ...(replica.observarTurno ? { observarTurno: async (alCambiar) => conFin(alCambiar, await replica.observarTurno!(alCambiar)) } : {}),
  // A function of the page's: it takes what changed (conectar.ts).
  observar: async (consulta, alCambiar) =>
    conFin(alCambiar, await replica.observar(consulta, enCambios(alCambiar as unknown as (cambio: Cambio<Documento>) => void))),
  observarEstado: async (alCambiar) => conFin(alCambiar, await replica.observarEstado(alCambiar)),
})

const contestar = (contestacion: Contestacion) => ambito.postMessage(contestacion)

ambito.addEventListener('message', ({ data }: MessageEvent<Partial<Iniciar> | Latido>) => {
  if (data?.replica === 'latido') return contestar({ replica: 'vivo', n: data.n })
  if (data?.replica !== 'iniciar') return
  iniciar(data as Iniciar).then(
    () => contestar({ replica: 'lista' }),
    (error: unknown) => contestar({ replica: 'fallo', detalle: String(error) }),
  )
})
