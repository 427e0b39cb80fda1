/**
 * Receiving and judging are two steps (DI7). Normally they share one transaction:
 *
 *   counter → receive → judge → rows, ledger, log → commit
 *
 * If judging throws, everything is rolled back and the bytes are received alone; then pending.ts finds the offender. What is left `recibido` is
 * always judged before anything newer, so the ledger is a fold in acceptance order.
 */
import type { Aviso } from '../../schema/domain/hechos/libro.ts'
import type { Deps } from '../context.ts'
import type { Tx } from '../db/db.ts'
import { contarRecibidos } from '../http/metricas-sync.ts'
import { anotar, type Cambio, type Contador, tomarContador } from './bitacora.ts'
import { cambiosDeAvisos, guardarAvisos } from './guardar-libro.sql.ts'
import { ErrorDeJuicio, type Juicio, juzgarRenglones, type Renglon } from './judge.ts'
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
  recepcion: T
  registrados: Cambio[]
  seq: number
  usuarioIds: string[]
  falta: boolean
}

/**
 * Runs `recibir` in one transaction under the negocio's counter and judges what it accepted. When it returns the bytes are committed (DI3);
 * their verdicts are too, unless a passing error stopped judging: then a job does it.
 * @throws what `recibir` throws, and the database's errors while receiving
 */
export async function aceptar<T extends Recepcion>(
  deps: Deps,
  negocioId: string,
  recibir: (sql: Tx, contador: Contador) => Promise<T>,
): Promise<T> {
  const hecho = await intentar(deps, negocioId, recibir)
  contarRecibidos(deps, hecho.recepcion.filas)
  publicar(deps, negocioId, hecho)
  if (hecho.falta) await juzgarDespues(deps, negocioId)
  return hecho.recepcion
}

async function intentar<T extends Recepcion>(deps: Deps, negocioId: string, recibir: (sql: Tx, contador: Contador) => Promise<T>) {
  try {
    return await enUna(deps, negocioId, recibir, true)
  } catch (error) {
    if (!(error instanceof ErrorDeJuicio)) throw error
    deps.log.error({ err: error.cause, negocioId }, 'judging failed; the entries are received alone')
    return enUna(deps, negocioId, recibir, false)
  }
}

function enUna<T extends Recepcion>(
  deps: Deps,
  negocioId: string,
  recibir: (sql: Tx, contador: Contador) => Promise<T>,
  juzgando: boolean,
): Promise<Hecho<T>> {
  return deps.db.negocio(negocioId, async (sql) => {
    const contador = await tomarContador(sql, negocioId)
    const recepcion = await recibir(sql, contador)
    if (recepcion.filas.length === 0 && recepcion.avisos.length === 0) {
      return { recepcion, registrados: [], seq: contador.seq, usuarioIds: [], falta: recepcion.hayPendientes }
    }
    const renglones = porJuzgar(recepcion.filas)
    if (juzgando && !recepcion.hayPendientes && renglones.length > 0) {
      const juicio = await juzgarRenglones(deps, sql, contador, { ...recepcion, renglones, jueces: deps.jueces })
      await guardarJuzgados(sql, negocioId, recepcion.filas, juicio)
      return { recepcion, ...juicio, falta: false }
    }
    const registrados = await recibirSolo(sql, contador, recepcion, deps.now())
    return { recepcion, registrados, seq: contador.seq, usuarioIds: [], falta: renglones.length > 0 || recepcion.hayPendientes }
  })
}

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
