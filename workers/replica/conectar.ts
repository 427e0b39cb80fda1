/** Starts the replica's worker from a page. A worker that does not load leaves comlink waiting for ever, so the start has a time limit of its own. */
import { proxy, type Remote, wrap } from 'comlink'
import type { App } from '../../schema/protocol/pull.ts'
import type { EstadoSync, ReplicaApi } from './api.ts'
import type { Contestacion, Iniciar } from './saludo.ts'
import direccionDelWorker from './worker.ts?worker&url'

const PLAZO_MS = 15_000

export interface Conexion {
  app: App
  /** Distinguishes databases of one origin; the app's name unless given. */
  nombre?: string
  versionApp?: string
  /** Passes the worker's address through the page's Trusted Types policy. */
  direccion?: (direccion: string) => string
}

/** @throws Error 'REPLICA_NO_ABRE: …' when the worker does not load, fails to start, or says nothing within 15 s */
export async function conectarReplica({ app, nombre = app, versionApp = '', direccion = (d) => d }: Conexion): Promise<ReplicaApi> {
  const worker = new Worker(direccion(direccionDelWorker), { type: 'module', name: `replica-${nombre}` })
  const { port1, port2 } = new MessageChannel()
  try {
    const lista = esperarContestacion(worker)
    const saludo: Iniciar = { replica: 'iniciar', app, nombre, versionApp, puerto: port2 }
    worker.postMessage(saludo, [port2])
    await lista
  } catch (error) {
    worker.terminate()
    throw error
  }
  return deEsteLado(wrap<ReplicaApi>(port1), () => worker.terminate())
}

function esperarContestacion(worker: Worker): Promise<void> {
  return new Promise((resolver, fallar) => {
    const noAbre = (detalle: string) => fallar(new Error(`REPLICA_NO_ABRE: ${detalle}`))
    const alarma = setTimeout(() => noAbre('the worker did not answer in time'), PLAZO_MS)
    worker.addEventListener('error', (evento) => noAbre(evento.message || 'the worker did not load'))
    worker.addEventListener('message', ({ data }: MessageEvent<Contestacion>) => {
      if (data?.replica === undefined) return
      clearTimeout(alarma)
      if (data.replica === 'lista') resolver()
      else noAbre(data.detalle)
    })
  })
}

/** The api as a plain object: callbacks cross as proxies, and closing ends the worker. */
function deEsteLado(remota: Remote<ReplicaApi>, terminar: () => void): ReplicaApi {
  const r = remota as unknown as Required<ReplicaApi>
  return {
    abrir: () => r.abrir(),
    async darDeAlta(token, modelo) {
      const alta = await r.darDeAlta(token, modelo)
      // Asked at enrolment: an evicted store would take the journal with it.
      if (alta.ok) await navigator.storage?.persist?.().catch(() => false)
      return alta
    },
    registrarVenta: (venta) => r.registrarVenta(venta),
    registrarReembolso: (reembolso) => r.registrarReembolso(reembolso),
    registrarAnulacion: (anulacion) => r.registrarAnulacion(anulacion),
    registrarAjuste: (ajuste) => r.registrarAjuste(ajuste),
    editar: (coleccion, id, cambios) => r.editar(coleccion, id, cambios),
    consultar: (consulta) => r.consultar(consulta),
    observar: (consulta, alCambiar) => r.observar(consulta, proxy(alCambiar)).then(alTerminar),
    estado: () => r.estado(),
    observarEstado: (alCambiar: (estado: EstadoSync) => void) => r.observarEstado(proxy(alCambiar)).then(alTerminar),
    pendientes: () => r.pendientes(),
    exportarPendientes: () => r.exportarPendientes(),
    exportarEdicionesSinEntregar: () => r.exportarEdicionesSinEntregar(),
    descartarEdicionesSinEntregar: () => r.descartarEdicionesSinEntregar(),
    sincronizarAhora: () => r.sincronizarAhora(),
    alHacerseVisible: () => r.alHacerseVisible(),
    alVolverLaRed: () => r.alVolverLaRed(),
    entrar: (correo, contrasena) => r.entrar(correo, contrasena),
    async cerrar() {
      await r.cerrar()
      terminar()
    },
  }
}
const alTerminar = (dejar: () => void) => () => void dejar()
