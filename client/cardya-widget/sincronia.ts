/**
 * The card's exchange with the server, loaded after the first paint: the replica's worker (RxDB) pulls the shopper's stream, and this turns it into the
 * snapshot, keeps the certificate fresh and learns the hour.
 *
 *     replica ─ mias ─► snapshot ─► store, screen        al_dia ─► GET /api/cardya/qr (once a run, every hour, on a new nivel) ─► certificate, clock
 */
import type { Codigo } from '../../schema/core/codigos.ts'
import type { LlaveGuardada } from '../../schema/core/llave-guardada.ts'
import { notificacionesDe } from '../../schema/domain/notificaciones/notificacion.ts'
import type { MiaDoc } from '../../schema/protocol/documentos.ts'
import { conectarReplica, type EstadoSync, type ReplicaApi, type Respuesta } from '../../workers/replica/api.ts'
import { pedirAlmacenPersistente } from '../lib/almacenamiento.ts'
import { pedirJson } from '../lib/http.ts'
import { ponerInsignia } from '../lib/insignia.ts'
import { direccionDeScript } from '../lib/trusted-types.ts'
import type { Almacen, TarjetaGuardada } from './almacen.ts'
import { enrolar, renovar } from './enrolar.ts'
import { enviarReclamos } from './enviar-reclamos.ts'
import { type Foto, fotoDe, paraGuardar } from './foto.ts'
import type { CanjeEnFoto } from './mis-canjes.ts'
import { recordarQueSeQuito } from './quitado.ts'
import type { Reloj } from './reloj.ts'
import { type FaseDeCardya, faseDeReplica } from './situacion.ts'
import { type TicketGuardado, terminados, ventasConocidas } from './tickets.ts'

const RENOVAR_CADA_MS = 3_600_000
/** A logout does not wait longer for the browser's push service. */
const OLVIDAR_MS = 2_000
const esperar = (ms: number) => new Promise<void>((listo) => setTimeout(listo, ms))

export interface Suceso {
  fase?: FaseDeCardya
  foto?: Foto
  /** Null: this phone has no card any more. */
  portador?: { tarjeta: TarjetaGuardada; llave: LlaveGuardada } | null
  /** Ids of promises that are over. */
  ticketsTerminados?: string[]
  /** All that are kept, after the server spoke of some. */
  tickets?: TicketGuardado[]
  /** Ids of the sales the server told of. */
  conocidas?: Set<string>
}
export interface Sincronia {
  /** Logs in and makes this phone the shopper's card. */
  entrar(correo: string, contrasena: string): Promise<Respuesta<null>>
  /** A new account, and the same. */
  registrar(datos: { correo: string; contrasena: string; nombre: string; apellidos: string }): Promise<Respuesta<null>>
  intentarAhora(): Promise<void>
  /** All notices up to `hasta` (server ms) were read: here at once, on the other phones with the next exchange. */
  leerAvisos(hasta: number): Promise<void>
  /** An authenticated request to the own server. */
  pedir: Replica['pedir']
  /** A canje that was just given, before the stream tells of it: from here on this phone shows it without network too. */
  anotarCanje(canje: CanjeEnFoto): Promise<void>
  /** Hands in the claims that wait. */
  enviarReclamos(): Promise<void>
  /** Ends the login and erases this phone's card. */
  salir(): Promise<void>
}
type Replica = Required<ReplicaApi>

export interface Partes {
  almacen: Almacen
  reloj: Reloj
  tarjeta: TarjetaGuardada | undefined
  llave: LlaveGuardada | undefined
  alSuceder: (suceso: Suceso) => void
}

/** @throws Error REPLICA_NO_ABRE when the worker does not load */
export async function iniciarSincronia(partes: Partes): Promise<Sincronia> {
  const { almacen, reloj, alSuceder } = partes
  const replica = (await conectarReplica({ app: 'cardya', direccion: direccionDeScript })) as Replica
  let { tarjeta } = partes
  let renovadaAt = 0
  let nivelVisto = tarjeta?.nivel ?? null
  let docs: MiaDoc[] = []
  let pushVisto = false
  let fase: FaseDeCardya = 'abriendo'
  let enTurno: Promise<unknown> = Promise.resolve()
  /** One at a time: two renewals must not answer each other's question. */
  const enSerie = <T>(fn: () => Promise<T>): Promise<T> => {
    const siguiente = enTurno.then(fn, fn)
    enTurno = siguiente
    return siguiente
  }

  function alCambiarEstado(estado: EstadoSync): void {
    if (estado.fase === 'revocado' && tarjeta) return void quitarse()
    fase = faseDeReplica(estado)
    alSuceder({ fase })
    if (fase === 'al_dia') void enSerie(ponerseAlDia).catch((error: unknown) => console.error('the card could not be renewed', error))
  }

  async function ponerseAlDia(): Promise<void> {
    if (!tarjeta) return
    await publicar()
    await entregarLectura()
    await reclamar()
    if (!tarjeta) return
    void renovarPush()
    if (reloj.leer().mono - renovadaAt < RENOVAR_CADA_MS && renovadaAt > 0 && nivelVisto === tarjeta.nivel) return
    const hecha = await renovar({ pedir: replica.pedir, almacen, reloj }, tarjeta)
    // Whoever left meanwhile took this phone off the card themselves.
    if (!tarjeta) return
    if (!hecha.ok && hecha.codigo === 'DISPOSITIVO_REVOCADO') return quitarse()
    if (!hecha.ok) return
    renovadaAt = reloj.leer().mono
    tarjeta = hecha.valor.tarjeta
    nivelVisto = tarjeta.nivel
    alSuceder({ portador: hecha.valor })
  }

  /** TE1. Its owner took this phone away from the card: nothing of it stays, and whoever holds the phone is told. */
  async function quitarse(): Promise<void> {
    tarjeta = undefined
    void ponerInsignia(0)
    await almacen.borrarTodo()
    recordarQueSeQuito()
    alSuceder({ portador: null })
  }

  async function alLlegar(nuevos: MiaDoc[]): Promise<void> {
    docs = nuevos
    const perfil = docs.find(({ tipo }) => tipo === 'perfil') as Extract<MiaDoc, { tipo: 'perfil' }> | undefined
    if (perfil) nivelVisto = perfil.nivel as TarjetaGuardada['nivel']
    await publicar()
    if (fase === 'al_dia') await enSerie(ponerseAlDia)
  }

  /** The snapshot carries the hour of the exchange: only what came while up to date is as of now. */
  async function publicar(nuevo?: CanjeEnFoto): Promise<void> {
    if (docs.length === 0 || !tarjeta) return
    const conocidas = ventasConocidas(docs)
    const { tickets, foto: guardada, avisosLeidos } = await almacen.leer()
    const previos = [...(nuevo ? [nuevo] : []), ...(guardada?.canjes ?? []).filter(({ id }) => id !== nuevo?.id)]
    const at = fase === 'al_dia' ? reloj.ahora() : reloj.sincronizadoAt()
    const foto = fotoDe(docs, at, avisosLeidos ?? (await estrenarLectura()), previos)
    const fin = terminados(tickets, conocidas, reloj.ahora())
    if (fin.length) await almacen.quitarTickets(fin)
    if (fase !== 'al_dia' && guardada) foto.at = guardada.at
    if (!tarjeta) return // left meanwhile: nothing of this card is written again
    await almacen.poner('foto', paraGuardar(foto))
    alSuceder({ foto, conocidas, ticketsTerminados: fin })
    void ponerInsignia(foto.sinLeer ?? 0)
  }

  /** A phone that never counted begins with nothing unread: months of history are no news. */
  async function estrenarLectura(): Promise<number> {
    const { notificaciones, leidasHasta } = notificacionesDe(docs)
    const desde = leidasHasta || (notificaciones[0]?.at ?? 1)
    if (fase === 'al_dia') await almacen.poner('avisosLeidos', desde)
    return desde
  }

  /** What was read without network. */
  async function entregarLectura(): Promise<void> {
    const { avisosLeidos = 0 } = await almacen.leer()
    const { notificaciones, leidasHasta } = notificacionesDe(docs)
    if (notificaciones.some(({ at }) => at > leidasHasta && at <= avisosLeidos))
      await replica.pedir('/api/cardya/notificaciones/leidas', { metodo: 'POST', cuerpo: { hasta: avisosLeidos } })
  }

  async function reclamar(): Promise<void> {
    if (!(await enviarReclamos({ pedir: replica.pedir, almacen }))) return
    alSuceder({ tickets: (await almacen.leer()).tickets })
    await publicar()
  }

  /** Once a run: a browser may have changed its address, and the server forgets what belonged to an earlier login. */
  async function renovarPush(): Promise<void> {
    if (pushVisto) return
    pushVisto = true
    const { renovarSiHay } = await import('./push.ts')
    await renovarSiHay(replica.pedir)
  }

  async function ser(correo: string, contrasena: string): Promise<Respuesta<null>> {
    const entrada = await replica.entrar(correo, contrasena)
    if (!entrada.ok) return entrada
    const hecha = await enSerie(() => enrolar({ pedir: replica.pedir, almacen, reloj }))
    if (!hecha.ok) return hecha
    tarjeta = hecha.valor.tarjeta
    nivelVisto = tarjeta.nivel
    renovadaAt = reloj.leer().mono
    void pedirAlmacenPersistente()
    alSuceder({ portador: hecha.valor })
    await publicar()
    return { ok: true, valor: null }
  }

  const abierta = await replica.abrir()
  if (!abierta.ok) throw new Error(abierta.codigo)
  await replica.observarEstado(alCambiarEstado)
  await replica.observar({ coleccion: 'mias' }, (documentos) => void alLlegar(documentos as unknown as MiaDoc[]))
  document.addEventListener('visibilitychange', () => document.visibilityState === 'visible' && void replica.alHacerseVisible())

  return {
    entrar: ser,
    async registrar({ correo, contrasena, nombre, apellidos }) {
      const cuerpo = { correo, contrasena, nombre, apellidos, app: 'tarjeta' }
      const hecho = await pedirJson<unknown>('/api/auth/registro', { cuerpo })
      return hecho.ok ? ser(correo, contrasena) : (hecho as { ok: false; codigo: Codigo })
    },
    async intentarAhora() {
      await replica.sincronizarAhora()
    },
    async leerAvisos(hasta) {
      const { avisosLeidos = 0 } = await almacen.leer()
      if (hasta <= avisosLeidos) return
      await almacen.poner('avisosLeidos', hasta)
      await publicar()
      if (fase === 'al_dia') await entregarLectura()
    },
    pedir: replica.pedir,
    anotarCanje: (canje) => enSerie(() => publicar(canje)),
    async enviarReclamos() {
      if (fase === 'al_dia') await enSerie(reclamar)
    },
    async salir() {
      const suya = tarjeta?.llave
      tarjeta = undefined
      void ponerInsignia(0)
      const deAqui = suya && fase === 'al_dia' ? replica.pedir(`/api/cardya/telefonos/${suya}`, { metodo: 'DELETE' }) : null
      const dePush = import('./push.ts').then(({ olvidar }) => olvidar()).catch(() => {})
      await Promise.race([Promise.all([deAqui, dePush]), esperar(OLVIDAR_MS)])
      await replica.salirDeCuenta()
      // After what was being written of this card, which would come back otherwise; a network that hangs is not waited for.
      await Promise.race([enSerie(() => almacen.borrarTodo()), esperar(OLVIDAR_MS)])
      await almacen.borrarTodo()
      alSuceder({ portador: null })
    },
  }
}
