/**
 * Stands between the page and the replica's worker, because a worker that dies says nothing and leaves every call of comlink waiting for ever.
 *
 *     vivo ──no sign of life, a message lost, a write without an answer──► muerto ──► started again ──► vivo
 *                                                                            └── again within a minute, or it does not start ──► caido
 *
 * Calls that were open at the death answer REPLICA_CAIDA, after the new worker is there: a sale among them was neither confirmed nor refused, and the
 * list shows which. What is watched is watched again through the new worker.
 */
import type { EstadoSync, ReplicaApi, Respuesta } from './api.ts'

/** A started worker. */
export interface Obrero {
  api: Required<ReplicaApi>
  /** Asks for a sign of life; resolves when it comes. */
  latir(): Promise<void>
  /** `cierto`: an answer was lost for good. Otherwise an error that a living worker may have survived. */
  alFallar(avisar: (cierto: boolean) => void): void
  terminar(): void
}
export interface RelojDelVigia {
  now(): number
  setTimeout(fn: () => void, ms: number): unknown
  clearTimeout(id: unknown): void
}

/** Between two signs of life, ms. */
export const LATIDO_MS = 15_000
/** A call open for so long makes one ask for a sign of life at once. */
export const DUDA_MS = 2_000
/** A sign of life may take so long, this many times: a machine that slept misses one. */
export const PACIENCIA_MS = 4_000
const FALTAS = 2
/** A write that a living worker has not answered by then never will be. */
export const PLAZO_DE_ESCRITURA_MS = 30_000
/** More of it for a write that asks the server first: it may need a new session, and each answer is waited for (http.ts). */
export const PLAZO_CON_RED_MS = 150_000
/** More of it for each change of a write of many. */
const PLAZO_POR_CAMBIO_MS = 10
/** After the first restart: a worker that dies sooner than this after its start is not started again. */
export const VIDA_MINIMA_MS = 60_000

const CAIDA = { ok: false, codigo: 'REPLICA_CAIDA' } as const
const SIN_NOTICIAS: EstadoSync = {
  fase: 'reiniciando',
  lider: true,
  pendientes: 0,
  masAntiguoAt: null,
  ultimoIntercambioAt: null,
  atencion: 0,
  almacen: null,
  offsetMs: 0,
  relojSospechoso: false,
  licenciaVenceAt: null,
  edicionesSinEntregar: 0,
  entendidos: [],
}

interface Vida {
  obrero: Obrero
  desde: number
  muerta: boolean
  sondeando: boolean
  /** Ends of the calls it has not answered. */
  abiertas: Set<() => void>
}
interface Suscripcion {
  abrir: (api: ReplicaApi) => Promise<() => void>
  dejar: () => void
  viva: boolean
}

/** The first start fails as `arrancar` does; after it the answers of this api never hang. */
export async function vigilar(arrancar: () => Promise<Obrero>, reloj: RelojDelVigia): Promise<ReplicaApi> {
  const suscripciones = new Set<Suscripcion>()
  const observadores = new Set<(estado: EstadoSync) => void>()
  let ultimo = SIN_NOTICIAS
  let cerrada = false
  let primera = true
  let latido: unknown
  /** The worker that lives now, or will when this settles; null: none any more. */
  let actual: Promise<Vida | null> = nacer(await arrancar())

  async function nacer(obrero: Obrero): Promise<Vida> {
    const vida: Vida = { obrero, desde: reloj.now(), muerta: false, sondeando: false, abiertas: new Set() }
    obrero.alFallar((cierto) => (cierto ? morir(vida) : void sondear(vida)))
    vigilarPulso(vida)
    return vida
  }
  function vigilarPulso(vida: Vida): void {
    latido = reloj.setTimeout(() => {
      if (vida.muerta || cerrada) return
      void sondear(vida).then(() => vigilarPulso(vida))
    }, LATIDO_MS)
  }
  async function sondear(vida: Vida): Promise<void> {
    if (vida.sondeando || vida.muerta || cerrada) return
    vida.sondeando = true
    let responde = false
    for (let vez = 0; vez < FALTAS && !responde; vez++) responde = await respondeA(vida)
    vida.sondeando = false
    if (!responde) morir(vida)
  }
  function respondeA(vida: Vida): Promise<boolean> {
    return new Promise((resolver) => {
      const alarma = reloj.setTimeout(() => resolver(false), PACIENCIA_MS)
      void vida.obrero.latir().then(() => {
        reloj.clearTimeout(alarma)
        resolver(true)
      })
    })
  }

  function morir(vida: Vida): void {
    if (vida.muerta || cerrada) return
    vida.muerta = true
    reloj.clearTimeout(latido)
    vida.obrero.terminar()
    const otraVez = primera || reloj.now() - vida.desde >= VIDA_MINIMA_MS
    primera = false
    decir(otraVez ? 'reiniciando' : 'caida')
    actual = otraVez ? renacer() : Promise.resolve(null)
    void actual.then(() => {
      for (const cerrar of vida.abiertas) cerrar()
    })
  }
  async function renacer(): Promise<Vida | null> {
    try {
      const vida = await nacer(await arrancar())
      for (const suscripcion of suscripciones) void enlazar(suscripcion, vida).catch(() => {})
      return vida
    } catch {
      decir('caida')
      return null
    }
  }
  function decir(fase: 'reiniciando' | 'caida'): void {
    ultimo = { ...ultimo, fase }
    for (const observador of observadores) observador(ultimo)
  }

  /** What the worker answers; `alMorir` if it dies first. */
  function oMuerte<T>(vida: Vida, llamada: Promise<T>, alMorir: T): Promise<T> {
    return new Promise((resolver, fallar) => {
      const cerrar = () => resolver(alMorir)
      if (vida.muerta) return cerrar()
      vida.abiertas.add(cerrar)
      const duda = reloj.setTimeout(() => void sondear(vida), DUDA_MS)
      void llamada.then(resolver, fallar).finally(() => {
        reloj.clearTimeout(duda)
        vida.abiertas.delete(cerrar)
      })
    })
  }
  async function pedir<T>(hacer: (api: Required<ReplicaApi>) => Promise<Respuesta<T>>, plazoMs?: number): Promise<Respuesta<T>> {
    const vida = await actual
    if (!vida) return CAIDA
    const limite = plazoMs === undefined ? undefined : reloj.setTimeout(() => morir(vida), plazoMs)
    try {
      return await oMuerte<Respuesta<T>>(vida, hacer(vida.obrero.api), CAIDA)
    } finally {
      reloj.clearTimeout(limite)
    }
  }
  const escribir = <T>(hacer: (api: Required<ReplicaApi>) => Promise<Respuesta<T>>) => pedir(hacer, PLAZO_DE_ESCRITURA_MS)
  /** Asks for something that has no answer. */
  async function avisarle(hacer: (api: Required<ReplicaApi>) => Promise<void>): Promise<void> {
    const vida = await actual
    if (vida) await oMuerte(vida, hacer(vida.obrero.api), undefined)
  }

  async function enlazar(suscripcion: Suscripcion, vida: Vida): Promise<void> {
    const dejar = await oMuerte<(() => void) | null>(vida, suscripcion.abrir(vida.obrero.api), null)
    if (!dejar) return
    if (suscripcion.viva) suscripcion.dejar = dejar
    else dejar()
  }
  async function suscribir(abrir: Suscripcion['abrir']): Promise<() => void> {
    const suscripcion: Suscripcion = { abrir, dejar: () => {}, viva: true }
    const vida = await actual
    suscripciones.add(suscripcion)
    const dejar = () => {
      suscripcion.viva = false
      suscripciones.delete(suscripcion)
      suscripcion.dejar()
    }
    try {
      if (vida) await enlazar(suscripcion, vida)
    } catch (error) {
      dejar()
      throw error
    }
    return dejar
  }

  return {
    abrir: () => pedir((r) => r.abrir()),
    darDeAlta: (token, modelo) => pedir((r) => r.darDeAlta(token, modelo)),
    registrarVenta: (venta) => escribir((r) => r.registrarVenta(venta)),
    registrarReembolso: (reembolso) => escribir((r) => r.registrarReembolso(reembolso)),
    registrarAnulacion: (anulacion) => escribir((r) => r.registrarAnulacion(anulacion)),
    registrarAjuste: (ajuste) => escribir((r) => r.registrarAjuste(ajuste)),
    editar: (coleccion, id, cambios) => escribir((r) => r.editar(coleccion, id, cambios)),
    consultar: (consulta) => pedir((r) => r.consultar(consulta)),
    observar: (consulta, alCambiar) => suscribir((r) => r.observar(consulta, alCambiar)),
    async estado() {
      const vida = await actual
      if (vida) ultimo = (await oMuerte<EstadoSync | null>(vida, vida.obrero.api.estado(), null)) ?? ultimo
      return ultimo
    },
    async observarEstado(alCambiar) {
      const alLlegar = (estado: EstadoSync) => {
        ultimo = estado
        alCambiar(estado)
      }
      observadores.add(alCambiar)
      const dejar = await suscribir((r) => r.observarEstado(alLlegar))
      if ((await actual) === null) alCambiar(ultimo)
      return () => {
        observadores.delete(alCambiar)
        dejar()
      }
    },
    pendientes: () => pedir((r) => r.pendientes()),
    enviarApartados: () => pedir((r) => r.enviarApartados()),
    exportarPendientes: () => pedir((r) => r.exportarPendientes()),
    exportarEdicionesSinEntregar: () => pedir((r) => r.exportarEdicionesSinEntregar()),
    descartarEdicionesSinEntregar: () => pedir((r) => r.descartarEdicionesSinEntregar()),
    sincronizarAhora: () => pedir((r) => r.sincronizarAhora()),
    alHacerseVisible: () => avisarle((r) => r.alHacerseVisible()),
    alOcultarse: () => avisarle((r) => r.alOcultarse()),
    alVolverLaRed: () => avisarle((r) => r.alVolverLaRed()),
    entrar: (correo, contrasena) => pedir((r) => r.entrar(correo, contrasena)),
    salirDeCuenta: () => pedir((r) => r.salirDeCuenta()),
    pedir: (camino, opciones) => pedir((r) => r.pedir(camino, opciones)),
    personas: () => pedir((r) => r.personas()),
    turno: () => pedir((r) => r.turno()),
    observarTurno: (alCambiar) => suscribir((r) => (r as Required<ReplicaApi>).observarTurno(alCambiar)),
    entrarEmpleado: (nick, pin) => pedir((r) => r.entrarEmpleado(nick, pin)),
    entrarCuenta: (correo, contrasena) => pedir((r) => r.entrarCuenta(correo, contrasena)),
    cotejoDeAlta: (token) => pedir((r) => r.cotejoDeAlta(token)),
    cambiarMiPin: (pinActual, pin) => pedir((r) => r.cambiarMiPin(pinActual, pin)),
    salirDelTurno: () => pedir((r) => r.salirDelTurno()),
    leerTarjeta: (texto) => pedir((r) => r.leerTarjeta(texto)),
    finDeTurno: () => pedir((r) => r.finDeTurno()),
    validarCanje: (texto) => pedir((r) => r.validarCanje(texto)),
    confirmarCanje: (texto) => pedir((r) => r.confirmarCanje(texto), PLAZO_CON_RED_MS),
    canjesDados: () => pedir((r) => r.canjesDados()),
    arriendoDeCanjes: (accion) => pedir((r) => r.arriendoDeCanjes(accion)),
    cupones: (de) => pedir((r) => r.cupones(de)),
    cuponPorCodigo: (codigo, de) => pedir((r) => r.cuponPorCodigo(codigo, de)),
    consultarCupon: (uso) => pedir((r) => r.consultarCupon(uso)),
    registrarCambioDeMonto: (cambio) => escribir((r) => r.registrarCambioDeMonto(cambio)),
    turnoDeCaja: () => pedir((r) => r.turnoDeCaja()),
    turnosCerrados: (limite) => pedir((r) => r.turnosCerrados(limite)),
    abrirTurnoDeCaja: (fondo) => escribir((r) => r.abrirTurnoDeCaja(fondo)),
    cerrarTurnoDeCaja: (contado, nota) => escribir((r) => r.cerrarTurnoDeCaja(contado, nota)),
    guardarFoto: (archivo) => escribir((r) => r.guardarFoto(archivo)),
    foto: (hash) => pedir((r) => r.foto(hash)),
    fotosPendientes: () => pedir((r) => r.fotosPendientes()),
    descartarFoto: (hash) => pedir((r) => r.descartarFoto(hash)),
    marcarEntendido: (hechoId, si) => pedir((r) => r.marcarEntendido(hechoId, si)),
    ticket: (hechoId) => pedir((r) => r.ticket(hechoId)),
    observarCatalogo: (consulta, alCambiar) => suscribir((r) => (r as Required<ReplicaApi>).observarCatalogo(consulta, alCambiar)),
    buscar: (texto, limite) => pedir((r) => r.buscar(texto, limite)),
    editarVarios: (cambios) => pedir((r) => r.editarVarios(cambios), PLAZO_DE_ESCRITURA_MS + cambios.length * PLAZO_POR_CAMBIO_MS),
    edicionesPendientes: () => pedir((r) => r.edicionesPendientes()),
    descartarEdicion: (coleccion, id) => escribir((r) => r.descartarEdicion(coleccion, id)),
    // As long as they tell of progress: signs of life are asked for meanwhile.
    prepararImportacion: (texto, alAvanzar) => pedir((r) => r.prepararImportacion(texto, alAvanzar)),
    importar: (planId, alAvanzar) => pedir((r) => r.importar(planId, alAvanzar)),
    cancelarImportacion: () => avisarle((r) => r.cancelarImportacion()),
    exportarCatalogo: (consulta) => pedir((r) => r.exportarCatalogo(consulta)),
    exportarMalos: (planId, idioma) => pedir((r) => r.exportarMalos(planId, idioma)),
    guardarImagen: (archivo) => pedir((r) => r.guardarImagen(archivo)),
    imagenLocal: (hash) => pedir((r) => r.imagenLocal(hash)),
    async cerrar() {
      const vida = await actual
      if (vida) await oMuerte(vida, vida.obrero.api.cerrar(), undefined)
      cerrada = true
      reloj.clearTimeout(latido)
      vida?.obrero.terminar()
    },
  }
}
