/**
 * The real server in this process, which may die at any statement: the transaction at hand is rolled back, the request gets no answer, and what
 * it had in memory (hub, sessions in flight, projector's queue) is gone. A new app on the same database takes its place.
 */
import type { Db, Tx } from '../../sync-server/db/db.ts'
import type { Azar } from './azar.ts'
import type { Extremo } from './red.ts'
import type { Tiempo } from './tiempo.ts'

export class ServidorMuerto extends Error {
  constructor() {
    super('the server was killed')
    this.name = 'ServidorMuerto'
  }
}

/** What a living incarnation offers; made anew after each death. */
export interface Encarnacion {
  fetch(pedido: Request): Promise<Response> | Response
}

interface Latido {
  viva: boolean
}

export class Nodo implements Extremo {
  readonly #db: Db
  readonly #tiempo: Tiempo
  readonly #encarnar: (db: Db) => Promise<Encarnacion>
  #actual: { latido: Latido; encarnacion: Encarnacion } | undefined
  #muereEn = 0
  muertes = 0
  alMorir: () => void = () => {}

  constructor(db: Db, tiempo: Tiempo, encarnar: (db: Db) => Promise<Encarnacion>) {
    this.#db = db
    this.#tiempo = tiempo
    this.#encarnar = encarnar
  }

  get vivo(): boolean {
    return this.#actual !== undefined
  }

  async levantar(): Promise<void> {
    if (this.#actual) return
    const latido = { viva: true }
    this.#muereEn = 0
    this.#actual = { latido, encarnacion: await this.#encarnar(this.#dbMortal(latido)) }
  }

  /** Dies at one of the next statements (or right after the commit that follows it). */
  programarMuerte(azar: Azar): void {
    this.#muereEn = azar.entre(1, 25)
  }

  async fetch(pedido: Request): Promise<Response> {
    const actual = this.#actual
    if (!actual) throw new TypeError('fetch failed')
    const respuesta = await actual.encarnacion.fetch(pedido)
    if (!actual.latido.viva) throw new TypeError('fetch failed')
    return respuesta
  }

  #morir(latido: Latido): void {
    if (!latido.viva) return
    latido.viva = false
    this.muertes++
    this.#actual = undefined
    this.alMorir()
  }

  /** Counts a statement of this incarnation; the last one it makes throws. */
  #sentencia(latido: Latido): void {
    if (!latido.viva) throw new ServidorMuerto()
    if (this.#muereEn > 0 && --this.#muereEn === 0) {
      this.#morir(latido)
      throw new ServidorMuerto()
    }
  }

  #dbMortal(latido: Latido): Db {
    const contexto = async <T>(correr: () => Promise<T>): Promise<T> => {
      if (!latido.viva) throw new ServidorMuerto()
      const valor = await this.#tiempo.contar('transaction', correr)
      // Committed, but who asked never hears of it.
      this.#sentencia(latido)
      return valor
    }
    const mortal = (tx: Tx): Tx =>
      new Proxy(tx, {
        apply: (real, este, args) => {
          if (Array.isArray((args[0] as { raw?: unknown } | undefined)?.raw)) this.#sentencia(latido)
          return Reflect.apply(real as never, este, args)
        },
        get: (real, llave) => {
          const valor = Reflect.get(real, llave)
          if (llave !== 'unsafe') return valor
          return (...args: unknown[]) => {
            this.#sentencia(latido)
            return Reflect.apply(valor as never, real, args)
          }
        },
      })
    const db = this.#db
    return {
      motor: db.motor,
      negocio: (id, fn, o) => contexto(() => db.negocio(id, (tx) => fn(mortal(tx)), o)),
      usuario: (id, fn, o) => contexto(() => db.usuario(id, (tx) => fn(mortal(tx)), o)),
      plataforma: (fn, o) => contexto(() => db.plataforma((tx) => fn(mortal(tx)), o)),
      escuchar: db.escuchar,
      avisar: db.avisar,
      close: async () => {},
    }
  }
}
