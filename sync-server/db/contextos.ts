/** The three contexts over clients of postgres.js: the same code on both engines. */
import { AsyncLocalStorage } from 'node:async_hooks'
import { enAmarre } from './corte.ts'
import type { Db, Motor, OpcionesTx, Tx } from './db.ts'
import { ErrorDb } from './errores.ts'
import { esCorte, type Piscina } from './piscina.ts'
import type { Sql } from './tipos.ts'

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i

/** Which transaction this chain of promises runs in. Marked closed at its end: work started inside may outlive it. */
const enCurso = new AsyncLocalStorage<{ abierta: boolean }>()

function exigirFuera(): void {
  if (enCurso.getStore()?.abierta) throw new ErrorDb('TRANSACCION_ANIDADA', 'use the sql of the transaction at hand')
}

export interface Contexto {
  motor: Motor
  /** The statements a transaction begins with. */
  preparar: string
}

function opcionesDeBegin({ isolation, soloLectura }: OpcionesTx): string {
  return `${isolation ? `isolation level ${isolation}` : ''} ${soloLectura ? 'read only' : ''}`
}

/** One try. `empezar` is called when the transaction is ready for `fn`, and throws if it comes too late. */
async function intentar<T>(
  sql: Sql,
  { motor, preparar }: Contexto,
  fn: (sql: Tx) => T | Promise<T>,
  opciones: OpcionesTx,
  empezar: () => void,
): Promise<T> {
  const marca = { abierta: true }
  const trabajo = (tx: Tx) => {
    empezar()
    return fn(tx)
  }
  try {
    // A query sent behind another one, whose parameters postgres.js then cannot write, hangs: `preparar` is waited for.
    return await enAmarre(sql, { motor, opciones: opcionesDeBegin(opciones), preparar }, (tx) => enCurso.run(marca, () => trabajo(tx)))
  } finally {
    marca.abierta = false
  }
}

/**
 * Runs `fn` in one transaction that begins with the statements of its context.
 * A connection found cut before `fn` began (PostgreSQL restarted while it was idle) is left for another, once. Afterwards
 * nobody knows what `fn` did, and the error is the caller's.
 * Throws `TRANSACCION_ANIDADA` inside another one: on PGlite it would wait for itself for ever, on PostgreSQL it would
 * drain the pool.
 */
export async function enTransaccion<T>(
  piscina: Piscina,
  contexto: Contexto,
  fn: (sql: Tx) => T | Promise<T>,
  opciones: OpcionesTx = {},
): Promise<T> {
  exigirFuera()
  let empezada = false
  const una = () =>
    piscina.usar((sql, empezar) =>
      intentar(sql, contexto, fn, opciones, () => {
        empezar()
        empezada = true
      }),
    )
  return una().catch((error) => {
    if (empezada || !esCorte(error) || (error as { code: string }).code === 'CONNECT_TIMEOUT') throw error
    return una()
  })
}

function exigirUuid(id: string, que: string): string {
  if (typeof id !== 'string' || !UUID.test(id)) throw new ErrorDb('ID_INVALIDO', que)
  return id.toLowerCase()
}

export interface Soporte {
  escuchar: Db['escuchar']
  avisar: Db['avisar']
  mantener: Db['mantener']
  close: Db['close']
}

/** Builds the Db everybody uses. Its clients must be logged in as a role that is a member of the three, and no more. */
export function crearDb(motor: Motor, piscina: Piscina, soporte: Soporte): Db {
  let cierre: Promise<void> | undefined
  const en = (rol: string, ajuste = ''): Contexto => ({ motor, preparar: `set local role ${rol}${ajuste}` })
  return {
    motor,
    // The id is checked before it is put in the text: with the simple protocol there are no parameters.
    negocio: async (negocioId, fn, opciones) => {
      const id = exigirUuid(negocioId, 'negocioId')
      return enTransaccion(piscina, en('app_negocio', `; select set_config('app.negocio', '${id}', true)`), fn, opciones)
    },
    usuario: async (usuarioId, fn, opciones) => {
      const id = exigirUuid(usuarioId, 'usuarioId')
      return enTransaccion(piscina, en('app_usuario', `; select set_config('app.usuario', '${id}', true)`), fn, opciones)
    },
    plataforma: (fn, opciones) => enTransaccion(piscina, en('app_plataforma'), fn, opciones),
    escuchar: soporte.escuchar,
    avisar: soporte.avisar,
    mantener: async (limiteMs) => {
      exigirFuera()
      return soporte.mantener(limiteMs)
    },
    close: () => (cierre ??= soporte.close()),
  }
}
