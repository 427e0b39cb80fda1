/** One entry of a journal with everything a person needs to place it: who, where, when by which clock, and what became of it. */
import type { EstadoVeredicto, Motivo } from '../../../schema/domain/hechos/libro.ts'
import type { Sobre } from '../../../schema/domain/hechos/sobre.ts'
import { leerQr, type QrLeido } from '../../../schema/domain/tarjetas/qr.ts'
import type { LadoDeRevision } from '../../../schema/protocol/revision.ts'
import type { Tx } from '../../db/db.ts'
import { abrirSobre, idEn, qrDe } from '../../sync/sobres.ts'

/** Row of the entry and what hangs from it; everything of one negocio, in its context. */
interface Fila {
  n: number
  cadenaId: string
  seq: number
  cuerpo: string | null
  recibidoAt: number
  juzgadoN: number | null
  hechoId: string
  tipo: string
  estado: EstadoVeredicto
  motivos: Motivo[]
  puntos: number
  effAt: number
  dispositivoId: string | null
  negocio: string
  dispositivo: string | null
  deSucursalId: string | null
}

/** A side before the names of accounts are known, with what the rules look at. */
export interface Pieza {
  lado: LadoDeRevision
  motivos: Motivo[]
  sobre: Sobre | null
  qr: QrLeido | null
  sucursalId: string | null
  n: number
  juzgadoN: number
}

/** Where a hecho is. A body that differs (a fork) is not judged and is not it. */
export async function lugarDe(sql: Tx, negocioId: string, hechoId: string): Promise<{ cadenaId: string; seq: number } | undefined> {
  const [fila] = await sql<{ cadenaId: string; seq: number }[]>`
    select cadena_id, seq from veredictos v where v.negocio_id = ${negocioId} and v.hecho_id = ${hechoId}
      and (v.cadena_id, v.seq) in (select cadena_id, seq from hechos_recibidos h where h.negocio_id = ${negocioId} and h.hecho_id = ${hechoId} and h.variante = 0)
    order by (v.estado = 'duplicado'), v.seq limit 1`
  return fila
}

/** The entry at a place; undefined: nothing was judged there. */
export async function leerPieza(
  sql: Tx,
  negocioId: string,
  { cadenaId, seq }: { cadenaId: string; seq: number },
): Promise<Pieza | undefined> {
  const [fila] = await sql<Fila[]>`
    select h.n, h.cadena_id, h.seq, h.cuerpo, h.recibido_at, h.juzgado_n, v.hecho_id, v.tipo, v.estado, v.motivos, v.puntos, v.eff_at,
      c.dispositivo_id, n.nombre as negocio, d.nombre as dispositivo, d.sucursal_id as de_sucursal_id
    from hechos_recibidos h
    join veredictos v on v.negocio_id = h.negocio_id and v.cadena_id = h.cadena_id and v.seq = h.seq
    join cadenas c on c.negocio_id = h.negocio_id and c.cadena_id = h.cadena_id
    join negocios n on n.negocio_id = h.negocio_id
    left join dispositivos d on d.negocio_id = h.negocio_id and d.id = c.dispositivo_id
    where h.negocio_id = ${negocioId} and h.cadena_id = ${cadenaId} and h.seq = ${seq} and h.variante = 0`
  return fila && armar(sql, negocioId, fila)
}

async function armar(sql: Tx, negocioId: string, f: Fila): Promise<Pieza> {
  const sobre = f.cuerpo === null ? null : abrirSobre(f.cuerpo, f.cadenaId, f.seq)
  const { folio, montoCentavos } = (sobre?.datos ?? {}) as { folio?: unknown; montoCentavos?: unknown }
  const transaccionId = f.tipo === 'venta' ? f.hechoId : idEn(sobre?.datos, 'transaccionId')
  const sucursalId = sobre?.sucursalId ?? f.deSucursalId
  const { cliente, sucursal } = await leerNombres(sql, negocioId, transaccionId, sucursalId)
  const qr = leerQrDe(sobre)
  const lado: LadoDeRevision = {
    hechoId: f.hechoId,
    transaccionId,
    tipo: f.tipo,
    folio: typeof folio === 'string' ? folio : null,
    montoCentavos: Number.isSafeInteger(montoCentavos) ? (montoCentavos as number) : null,
    puntos: f.puntos,
    negocio: f.negocio,
    sucursal,
    dispositivoId: f.dispositivoId,
    dispositivo: f.dispositivo ?? '',
    operador: '',
    cliente,
    cadenaId: f.cadenaId,
    seq: f.seq,
    wallAt: sobre?.tiempo.wall ?? f.effAt,
    effAt: f.effAt,
    recibidoAt: f.recibidoAt,
    offsetMs: sobre && sobre.tiempo.offsetAt > 0 ? sobre.tiempo.offset : null,
    qrAt: qr?.tsMs ?? null,
    qrContador: qr?.ctr ?? null,
    estado: f.estado,
    ajeno: false,
  }
  return { lado, motivos: f.motivos, sobre, qr, sucursalId, n: f.n, juzgadoN: f.juzgadoN ?? f.n }
}

/** A card that was not issued by us says nothing. */
function leerQrDe(sobre: Sobre | null): QrLeido | null {
  const texto = sobre ? qrDe(sobre) : null
  try {
    return texto === null ? null : leerQr(texto)
  } catch {
    return null
  }
}

async function leerNombres(sql: Tx, negocioId: string, transaccionId: string | null, sucursalId: string | null) {
  const [fila] = await sql<{ cliente: string | null; sucursal: string | null }[]>`
    select
      (select c.alias from transacciones t join clientes c on c.negocio_id = t.negocio_id and c.usuario_id = t.cliente_id
        where t.negocio_id = ${negocioId} and t.id = ${transaccionId}) as cliente,
      (select s.nombre from negocio_sucursales s where s.negocio_id = ${negocioId} and s.id = ${sucursalId}) as sucursal`
  return { cliente: fila?.cliente ?? '', sucursal: fila?.sucursal ?? '' }
}
