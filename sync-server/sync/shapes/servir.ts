/**
 * `GET /v1/shape` (SH1-SH8): rows, then their log, then what changes while somebody waits.
 *
 *   -1 ─► pages of rows, all with the head that the first one noted ─► the log from that head ─► live: wait for the next change ─┐
 *    ▲                                                                                    └──────────────────────────◄───────────┘
 *    └── 409 must-refetch with a new handle: another shape or epoca, below the horizon, above the head
 *
 * Nothing is kept between two requests: the handle says which shape, the offset says where, the database says the rest. So any node answers, also
 * after a restart.
 */
import { Rechazo } from '../../../schema/core/rechazo.ts'
import type { Deps } from '../../context.ts'
import type { Tx } from '../../db/db.ts'
import { baseDe, enSuContexto, type Forma, streamDeForma } from './forma.ts'
import { type Cabeza, leerCabeza, leerTramo, mensajesDe, type Tramo } from './leer.sql.ts'
import { alDia, comoInsercion, type Mensaje, type Replica } from './mensajes.ts'
import { escribirOffset, type Posicion } from './offset.ts'
import { type Espera, salaDe } from './sala.ts'

export interface PedidoDeShape {
  desde: Posicion
  handle: string | undefined
  viva: boolean
  replica: Replica
  /** `log=changes_only`: no rows at the beginning. */
  soloCambios: boolean
  /** If-None-Match. */
  conocida: string | undefined
}

export type RespuestaDeShape =
  | { estado: 200; handle: string; offset: string; alDia: boolean; etiqueta: string | undefined; mensajes: Mensaje[] }
  | { estado: 304; etiqueta: string }
  /** The shape must be read anew, under this handle. */
  | { estado: 409; handle: string }

export interface Interesado {
  forma: Forma
  sesionId: string
}

type DepsDeShapes = Pick<Deps, 'db' | 'hub' | 'azar'>

/** Rows of one answer; the rest follows in pages. */
export const FILAS_POR_PAGINA = 1_000
const BYTES_DE_NOMBRE = 6

/**
 * One request. `autorizar` is asked at the beginning and again before anything that was waited for is sent: a session that ended meanwhile gets nothing.
 * @throws Rechazo SHAPE_DESCONOCIDA, DATO_INVALIDO, DEMASIADAS_EN_VIVO, SESION_VENCIDA
 */
export async function servirShape(
  deps: DepsDeShapes,
  pedido: PedidoDeShape,
  autorizar: () => Promise<Interesado>,
  senal: AbortSignal,
): Promise<RespuestaDeShape> {
  const { forma, sesionId } = await autorizar()
  const { desde } = pedido
  if (!pedido.viva || desde.en !== 'camino' || desde.pagina !== undefined)
    return enSuContexto(deps.db, forma, (sql) => unaLectura(deps, sql, forma, pedido))
  const espera = salaDe(deps).entrar(sesionId, streamDeForma(forma), forma.coleccion)
  try {
    return await enVivo(deps, { forma, pedido, desde: desde.seq, espera, autorizar, senal })
  } finally {
    espera.salir()
  }
}

interface EnVivo {
  forma: Forma
  pedido: PedidoDeShape
  desde: number
  espera: Espera
  autorizar: () => Promise<Interesado>
  senal: AbortSignal
}

/** Reads until there is something to say, or it is time to say that there is nothing. */
async function enVivo(deps: DepsDeShapes, { forma, pedido, desde, espera, autorizar, senal }: EnVivo): Promise<RespuestaDeShape> {
  const { esperaMs, revisionMs } = salaDe(deps).limites
  const fin = performance.now() + esperaMs
  let seq = desde
  for (;;) {
    const oido = espera.oido
    const { cabeza, tramo } = await leerCompartido(deps, forma, seq, oido)
    const base = await baseDe(forma, cabeza.epoca)
    if (!sigueSiendo(pedido.handle, seq, base, cabeza)) return { estado: 409, handle: nuevoHandle(deps, base) }
    const mensajes = mensajesDe(forma, tramo, pedido.replica)
    const quedan = fin - performance.now()
    if (mensajes.length > 0 || quedan <= 0 || espera.despedida || senal.aborted)
      return responder(cabeza, pedido.handle as string, escribirOffset(tramo.hasta), mensajes)
    seq = tramo.hasta
    if (seq < cabeza.seq) continue
    await espera.cambio(Math.max(oido, seq), Math.min(quedan, revisionMs), senal)
    if (!senal.aborted) await exigirMismaForma(forma, autorizar)
  }
}

/** @throws Rechazo SHAPE_DESCONOCIDA */
function leerCompartido(deps: DepsDeShapes, forma: Forma, desde: number, oido: number): Promise<{ cabeza: Cabeza; tramo: Tramo }> {
  const llave = [streamDeForma(forma), forma.coleccion, desde, oido].join('|')
  return salaDe(deps).compartir(llave, () =>
    enSuContexto(deps.db, forma, async (sql) => {
      const cabeza = await exigirCabeza(sql, forma)
      return { cabeza, tramo: await leerTramo(sql, forma, desde, cabeza.seq) }
    }),
  )
}

/** What a session may see can change while it waits: another reach is another shape, and its next request finds that out. */
async function exigirMismaForma(forma: Forma, autorizar: () => Promise<Interesado>): Promise<void> {
  const ahora = await autorizar()
  if ((await baseDe(ahora.forma, '')) !== (await baseDe(forma, ''))) throw new Rechazo('SHAPE_DESCONOCIDA')
}

async function unaLectura(deps: DepsDeShapes, sql: Tx, forma: Forma, pedido: PedidoDeShape): Promise<RespuestaDeShape> {
  const cabeza = await exigirCabeza(sql, forma)
  const base = await baseDe(forma, cabeza.epoca)
  const { desde, handle } = pedido
  if (desde.en === 'camino' && !sigueSiendo(handle, desde.seq, base, cabeza)) return { estado: 409, handle: nuevoHandle(deps, base) }
  const etiqueta = etiquetaDe(pedido, base, cabeza)
  if (etiqueta !== undefined && etiqueta === pedido.conocida) return { estado: 304, etiqueta }
  const { mensajes, offset } = await leer(sql, forma, pedido, cabeza)
  // A reader that begins may bring a handle that ended: it gets another one.
  const suyo = desde.en === 'camino' && handle ? handle : nuevoHandle(deps, base)
  return { ...responder(cabeza, suyo, offset, mensajes), etiqueta }
}

async function exigirCabeza(sql: Tx, forma: Forma): Promise<Cabeza> {
  const cabeza = await leerCabeza(sql, forma)
  if (!cabeza) throw new Rechazo('SHAPE_DESCONOCIDA')
  return cabeza
}

/** No two are alike: a client never takes back the handle it was told to forget. */
const nuevoHandle = (deps: Pick<Deps, 'azar'>, base: string): string => `${base}-${Buffer.from(deps.azar(BYTES_DE_NOMBRE)).toString('hex')}`

/** SH5. Whether what the reader has is still a beginning of what there is now. */
const sigueSiendo = (handle: string | undefined, desde: number, base: string, { seq, horizonte }: Cabeza): boolean =>
  handle?.startsWith(`${base}-`) === true && desde >= horizonte && desde <= seq

function responder({ seq }: Cabeza, handle: string, offset: string, mensajes: Mensaje[]): Extract<RespuestaDeShape, { estado: 200 }> {
  const terminado = offset === escribirOffset(seq)
  return { estado: 200, handle, offset, alDia: terminado, etiqueta: undefined, mensajes: terminado ? [...mensajes, alDia(seq)] : mensajes }
}

/** SH8. Within one head of the stream the same question has the same answer. A live one waits for another head. */
function etiquetaDe({ viva, desde, replica, soloCambios }: PedidoDeShape, base: string, { seq }: Cabeza): string | undefined {
  if (viva) return undefined
  const donde = desde.en === 'camino' ? escribirOffset(desde.seq, desde.pagina) : desde.en
  return `"${[base, donde, seq, replica, soloCambios ? 1 : 0].join('.')}"`
}

async function leer(
  sql: Tx,
  forma: Forma,
  { desde, replica, soloCambios }: PedidoDeShape,
  { seq }: Cabeza,
): Promise<{ mensajes: Mensaje[]; offset: string }> {
  if (desde.en === 'ahora' || (desde.en === 'inicio' && soloCambios)) return { mensajes: [], offset: escribirOffset(seq) }
  if (desde.en === 'inicio') return leerPagina(sql, forma, seq, undefined)
  if (desde.pagina !== undefined) return leerPagina(sql, forma, desde.seq, desde.pagina)
  const tramo = await leerTramo(sql, forma, desde.seq, seq)
  return { mensajes: mensajesDe(forma, tramo, replica), offset: escribirOffset(tramo.hasta) }
}

async function leerPagina(sql: Tx, forma: Forma, anotada: number, despuesDe: string | undefined) {
  const { filas, ultima } = await forma.pagina(sql, despuesDe, FILAS_POR_PAGINA)
  const mensajes = filas.filter((fila) => forma.incluye(fila)).map((fila) => comoInsercion(forma, fila))
  return { mensajes, offset: escribirOffset(anotada, ultima) }
}
