/**
 * What every app has of the replica: its slice on this device and the exchange with the server. Everything outside comes through Puertos, so that the
 * same code runs in a browser's worker and in the simulation. Answers are `{ ok, … }`: codes do not survive comlink as errors.
 */
import { uuidv7 } from '../../schema/core/ids.ts'
import { Rechazo } from '../../schema/core/rechazo.ts'
import type { ColeccionPull } from '../../schema/protocol/pull.ts'
import { type Almacen, abrirAlmacen } from './almacen.ts'
import type { CrearAparato, Cuentas } from './aparato.ts'
import type { Consulta, EstadoSync, ReplicaApi } from './api.ts'
import { crearBajada } from './bajada.ts'
import { crearCola } from './cola.ts'
import { consultar, observar } from './consultas.ts'
import { faseDe } from './estado.ts'
import { pedir } from './http.ts'
import { crearIdentidad } from './identidad.ts'
import { crearLiderazgo } from './liderazgo.ts'
import type { Puertos } from './puertos.ts'
import { crearRelojLocal } from './reloj-local.ts'
import { crearResponder, type Responder } from './respuesta.ts'
import { crearSesion } from './sesion.ts'
import { crearSincronizador } from './sincronizador.ts'
import type { Verbos } from './verbos.ts'

const ESPERA_AL_ABRIR_MS = 15_000
const ESPERA_DEL_LIDERAZGO_MS = 1_000
const AVISO_MS = 30
const SIN_CUENTAS: Cuentas = {
  pendientes: 0,
  atencion: 0,
  masAntiguoAt: null,
  relojSospechoso: false,
  edicionesSinEntregar: 0,
  entendidos: [],
}
const negar = async () => ({ ok: false as const, codigo: 'REPLICA_SIN_ALTA' as const })
/** What an app without a device answers. */
const NEGADOS: Verbos = {
  darDeAlta: negar,
  registrarVenta: negar,
  registrarReembolso: negar,
  registrarAnulacion: negar,
  registrarAjuste: negar,
  editar: negar,
  pendientes: negar,
  exportarPendientes: negar,
  exportarEdicionesSinEntregar: negar,
  descartarEdicionesSinEntregar: negar,
}

/** `crearAparato` null: the app of a person, which is no enrolled device. */
export function crearNucleo(puertos: Puertos, crearAparato: CrearAparato | null): ReplicaApi {
  let almacen: Almacen | null = null
  let abriendo: Promise<void> | null = null
  /** Whoever leaves and whoever comes in at that moment: one after the other, so that no database is opened twice. */
  const enLaBase = crearCola()
  let cerrada = false
  /** Until the page says otherwise. */
  let visible = true
  let aviso: unknown
  const observadores = new Set<(estado: EstadoSync) => void>()
  const base = () => {
    if (!almacen) throw new Rechazo('REPLICA_NO_ABRE')
    return almacen
  }

  const identidad = crearIdentidad(puertos)
  const reloj = crearRelojLocal(puertos.reloj, puertos.notas, uuidv7(puertos.reloj.now(), puertos.azar))
  const sesion = crearSesion(puertos, identidad, reloj)
  const aparato = crearAparato?.({ puertos, almacen: base, medir, identidad, reloj, sesion, rebajar }) ?? null
  const bajada = crearBajada({
    puertos,
    almacen: base,
    edicionesDe: aparato?.edicionesDe ?? (async () => new Map()),
    async alTraer(coleccion, ids) {
      if (await aparato?.envios.edits.reintentar(coleccion, ids)) sincronizador.tocar()
    },
  })
  const sincronizador = crearSincronizador({
    puertos,
    identidad,
    sesion,
    bajada,
    envios: aparato?.envios ?? null,
    alTerminar: async () => aparato?.alIntercambiar(),
    visible: () => visible,
    debe: () => hayPendientes().catch(() => false),
    alOir: reloj.oir,
    alCambiar: avisar,
    retirar,
  })
  const liderazgo = crearLiderazgo(puertos, (lidera) => {
    if (lidera) sincronizador.despertar()
    else sincronizador.detener()
    avisar()
  })

  function medir() {
    return puertos.medirAlmacen().catch(() => null)
  }

  async function hayPendientes(): Promise<boolean> {
    return ((await aparato?.cuentas(almacen)) ?? SIN_CUENTAS).pendientes > 0
  }
  async function rebajar(coleccion: ColeccionPull): Promise<void> {
    await bajada.olvidar(coleccion)
    if (liderazgo.es()) void sincronizador.ahora()
  }

  async function abrirTodo(): Promise<void> {
    await identidad.cargar()
    await reloj.cargar()
    await sesion.cargar()
    await aparato?.cargar()
    await enLaBase(async () => {
      if (!almacen) await abrirBase()
    })
    await aparato?.asegurarCadena()
    liderazgo.pedir()
  }
  async function abrirBase(): Promise<void> {
    almacen = await abrirAlmacen(puertos)
    for (const nombre of ['diario', 'ediciones'] as const) {
      if (almacen.tiene(nombre)) almacen.coleccion(nombre).$.subscribe(alEscribirse)
    }
    if (almacen.tiene('veredictos')) almacen.coleccion('veredictos').$.subscribe(avisar)
    await aparato?.alAbrirBase(almacen)
  }
  /** Also what another tab wrote: only the leader sends. */
  function alEscribirse(): void {
    avisar()
    if (liderazgo.es()) sincronizador.tocar()
  }
  /** One opening at a time; one that only takes too long goes on, and the next caller waits for the same. */
  function abrirUnaVez(): Promise<void> {
    abriendo ??= abrirTodo().catch((error: unknown) => {
      abriendo = null
      throw error
    })
    return conPlazo(abriendo)
  }
  function conPlazo(trabajo: Promise<void>): Promise<void> {
    return new Promise((resolver, fallar) => {
      const alarma = puertos.reloj.setTimeout(() => fallar(new Rechazo('REPLICA_NO_ABRE')), ESPERA_AL_ABRIR_MS)
      trabajo
        .then(resolver, (error: unknown) => {
          puertos.anotarFallo?.('opening the replica', error)
          fallar(new Rechazo('REPLICA_NO_ABRE'))
        })
        .finally(() => puertos.reloj.clearTimeout(alarma))
    })
  }

  /** The revoked device: hands in everything, then erases what is of this (app, negocio) and nothing else. */
  async function retirar(): Promise<void> {
    await aparato?.entregar()
    await identidad.olvidar()
    sesion.olvidar()
    await enLaBase(async () => {
      const vieja = almacen
      almacen = null
      await vieja?.destruir()
      await puertos.borrarBases?.().catch(() => {})
    })
    abriendo = null // whoever asks next opens empty ones
  }

  /** CardYA. What is stored here is somebody else's, or of nobody any more: it goes, and empty databases take its place. */
  function vaciar(): Promise<void> {
    sincronizador.detener()
    return enLaBase(async () => {
      const vieja = almacen
      almacen = null
      await vieja?.destruir()
      await puertos.borrarBases?.().catch(() => {})
      await abrirBase()
    })
  }

  async function estadoActual(): Promise<EstadoSync> {
    const cuentas = (await aparato?.cuentas(almacen)) ?? SIN_CUENTAS
    const lider = liderazgo.es()
    const fase = faseDe({
      revocado: identidad.revocadoAt() !== null,
      conIdentidad: sesion.posible(),
      sinSesion: sincronizador.sinSesion(),
      sinConexion: sincronizador.sinConexion(),
      lider,
      maquina: sincronizador.estado(),
      pendientes: cuentas.pendientes,
      atencion: cuentas.atencion,
    })
    return {
      ...cuentas,
      fase,
      lider,
      ultimoIntercambioAt: reloj.ultimaVozAt(),
      almacen: await medir(),
      offsetMs: reloj.offset(),
      licenciaVenceAt: identidad.licencia()?.venceAt ?? null,
    }
  }
  /** Many changes, one notice. */
  function avisar(): void {
    if (observadores.size === 0 || cerrada) return
    puertos.reloj.clearTimeout(aviso)
    aviso = puertos.reloj.setTimeout(async () => {
      const estado = await estadoActual().catch(() => null)
      if (estado) for (const observador of observadores) observador(estado)
    }, AVISO_MS)
  }

  const responder = crearResponder(puertos)
  const abierta: Responder = (accion, traducir) =>
    responder(async () => {
      await abrirUnaVez()
      return accion()
    }, traducir)
  const acotar = async (consulta: Consulta) => aparato?.acotar(consulta) ?? consulta
  const intercambiar = () => {
    if (liderazgo.es()) sincronizador.intercambiar()
  }

  return {
    abrir: () =>
      responder(async () => {
        await abrirUnaVez()
        return { app: puertos.app, alta: identidad.alta(), cadenaId: aparato?.cadenaId() ?? null }
      }),
    ...(aparato?.verbos({ abierta, abrir: abrirUnaVez, avisar, intercambiar }) ?? NEGADOS),
    consultar: (consulta) =>
      responder(
        async () => {
          await abrirUnaVez()
          return consultar(base(), await acotar(consulta))
        },
        () => new Rechazo('DATO_INVALIDO'),
      ),
    async observar(consulta, alCambiar) {
      await abrirUnaVez()
      return observar(base(), await acotar(consulta), alCambiar)
    },
    async estado() {
      await abrirUnaVez().catch(() => {}) // a store that does not open has a status too
      return estadoActual()
    },
    async observarEstado(alCambiar) {
      await abrirUnaVez().catch(() => {})
      observadores.add(alCambiar)
      alCambiar(await estadoActual())
      return () => void observadores.delete(alCambiar)
    },
    sincronizarAhora: () =>
      responder(async () => {
        await abrirUnaVez()
        if (!(await liderazgo.esperar(ESPERA_DEL_LIDERAZGO_MS))) throw new Rechazo('REPLICA_EN_OTRA_PESTANA')
        const codigo = await sincronizador.ahora()
        if (codigo) throw new Rechazo(codigo)
        return estadoActual()
      }),
    async alHacerseVisible() {
      visible = true
      aparato?.alHacerseVisible()
      liderazgo.robar()
      if (liderazgo.es()) sincronizador.despertar()
    },
    async alOcultarse() {
      visible = false
    },
    async alVolverLaRed() {
      if (liderazgo.es()) sincronizador.despertar()
    },
    entrar: (correo, contrasena) =>
      responder(async () => {
        await abrirUnaVez()
        if ((await sesion.entrar(correo, contrasena)).cambio) await vaciar()
        await identidad.readmitir()
        if (liderazgo.es()) sincronizador.despertar()
        return null
      }),
    salirDeCuenta: () =>
      responder(async () => {
        await abrirUnaVez()
        sincronizador.detener()
        await sesion.salir()
        await vaciar()
        return null
      }),
    pedir: (camino, { metodo = 'GET', cuerpo, llave } = {}) =>
      responder(async () => {
        if (!camino.startsWith('/api/')) throw new Rechazo('NO_ENCONTRADO')
        await abrirUnaVez()
        const peticion = { metodo, ...(cuerpo === undefined ? {} : { cuerpo }), ...(llave ? { llave } : {}) }
        return sesion.con((token) => pedir(puertos, camino, { parse: (valor) => valor }, { ...peticion, token }))
      }),
    async cerrar() {
      cerrada = true
      puertos.reloj.clearTimeout(aviso)
      observadores.clear()
      aparato?.cerrar()
      await sincronizador.cerrar()
      liderazgo.soltar()
      await almacen?.cerrar()
      almacen = null
    },
  }
}
