/**
 * A device: a disk, a line, a clock that may be wrong, and at most one living worker. Killing the worker leaves disk and line as they are;
 * the next run is another realm on the same disk.
 */

import type { App } from '../../schema/protocol/pull.ts'
import type { ReplicaApi, Respuesta } from '../replica/api.ts'
import type { Azar } from './azar.ts'
import { Cerrajero } from './candados.ts'
import { almacenEn, Disco, notasEn, type Vida } from './disco.ts'
import type { Linea } from './red.ts'
import { abrirReino } from './reino.ts'
import { RelojDeEquipo, type Tiempo } from './tiempo.ts'

export const BASE = 'http://anunciaya.prueba'

/** The worker died while it was being asked. */
export class TrabajadorMuerto extends Error {
  constructor() {
    super('the worker was killed')
    this.name = 'TrabajadorMuerto'
  }
}

interface Ejecucion {
  vida: Vida
  reloj: RelojDeEquipo
  api: ReplicaApi
  muerte: Promise<never>
}

export class Equipo {
  readonly nombre: string
  readonly app: App
  readonly disco = new Disco()
  readonly linea: Linea
  readonly #tiempo: Tiempo
  readonly #azar: Azar
  readonly #cerrajero = new Cerrajero()
  #ejecucion: Ejecucion | undefined
  #desfase = 0
  arranques = 0

  constructor(nombre: string, app: App, tiempo: Tiempo, azar: Azar, linea: Linea) {
    this.nombre = nombre
    this.app = app
    this.linea = linea
    this.#tiempo = tiempo
    this.#azar = azar
  }

  get encendido(): boolean {
    return this.#ejecucion !== undefined
  }
  /** Wall clock minus true time, ms; may be changed while the worker lives. */
  get desfase(): number {
    return this.#desfase
  }
  moverReloj(desfase: number): void {
    this.#desfase = desfase
    if (this.#ejecucion) this.#ejecucion.reloj.desfase = desfase
  }

  /** Starts a worker on this disk; `abrir` of the replica is called and not waited for. */
  async encender(): Promise<void> {
    if (this.#ejecucion) return
    this.arranques++
    let avisarMuerte: (error: Error) => void = () => {}
    const muerte = new Promise<never>((_, rechazar) => {
      avisarMuerte = rechazar
    })
    muerte.catch(() => {})
    const vida: Vida = { viva: true, alMorir: () => this.matar() }
    const reloj = new RelojDeEquipo(this.#tiempo, this.#desfase, vida)
    const azar = this.#azar.rama(`${this.nombre}/${this.arranques}`)
    const reino = await abrirReino(this.#tiempo, reloj, azar, vida, vida)
    const api = reino.crearReplica({
      app: this.app,
      nombre: this.app,
      base: BASE,
      versionApp: 'simulacion',
      storage: almacenEn(this.disco, vida, reino.getRxStorageMemory()),
      notas: notasEn(this.disco, vida),
      leerDeDisco: async (coleccion, id) => this.disco.leer(coleccion, id),
      fetch: this.linea.fetchDe(vida),
      reloj,
      azar: (n) => azar.bytes(n),
      candados: this.#cerrajero.candadosDe(vida),
      medirAlmacen: async () => ({ usadoBytes: this.disco.escrituras * 300, cuotaBytes: 1e9 }),
    })
    this.#ejecucion = { vida, reloj, api, muerte }
    this.#alMorir = avisarMuerte
    this.pedir((a) => a.abrir()).catch(() => {})
  }
  #alMorir: (error: Error) => void = () => {}

  /** kill -9: nothing the worker does from now on reaches disk, network or clock. */
  matar(): void {
    const ejecucion = this.#ejecucion
    if (!ejecucion) return
    this.#ejecucion = undefined
    ejecucion.vida.viva = false
    this.#tiempo.quitarDe(ejecucion.vida)
    this.#cerrajero.soltarDe(ejecucion.vida)
    this.linea.cortarFlujos()
    this.#alMorir(new TrabajadorMuerto())
  }

  /** Asks the living worker. @throws TrabajadorMuerto when there is none, or it dies before it answers */
  async pedir<T>(fn: (api: ReplicaApi) => Promise<T>): Promise<T> {
    if (!this.#ejecucion) throw new TrabajadorMuerto()
    return Promise.race([fn(this.#ejecucion.api), this.#ejecucion.muerte])
  }

  /** As `pedir`, for what must work here. @throws Error with the code of a refusal */
  async lograr<T>(que: string, fn: (api: ReplicaApi) => Promise<Respuesta<T>>): Promise<T> {
    const respuesta = await this.pedir(fn)
    if (!respuesta.ok) throw new Error(`${this.nombre}: ${que}: ${respuesta.codigo}${respuesta.campo ? ` (${respuesta.campo})` : ''}`)
    return respuesta.valor
  }
}
