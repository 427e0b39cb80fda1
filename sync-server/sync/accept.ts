/**
 * Receiving and judging are two steps (DI7). Normally they share one transaction:
 *
 *   counter → receive → judge → rows, ledger, log → commit
 *
 * Uploads of several tills that wait for the counter share one (cola-de-negocio.ts). If judging throws, everything is rolled back and the bytes are received
 * alone; then pending.ts finds the offender. What is left `recibido` is always judged before anything newer, so the ledger is a fold in acceptance order.
 */
import { assert } from '../../schema/core/rechazo.ts'
import type { Aviso } from '../../schema/domain/hechos/libro.ts'
import type { Deps } from '../context.ts'
import type { Tx } from '../db/db.ts'
import { contarRecibidos } from '../http/metricas-sync.ts'
import { anotar, type Cambio, type Contador, tomarContador } from './bitacora.ts'
import { ColaDeNegocio, type Recibir } from './cola-de-negocio.ts'
import { cambiosDeAvisos, guardarAvisos } from './guardar-libro.sql.ts'
import { ErrorDeJuicio, esPasajero, type Juicio, juzgarRenglones, type Renglon } from './judge.ts'
import { juzgarLoPendiente } from './pending.ts'
import { publicar } from './publish.ts'
import { cambiarEstados, type FilaRecibida, guardarRecibidos } from './recibidos.sql.ts'

/** What a receipt leaves to write; `contador.aceptados` and `ultimoRecibidoAt` are already moved. */
export interface Recepcion {
  filas: FilaRecibida[]
  /** Chains with lost entries, see PorJuzgar. */
  huecos: Map<string, number>
  avisos: Aviso[]
  /** Earlier entries still wait to be judged: these wait behind them. */
  hayPendientes: boolean
}

interface Hecho<T> {
  /** One for each that was received, in order. */
  recepciones: readonly T[]
  registrados: Cambio[]
  seq: number
  usuarioIds: string[]
  falta: boolean
}

/** An upload that may share its transaction: only what a device sends, which reads nothing of the ledger that others of the transaction write. */
export interface Compartible {
  /** Two uploads of one chain never share: the second is compared with rows the first has not written yet. */
  cadenaId: string
  renglones: number
}

/**
 * Runs `recibir` in one transaction under the negocio's counter and judges what it accepted. When it returns the bytes are committed (DI3);
 * their verdicts are too, unless a passing error stopped judging: then a job does it. `compartible`: several of them that wait for the same counter
 * are received one after another in one transaction and judged together.
 * @throws what `recibir` throws, and the database's errors while receiving
 */
export async function aceptar<T extends Recepcion>(
  deps: Deps,
  negocioId: string,
  recibir: Recibir<T>,
  compartible?: Compartible,
): Promise<T> {
  const solo = async () => {
    const [recibida] = concluir(deps, negocioId, await intentar(deps, negocioId, recibir))
    assert(recibida, 'what was received has a receipt')
    return recibida
  }
  const cola = compartible && colaDe(deps, negocioId)
  const { recepcion, juzgada } = cola ? await cola.pasar({ ...compartible, recibir, solo }) : await solo()
  await juzgada()
  return recepcion as T
}

/** Received and committed. */
interface Recibida<T> {
  recepcion: T
  /** Judges what could not be judged with it, once for all that shared its transaction, and out of the queue: others are received meanwhile. */
  juzgada(): Promise<void>
}

/** By Deps, then negocio: who judges is part of them. A queue lasts as long as somebody is in it. */
type Cola = ColaDeNegocio<Recepcion, Recibida<Recepcion>>
const colas = new WeakMap<Deps, Map<string, Cola>>()

function colaDe(deps: Deps, negocioId: string): Cola {
  const suyas = colas.get(deps) ?? new Map<string, Cola>()
  colas.set(deps, suyas)
  const cola =
    suyas.get(negocioId) ??
    new ColaDeNegocio<Recepcion, Recibida<Recepcion>>(
      (todos) => recibirJuntos(deps, negocioId, todos),
      () => suyas.delete(negocioId),
    )
  suyas.set(negocioId, cola)
  return cola
}

/** Null: one of them was refused or could not be judged, nothing was kept, and each is to be tried alone. @throws a passing error, which is everybody's */
async function recibirJuntos<T extends Recepcion>(
  deps: Deps,
  negocioId: string,
  todos: readonly Recibir<T>[],
): Promise<readonly Recibida<T>[] | null> {
  let hecho: Hecho<T>
  try {
    hecho = await enUna(deps, negocioId, todos, true)
  } catch (error) {
    if (esPasajero(error)) throw error
    return null
  }
  return concluir(deps, negocioId, hecho)
}

/** After the commit. */
function concluir<T extends Recepcion>(deps: Deps, negocioId: string, hecho: Hecho<T>): Recibida<T>[] {
  for (const { filas } of hecho.recepciones) contarRecibidos(deps, filas)
  publicar(deps, negocioId, hecho)
  let despues: Promise<void> | undefined
  const juzgada = async () => {
    if (!hecho.falta) return
    despues ??= juzgarDespues(deps, negocioId)
    await despues
  }
  return hecho.recepciones.map((recepcion) => ({ recepcion, juzgada }))
}

async function intentar<T extends Recepcion>(deps: Deps, negocioId: string, recibir: Recibir<T>): Promise<Hecho<T>> {
  try {
    return await enUna(deps, negocioId, [recibir], true)
  } catch (error) {
    if (!(error instanceof ErrorDeJuicio)) throw error
    deps.log.error({ err: error.cause, negocioId }, 'judging failed; the entries are received alone')
    return enUna(deps, negocioId, [recibir], false)
  }
}

function enUna<T extends Recepcion>(deps: Deps, negocioId: string, todos: readonly Recibir<T>[], juzgando: boolean): Promise<Hecho<T>> {
  return deps.db.negocio(negocioId, async (sql) => {
    const contador = await tomarContador(sql, negocioId)
    const recepciones: T[] = []
    for (const recibir of todos) recepciones.push(await recibir(sql, contador))
    const todo = reunir(recepciones)
    if (todo.filas.length === 0 && todo.avisos.length === 0) {
      return { recepciones, registrados: [], seq: contador.seq, usuarioIds: [], falta: todo.hayPendientes }
    }
    const renglones = porJuzgar(todo.filas)
    if (juzgando && !todo.hayPendientes && renglones.length > 0) {
      const juicio = await juzgarRenglones(deps, sql, contador, { ...todo, renglones, jueces: deps.jueces })
      await guardarJuzgados(sql, negocioId, todo.filas, juicio)
      return { recepciones, ...juicio, falta: false }
    }
    const registrados = await recibirSolo(sql, contador, todo, deps.now())
    return { recepciones, registrados, seq: contador.seq, usuarioIds: [], falta: renglones.length > 0 || todo.hayPendientes }
  })
}

/** What several receipts of one transaction leave to write. No chain is in two of them. */
const reunir = (recepciones: readonly Recepcion[]): Recepcion => ({
  filas: recepciones.flatMap((r) => r.filas),
  huecos: new Map(recepciones.flatMap((r) => [...r.huecos])),
  avisos: recepciones.flatMap((r) => r.avisos),
  hayPendientes: recepciones.some((r) => r.hayPendientes),
})

const porJuzgar = (filas: readonly FilaRecibida[]): Renglon[] =>
  filas.filter((f): f is FilaRecibida & { cuerpo: string } => f.estado === 'recibido' && f.cuerpo !== null)

async function guardarJuzgados(sql: Tx, negocioId: string, filas: readonly FilaRecibida[], { estados }: Juicio): Promise<void> {
  const nuevas = new Set(filas.map((f) => f.n))
  await Promise.all([
    guardarRecibidos(sql, negocioId, filas, estados),
    cambiarEstados(
      sql,
      negocioId,
      estados.filter((e) => !nuevas.has(e.n)),
    ),
  ])
}

async function recibirSolo(sql: Tx, contador: Contador, r: Recepcion, ahora: number): Promise<Cambio[]> {
  await guardarRecibidos(sql, contador.negocioId, r.filas, [])
  if (r.huecos.size > 0) {
    const cadenas = sql.json([...r.huecos.keys()])
    await sql`update cadenas set hueco = true where negocio_id = ${contador.negocioId}
      and cadena_id = any(array(select jsonb_array_elements_text(${cadenas})::uuid))`
  }
  const registrados = cambiosDeAvisos(await guardarAvisos(sql, contador.negocioId, r.avisos))
  await anotar(sql, contador, registrados, ahora)
  return registrados
}

/** The bytes are safe and acknowledged whatever happens here: what cannot be judged now is judged by a job. */
async function juzgarDespues(deps: Deps, negocioId: string): Promise<void> {
  try {
    await juzgarLoPendiente(deps, negocioId)
  } catch (error) {
    deps.log.error({ err: error, negocioId }, 'pending entries could not be judged yet')
  }
}
