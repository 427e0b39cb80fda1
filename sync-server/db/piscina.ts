/**
 * Who hands out the connections to PostgreSQL.
 *
 * A connection object of postgres.js that is cut and connects again brings along what its last life left: the error that
 * ended it (thrown at the next one's first query), a query that makes it reconnect without pause or end, bytes whose
 * sending was called off (after which it never sends anything). So none has a second life here: the first cut retires the
 * whole client, and whoever comes next gets a fresh one. Transactions still running on the retired one end by themselves.
 *
 * Turns are given out here too, in order of arrival, so that nobody waits in the queue of a client that is being retired.
 */
import type { Sql } from './tipos.ts'

/** How long a piece of work may wait for its turn, and then again for its connection to begin. */
const ESPERA_MS = 30_000
const CIERRE_S = 5

export interface Piscina {
  /**
   * Runs `fn` with a client that has a connection free. `fn` calls `empezar` once its connection answers; before that it is
   * given up after 30 s. Throws `CONNECT_TIMEOUT` then, `CONNECTION_ENDED` after `close`, or what `fn` throws.
   */
  usar<T>(fn: (sql: Sql, empezar: () => void) => Promise<T>): Promise<T>
  /** Waits for running work up to five seconds. */
  close(): Promise<void>
}

const error = (code: string, texto: string) => Object.assign(new Error(`${code}: ${texto}`), { code })
const sinRespuesta = () => error('CONNECT_TIMEOUT', 'the database gave no connection in time')
const terminada = () => error('CONNECTION_ENDED', 'the database is closed')

const CORTE = /^(CONNECTION_(CLOSED|DESTROYED)|CONNECT_TIMEOUT|08...|57P0[1-3]|ECONN\w+|EPIPE|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH)$/

/** Whether an error is about the connection, not about what was asked. */
export const esCorte = (e: unknown): boolean => CORTE.test(String((e as { code?: unknown } | undefined)?.code))

/** One client for good, that queues by itself: the embedded database, whose only connection is in this process. */
export const piscinaDeUno = (sql: Sql): Piscina => ({
  usar: (fn) => fn(sql, () => {}),
  close: () => sql.end({ timeout: CIERRE_S }),
})

interface Turnos {
  esperar(limiteMs: number): Promise<void>
  soltar(): void
  cerrar(): void
}

function crearTurnos(cuantos: number): Turnos {
  const cola = new Set<{ pasar(): void; fallar(e: Error): void }>()
  let libres = cuantos
  return {
    esperar: (limiteMs) =>
      new Promise((resolve, reject) => {
        if (libres > 0) {
          libres--
          return resolve()
        }
        const salir = (fin: () => void) => {
          clearTimeout(reloj)
          cola.delete(turno)
          fin()
        }
        const turno = { pasar: () => salir(resolve), fallar: (e: Error) => salir(() => reject(e)) }
        const reloj = setTimeout(() => turno.fallar(sinRespuesta()), limiteMs)
        cola.add(turno)
      }),
    soltar() {
      const [siguiente] = cola
      if (siguiente) siguiente.pasar()
      else libres++
    },
    cerrar() {
      for (const turno of cola) turno.fallar(terminada())
    },
  }
}

interface Cliente {
  sql: Sql
  usos: number
}

/** `abrir` makes a client of `plazas` connections that calls what it is given when one of them closes. */
export function crearPiscina(abrir: (alCerrarse: () => void) => Sql, plazas: number, esperaMs = ESPERA_MS): Piscina {
  const turnos = crearTurnos(plazas)
  const clientes = new Set<Cliente>()
  let actual: Cliente | undefined
  let cierre: Promise<void> | undefined

  const terminar = (cliente: Cliente, plazoS: number) =>
    cliente.sql
      .end({ timeout: plazoS })
      .catch(() => {})
      .finally(() => clientes.delete(cliente))
  const retirar = (cliente: Cliente) => {
    if (cliente !== actual) return
    actual = undefined
    if (cliente.usos === 0) void terminar(cliente, 1)
  }
  const vigente = (): Cliente => {
    if (actual) return actual
    const cliente: Cliente = { usos: 0, sql: abrir(() => retirar(cliente)) }
    clientes.add(cliente)
    actual = cliente
    return cliente
  }
  const dejar = (cliente: Cliente) => {
    cliente.usos--
    if (cliente !== actual && cliente.usos === 0 && !cierre) void terminar(cliente, 1)
    turnos.soltar()
  }

  return {
    async usar(fn) {
      if (cierre) throw terminada()
      await turnos.esperar(esperaMs)
      if (cierre) throw terminada()
      const cliente = vigente()
      cliente.usos++
      return new Promise((resolve, reject) => {
        let acabada = false
        const acabar = (fin: () => void, e?: unknown) => {
          clearTimeout(reloj)
          if (acabada) return
          acabada = true
          if (esCorte(e)) retirar(cliente)
          dejar(cliente)
          fin()
        }
        const fallar = (e: unknown) => acabar(() => reject(e), e)
        const reloj = setTimeout(() => fallar(sinRespuesta()), esperaMs)
        const empezar = () => {
          // Whoever asked was told that it failed: nothing of it may happen now.
          if (acabada) throw sinRespuesta()
          clearTimeout(reloj)
        }
        fn(cliente.sql, empezar).then((valor) => acabar(() => resolve(valor)), fallar)
      })
    },
    close() {
      if (cierre) return cierre
      const todos = [...clientes]
      cierre = Promise.all(todos.map((cliente) => terminar(cliente, CIERRE_S))).then(() => {})
      turnos.cerrar()
      return cierre
    },
  }
}
