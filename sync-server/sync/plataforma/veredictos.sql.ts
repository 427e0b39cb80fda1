/** Verdicts of note, written set-based. The ledger is the truth: holds are read from it, never from what was noted. */
import { MINUTO } from '../../../schema/core/tiempo.ts'
import type { Retencion } from '../../../schema/domain/hechos/libro.ts'
import type { VeredictoDoc } from '../../../schema/protocol/documentos.ts'
import type { Tx } from '../../db/db.ts'
import type { Cambio } from '../bitacora.ts'
import { type Destino, guardarFilas, listaDeTextos, listaDeUuids } from '../filas.sql.ts'
import { anotarSiCambia } from './equipos.sql.ts'
import { idDeNota, llaveDeRegla, type NotaDeVeredicto, type Notas } from './notas.ts'
import { documentoDeNota, type FilaDeVeredicto, filaDeVeredicto, type MarcoDeVeredicto, primeraRegla, resultadoDe } from './veredictos.ts'

const MUTABLES = ['estado', 'regla', 'codigo', 'puntos', 'eff_at', 'juzgado_at', 'resultado']
const FIJAS = ['de_negocio', 'negocio', 'sucursal', 'dispositivo_id', 'dispositivo', 'hecho_id', 'tipo', 'monto_centavos', 'folio', 'busca']
export const COLUMNAS_DE_VEREDICTO = ['id', ...FIJAS, ...MUTABLES]
const VEREDICTOS: Destino = { tabla: 'veredictos_de_nota', llave: ['id'], columnas: COLUMNAS_DE_VEREDICTO, mutables: MUTABLES }

type PorVeredicto = Pick<Notas, 'veredictos' | 'aceptados' | 'retenciones' | 'avisos'>

/** Writes what is new, and what became of what was told before. Adds to `cambios`. Gives the rules that spoke for the first time, by day. */
export async function moverVeredictos(sql: Tx, notas: PorVeredicto, cambios: Cambio[]): Promise<Notas['reglas']> {
  if (notas.veredictos.size + notas.aceptados.size + notas.retenciones.size + notas.avisos.size === 0) return new Map()
  const previas = new Map((await leerPrevias(sql, notas)).map((f) => [f.id, f]))
  const nuevas = await filasNuevas(sql, [...notas.veredictos.values()], previas)
  const filas = new Map([...previas].map(([id, fila]) => [id, notas.aceptados.has(id) ? { ...fila, estado: 'aceptado' } : fila]))
  for (const fila of nuevas) filas.set(fila.id, fila)
  const retenciones = await leerRetenciones(sql, [...filas.values()])
  const movidas: FilaDeVeredicto[] = []
  for (const fila of filas.values()) {
    const visto = notas.avisos.get(fila.hechoId) ?? (fila.estado === 'en_revision' && previas.get(fila.id)?.resultado === 'cerrado')
    const final = { ...fila, resultado: resultadoDe(fila.estado, retenciones.get(fila.hechoId) ?? [], visto) }
    const antes = previas.get(fila.id)
    const cuantos = cambios.length
    anotarSiCambia(cambios, 'veredictos', final.id, antes ? documentoDeNota(antes) : null, documentoDeNota(final))
    if (cambios.length > cuantos) movidas.push(final)
  }
  await guardarFilas(sql, VEREDICTOS, movidas as never)
  return reglasNuevas(
    nuevas.flatMap(({ id }) => notas.veredictos.get(id) ?? []),
    previas,
  )
}

/** A verdict that is written again (its parent came, a release judged it anew, a node told it twice) speaks only of what its row did not say. */
export function reglasNuevas(
  notas: readonly NotaDeVeredicto[],
  previas: ReadonlyMap<string, Pick<FilaDeVeredicto, 'regla'>>,
): Notas['reglas'] {
  const veces: Notas['reglas'] = new Map()
  for (const { id, veredicto, at } of notas) {
    const dicha = previas.get(id)?.regla
    if (dicha !== undefined && dicha === primeraRegla(veredicto)) continue
    const reglas = new Set(veredicto.motivos.flatMap(({ regla }) => (regla && regla !== dicha ? [regla] : [])))
    for (const regla of reglas) {
      const llave = llaveDeRegla(regla, at)
      veces.set(llave, (veces.get(llave) ?? 0) + 1)
    }
  }
  return veces
}

/** Rows told before that these notes may move: their own, those of sales whose holds moved, and those that waited and were accepted. */
async function leerPrevias(sql: Tx, { veredictos, aceptados, retenciones, avisos }: PorVeredicto): Promise<FilaDeVeredicto[]> {
  const columnas = sql(COLUMNAS_DE_VEREDICTO.map((c) => `v.${c}`))
  const hechos = [...retenciones.keys(), ...avisos.keys()].filter(esUuid)
  const porId = await sql<FilaDeVeredicto[]>`
    select ${columnas} from ${listaDeTextos(sql, veredictos.keys())} cross join lateral (select * from veredictos_de_nota where id = x.id offset 0) v`
  const porHecho = await sql<FilaDeVeredicto[]>`
    select ${columnas} from ${listaDeUuids(sql, hechos)}
    cross join lateral (select * from veredictos_de_nota where hecho_id = x.id offset 0) v`
  // Nearly everything is accepted at once: only what was told as waiting matters, and that is little.
  const esperaban = await sql<FilaDeVeredicto[]>`
    select ${columnas} from ${listaDeUuids(sql, new Set(aceptados.values()))}
    cross join lateral (select * from veredictos_de_nota where de_negocio = x.id and resultado = 'pendiente' offset 0) v`
  return [...porId, ...porHecho, ...esperaban.filter((f) => aceptados.has(f.id))]
}

const esUuid = (texto: string): boolean => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(texto)

async function filasNuevas(
  sql: Tx,
  notas: readonly NotaDeVeredicto[],
  previas: ReadonlyMap<string, FilaDeVeredicto>,
): Promise<FilaDeVeredicto[]> {
  if (notas.length === 0) return []
  const marcos = new Map((await leerMarcos(sql, notas)).map((m) => [m.id, m]))
  return notas.flatMap((nota) => {
    const marco = marcos.get(nota.id)
    if (!marco) return []
    const fila = filaDeVeredicto(nota, marco, 'pendiente')
    const previa = previas.get(nota.id)
    if (!previa) return [fila]
    const { negocio, sucursal, dispositivo, busca } = previa
    // It stays on the day on which its rule was counted.
    const juzgadoAt = previa.regla === fila.regla ? previa.juzgadoAt : fila.juzgadoAt
    return [{ ...fila, negocio, sucursal, dispositivo, busca, juzgadoAt }]
  })
}

const leerMarcos = (sql: Tx, notas: readonly NotaDeVeredicto[]): Promise<MarcoDeVeredicto[]> => {
  const lugares = notas.map(({ id, negocioId, veredicto: { cadenaId, seq } }) => ({ id, negocio_id: negocioId, cadena_id: cadenaId, seq }))
  return sql<MarcoDeVeredicto[]>`
    select x.id, n.nombre as negocio, d.nombre as dispositivo, s.nombre as sucursal, h.cuerpo
    from jsonb_to_recordset(${sql.json(lugares)}) as x(id text, negocio_id uuid, cadena_id uuid, seq bigint)
    join negocios n on n.negocio_id = x.negocio_id
    cross join lateral (
      select cuerpo from hechos_recibidos where negocio_id = x.negocio_id and cadena_id = x.cadena_id and seq = x.seq and variante = 0 offset 0) h
    left join cadenas c on c.negocio_id = x.negocio_id and c.cadena_id = x.cadena_id
    left join dispositivos d on d.negocio_id = x.negocio_id and d.id = c.dispositivo_id
    left join transacciones t on t.negocio_id = x.negocio_id and t.cadena_id = x.cadena_id and t.seq = x.seq
      and t.id = (select hecho_id from veredictos v where v.negocio_id = x.negocio_id and v.cadena_id = x.cadena_id and v.seq = x.seq)
    left join negocio_sucursales s on s.negocio_id = x.negocio_id and s.id = coalesce(t.sucursal_id, d.sucursal_id)`
}

async function leerRetenciones(sql: Tx, filas: readonly FilaDeVeredicto[]): Promise<Map<string, Pick<Retencion, 'estado'>[]>> {
  const retenidas = filas.filter((f) => f.estado === 'retenido').map((f) => ({ negocio_id: f.deNegocio, id: f.hechoId }))
  const porVenta = new Map<string, Pick<Retencion, 'estado'>[]>()
  if (retenidas.length === 0) return porVenta
  const retenciones = await sql<Pick<Retencion, 'transaccionId' | 'estado'>[]>`
    select r.transaccion_id, r.estado from jsonb_to_recordset(${sql.json(retenidas)}) as x(negocio_id uuid, id uuid)
    cross join lateral (select * from retenciones where negocio_id = x.negocio_id and transaccion_id = x.id offset 0) r`
  for (const r of retenciones) porVenta.set(r.transaccionId, [...(porVenta.get(r.transaccionId) ?? []), r])
  return porVenta
}

/** Received less than this ago, a verdict may still be in the notes of another node. */
const EN_NOTAS_MS = MINUTO

/**
 * Verdicts on what was received between `desde` and just before `ahora` that were never told, because a node ended before it wrote its notes; and told
 * ones whose holds may have moved.
 */
export async function leerOlvidados(sql: Tx, desde: number, ahora: number, limite: number): Promise<PorVeredicto> {
  const veredictos = await sql<(VeredictoDoc & { negocioId: string; recibidoAt: number })[]>`
    select v.negocio_id, v.cadena_id, v.seq, v.hecho_id, v.tipo, v.dispositivo_id, v.estado, v.motivos, v.puntos, v.eff_at, h.recibido_at
    from veredictos v
    join hechos_recibidos h on h.negocio_id = v.negocio_id and h.cadena_id = v.cadena_id and h.seq = v.seq and h.variante = 0
    where (v.estado <> 'aceptado' or v.motivos <> '[]'::jsonb) and h.recibido_at > ${new Date(desde)} and h.recibido_at < ${new Date(ahora - EN_NOTAS_MS)}
      and not exists (select from veredictos_de_nota x where x.id = v.negocio_id || '|' || v.cadena_id || '|' || v.seq)
    limit ${limite}`
  const retenidas = await sql<{ hechoId: string; deNegocio: string }[]>`
    select v.hecho_id, v.de_negocio from veredictos_de_nota v
    where v.resultado = 'pendiente' and v.estado = 'retenido' and not exists (
      select from retenciones r where r.negocio_id = v.de_negocio and r.transaccion_id = v.hecho_id and r.estado = 'activa')
    limit ${limite}`
  const olvidados = veredictos.map(({ negocioId, recibidoAt, ...v }): NotaDeVeredicto => {
    return { id: idDeNota(negocioId, v), negocioId, veredicto: v, at: recibidoAt }
  })
  return {
    veredictos: new Map(olvidados.map((n) => [n.id, n])),
    aceptados: new Map(),
    retenciones: new Map(retenidas.map((r) => [r.hechoId, r.deNegocio])),
    avisos: new Map(),
  }
}
