/**
 * `GET /sync/pull/:coleccion` (PU1-PU7).
 *
 *   no checkpoint ─► snapshot pages, all with the head that page 1 noted ─► the log from that head ─► …
 *   checkpoint of another epoca or slice, below the horizon or above the head ─► reiniciar
 *
 * The head is read before the rows, in one transaction: seq is the order of commit, so what the log shows up to it is everything.
 */
import { Rechazo } from '../../schema/core/rechazo.ts'
import { type Checkpoint, checkpoint, type Documento, LIMITE_PULL, type RespuestaPull } from '../../schema/protocol/pull.ts'
import type { Deps, Sesion } from '../context.ts'
import type { Tx } from '../db/db.ts'
import { leerJsonGuardable } from '../http/textos.ts'
import { leerInstantanea, leerInstantaneaEnJson, leerMias } from './instantaneas.sql.ts'
import { coleccionesDe, type Imagen, idDeRebanada, type Rebanada, rebanadaDe } from './rebanadas.ts'

export interface PedidoPull {
  coleccion: string
  checkpoint: Checkpoint | null
  /** 1 to 1000. */
  limite: number
  /** PU7. The seq after which it matters whether other collections changed; undefined: nobody asks. */
  hermanas?: number
}

interface Cabeza {
  epoca: string
  seq: number
  horizonte: number
}

const LIMITE_POR_DEFECTO = 500

/** How much of the log is looked through for what else changed. */
const HERMANAS_MAX = 10_000

/** The query of a pull. @throws Rechazo DATO_INVALIDO with the field */
export function leerPedidoPull(coleccion: string, consulta: { checkpoint?: string; limite?: string; hermanas?: string }): PedidoPull {
  const limite = consulta.limite === undefined ? LIMITE_POR_DEFECTO : leerEntero(consulta.limite, 'limite', 1)
  const hermanas = consulta.hermanas === undefined ? {} : { hermanas: leerEntero(consulta.hermanas, 'hermanas', 0) }
  return { coleccion, checkpoint: leerCheckpoint(consulta.checkpoint), limite: Math.min(limite, LIMITE_PULL), ...hermanas }
}

function leerEntero(texto: string, campo: string, minimo: number): number {
  const n = Number(texto)
  if (!Number.isSafeInteger(n) || n < minimo) throw new Rechazo('DATO_INVALIDO', campo)
  return n
}

function leerCheckpoint(texto: string | undefined): Checkpoint | null {
  if (texto === undefined || texto === '' || texto === 'null') return null
  try {
    return checkpoint.parse(leerJsonGuardable(texto))
  } catch {
    throw new Rechazo('DATO_INVALIDO', 'checkpoint')
  }
}

/** One picture of the database for the head, the horizon and the rows: compacting in between cannot take rows away unseen. */
const UNA_FOTO = { soloLectura: true, isolation: 'repeatable read' } as const

/** The next documents of a session's slice. @throws Rechazo COLECCION_DESCONOCIDA, DATO_INVALIDO, NO_ENCONTRADO */
export async function pull(deps: Pick<Deps, 'db' | 'now'>, sesion: Sesion, pedido: PedidoPull): Promise<RespuestaPull> {
  const { documentos, ...resto } = await leerPull(deps, sesion, pedido)
  return { documents: typeof documentos === 'string' ? JSON.parse(documentos) : documentos, ...resto }
}

/** The same as JSON. @throws as `pull` */
export async function pullEnJson(deps: Pick<Deps, 'db' | 'now'>, sesion: Sesion, pedido: PedidoPull): Promise<string> {
  const { documentos, ...resto } = await leerPull(deps, sesion, pedido)
  const lista = typeof documentos === 'string' ? documentos : JSON.stringify(documentos)
  return `{"documents":${lista},${JSON.stringify(resto).slice(1)}`
}

/** `documentos` as text: the JSON of the list. */
type Leido = Omit<RespuestaPull, 'documents'> & { documentos: Documento[] | string }

async function leerPull(deps: Pick<Deps, 'db' | 'now'>, sesion: Sesion, pedido: PedidoPull): Promise<Leido> {
  const rebanada = rebanadaDe(sesion, pedido.coleccion)
  const id = await idDeRebanada(rebanada)
  const ahora = deps.now()
  const alLeer = (fuente: Fuente) => leer(pedido, id, fuente)
  let leido = await unaLectura(deps, sesion, rebanada, ahora, alLeer)
  if (!leido && sesion.clase === 'cuenta') {
    await estrenar(deps, sesion.usuarioId)
    leido = await unaLectura(deps, sesion, rebanada, ahora, alLeer)
  }
  if (!leido) throw new Rechazo('NO_ENCONTRADO')
  const { cambios, ...respuesta } = leido
  return cambios ? { ...respuesta, hermanas: await deLasHermanas(sesion, pedido, cambios) } : respuesta
}

/** PU7. */
async function deLasHermanas(
  sesion: Sesion,
  { coleccion, hermanas = 0 }: PedidoPull,
  cambios: UltimoCambio[],
): Promise<NonNullable<RespuestaPull['hermanas']>> {
  const ultimos = new Map(cambios.map((cambio) => [cambio.coleccion, cambio.seq]))
  const otras = coleccionesDe(sesion).filter((nombre) => nombre !== coleccion)
  const dichas = otras.map(async (nombre) => {
    const rebanada = await idDeRebanada(rebanadaDe(sesion, nombre))
    return [nombre, { rebanada, cambio: ultimos.get(nombre) ?? hermanas }] as const
  })
  return Object.fromEntries(await Promise.all(dichas))
}

function unaLectura<T>(
  deps: Pick<Deps, 'db'>,
  sesion: Sesion,
  rebanada: Rebanada,
  ahora: number,
  fn: (fuente: Fuente) => Promise<T>,
): Promise<T> {
  if (sesion.clase === 'cuenta') {
    const { usuarioId } = sesion
    return deps.db.usuario(usuarioId, (sql) => fn(DE_USUARIO(sql, usuarioId, rebanada, ahora)), UNA_FOTO)
  }
  const { negocioId } = sesion
  return deps.db.negocio(negocioId, (sql) => fn(DE_NEGOCIO(sql, negocioId, rebanada, ahora)), UNA_FOTO)
}

/** An account made before shoppers had a stream. */
const estrenar = (deps: Pick<Deps, 'db'>, usuarioId: string) =>
  deps.db.usuario(usuarioId, (sql) => sql`insert into contadores_usuario (usuario_id) values (${usuarioId}) on conflict do nothing`)

/** Where a slice is read from. */
interface Fuente {
  /** Undefined: the stream does not exist yet. */
  cabeza(): Promise<Cabeza | undefined>
  pagina(despuesDe: string | undefined, limite: number): Promise<{ documentos: Documento[] | string; ultima: string | undefined }>
  bitacora(desde: number, hasta: number, limite: number): Promise<RenglonDeBitacora[]>
  /** Of each collection that changed after `desde` and up to `hasta`, when it last did. */
  cambios(desde: number, hasta: number): Promise<UltimoCambio[]>
  /** A log row as this slice sees it; null: it is not of it. */
  ver(renglon: RenglonDeBitacora): Documento | null
}
interface UltimoCambio {
  coleccion: string
  seq: number
}
export interface RenglonDeBitacora {
  seq: number
  pk: string
  antes: Imagen | null
  despues: Imagen | null
}

async function leer(pedido: PedidoPull, rebanada: string, fuente: Fuente): Promise<(Leido & { cambios?: UltimoCambio[] }) | undefined> {
  const cabeza = await fuente.cabeza()
  if (!cabeza) return undefined
  const leido = await leerDocumentos(pedido, rebanada, cabeza, fuente)
  const { seq, horizonte } = cabeza
  const desde = pedido.hermanas
  const seSabe = desde !== undefined && desde >= horizonte && desde <= seq && seq - desde <= HERMANAS_MAX
  return leido.hayMas || !seSabe ? leido : { ...leido, cambios: await fuente.cambios(desde, seq) }
}

async function leerDocumentos({ checkpoint: desde, limite }: PedidoPull, rebanada: string, cabeza: Cabeza, fuente: Fuente): Promise<Leido> {
  const { epoca, seq, horizonte } = cabeza
  if (desde && (desde.epoca !== epoca || desde.rebanada !== rebanada || desde.seq < horizonte || desde.seq > seq)) {
    return { documentos: [], checkpoint: { epoca, seq, rebanada }, hayMas: true, reiniciar: true }
  }
  if (desde && desde.pagina === undefined) return leerBitacora(desde, seq, limite, fuente)
  const anotada = desde?.seq ?? seq
  const { documentos, ultima } = await fuente.pagina(desde?.pagina, limite)
  const siguiente: Checkpoint = { epoca, seq: anotada, rebanada, ...(ultima === undefined ? {} : { pagina: ultima }) }
  return { documentos, checkpoint: siguiente, hayMas: ultima !== undefined || seq > anotada, reiniciar: false }
}

async function leerBitacora(desde: Checkpoint, cabeza: number, limite: number, fuente: Fuente): Promise<Leido> {
  const renglones = await fuente.bitacora(desde.seq, cabeza, limite)
  const ultimo = renglones.length === limite ? renglones.at(-1) : undefined
  const documentos = loQueSeVe(renglones, (renglon) => fuente.ver(renglon))
  const hasta = ultimo?.seq ?? cabeza
  return { documentos, checkpoint: { ...desde, seq: hasta }, hayMas: hasta < cabeza, reiniciar: false }
}

/** What a slice sees of these rows of the log, in their order. A row that changed twice is told once, as it ended. */
export function loQueSeVe<R extends { pk: string }, V>(renglones: readonly R[], ver: (renglon: R) => V | null): V[] {
  const porId = new Map<string, V>()
  for (const renglon of renglones) {
    const visto = ver(renglon)
    if (visto === null) continue // not of this slice, before or after: what was said of it, as that it left, stands
    porId.delete(renglon.pk)
    porId.set(renglon.pk, visto)
  }
  return [...porId.values()]
}

const DE_NEGOCIO = (sql: Tx, negocioId: string, rebanada: Rebanada, ahora: number): Fuente => ({
  async cabeza() {
    const [fila] = await sql<Cabeza[]>`select epoca, seq, horizonte from contadores_negocio where negocio_id = ${negocioId}`
    return fila
  },
  async pagina(despuesDe, limite) {
    const pedida = { rebanada, despuesDe, limite, ahora }
    const enJson = await leerInstantaneaEnJson(sql, negocioId, pedida)
    return enJson ? { documentos: enJson.json, ultima: enJson.ultima } : leerInstantanea(sql, negocioId, pedida)
  },
  bitacora: (desde, hasta, limite) => sql<RenglonDeBitacora[]>`
    select seq, pk, antes, despues from cambios_negocio
    where negocio_id = ${negocioId} and seq > ${desde} and seq <= ${hasta} and coleccion = ${rebanada.coleccion} ${soloDeAqui(sql, rebanada)}
    order by seq limit ${limite}`,
  cambios: (desde, hasta) => sql<UltimoCambio[]>`
    select coleccion, max(seq) as seq from cambios_negocio where negocio_id = ${negocioId} and seq > ${desde} and seq <= ${hasta} group by coleccion`,
  ver: (renglon) => verImagen(rebanada, renglon, ahora),
})

/** Spares reading what other devices and sucursales did; what it lets through is still asked `alcanza`. */
function soloDeAqui(sql: Tx, { coleccion, equipo }: Rebanada) {
  if (coleccion === 'veredictos' && equipo) return sql`and despues ->> 'dispositivoId' = ${equipo.dispositivoId}`
  if (coleccion !== 'transacciones' || !equipo?.sucursalId) return sql``
  return sql`and (despues ->> 'sucursalId' = ${equipo.sucursalId} or antes ->> 'sucursalId' = ${equipo.sucursalId})`
}

/** PU3. In the slice: the document. Was of this place, or is and left by time or deletion: deleted. Never of this place: nothing. */
export function verImagen(rebanada: Rebanada, { pk, antes, despues }: Omit<RenglonDeBitacora, 'seq'>, ahora: number): Documento | null {
  if (despues === null) return { id: pk, _deleted: true }
  if (!rebanada.alcanza(despues)) return antes && rebanada.alcanza(antes) ? { id: pk, _deleted: true } : null
  return rebanada.vigente(despues, ahora) ? despues : { id: pk, _deleted: true }
}

const DE_USUARIO = (sql: Tx, usuarioId: string, rebanada: Rebanada, ahora: number): Fuente => ({
  async cabeza() {
    const [fila] = await sql<Cabeza[]>`select epoca, seq, horizonte from contadores_usuario where usuario_id = ${usuarioId}`
    return fila
  },
  pagina: (despuesDe, limite) => leerMias(sql, usuarioId, { rebanada, despuesDe, limite, ahora }),
  bitacora: (desde, hasta, limite) => sql<RenglonDeBitacora[]>`
    select seq, pk, antes, despues from cambios_usuario
    where usuario_id = ${usuarioId} and seq > ${desde} and seq <= ${hasta} and coleccion = ${rebanada.coleccion} order by seq limit ${limite}`,
  cambios: (desde, hasta) => sql<UltimoCambio[]>`
    select coleccion, max(seq) as seq from cambios_usuario where usuario_id = ${usuarioId} and seq > ${desde} and seq <= ${hasta} group by coleccion`,
  ver: ({ pk, despues }) => despues ?? { id: pk, _deleted: true },
})
