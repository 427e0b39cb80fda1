/** Starts the replica's worker from a page. A worker that does not load leaves comlink waiting for ever, so the start has a time limit of its own. */
import { proxy, type Remote, wrap } from 'comlink'
import type { App } from '../../schema/protocol/pull.ts'
import type { EstadoSync, ReplicaApi, Turno } from './api.ts'
import { deCambios } from './lista-viva.ts'
import type { Contestacion, Iniciar, Latido } from './saludo.ts'
import { alTerminar } from './suscripcion.ts'
import { type Obrero, vigilar } from './vigia.ts'
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

/**
 * The api of a worker that is watched (vigia.ts): one that dies later is started again, and what it had not answered is answered REPLICA_CAIDA.
 * @throws Error 'REPLICA_NO_ABRE: …' when the worker does not load, fails to start, or says nothing within 15 s
 */
export function conectarReplica(conexion: Conexion): Promise<ReplicaApi> {
  return vigilar(() => arrancar(conexion), {
    now: () => performance.now(),
    setTimeout: (fn, ms) => setTimeout(fn, ms),
    clearTimeout: (id) => clearTimeout(id as ReturnType<typeof setTimeout>),
  })
}

async function arrancar({
  app,
  nombre = app,
  versionApp = import.meta.env.VERSION_APP ?? '',
  direccion = (d) => d,
}: Conexion): Promise<Obrero> {
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
  return obreroDe(worker, port1)
}

function esperarContestacion(worker: Worker): Promise<void> {
  return new Promise((resolver, fallar) => {
    const noAbre = (detalle: string) => fallar(new Error(`REPLICA_NO_ABRE: ${detalle}`))
    const alarma = setTimeout(() => noAbre('the worker did not answer in time'), PLAZO_MS)
    worker.addEventListener('error', (evento) => noAbre(evento.message || 'the worker did not load'))
    worker.addEventListener('message', ({ data }: MessageEvent<Contestacion>) => {
      if (data?.replica !== 'lista' && data?.replica !== 'fallo') return
      clearTimeout(alarma)
      if (data.replica === 'lista') resolver()
      else noAbre(data.detalle)
    })
  })
}

function obreroDe(worker: Worker, puerto: MessagePort): Obrero {
  const esperados = new Map<number, () => void>()
  let n = 0
  worker.addEventListener('message', ({ data }: MessageEvent<Contestacion>) => {
    if (data?.replica !== 'vivo') return
    esperados.get(data.n)?.()
    esperados.delete(data.n)
  })
  return {
    api: deEsteLado(wrap<ReplicaApi>(puerto)),
    latir: () =>
      new Promise((resolver) => {
        const latido: Latido = { replica: 'latido', n: ++n }
        esperados.set(latido.n, resolver)
        worker.postMessage(latido)
      }),
    alFallar(avisar) {
      // An error nobody caught need not be the end of a worker; an answer that cannot be read is the end of its call.
      worker.addEventListener('error', () => avisar(false))
      worker.addEventListener('messageerror', () => avisar(true))
      puerto.addEventListener('messageerror', () => avisar(true))
    },
    terminar() {
      puerto.close()
      worker.terminate()
    },
  }
}

/** The worker's api as a plain object: callbacks cross as proxies. */
function deEsteLado(remota: Remote<ReplicaApi>): Required<ReplicaApi> {
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
    registrarCambioDeMonto: (cambio) => r.registrarCambioDeMonto(cambio),
    turnoDeCaja: () => r.turnoDeCaja(),
    turnosCerrados: (limite) => r.turnosCerrados(limite),
    abrirTurnoDeCaja: (fondo) => r.abrirTurnoDeCaja(fondo),
    cerrarTurnoDeCaja: (contado, nota) => r.cerrarTurnoDeCaja(contado, nota),
    guardarFoto: (archivo) => r.guardarFoto(archivo),
    foto: (hash) => r.foto(hash),
    fotosPendientes: () => r.fotosPendientes(),
    descartarFoto: (hash) => r.descartarFoto(hash),
    registrarAjuste: (ajuste) => r.registrarAjuste(ajuste),
    editar: (coleccion, id, cambios) => r.editar(coleccion, id, cambios),
    consultar: (consulta) => r.consultar(consulta),
    // The worker tells what changed (worker.ts).
    observar: (consulta, alCambiar) => r.observar(consulta, proxy(deCambios(alCambiar)) as never).then(alTerminar),
    estado: () => r.estado(),
    observarEstado: (alCambiar: (estado: EstadoSync) => void) => r.observarEstado(proxy(alCambiar)).then(alTerminar),
    pendientes: () => r.pendientes(),
    enviarApartados: () => r.enviarApartados(),
    exportarPendientes: () => r.exportarPendientes(),
    exportarEdicionesSinEntregar: () => r.exportarEdicionesSinEntregar(),
    descartarEdicionesSinEntregar: () => r.descartarEdicionesSinEntregar(),
    sincronizarAhora: () => r.sincronizarAhora(),
    alHacerseVisible: () => r.alHacerseVisible(),
    alOcultarse: () => r.alOcultarse(),
    alVolverLaRed: () => r.alVolverLaRed(),
    entrar: (correo, contrasena) => r.entrar(correo, contrasena),
    salirDeCuenta: () => r.salirDeCuenta(),
    pedir: (camino, opciones) => r.pedir(camino, opciones),
    personas: () => r.personas(),
    turno: () => r.turno(),
    observarTurno: (alCambiar: (turno: Turno | null) => void) => r.observarTurno(proxy(alCambiar)).then(alTerminar),
    finDeTurno: () => r.finDeTurno(),
    entrarEmpleado: (nick, pin) => r.entrarEmpleado(nick, pin),
    entrarCuenta: (correo, contrasena) => r.entrarCuenta(correo, contrasena),
    cotejoDeAlta: (token) => r.cotejoDeAlta(token),
    cambiarMiPin: (pinActual, pin) => r.cambiarMiPin(pinActual, pin),
    salirDelTurno: () => r.salirDelTurno(),
    leerTarjeta: (texto) => r.leerTarjeta(texto),
    marcarEntendido: (hechoId, si) => r.marcarEntendido(hechoId, si),
    ticket: (hechoId) => r.ticket(hechoId),
    validarCanje: (texto) => r.validarCanje(texto),
    confirmarCanje: (texto) => r.confirmarCanje(texto),
    canjesDados: () => r.canjesDados(),
    arriendoDeCanjes: (accion) => r.arriendoDeCanjes(accion),
    cupones: (de) => r.cupones(de),
    cuponPorCodigo: (codigo, de) => r.cuponPorCodigo(codigo, de),
    consultarCupon: (uso) => r.consultarCupon(uso),
    observarCatalogo: (consulta, alCambiar) => r.observarCatalogo(consulta, proxy(alCambiar)).then(alTerminar),
    buscar: (texto, limite) => r.buscar(texto, limite),
    editarVarios: (cambios) => r.editarVarios(cambios),
    edicionesPendientes: () => r.edicionesPendientes(),
    descartarEdicion: (coleccion, id) => r.descartarEdicion(coleccion, id),
    prepararImportacion: (texto, alAvanzar) => r.prepararImportacion(texto, proxy(alAvanzar)),
    importar: (planId, alAvanzar) => r.importar(planId, proxy(alAvanzar)),
    cancelarImportacion: () => r.cancelarImportacion(),
    exportarCatalogo: (consulta) => r.exportarCatalogo(consulta),
    exportarMalos: (planId, idioma) => r.exportarMalos(planId, idioma),
    guardarImagen: (archivo) => r.guardarImagen(archivo),
    imagenLocal: (hash) => r.imagenLocal(hash),
    cerrar: () => r.cerrar(),
  }
}
