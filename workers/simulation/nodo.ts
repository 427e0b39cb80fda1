/**
 * The real server in this process, which may die at any statement: the transaction at hand is rolled back, the request gets no answer, and what
 * it had in memory (hub, sessions in flight, projector's queue) is gone. A new app on the same database takes its place. There may be two of them at
 * once, which serve by turns and know of each other through the database and a late hint.
 */
import type { Db, Tx } from '../../sync-server/db/db.ts'
import type { Azar } from './azar.ts'
import type { Extremo } from './red.ts'
import type { Tiempo } from './tiempo.ts'
import { NUNCA } from './vida.ts'

export class ServidorMuerto extends Error {
  constructor() {
    super('the server was killed')
    this.name = 'ServidorMuerto'
  }
}

/** What a living incarnation offers; made anew after each death. */
export interface Encarnacion {
  fetch(pedido: Request): Promise<Response> | Response
  /** Tells `otra` what is published here, until either dies. */
  avisarA(otra: this, vivas: () => boolean): void
}
/** Runs an order at this incarnation's own console. @throws ServidorMuerto when it dies over it */
export type Ordenar = <T>(orden: () => Promise<T>) => Promise<T>

/** Rejects when this incarnation dies; `viva` says whether it did. */
interface Latido {
  viva: boolean
  muerte: Promise<never>
  apagar: () => void
}

function nuevoLatido(): Latido {
  let avisar: (error: Error) => void = () => {}
  const muerte = new Promise<never>((_, rechazar) => {
    avisar = rechazar
  })
  muerte.catch(() => {})
  const latido = { viva: true, muerte, apagar: () => {} }
  latido.apagar = () => {
    latido.viva = false
    avisar(new ServidorMuerto())
  }
  return latido
}

interface Viva<E> {
  latido: Latido
  encarnacion: E
}

export class Nodo<E extends Encarnacion = Encarnacion> implements Extremo {
  readonly #db: Db
  readonly #tiempo: Tiempo
  readonly #encarnar: (db: Db, ordenar: Ordenar) => Promise<E>
  #vivas: Viva<E>[] = []
  #ultima: E | undefined
  #turno = 0
  #muereEn = 0
  muertes = 0
  /** `aMedias`: at a statement, not between two. */
  alMorir: (aMedias: boolean) => void = () => {}

  constructor(db: Db, tiempo: Tiempo, encarnar: (db: Db, ordenar: Ordenar) => Promise<E>) {
    this.#db = db
    this.#tiempo = tiempo
    this.#encarnar = encarnar
  }

  get vivo(): boolean {
    return this.#vivas.length > 0
  }
  get cuantos(): number {
    return this.#vivas.length
  }
  /** The oldest that lives; of those that do not, the last one. */
  get encarnacion(): E {
    const encarnacion = this.#vivas[0]?.encarnacion ?? this.#ultima
    if (!encarnacion) throw new Error('this server was never started')
    return encarnacion
  }

  /** Starts it when none lives. */
  async levantar(): Promise<void> {
    if (!this.vivo) await this.levantarOtro()
  }

  /** Starts one more beside those that live. */
  async levantarOtro(): Promise<E> {
    const latido = nuevoLatido()
    this.#muereEn = 0
    const ordenar: Ordenar = (orden) => (latido.viva ? Promise.race([orden(), latido.muerte]) : latido.muerte)
    const encarnacion = await this.#encarnar(this.#dbMortal(latido), ordenar)
    for (const otra of this.#vivas) {
      const vivas = () => latido.viva && otra.latido.viva
      otra.encarnacion.avisarA(encarnacion, vivas)
      encarnacion.avisarA(otra.encarnacion, vivas)
    }
    this.#vivas.push({ latido, encarnacion })
    this.#ultima = encarnacion
    return encarnacion
  }

  /** kill -9 of all of them, between two statements. */
  matar(): void {
    for (const viva of [...this.#vivas]) this.#morir(viva.latido, false)
  }

  /** One of them dies at one of the next statements (or right after the commit that follows it). */
  programarMuerte(azar: Azar): void {
    this.#muereEn = azar.entre(1, 25)
  }
  /** Calls a planned death off. */
  perdonar(): void {
    this.#muereEn = 0
  }

  async fetch(pedido: Request): Promise<Response> {
    const una = this.#vivas[this.#turno++ % this.#vivas.length]
    if (!una) throw new TypeError('fetch failed')
    try {
      return await Promise.race([una.encarnacion.fetch(pedido), una.latido.muerte])
    } catch (error) {
      throw error instanceof ServidorMuerto ? new TypeError('fetch failed') : error
    }
  }

  #morir(latido: Latido, aMedias: boolean): void {
    if (!latido.viva) return
    this.#vivas = this.#vivas.filter((una) => una.latido !== latido)
    this.muertes++
    latido.apagar()
    this.alMorir(aMedias)
  }

  /** Counts a statement; false when it is the one at which the server dies. */
  #sentencia(latido: Latido): boolean {
    if (latido.viva && this.#muereEn > 0 && --this.#muereEn === 0) this.#morir(latido, true)
    return latido.viva
  }

  /** A dead server runs no further: its promises never settle, and the database, which lives, rolls its transaction back. */
  #dbMortal(latido: Latido): Db {
    const contexto = async <T>(correr: () => Promise<T>): Promise<T> => {
      if (!latido.viva) return NUNCA
      const valor = await this.#tiempo.contar('transaction', correr).catch((error) => (latido.viva ? Promise.reject(error) : NUNCA))
      // At this one it is committed, but who asked never hears of it.
      return this.#sentencia(latido) ? valor : NUNCA
    }
    const mortal =
      <T>(fn: (tx: Tx) => T | Promise<T>) =>
      (tx: Tx) =>
        Promise.race([fn(this.#txMortal(tx, latido)), latido.muerte])
    const db = this.#db
    return {
      motor: db.motor,
      negocio: (id, fn, o) => contexto(() => db.negocio(id, mortal(fn), o)),
      usuario: (id, fn, o) => contexto(() => db.usuario(id, mortal(fn), o)),
      plataforma: (fn, o) => contexto(() => db.plataforma(mortal(fn), o)),
      escuchar: db.escuchar,
      avisar: db.avisar,
      mantener: db.mantener,
      close: async () => {},
    }
  }

  #txMortal(tx: Tx, latido: Latido): Tx {
    return new Proxy(tx, {
      apply: (real, este, args) => {
        const esSentencia = Array.isArray((args[0] as { raw?: unknown } | undefined)?.raw)
        return !esSentencia || this.#sentencia(latido) ? Reflect.apply(real as never, este, args) : NUNCA
      },
      get: (real, llave) => {
        const valor = Reflect.get(real, llave)
        if (llave !== 'unsafe') return valor
        return (...args: unknown[]) => (this.#sentencia(latido) ? Reflect.apply(valor as never, real, args) : NUNCA)
      },
    })
  }
}
