/**
 * Judging: a set of entries, in acceptance order, folded in memory by the pure judge and written set-based, inside the caller's transaction.
 *
 *   read (a few statements) → fold (no statement) → write (one statement per table)
 *
 * Whatever throws here is an ErrorDeJuicio: the caller rolls back, keeps the bytes, and finds the offender (pending.ts).
 */
import { uuidDeTexto } from '../../schema/core/ids.ts'
import { lugar } from '../../schema/domain/hechos/dictamen.ts'
import { effAt } from '../../schema/domain/hechos/efectivo.ts'
import { juzgar, nuevoLibro, nuevosCambios } from '../../schema/domain/hechos/juzgar.ts'
import type { Aviso, CadenaEstado, Cambios, Libro, RegistroDeJueces } from '../../schema/domain/hechos/libro.ts'
import type { Entrada, Sobre } from '../../schema/domain/hechos/sobre.ts'
import type { Deps } from '../context.ts'
import type { Tx } from '../db/db.ts'
import { contarJuicio } from '../http/metricas-sync.ts'
import type { Cambio, Contador } from './bitacora.ts'
import { type EventoEnOrden, guardarLibro } from './guardar-libro.sql.ts'
import { type LibroLeido, leerLibro } from './leer-libro.sql.ts'
import { abrirSobre, lugarNombrado } from './sobres.ts'

/** An accepted entry: its bytes and its place. */
export interface Renglon {
  n: number
  cadenaId: string
  seq: number
  hash: string
  cuerpo: string
  recibidoAt: number
  /** Its text opened, null when it does not; absent: not opened yet. */
  abierto?: Sobre | null
}

/** What judging says of the row of an entry in hechos_recibidos. */
export interface EstadoDeFila {
  n: number
  estado: 'juzgado' | 'en_espera' | 'sin_procesar'
  esperaDe: string | null
  esperaVenceAt: number | null
  /** n in whose turn it was judged: its own, or that of the `reproceso` that named it. */
  juzgadoN: number
}

export interface Juicio {
  estados: EstadoDeFila[]
  seq: number
  registrados: Cambio[]
  /** Shoppers with something for the projector. */
  usuarioIds: string[]
}

/** A judge threw, or what it decided could not be written: a bug of ours or of this entry, never of the connection. */
export class ErrorDeJuicio extends Error {
  constructor(causa: unknown) {
    super('judging failed', { cause: causa })
    this.name = 'ErrorDeJuicio'
  }
}

/** Server gone, out of resources, deadlock, cancelled: the same work may succeed later, so no entry is to blame. */
const PASAJERO = /^(08|25P03|40|53|55|57|58)|^CONNECT|^E[A-Z]+$/
export function esPasajero(error: unknown): boolean {
  const codigo = (error as { code?: unknown })?.code
  return typeof codigo === 'string' && PASAJERO.test(codigo)
}

/** Runs a piece of judging: what it throws is an ErrorDeJuicio, unless it may pass by itself. */
export async function comoJuicio<T>(fn: () => Promise<T>): Promise<T> {
  try {
    return await fn()
  } catch (error) {
    if (error instanceof ErrorDeJuicio || esPasajero(error)) throw error
    throw new ErrorDeJuicio(error)
  }
}

export interface PorJuzgar {
  renglones: readonly Renglon[]
  /** Chains with lost entries: n from which their verdicts are marked `hueco` (DI5). */
  huecos: ReadonlyMap<string, number>
  /** What receiving has to tell the dueño; written and logged together. */
  avisos: readonly Aviso[]
  jueces: RegistroDeJueces
  /** These entries made a judge throw: whatever the fold says of them, they are `sin_procesar` INTERNAL, with an alert. */
  culpables?: boolean
  /**
   * Not even reading what they touch, or writing what they say, works: their chain is read and nothing else, and they are treated as texts that do
   * not open, so that nothing of theirs but their place and their hour reaches a statement.
   */
  sinLibro?: boolean
}

/** @throws ErrorDeJuicio, or the database's own error when it is a passing one */
export const juzgarRenglones = (deps: Deps, sql: Tx, contador: Contador, p: PorJuzgar): Promise<Juicio> =>
  comoJuicio(async () => {
    const inicio = performance.now()
    const { entradas, ilegibles } = p.sinLibro ? { entradas: [], ilegibles: [...p.renglones] } : abrir(p.renglones)
    const leido = p.sinLibro ? libroVacio(contador.negocioId) : await leerLibro(deps, sql, contador.negocioId, entradas)
    await completarCadenas(sql, leido.libro, [...ilegibles.map((r) => r.cadenaId), ...p.huecos.keys()])
    const cambios = nuevosCambios()
    cambios.avisos.push(...p.avisos)
    const { eventos, juzgadoN } = await plegar(leido.libro, cambios, entradas, ilegibles, p)
    if (p.culpables && !p.sinLibro) for (const r of p.renglones) culpar(leido.libro, cambios, r)
    const por = { libro: leido.libro, cambios, eventos, negocioNombre: leido.negocioNombre, ahora: deps.now() }
    const { seq, registrados } = await guardarLibro(sql, contador, por)
    contarJuicio(deps, performance.now() - inicio, cambios.veredictos.values())
    const estados = estadosDe(cambios, p.renglones, leido.previas, juzgadoN)
    return { estados, seq, registrados, usuarioIds: [...new Set(eventos.map((e) => e.usuarioId))] }
  })

const sobreDe = (r: Renglon): Sobre | null => (r.abierto === undefined ? abrirSobre(r.cuerpo, r.cadenaId, r.seq) : r.abierto)

function abrir(renglones: readonly Renglon[]): { entradas: Entrada[]; ilegibles: Renglon[] } {
  const entradas: Entrada[] = []
  const ilegibles: Renglon[] = []
  for (const r of renglones) {
    const sobre = sobreDe(r)
    const { n, cadenaId, seq, hash, recibidoAt } = r
    if (sobre) entradas.push({ n, cadenaId, seq, hash, recibidoAt, sobre })
    else ilegibles.push(r)
  }
  return { entradas, ilegibles }
}

/** No events come of it, so no name is frozen in any. */
const libroVacio = (negocioId: string): LibroLeido => ({ libro: nuevoLibro(negocioId), negocioNombre: '', previas: new Map() })

/** A batch in which nothing of a chain could be read, or that only says what one lost beside another's entries, still needs that chain. */
async function completarCadenas(sql: Tx, libro: Libro, nombradas: readonly string[]): Promise<void> {
  for (const cadenaId of new Set(nombradas)) {
    if (libro.cadenas.has(cadenaId)) continue
    const [fila] = await sql<{ cadenaId: string; dispositivoId: string | null; ultimoEffAt: number; hueco: boolean }[]>`
      select cadena_id, dispositivo_id, ultimo_eff_at, hueco from cadenas where negocio_id = ${libro.negocioId} and cadena_id = ${cadenaId}`
    if (fila) libro.cadenas.set(cadenaId, { ...fila })
  }
}

interface Plegado {
  eventos: EventoEnOrden[]
  juzgadoN: Map<string, number>
}

/** Room for the events of one turn: a sale may wake everything that waited for it. */
const EVENTOS_POR_TURNO = 100_000

async function plegar(libro: Libro, cambios: Cambios, entradas: Entrada[], ilegibles: Renglon[], p: PorJuzgar): Promise<Plegado> {
  const eventos: EventoEnOrden[] = []
  const juzgadoN = new Map<string, number>()
  const turnos = [...entradas, ...ilegibles].sort((a, b) => a.n - b.n)
  for (const turno of turnos) {
    const cadena = libro.cadenas.get(turno.cadenaId)
    const hueco = p.huecos.get(turno.cadenaId)
    if (cadena && hueco !== undefined) cadena.hueco = turno.n > hueco
    const antes = cambios.eventos.length
    if ('sobre' in turno) {
      juzgar(libro, cambios, turno, p.jueces)
      const nombrado = turno.sobre.tipo === 'reproceso' ? lugarNombrado(turno.sobre) : null
      if (nombrado) juzgadoN.set(lugar(nombrado), turno.n)
    } else await dictarIlegible(libro, cambios, turno, p.sinLibro ? 'INTERNAL' : 'HECHO_INVALIDO')
    for (const [i, evento] of cambios.eventos.slice(antes).entries()) eventos.push({ ...evento, orden: turno.n * EVENTOS_POR_TURNO + i })
  }
  marcarCadenas(libro, cambios, p)
  return { eventos, juzgadoN }
}

/** A chain that lost entries and got nothing after them is marked too. */
function marcarCadenas(libro: Libro, cambios: Cambios, p: PorJuzgar): void {
  for (const cadenaId of p.huecos.keys()) {
    const cadena = libro.cadenas.get(cadenaId)
    if (!cadena) continue
    cadena.hueco = true
    cambios.cadenas.add(cadenaId)
  }
}

/**
 * DI8. What does not open has no id or kind of its own: it is kept, seen, and moves nothing. `INTERNAL`: it does open, but it is the database or a
 * reader of ours that fails on it (DI7); then it keeps its hour, as far as can be told without its QR, for the release that judges it.
 */
async function dictarIlegible(libro: Libro, cambios: Cambios, r: Renglon, codigo: 'HECHO_INVALIDO' | 'INTERNAL'): Promise<void> {
  const cadena = libro.cadenas.get(r.cadenaId)
  const hechoId = await uuidDeTexto(`ilegible|${lugar(r)}`)
  const hora = horaDeIlegible(r, cadena?.ultimoEffAt ?? 0)
  if (cadena && hora !== cadena.ultimoEffAt) {
    cadena.ultimoEffAt = hora
    cambios.cadenas.add(r.cadenaId)
  }
  cambios.veredictos.set(lugar(r), {
    cadenaId: r.cadenaId,
    seq: r.seq,
    hechoId,
    tipo: 'ilegible',
    dispositivoId: cadena?.dispositivoId ?? null,
    estado: 'sin_procesar',
    motivos: [{ regla: null, codigo }],
    puntos: 0,
    effAt: hora,
    hueco: cadena?.hueco ?? false,
  })
  const datos = { cadenaId: r.cadenaId, seq: r.seq, n: r.n, ...lugarDeCadena(libro, cadena) }
  const aviso = { tipo: 'alerta', regla: null, codigo, costoCentavos: null, puntos: null, datos } as const
  cambios.avisos.push({ ...aviso, id: `${hechoId}:${codigo}`, creadoAt: r.recibidoAt })
}

function horaDeIlegible(r: Renglon, ultimoEffAt: number): number {
  const sobre = sobreDe(r)
  return sobre ? effAt(sobre.tiempo, ultimoEffAt, null, r.recibidoAt) : ultimoEffAt
}

/** DI7. Its hour, its chain and its id stand; its effects wait for a corrected release. */
function culpar(libro: Libro, cambios: Cambios, r: Renglon): void {
  const veredicto = cambios.veredictos.get(lugar(r))
  if (!veredicto) return
  Object.assign(veredicto, { estado: 'sin_procesar', motivos: [{ regla: null, codigo: 'INTERNAL' }], puntos: 0 })
  const donde = lugarDeCadena(libro, libro.cadenas.get(r.cadenaId))
  const datos = { cadenaId: r.cadenaId, seq: r.seq, n: r.n, tipo: veredicto.tipo, ...donde }
  const aviso = { tipo: 'alerta', regla: null, codigo: 'INTERNAL', costoCentavos: null, puntos: null, datos } as const
  cambios.avisos.push({ ...aviso, id: `${veredicto.hechoId}:INTERNAL`, creadoAt: r.recibidoAt })
}

/** The sucursal of the device of a chain, where it is known, as what the dueño is told carries it. */
function lugarDeCadena(libro: Libro, cadena: CadenaEstado | undefined): { sucursalId?: string } {
  const equipo = cadena?.dispositivoId ? libro.dispositivos.get(cadena.dispositivoId) : undefined
  return equipo?.sucursalId ? { sucursalId: equipo.sucursalId } : {}
}

function estadosDe(
  cambios: Cambios,
  renglones: readonly Renglon[],
  previas: ReadonlyMap<string, number>,
  juzgadoN: ReadonlyMap<string, number>,
): EstadoDeFila[] {
  const nDe = new Map([...previas, ...renglones.map((r) => [lugar(r), r.n] as const)])
  const estados: EstadoDeFila[] = []
  for (const [donde, veredicto] of cambios.veredictos) {
    const n = nDe.get(donde)
    if (n === undefined) continue
    const espera = cambios.esperas.get(donde)
    const estado = espera ? 'en_espera' : veredicto.estado === 'sin_procesar' ? 'sin_procesar' : 'juzgado'
    const esperaDe = espera?.esperaDe ?? null
    estados.push({ n, estado, esperaDe, esperaVenceAt: espera?.venceAt ?? null, juzgadoN: juzgadoN.get(donde) ?? n })
  }
  return estados
}
