/**
 * What happens to a transaction whose connection is cut (PostgreSQL restarts, the network drops, an idle one is ended).
 *
 * postgres.js gives the pool its connection back, dead, and rejects `begin`; but whoever still holds the transaction's tag may
 * go on writing to it. Before it reconnects that throws outside any promise and ends the process; after it reconnects, for
 * somebody else, the statement lands in the other's transaction, with the other's tenant set. Here it is refused:
 *
 *   a connection counts its lives, a transaction remembers in which one it began, and each query is checked when it is sent.
 */
import type { Motor, Tx } from './db.ts'
import { crearVejez } from './planes.ts'
import type { Sql } from './tipos.ts'

interface Consulta extends Promise<unknown> {
  /** The text, still unsent. */
  strings: readonly string[]
  reject(error: Error): void
}

/** What we use of a connection of postgres.js: not in its types, so the version is pinned and `open.pg.test.ts` cuts it. */
interface Conexion {
  execute(consulta: Consulta): unknown
  connect(consulta: unknown): void
  terminate(): void
  /** Called once, when the socket closes; `begin` puts its own here. */
  onclose?: ((error: Error) => void) | null
}

interface Estado {
  vida: number
  cortada: boolean
}

/** One transaction in one life of its connection. */
export interface Amarre {
  estado: Estado
  vida: number
}

const estados = new WeakMap<Conexion, Estado>()
const amarres = new WeakMap<object, Amarre>()
/** The first message of each transaction. */
const primeras = new WeakSet<object>()

const cortado = () => Object.assign(new Error('the connection of this transaction was cut'), { code: 'CONNECTION_CLOSED' })

const sigueViva = ({ estado, vida }: Amarre) => !estado.cortada && estado.vida === vida

/**
 * The socket's own errors come an instant before its closing: from then on nothing more may be sent. They are heard of a
 * moment later, when the connection may be in its next `vida`, which they do not concern.
 */
function anotar(estado: Estado, vida: number, error: unknown): void {
  if (estado.vida !== vida) return
  const { errno, code } = error as { errno?: number; code?: string }
  if (errno !== undefined || code?.startsWith('CONNECTION_') || code === 'CONNECT_TIMEOUT') estado.cortada = true
}

function vigilar(conexion: Conexion, motor: Motor): Estado {
  const conocido = estados.get(conexion)
  if (conocido) return conocido
  const estado: Estado = { vida: 1, cortada: false }
  const { execute, connect } = conexion
  const sonViejos = crearVejez(motor)
  conexion.execute = (consulta) => {
    const suya = amarres.get(consulta)
    if (estado.cortada || (suya && !sigueViva(suya))) {
      consulta.reject(cortado())
      return true
    }
    if (primeras.has(consulta) && sonViejos()) consulta.strings = [`${consulta.strings[0]}; discard plans`]
    const { vida } = estado
    consulta.catch((error) => anotar(estado, vida, error))
    return execute(consulta)
  }
  conexion.connect = (consulta) => {
    estado.vida++
    estado.cortada = false
    connect(consulta)
  }
  estados.set(conexion, estado)
  return estado
}

interface OpcionesDeUnsafe {
  onexecute(c: Conexion): unknown
}

interface Comienzo {
  motor: Motor
  /** What follows `begin`. */
  opciones: string
  /** The statements that make the context, sent in the same message: a round trip less. */
  preparar: string
}

/**
 * `sql.begin`, whose first message also carries `preparar`. postgres.js composes that message as it is called, by the client's own `unsafe`, and keeps
 * to letters what it is told to add: so that one call is answered by us. `alSaber` hears which connection sends it.
 */
function comenzar<T>(
  sql: Sql,
  { motor, opciones, preparar }: Comienzo,
  alSaber: (c: Conexion, vida: number) => void,
  fn: (tx: Tx) => Promise<T>,
) {
  const { unsafe } = sql
  const enUno = (texto: string, args: never[], suyas: OpcionesDeUnsafe) => {
    sql.unsafe = unsafe
    let vida = 0
    let conexion: Conexion | undefined
    const onexecute = (c: Conexion) => {
      conexion = c
      vida = vigilar(c, motor).vida
      alSaber(c, vida)
      return suyas.onexecute(c)
    }
    const primera = unsafe(`${texto}; ${preparar}`, args, { ...suyas, onexecute } as never)
    primeras.add(primera)
    primera.catch((error) => {
      if (!conexion) return
      const estado = vigilar(conexion, motor)
      anotar(estado, vida, error)
      // The connection is well but its transaction is not, and nobody would ever end it.
      if (!estado.cortada && estado.vida === vida) conexion.terminate()
    })
    return primera
  }
  sql.unsafe = enUno as never
  try {
    return sql.begin(opciones, fn) as Promise<T>
  } finally {
    sql.unsafe = unsafe
  }
}

/**
 * The outcome of a piece of work, or never: postgres.js answers an outcome with COMMIT, ROLLBACK or RELEASE, which must
 * not be sent once the connection is another's. By then `begin` itself has been rejected, so nobody waits for this.
 */
function siSigue<T>(amarre: Amarre, trabajo: () => T | Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const siViva = (fn: () => void) => () => sigueViva(amarre) && fn()
    Promise.resolve()
      .then(trabajo)
      .then(
        (valor) => siViva(() => resolve(valor))(),
        // The closing follows the error of the socket within one turn of the loop.
        (error) => setImmediate(() => setImmediate(siViva(() => reject(error)))),
      )
  })
}

function marcar<T>(valor: T, amarre: Amarre): T {
  if (valor instanceof Promise) amarres.set(valor, amarre)
  return valor
}

/** The tag given to `fn`: every query made with it carries its transaction. */
function etiqueta(tx: Tx, amarre: Amarre): Tx {
  const unsafe = (...args: Parameters<Tx['unsafe']>) => marcar(tx.unsafe(...args), amarre)
  const savepoint = (...args: unknown[]) => {
    const fn = args.pop() as (sql: Tx) => unknown
    const dentro = (sp: Tx) => siSigue(amarre, () => fn(etiqueta(sp, amarre)))
    return (tx.savepoint as (...a: unknown[]) => Promise<unknown>)(...args, dentro)
  }
  return new Proxy(tx, {
    apply: (destino, yo, args) => marcar(Reflect.apply(destino as never, yo, args), amarre),
    get: (destino, clave) => (clave === 'unsafe' ? unsafe : clave === 'savepoint' ? savepoint : Reflect.get(destino, clave)),
  })
}

/** One transaction: `begin` and `preparar` in one message, then `fn`, tied to the connection that carries them. */
export function enAmarre<T>(sql: Sql, comienzo: Comienzo, fn: (sql: Tx) => T | Promise<T>): Promise<T> {
  let amarre: Amarre | undefined
  let conexion: Conexion | undefined
  const alSaber = (c: Conexion, vida: number) => {
    conexion = c
    amarre = { estado: vigilar(c, comienzo.motor), vida }
  }
  return comenzar(sql, comienzo, alSaber, async (tx) => {
    await null // `begin` puts its own onclose once this has begun
    if (!conexion || !amarre) throw new Error('postgres.js did not say which connection it used')
    const { estado } = amarre
    const deBegin = conexion.onclose
    conexion.onclose = (error) => {
      estado.cortada = true
      deBegin?.(error)
    }
    return siSigue(amarre, () => fn(etiqueta(tx, amarre as Amarre)))
  })
}
