/**
 * A device: a disk, a line, a clock that may be wrong, and a living worker for each tab, mostly one. Killing them leaves disk and line as they are;
 * the next run is another realm on the same disk.
 */

import type { App } from '../../schema/protocol/pull.ts'
import type { ReplicaApi, Respuesta } from '../replica/api.ts'
import type { Azar } from './azar.ts'
import { Cerrajero } from './candados.ts'
import { almacenEn, Disco, type Memoria, notasEn, nuevaMemoria } from './disco.ts'
import type { Linea } from './red.ts'
import { abrirReino } from './reino.ts'
import { RelojDeEquipo, type Tiempo } from './tiempo.ts'
import type { Vida } from './vida.ts'

export const BASE = 'http://anunciaya.prueba'

/** The worker died while it was being asked. */
export class TrabajadorMuerto extends Error {
  constructor() {
    super('the worker was killed')
    this.name = 'TrabajadorMuerto'
  }
}

/** A tab: its worker, and what stops it. */
interface Pestana {
  vida: Vida
  reloj: RelojDeEquipo
  api: ReplicaApi
  /** Rejects when it is killed. */
  muerte: Promise<never>
  avisarMuerte: (error: Error) => void
  deshelar: () => void
}

export class Equipo {
  readonly nombre: string
  readonly app: App
  readonly disco = new Disco()
  readonly linea: Linea
  readonly #tiempo: Tiempo
  readonly #azar: Azar
  readonly #cerrajero = new Cerrajero()
  #pestanas: Pestana[] = []
  #memoria: Memoria | undefined
  #desfase = 0
  #turno = 0
  arranques = 0

  constructor(nombre: string, app: App, tiempo: Tiempo, azar: Azar, linea: Linea) {
    this.nombre = nombre
    this.app = app
    this.linea = linea
    this.#tiempo = tiempo
    this.#azar = azar
  }

  get encendido(): boolean {
    return this.#pestanas.length > 0
  }
  get pestanas(): number {
    return this.#pestanas.length
  }
  get congelado(): boolean {
    return this.#pestanas.some(({ vida }) => vida.hielo !== undefined)
  }
  /** Wall clock minus true time, ms; may be changed while the worker lives. */
  get desfase(): number {
    return this.#desfase
  }
  moverReloj(desfase: number): void {
    this.#desfase = desfase
    for (const { reloj } of this.#pestanas) reloj.desfase = desfase
  }

  /** Starts a worker on this disk; `abrir` of the replica is called and not waited for. */
  async encender(): Promise<void> {
    if (!this.encendido) await this.abrirPestana()
  }

  /** One more worker on the same disk, of the same working copy of it, under the same locks. */
  async abrirPestana(): Promise<void> {
    this.arranques++
    const vida: Vida = { viva: true, alMorir: () => this.matar() }
    const reloj = new RelojDeEquipo(this.#tiempo, this.#desfase, vida)
    const azar = this.#azar.rama(`${this.nombre}/${this.arranques}`)
    const reino = await abrirReino(this.#tiempo, reloj, azar, vida, vida)
    this.#memoria ??= nuevaMemoria(reino.getRxStorageMemory())
    const api = reino.crearReplica({
      app: this.app,
      nombre: this.app,
      base: BASE,
      versionApp: 'simulacion',
      storage: almacenEn(this.disco, vida, this.#memoria),
      notas: notasEn(this.disco, vida),
      leerDeDisco: async (coleccion, id) => this.disco.leer(coleccion, id),
      fetch: this.linea.fetchDe(vida),
      reloj,
      azar: (n) => azar.bytes(n),
      candados: this.#cerrajero.candadosDe(vida),
      medirAlmacen: async () => ({ usadoBytes: this.disco.escrituras * 300, cuotaBytes: 1e9 }),
    })
    let avisarMuerte: Pestana['avisarMuerte'] = () => {}
    const muerte = new Promise<never>((_, rechazar) => {
      avisarMuerte = rechazar
    })
    muerte.catch(() => {})
    const pestana = { vida, reloj, api, muerte, avisarMuerte, deshelar: () => {} }
    this.#pestanas.push(pestana)
    this.#pedirA(pestana, (a) => a.abrir()).catch(() => {})
  }

  /** kill -9, or the battery: nothing its workers do from now on reaches disk, network or clock. */
  matar(): void {
    if (this.#memoria) this.#memoria.encendida = false
    this.#memoria = undefined
    for (const pestana of this.#pestanas.splice(0)) this.#acabar(pestana)
    this.linea.cortarFlujos()
  }

  /** The oldest tab is closed while others stay; false when there is but one. */
  cerrarPestana(): boolean {
    if (this.#pestanas.length < 2) return false
    const [vieja] = this.#pestanas.splice(0, 1)
    if (vieja) this.#acabar(vieja)
    return true
  }

  #acabar({ vida, avisarMuerte }: Pestana): void {
    vida.viva = false
    this.#tiempo.quitarDe(vida)
    this.#cerrajero.soltarDe(vida)
    avisarMuerte(new TrabajadorMuerto())
  }

  /**
   * The tab that syncs stops where it is, as the browser does with one in the background: its timers wait, answers and locks reach it later. Another one
   * that is open becomes visible. False: none could be frozen.
   */
  congelar(): boolean {
    const lider = this.#pestanas.find(({ vida }) => !vida.hielo && this.#cerrajero.tiene(vida, '-lider'))
    if (!lider) return false
    const { vida } = lider
    vida.hielo = new Promise((resolver) => {
      lider.deshelar = () => {
        vida.hielo = undefined
        this.#tiempo.descongelar(vida)
        resolver()
      }
    })
    this.#tiempo.congelar(vida)
    const otra = this.#pestanas.find((pestana) => !pestana.vida.hielo)
    if (otra) this.#pedirA(otra, (api) => api.alHacerseVisible()).catch(() => {})
    return true
  }

  /** Somebody looks at the frozen tabs again. */
  descongelar(): void {
    for (const pestana of this.#pestanas) {
      if (!pestana.vida.hielo) continue
      pestana.deshelar()
      this.#pedirA(pestana, (api) => api.alHacerseVisible()).catch(() => {})
    }
  }

  /** Asks a living worker; with several tabs, each in its turn. Whoever asks a frozen one looks at it. @throws TrabajadorMuerto when there is none, or it dies before it answers */
  async pedir<T>(fn: (api: ReplicaApi) => Promise<T>): Promise<T> {
    if (this.#pestanas.every(({ vida }) => vida.hielo)) this.descongelar()
    const despiertas = this.#pestanas.filter(({ vida }) => !vida.hielo)
    const pestana = despiertas[this.#turno++ % despiertas.length]
    if (!pestana) throw new TrabajadorMuerto()
    return this.#pedirA(pestana, fn)
  }

  #pedirA<T>({ api, muerte }: Pestana, fn: (api: ReplicaApi) => Promise<T>): Promise<T> {
    return Promise.race([fn(api), muerte])
  }

  /** As `pedir`, for what must work here. @throws Error with the code of a refusal */
  async lograr<T>(que: string, fn: (api: ReplicaApi) => Promise<Respuesta<T>>): Promise<T> {
    const respuesta = await this.pedir(fn)
    if (!respuesta.ok) throw new Error(`${this.nombre}: ${que}: ${respuesta.codigo}${respuesta.campo ? ` (${respuesta.campo})` : ''}`)
    return respuesta.valor
  }
}
