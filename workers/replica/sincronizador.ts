/**
 * The shell around sync-machine.ts: it owns requests, timers and the stream, and feeds events in. One exchange at a time:
 *
 *     upload the journal (needs no session) ─► session ─► upload pictures ─► push edits ─► pull every collection that moved
 *
 * While live, hints of the stream pull the collections they name or bring what changed with them, and a new hecho uploads at once.
 */
import type { Codigo } from '../../schema/core/codigos.ts'
import { MINUTO } from '../../schema/core/tiempo.ts'
import { type ColeccionPull, coleccionesPull } from '../../schema/protocol/pull.ts'
import { type EventoCambio, eventoCambio, eventoHola } from '../../schema/protocol/stream.ts'
import type { Envios } from './aparato.ts'
import type { Bajada } from './bajada.ts'
import { crearCola } from './cola.ts'
import { esDiscoLleno } from './guardar.ts'
import { esExcedido, FalloDeRed } from './http.ts'
import type { Identidad } from './identidad.ts'
import type { Puertos } from './puertos.ts'
import type { Sesion } from './sesion.ts'
import { escuchar } from './sse.ts'
import { LONGEST_VISIBLE_WAIT_MS, LONGEST_WAIT_MS, type SyncEvent, type SyncState, siguiente } from './sync-machine.ts'

/** Hints may be lost without the stream breaking. */
const REPASO_MS = 5 * MINUTO

export interface Sincronizador {
  /** Begins, or tries again at once: leadership, an enrolment, the browser's hint of a network. Nothing while live. */
  despertar(): void
  /** Something was noted that only a whole exchange tells (EMP-08): one now, also while live. One that fails is tried again like any other. */
  intercambiar(): void
  detener(): void
  /** For good: nothing is started any more. */
  cerrar(): Promise<void>
  /** A hecho or an edit was recorded here. */
  tocar(): void
  /** One whole exchange now; null, or the code of what stopped it. */
  ahora(): Promise<Codigo | null>
  estado(): SyncState
  /** The last exchange failed. A stream that ended is no failure yet: the exchange that follows will tell. */
  sinConexion(): boolean
  /** The server refused this device or account a session. */
  sinSesion(): boolean
}
interface Partes {
  puertos: Puertos
  identidad: Identidad
  sesion: Sesion
  bajada: Bajada
  /** Null: this app sends nothing. */
  envios: Envios | null
  /** After a whole exchange: what left the slice by date goes, and whoever works here is asked about. */
  alTerminar: () => Promise<void>
  /** Whether somebody looks at this tab. */
  visible: () => boolean
  /** Whether something made here has not left. */
  debe: () => Promise<boolean>
  /** The server answered. */
  alOir: () => void
  /** Something of the status may have changed. */
  alCambiar: () => void
  /** This device was revoked: hands in what is left and erases itself. @throws FalloDeRed */
  retirar: () => Promise<void>
}

export function crearSincronizador(partes: Partes): Sincronizador {
  const { puertos, identidad, sesion, bajada, envios } = partes
  const { reloj } = puertos
  const colecciones = coleccionesPull(puertos.app)
  const enSerie = crearCola()
  const porBajar = new Set<ColeccionPull>()
  let porSubir = false
  let estado: SyncState = { kind: 'offline' }
  let alarma: unknown
  let corte: AbortController | null = null
  let sinSesion = false
  let fallido = false
  let cerrado = false

  function dar(evento: SyncEvent): void {
    if (cerrado) return
    const antes = estado
    estado = siguiente(antes, evento)
    if (estado === antes) return
    reloj.clearTimeout(alarma)
    if (antes.kind === 'live') corte?.abort()
    if (estado.kind === 'connecting') void conectar()
    if (estado.kind === 'waiting')
      alarma = reloj.setTimeout(() => dar({ type: 'tick', now: reloj.mono() }), Math.max(0, Math.ceil(estado.until - reloj.mono())) + 1)
    if (estado.kind === 'live') {
      void vivir()
      tocar() // what was recorded after this exchange had uploaded
    }
    if (estado.kind === 'blocked') seguirSubiendo()
    partes.alCambiar()
  }
  const suerte = () => (puertos.azar(1)[0] ?? 0) / 256
  const cerrar = (topeMs = LONGEST_WAIT_MS) => dar({ type: 'close', now: reloj.mono(), random: suerte(), topeMs })

  /** DI9. Too old to pull; what was sold here still leaves. */
  function seguirSubiendo(): void {
    alarma = reloj.setTimeout(() => {
      if (estado.kind !== 'blocked') return
      void turno(() => subir(true))
      seguirSubiendo()
    }, MINUTO)
  }

  async function subir(saludar: boolean): Promise<void> {
    if (!envios || !identidad.alta()) return
    try {
      await envios.uploader.subir(saludar)
    } finally {
      if (envios.uploader.revocado()) await identidad.revocar(reloj.now())
    }
    if (identidad.revocadoAt() !== null) await partes.retirar()
  }
  async function subirEdiciones(): Promise<void> {
    if (!envios) return
    await sesion.con(async (token) => {
      await envios.imagenes?.subir(token)
      await envios.edits.subir(token)
    })
  }
  let enFotos = false
  /** SCAN-17. Beside everything else: a photo holds up neither a sale nor what is pulled. What does not get through goes with the next exchange. */
  function subirFotos(): void {
    if (!envios?.fotos || enFotos || !sesion.posible()) return
    enFotos = true
    const { fotos } = envios
    const fin = () => {
      enFotos = false
      partes.alCambiar()
    }
    sesion.con((token) => fotos.subir(token)).then(fin, fin)
  }
  async function bajarVarias(nombres: Iterable<ColeccionPull>): Promise<void> {
    for (const nombre of nombres) {
      await sesion.con((token) => bajada.bajar(nombre, token))
      partes.alOir()
    }
  }
  /** With the first one the server is asked which of the others moved. */
  async function bajarTodas(): Promise<void> {
    const [primera, ...demas] = colecciones
    if (!primera) return
    const faltan = await sesion.con((token) => bajada.bajarPreguntando(primera, demas, token))
    partes.alOir()
    await bajarVarias(faltan)
  }
  async function intercambio(): Promise<void> {
    porSubir = false
    // What does not pass for its size keeps nobody from hearing of the rest; it is told at the end.
    let excedido: FalloDeRed | null = null
    const salvoExcedido = (error: unknown) => {
      if (!esExcedido(error)) throw error
      excedido ??= error
    }
    await subir(true).catch(salvoExcedido)
    if (estado.kind === 'blocked') throw new FalloDeRed('PROTOCOLO_ANTERIOR', 426)
    if (!sesion.posible() || (identidad.revocadoAt() !== null && !identidad.alta())) return
    porBajar.clear()
    await subirEdiciones().catch(salvoExcedido)
    await bajarTodas()
    sinSesion = false
    await partes.alTerminar()
    subirFotos()
    if (excedido) throw excedido
  }

  /** Runs one piece of syncing behind the others; gives null or the code of what stopped it, after the machine was told. */
  function turno(trabajo: () => Promise<void>): Promise<Codigo | null> {
    return enSerie(async () => {
      try {
        await trabajo()
        fallido = false
        return null
      } catch (error) {
        return tras(error)
      } finally {
        partes.alCambiar()
      }
    })
  }
  async function tras(error: unknown): Promise<Codigo> {
    envios?.uploader.dudar()
    fallido = true
    const topeMs = partes.visible() && (await partes.debe()) ? LONGEST_VISIBLE_WAIT_MS : LONGEST_WAIT_MS
    if (!(error instanceof FalloDeRed)) {
      puertos.anotarFallo?.('syncing', error)
      cerrar(topeMs)
      return esDiscoLleno(error) ? 'DISCO_LLENO' : 'INTERNAL'
    }
    if (error.codigo === 'PROTOCOLO_ANTERIOR') dar({ type: 'outdated' })
    else if (error.codigo === 'DISPOSITIVO_REVOCADO' && error.status === 401) await revocado()
    else {
      if (error.status === 401) sinSesion = true
      // An account whose cookie ended waits for a person; a device goes on trying.
      if (error.codigo === 'SESION_REQUERIDA' && !identidad.alta()) dar({ type: 'offline' })
      else cerrar(topeMs)
    }
    return error.codigo
  }
  async function revocado(): Promise<void> {
    try {
      await identidad.revocar(reloj.now())
      await partes.retirar()
      dar({ type: 'offline' })
    } catch {
      cerrar()
    }
  }

  async function conectar(): Promise<void> {
    const de = estado
    const fallo = await turno(async () => (estado === de ? intercambio() : undefined))
    if (fallo === null && estado === de) dar(identidad.alta() || sesion.posible() ? { type: 'open' } : { type: 'offline' })
  }

  /** Holds the stream open; its end, whatever the reason, is a close. */
  async function vivir(): Promise<void> {
    const mio = new AbortController()
    corte = mio
    repasar(mio)
    try {
      await sesion.con((token) => escuchar(puertos, '/sync/stream', token, mio, ({ tipo, datos }) => alLlegar(tipo, datos)))
    } catch (error) {
      if (mio.signal.aborted && estado.kind !== 'live') return
      if (error instanceof FalloDeRed && error.status === 401) envios?.uploader.dudar()
    }
    if (corte === mio) cerrar()
  }
  function repasar(mio: AbortController): void {
    const otraVez = reloj.setTimeout(() => {
      if (corte !== mio || estado.kind !== 'live') return
      void turno(intercambio)
      repasar(mio)
    }, REPASO_MS)
    mio.signal.addEventListener('abort', () => reloj.clearTimeout(otraVez), { once: true })
  }
  /** Nothing here is trusted to be all: what does not follow is pulled. `revocado` is a hint too: it also ends the stream of a session that merely ran out; the next greeting tells which it was. */
  function alLlegar(tipo: string, datos: unknown): void {
    const hola = tipo === 'hola' ? eventoHola.safeParse(datos).data : undefined
    const cambio = tipo === 'cambio' ? eventoCambio.safeParse(datos).data : undefined
    if (hola) bajarPronto(colecciones.filter((nombre) => !bajada.alDia(nombre, hola.seq)))
    if (cambio?.cambios) void turno(() => aplicarEnVivo(cambio))
    else if (cambio) anotarPista(cambio)
  }
  function anotarPista({ seq, colecciones: nombradas, desde }: EventoCambio): void {
    if (desde !== undefined) saltarLasDemas(nombradas, { desde, seq })
    bajarPronto(colecciones.filter((nombre) => nombradas.includes(nombre) && !bajada.alDia(nombre, seq)))
  }
  function saltarLasDemas(nombradas: string[], tramo: { desde: number; seq: number }): void {
    for (const nombre of colecciones) if (!nombradas.includes(nombre)) bajada.saltar(nombre, tramo)
  }
  /** LI3. In the order of the collections, as they are pulled; what does not follow what is here is pulled. */
  async function aplicarEnVivo({ seq, colecciones: nombradas, desde = seq, cambios }: EventoCambio): Promise<void> {
    if (estado.kind !== 'live') return
    saltarLasDemas(nombradas, { desde, seq })
    const faltan: ColeccionPull[] = []
    for (const nombre of colecciones) {
      if (!nombradas.includes(nombre)) continue
      const parte = cambios?.partes.find(({ coleccion }) => coleccion === nombre)
      if (!parte || !cambios || !(await bajada.aplicarEnVivo(parte, { epoca: cambios.epoca, desde, seq }))) faltan.push(nombre)
    }
    await bajarVarias(faltan.filter((nombre) => !bajada.alDia(nombre, seq)))
    partes.alOir()
  }
  function bajarPronto(nombres: ColeccionPull[]): void {
    const yaEnFila = porBajar.size > 0
    for (const nombre of nombres) porBajar.add(nombre)
    if (yaEnFila || porBajar.size === 0) return
    void turno(async () => {
      const ahora = [...porBajar]
      porBajar.clear()
      if (estado.kind === 'live') await bajarVarias(ahora)
    })
  }

  function motivoSinNadie(): Codigo {
    if (puertos.app === 'cardya') return 'SESION_REQUERIDA'
    return identidad.revocadoAt() === null ? 'REPLICA_SIN_ALTA' : 'DISPOSITIVO_REVOCADO'
  }

  function tocar(): void {
    if (estado.kind === 'waiting' && partes.visible()) dar({ type: 'hurry', until: reloj.mono() + suerte() * LONGEST_VISIBLE_WAIT_MS })
    if (porSubir || (estado.kind !== 'live' && estado.kind !== 'blocked')) return
    porSubir = true
    void turno(async () => {
      porSubir = false
      await subir(false)
      if (estado.kind === 'live' && sesion.posible()) await subirEdiciones()
      if (estado.kind === 'live') subirFotos()
    })
  }

  return {
    despertar: () => dar({ type: 'online' }),
    intercambiar() {
      // Behind the one that runs: that one may be past it.
      if (estado.kind === 'live' || estado.kind === 'connecting') void turno(intercambio)
      else dar({ type: 'online' })
    },
    detener: () => dar({ type: 'offline' }),
    tocar,
    async ahora() {
      if (!identidad.alta() && !sesion.posible()) return motivoSinNadie()
      const fallo = await turno(intercambio)
      if (fallo !== null) return fallo
      // The session may have ended while this one waited for its turn.
      if (!identidad.alta() && !sesion.posible()) return motivoSinNadie()
      dar({ type: 'open' })
      return null
    },
    estado: () => estado,
    sinConexion: () => fallido,
    sinSesion: () => sinSesion,
    cerrar() {
      dar({ type: 'offline' })
      cerrado = true
      corte?.abort()
      reloj.clearTimeout(alarma)
      return enSerie(async () => {})
    },
  }
}
