/**
 * The replica: this app's slice on this device, its journal, and the exchange with the server. Everything outside comes through Puertos, so that the
 * same code runs in a browser's worker and in the simulation. Answers are `{ ok, … }`: codes do not survive comlink as errors.
 */
import type { Codigo } from '../../schema/core/codigos.ts'
import { uuidv7 } from '../../schema/core/ids.ts'
import { Rechazo } from '../../schema/core/rechazo.ts'
import { type Almacen, abrirAlmacen } from './almacen.ts'
import type { EstadoSync, HechoGuardado, ReplicaApi, Respuesta } from './api.ts'
import { crearBajada } from './bajada.ts'
import { crearBovedas } from './boveda.ts'
import { consultar, observar } from './consultas.ts'
import { crearDiario } from './diario.ts'
import { crearEdits } from './edits.ts'
import { crearEntrada } from './entrada.ts'
import { RechazoConEspera } from './espera.ts'
import { contarPendientes, faseDe, masAntiguo, veredictosPorAtender } from './estado.ts'
import { exportarPendientes } from './exportar.ts'
import { rechazoDeGuardado } from './guardar.ts'
import { FalloDeRed, pedir } from './http.ts'
import { crearIdentidad } from './identidad.ts'
import { crearLiderazgo } from './liderazgo.ts'
import type { Puertos } from './puertos.ts'
import { purgarPorFecha } from './purga.ts'
import { crearRegistro } from './registro.ts'
import { crearRelojLocal } from './reloj-local.ts'
import { renglonDe } from './renglon.ts'
import { crearSesion } from './sesion.ts'
import { crearSincronizador } from './sincronizador.ts'
import { crearTarjetas } from './tarjetas.ts'
import { crearTestigosDeReloj } from './testigos-de-reloj.ts'
import { crearTurnos } from './turno.ts'
import { cadenasPendientes, crearUploader } from './uploader.ts'

const ESPERA_AL_ABRIR_MS = 15_000
const ESPERA_DEL_LIDERAZGO_MS = 1_000
const AVISO_MS = 30
/** Each upload may move entries to a new chain once; more rounds than this means nothing is getting through. */
const RONDAS_AL_RETIRAR = 3

export function crearReplica(puertos: Puertos): ReplicaApi {
  let almacen: Almacen | null = null
  let abriendo: Promise<void> | null = null
  let cerrada = false
  let aviso: unknown
  const observadores = new Set<(estado: EstadoSync) => void>()
  const base = () => {
    if (!almacen) throw new Rechazo('REPLICA_NO_ABRE')
    return almacen
  }

  const identidad = crearIdentidad(puertos)
  const reloj = crearRelojLocal(puertos.reloj, puertos.notas, uuidv7(puertos.reloj.now(), puertos.azar))
  const diario = crearDiario({ puertos, almacen: base, identidad, reloj })
  const turnos = crearTurnos({ puertos, reloj })
  const registro = crearRegistro({ almacen: base, identidad, diario, reloj, turnos })
  const testigos = crearTestigosDeReloj(puertos.notas, reloj.offset)
  const tarjetas = crearTarjetas({ almacen: base, identidad, diario, reloj, testigos })
  const edits = crearEdits({ puertos, almacen: base, identidad, reloj })
  const bajada = crearBajada({ puertos, almacen: base, edicionesDe: edits.edicionesDe })
  const sesion = crearSesion(puertos, identidad, reloj)
  const bovedas = crearBovedas({ puertos, identidad, reloj })
  const entrada = crearEntrada({ puertos, almacen: base, identidad, reloj, sesion, turnos, bovedas })
  const uploader = crearUploader({ puertos, almacen: base, identidad, reloj, diario, estadoDelEquipo })
  const sincronizador = crearSincronizador({ puertos, identidad, sesion, uploader, bajada, edits, alTerminar, alCambiar: avisar, retirar })
  const liderazgo = crearLiderazgo(puertos, (lidera) => {
    if (lidera) sincronizador.despertar()
    else sincronizador.detener()
    avisar()
  })

  async function estadoDelEquipo() {
    const [pendientes, masAntiguoAt, medida] = [await contarPendientes(base()), await masAntiguo(base()), await medir()]
    return { pendientes, masAntiguoAt, offset: reloj.offset(), almacenBytes: medida?.usadoBytes ?? null, versionApp: puertos.versionApp }
  }
  const medir = () => puertos.medirAlmacen().catch(() => null)

  async function abrirTodo(): Promise<void> {
    await identidad.cargar()
    await reloj.cargar()
    await sesion.cargar()
    await testigos.cargar()
    await abrirBase()
    if (identidad.alta()) await diario.asegurar().catch((error: unknown) => puertos.anotarFallo?.('opening the chain', error)) // a full disk must not keep the app closed: the next sale says so
    liderazgo.pedir()
  }
  async function abrirBase(): Promise<void> {
    almacen = await abrirAlmacen(puertos)
    for (const nombre of ['diario', 'ediciones'] as const) {
      if (almacen.tiene(nombre)) almacen.coleccion(nombre).$.subscribe(alEscribirse)
    }
    if (almacen.tiene('veredictos')) almacen.coleccion('veredictos').$.subscribe(avisar)
    if (puertos.app === 'scanya') almacen.coleccion('config').$.subscribe(() => void entrada.alCambiarConfig())
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

  /** After an exchange. */
  async function alTerminar(): Promise<void> {
    await purgarPorFecha({ almacen: base(), tipo: identidad.alta()?.tipo ?? null, ahora: reloj.horaCierta() })
    if (identidad.alta()?.tipo === 'caja') await entrada.alIntercambiar()
  }

  /** The revoked device: hands in everything, then erases what is of this (app, negocio) and nothing else. */
  async function retirar(): Promise<void> {
    await diario.soltar()
    for (let ronda = 0; ronda < RONDAS_AL_RETIRAR; ronda++) {
      await uploader.subir(true)
      if ((await cadenasPendientes(base())).length === 0) break
    }
    // Sold facts are never erased: what still waits is tried again with the next exchange.
    if ((await cadenasPendientes(base())).length > 0) throw new FalloDeRed('DIARIO_HUECO', 409)
    await edits.apartar()
    await entrada.olvidar()
    await identidad.olvidar()
    sesion.olvidar()
    const vieja = almacen
    almacen = null
    await vieja?.destruir()
    await puertos.borrarBases?.().catch(() => {})
    abriendo = null // whoever asks next opens empty ones
  }

  /** CardYA. What is stored here is somebody else's, or of nobody any more: it goes, and empty databases take its place. */
  async function vaciar(): Promise<void> {
    sincronizador.detener()
    const vieja = almacen
    almacen = null
    await vieja?.destruir()
    await puertos.borrarBases?.().catch(() => {})
    await abrirBase()
  }

  async function estadoActual(): Promise<EstadoSync> {
    const db = almacen
    const pendientes = db ? (await contarPendientes(db)) + (await edits.contar('pendiente')) : 0
    const atencion = db ? (await veredictosPorAtender(db, reloj.ahora())) + (await edits.contar('rechazada')) : 0
    const lider = liderazgo.es()
    const fase = faseDe({
      revocado: identidad.revocadoAt() !== null,
      conIdentidad: sesion.posible(),
      sinSesion: sincronizador.sinSesion(),
      sinConexion: sincronizador.sinConexion(),
      lider,
      maquina: sincronizador.estado(),
      pendientes,
      atencion,
    })
    return {
      fase,
      lider,
      pendientes,
      masAntiguoAt: db ? await masAntiguo(db) : null,
      ultimoIntercambioAt: reloj.ultimoIntercambioAt(),
      atencion,
      almacen: await medir(),
      offsetMs: reloj.offset(),
      relojSospechoso: testigos.sospechoso(),
      licenciaVenceAt: identidad.licencia()?.venceAt ?? null,
      edicionesSinEntregar: (await edits.apartadas()).length,
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

  /** The value, or the code of a refusal. What is not a refusal is a bug: INTERNAL, unless `traducir` knows better. */
  async function responder<T>(accion: () => Promise<T>, traducir?: (error: unknown) => Rechazo): Promise<Respuesta<T>> {
    try {
      return { ok: true, valor: await accion() }
    } catch (error) {
      const esperado = error instanceof Rechazo || error instanceof FalloDeRed
      if (!esperado) puertos.anotarFallo?.('answering a screen', error)
      const conocido = esperado ? error : traducir?.(error)
      const codigo: Codigo = conocido?.codigo ?? 'INTERNAL'
      const campo = conocido?.campo
      const esperaMs = conocido instanceof RechazoConEspera || conocido instanceof FalloDeRed ? conocido.esperaMs : undefined
      return { ok: false, codigo, ...(campo ? { campo } : {}), ...(esperaMs === undefined ? {} : { esperaMs }) }
    }
  }
  const abierta = <T>(accion: () => Promise<T>) =>
    responder(async () => {
      await abrirUnaVez()
      return accion()
    })
  const guardado = (registrar: () => Promise<HechoGuardado>) =>
    responder(async () => {
      await abrirUnaVez()
      return registrar()
    }, rechazoDeGuardado)

  return {
    abrir: () =>
      responder(async () => {
        await abrirUnaVez()
        return { app: puertos.app, alta: identidad.alta(), cadenaId: diario.cadenaId() }
      }),
    darDeAlta: (token, modelo) =>
      responder(async () => {
        await abrirUnaVez()
        if (!identidad.alta()) {
          const antes = reloj.leer()
          reloj.aprender((await identidad.darDeAlta(token, modelo)).hora, antes)
        }
        await diario.asegurar()
        if (liderazgo.es()) sincronizador.despertar()
        return identidad.alta()!
      }, rechazoDeGuardado),
    registrarVenta: (venta) => guardado(() => registro.venta(venta)),
    registrarReembolso: (r) => guardado(() => registro.reembolso(r)),
    registrarAnulacion: (a) => guardado(() => registro.anulacion(a)),
    registrarAjuste: (a) => guardado(() => registro.ajuste(a)),
    editar: (coleccion, id, cambios) =>
      responder(async () => {
        await abrirUnaVez()
        if (coleccion === 'diario') throw new Rechazo('COLECCION_DESCONOCIDA', 'coleccion')
        return edits.editar(coleccion, id, cambios)
      }, rechazoDeGuardado),
    consultar: (consulta) =>
      responder(
        async () => {
          await abrirUnaVez()
          return consultar(base(), consulta)
        },
        () => new Rechazo('DATO_INVALIDO'),
      ),
    async observar(consulta, alCambiar) {
      await abrirUnaVez()
      return observar(base(), consulta, alCambiar)
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
    pendientes: () =>
      responder(async () => {
        await abrirUnaVez()
        const filas = await base().buscar('diario', { estado: 'pendiente' }, ['estado', 'cadenaId', 'seq'])
        return filas.map(renglonDe).map(({ cadenaId, seq, tipo, wall, cuerpo }) => ({ cadenaId, seq, tipo, wall, cuerpo }))
      }),
    exportarPendientes: () =>
      responder(async () => {
        await abrirUnaVez()
        return exportarPendientes(puertos, base(), identidad)
      }),
    exportarEdicionesSinEntregar: () =>
      responder(async () => {
        await abrirUnaVez()
        return JSON.stringify({ formato: 'anunciaya-ediciones', v: 1, ediciones: await edits.apartadas() }, null, 2)
      }),
    descartarEdicionesSinEntregar: () =>
      responder(async () => {
        await abrirUnaVez()
        await edits.descartarApartadas()
        avisar()
        return null
      }),
    sincronizarAhora: () =>
      responder(async () => {
        await abrirUnaVez()
        if (!(await liderazgo.esperar(ESPERA_DEL_LIDERAZGO_MS))) throw new Rechazo('REPLICA_EN_OTRA_PESTANA')
        const codigo = await sincronizador.ahora()
        if (codigo) throw new Rechazo(codigo)
        return estadoActual()
      }),
    async alHacerseVisible() {
      // The device may have slept through the end of a shift, or another tab ended it.
      void turnos.leer().catch(() => {})
      liderazgo.robar()
      if (liderazgo.es()) sincronizador.despertar()
    },
    async alVolverLaRed() {
      if (liderazgo.es()) sincronizador.despertar()
    },
    entrar: (correo, contrasena) =>
      responder(async () => {
        await abrirUnaVez()
        if ((await sesion.entrar(correo, contrasena)).cambio) await vaciar()
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
    personas: () => abierta(() => entrada.personas()),
    turno: () => abierta(async () => (await turnos.leer())?.turno ?? null),
    async observarTurno(alCambiar) {
      await abrirUnaVez()
      return turnos.observar(alCambiar)
    },
    entrarEmpleado: (nick, pin) => abierta(() => entrada.entrarEmpleado(nick, pin)),
    entrarCuenta: (correo, contrasena) => abierta(() => entrada.entrarCuenta(correo, contrasena)),
    salirDelTurno: () => abierta(() => entrada.salir().then(() => null)),
    leerTarjeta: (texto) =>
      responder(async () => {
        await abrirUnaVez()
        if (!identidad.alta()) throw new Rechazo('REPLICA_SIN_ALTA')
        await turnos.tocar()
        try {
          return await tarjetas.leer(texto)
        } finally {
          avisar() // what the card says of the clock
        }
      }),
    ticket: (hechoId) =>
      responder(async () => {
        await abrirUnaVez()
        if (!identidad.alta()) throw new Rechazo('REPLICA_SIN_ALTA')
        return tarjetas.ticket(hechoId)
      }),
    async cerrar() {
      cerrada = true
      puertos.reloj.clearTimeout(aviso)
      observadores.clear()
      turnos.cerrar()
      await sincronizador.cerrar()
      liderazgo.soltar()
      await almacen?.cerrar()
      almacen = null
    },
  }
}
