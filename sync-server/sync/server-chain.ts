/**
 * The server's own chain of a negocio. What depends on time or is decided by the platform is a hecho too (an ended hold, an orphan, a second
 * judging), so that the ledger stays a fold of what was accepted. It goes through the same receiving and judging as a till's journal, unsigned:
 * nobody carries it.
 *
 * Ids are made from what the hecho says: two nodes or two runs of a job that see the same thing write it once.
 */
import { textoCanonico } from '../../schema/core/canonico.ts'
import { sha256, uuidDeTexto } from '../../schema/core/ids.ts'
import type { Sobre } from '../../schema/domain/hechos/sobre.ts'
import type { TipoDeHecho } from '../../schema/domain/hechos/tipos.ts'
import type { Deps } from '../context.ts'
import type { Tx } from '../db/db.ts'
import { cadenaDelServidor } from '../domain/negocios/crear.ts'
import { aceptar, type Recepcion } from './accept.ts'
import type { Contador } from './bitacora.ts'
import { listaDeUuids } from './filas.sql.ts'
import type { FilaRecibida } from './recibidos.sql.ts'

export interface HechoDelServidor {
  tipo: TipoDeHecho
  datos: unknown
  /** Tells apart two hechos that say the same, as a second `reproceso` of one entry. */
  vez?: number
  operador?: Sobre['operador']
  /** Given when somebody's request names the hecho; else made from what it says. */
  id?: string
  sucursalId?: string | null
  /** Puts the folio into `datos`: `SRV-` and the place in this chain. It grows, and skips what is no sale. */
  conFolio?: boolean
}

/** The series of what is registered over HTTP. */
const SERIE = 'SRV'

/** At most this many in one transaction. */
export const HECHOS_POR_LOTE = 100

/** Appends one hecho. Gives whether it was new: one that is there already changes nothing. */
export async function asentarHechoDelServidor(deps: Deps, negocioId: string, tipo: TipoDeHecho, datos: unknown): Promise<boolean> {
  return (await asentarHechosDelServidor(deps, negocioId, [{ tipo, datos }])) > 0
}

/**
 * Appends one hecho that a request names by its id, or it and what follows from it. `antes` runs in the same transaction, before the first is written, and may
 * refuse; it is not run when that is there already.
 * @throws what `antes` throws
 */
export async function asentarPedido(
  deps: Deps,
  negocioId: string,
  pedido: ConId | readonly ConId[],
  antes: (sql: Tx) => Promise<void>,
): Promise<boolean> {
  const cadenaId = await cadenaDelServidor(negocioId)
  const hechos = [pedido].flat() as ConId[]
  const { filas } = await aceptar(deps, negocioId, (sql, contador) => escribir(sql, contador, cadenaId, hechos, deps.now(), antes))
  return filas.length > 0
}

/** Appends hechos in order, in batches. Gives how many were new. */
export async function asentarHechosDelServidor(deps: Deps, negocioId: string, hechos: readonly HechoDelServidor[]): Promise<number> {
  const cadenaId = await cadenaDelServidor(negocioId)
  let nuevos = 0
  for (let i = 0; i < hechos.length; i += HECHOS_POR_LOTE) {
    const lote = await conIds(negocioId, hechos.slice(i, i + HECHOS_POR_LOTE))
    const { filas } = await aceptar(deps, negocioId, (sql, contador) => escribir(sql, contador, cadenaId, lote, deps.now()))
    nuevos += filas.length
  }
  return nuevos
}

type ConId = HechoDelServidor & { id: string }

const conIds = (negocioId: string, hechos: readonly HechoDelServidor[]): Promise<ConId[]> =>
  Promise.all(hechos.map(async (h) => ({ ...h, id: h.id ?? (await idDe(negocioId, h)) })))

/** The id a hecho of the server has in a negocio. */
export const idDe = (negocioId: string, { tipo, datos, vez = 0 }: HechoDelServidor): Promise<string> =>
  uuidDeTexto(`${negocioId}|${tipo}|${textoCanonico(datos)}|${vez}`)

interface Cadena {
  esperado: number
  hashCabeza: string
  hayPendientes: boolean
}

/** `antes` is run for the first hecho, when it is not there yet. */
async function escribir(
  sql: Tx,
  contador: Contador,
  cadenaId: string,
  hechos: readonly ConId[],
  ahora: number,
  antes?: (sql: Tx) => Promise<void>,
): Promise<Recepcion> {
  const { negocioId } = contador
  const cadena = await leerCadena(sql, negocioId, cadenaId)
  const previos = await sql<{ hechoId: string }[]>`
    select x.id as hecho_id from ${listaDeUuids(
      sql,
      hechos.map((h) => h.id),
    )} cross join lateral (select from hechos_recibidos where negocio_id = ${negocioId} and hecho_id = x.id limit 1) h`
  const yaEstan = new Set(previos.map((p) => p.hechoId))
  const recibidoAt = Math.max(ahora, contador.ultimoRecibidoAt)
  const filas: FilaRecibida[] = []
  for (const hecho of hechos) {
    if (yaEstan.has(hecho.id)) continue
    yaEstan.add(hecho.id)
    if (hecho === hechos[0]) await antes?.(sql)
    const cuerpo = textoCanonico(sobreDe(negocioId, cadenaId, cadena, hecho, recibidoAt))
    const hash = await sha256(cuerpo)
    const { id: hechoId, tipo } = hecho
    const n = ++contador.aceptados
    filas.push({ n, cadenaId, seq: cadena.esperado++, variante: 0, hechoId, tipo, hash, cuerpo, recibidoAt, estado: 'recibido' })
    cadena.hashCabeza = hash
  }
  if (filas.length > 0) {
    contador.ultimoRecibidoAt = recibidoAt
    await sql`update cadenas set esperado = ${cadena.esperado}, hash_cabeza = ${cadena.hashCabeza}
      where negocio_id = ${negocioId} and cadena_id = ${cadenaId}`
  }
  return { filas, huecos: new Map(), avisos: [], hayPendientes: cadena.hayPendientes }
}

async function leerCadena(sql: Tx, negocioId: string, cadenaId: string): Promise<Cadena> {
  const leer = () => sql<Cadena[]>`
    select esperado, hash_cabeza,
      exists (select from hechos_recibidos h where h.negocio_id = c.negocio_id and h.estado = 'recibido') as hay_pendientes
    from cadenas c where negocio_id = ${negocioId} and cadena_id = ${cadenaId}`
  const [fila] = await leer()
  if (fila) return { ...fila }
  await sql`insert into cadenas (negocio_id, cadena_id) values (${negocioId}, ${cadenaId}) on conflict do nothing`
  const [nueva] = await leer()
  if (!nueva) throw new Error('the chain of the server could not be made')
  return { ...nueva }
}

const sobreDe = (negocioId: string, cadenaId: string, cadena: Cadena, hecho: ConId, at: number): Sobre => ({
  v: 1,
  id: hecho.id,
  cadenaId,
  seq: cadena.esperado,
  prevHash: cadena.hashCabeza,
  negocioId,
  sucursalId: hecho.sucursalId ?? null,
  dispositivoId: null,
  licenciaId: null,
  operador: hecho.operador ?? null,
  // The server's clock is the reference, and one run of it is as good as another: no mono to compare.
  tiempo: { wall: at, offset: 0, offsetAt: at, mono: 0, arranque: cadenaId },
  tipo: hecho.tipo,
  datos: hecho.conFolio ? { ...(hecho.datos as object), folio: `${SERIE}-${String(cadena.esperado).padStart(6, '0')}` } : hecho.datos,
})
