/**
 * The statements of the server, written down as it runs them and run again raw: the same texts and parameters in the same transactions (same role, same
 * tenant, same commit), by the same driver, those it sends together sent together. What is missing is everything the server does around them.
 */
import type { Db, Tx } from '../../sync-server/db/db.ts'
import { opcionesComunes } from '../../sync-server/db/tipos.ts'

interface Statement {
  text: string
  parameters: readonly unknown[]
  /** PostgreSQL's number for each; 0 where the statement is asked. */
  types: readonly number[]
}

export interface Transaction {
  role: 'negocio' | 'usuario' | 'plataforma'
  /** Of the negocio or the usuario. */
  id: string
  /** What was sent without waiting for what is before it in the same list. */
  groups: Statement[][]
}

export interface Recorder {
  /** The transactions of `work`, in the order of their commits. One `work` at a time. */
  during(work: () => Promise<unknown>): Promise<Transaction[]>
}

const ROLE = /set local role app_(negocio|usuario|plataforma)/
const TENANT = /set_config\('app\.(?:negocio|usuario)', '([0-9a-f-]{36})'/

/** Opens a database whose statements are written down. */
export async function openRecorded(open: () => Promise<Db>): Promise<{ db: Db; recorder: Recorder }> {
  const running = new Map<number, Transaction & { tick: number }>()
  let done: Transaction[] = []
  let tick = 0
  let willTick = false

  function note(connection: number, text: string, parameters: readonly unknown[], types: readonly number[]): void {
    // An answer comes in a later turn of the event loop: within one turn, nobody waited.
    if (!willTick) {
      willTick = true
      setImmediate(() => {
        tick++
        willTick = false
      })
    }
    if (/^\s*begin\b/.test(text)) running.set(connection, { role: 'plataforma', id: '', groups: [], tick: -1 })
    const transaction = running.get(connection)
    if (!transaction) return
    const role = ROLE.exec(text)?.[1]
    if (role) Object.assign(transaction, { role, id: TENANT.exec(text)?.[1] ?? '' })
    else if (/^\s*(commit|rollback)\b/.test(text)) {
      running.delete(connection)
      done.push(transaction)
    } else if (!/^\s*begin\b/.test(text)) {
      if (transaction.tick !== tick) transaction.groups.push([])
      transaction.tick = tick
      transaction.groups.at(-1)?.push({ text, parameters: [...parameters], types: [...types] }) // the driver writes into its own
    }
  }

  const options = opcionesComunes as typeof opcionesComunes & { debug?: typeof note }
  options.debug = note
  const db = await open()
  delete options.debug
  const during = async (work: () => Promise<unknown>) => {
    done = []
    await work()
    return done
  }
  return { db, recorder: { during } }
}

/** @throws the database's errors: what went through once has to go through again */
export async function runRaw(db: Db, { role, id, groups }: Transaction): Promise<void> {
  const run = (sql: Tx, { text, parameters, types }: Statement) => {
    const values = parameters.map((value, i) => (types[i] ? sql.typed(value as never, types[i]) : value))
    return sql.unsafe(text, values as never[], { prepare: true })
  }
  const all = async (sql: Tx) => {
    for (const group of groups) await Promise.all(group.map((statement) => run(sql, statement)))
  }
  if (role === 'plataforma') await db.plataforma(all)
  else await db[role](id, all)
}
