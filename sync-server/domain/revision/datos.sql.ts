/** What each rule looked at, as names and values: read again from the ledger, as it was when the entry was judged. */
import { DIA, diaLocal } from '../../../schema/core/tiempo.ts'
import { TOLERANCIA_QR_MS } from '../../../schema/domain/hechos/efectivo.ts'
import { MONTOS_RECORDADOS } from '../../../schema/domain/hechos/juzgar-venta.ts'
import { VECES_LA_MEDIANA, VENTAS_POR_TARJETA_AL_DIA } from '../../../schema/domain/hechos/retener.ts'
import { vidaDelQrEn } from '../../../schema/domain/puntos/puntos.ts'
import { ZONA_POR_DEFECTO } from '../../../schema/domain/sucursales/sucursal.ts'
import type { Revision } from '../../../schema/protocol/revision.ts'
import type { Tx } from '../../db/db.ts'
import { versionesDe } from '../configuraciones/insertar.sql.ts'
import type { Pieza } from './lado.sql.ts'
import { correccionesDe } from './otro.sql.ts'

type Datos = Revision['datos']
type Lector = (sql: Tx, negocioId: string, pieza: Pieza) => Promise<Datos> | Datos

const LECTORES: Record<string, Lector> = {
  R2: deUso,
  R6: deReembolso,
  R10: deBaja,
  R11: deReloj,
  R14: deEspera,
  R15: deLicencia,
  R16: deLimite,
}

/** Of every rule that spoke. */
export async function leerDatos(sql: Tx, negocioId: string, pieza: Pieza): Promise<Datos> {
  const datos: Datos = {}
  for (const { regla } of pieza.motivos) Object.assign(datos, regla ? await LECTORES[regla]?.(sql, negocioId, pieza) : {})
  return datos
}

function deUso(_sql: Tx, _negocioId: string, { qr, lado }: Pieza): Datos {
  return { tarjeta: qr ? `••${qr.cardId.slice(-4)}` : null, contador: lado.qrContador, escrita: qr === null }
}

async function deReembolso(sql: Tx, negocioId: string, { lado, juzgadoN }: Pieza): Promise<Datos> {
  if (lado.transaccionId === null) return {}
  const [venta] = await sql<{ folio: string; montoCentavos: number; estado: string }[]>`
    select folio, monto_centavos, estado from transacciones where negocio_id = ${negocioId} and id = ${lado.transaccionId}`
  const previas = await correccionesDe(sql, negocioId, lado.transaccionId, juzgadoN)
  const pedidoCentavos = lado.montoCentavos ?? 0
  const yaCentavos = Math.min(
    venta?.montoCentavos ?? 0,
    previas.reduce((suma, p) => suma + p.montoCentavos, 0),
  )
  const excesoCentavos = Math.max(0, pedidoCentavos - Math.max(0, (venta?.montoCentavos ?? 0) - yaCentavos))
  return {
    ventaFolio: venta?.folio ?? null,
    ventaCentavos: venta?.montoCentavos ?? null,
    ventaEstado: venta?.estado ?? null,
    reembolsosAntes: previas.length,
    reembolsadoAntesCentavos: yaCentavos,
    excesoCentavos,
  }
}

async function deBaja(sql: Tx, negocioId: string, { sobre, lado }: Pieza): Promise<Datos> {
  const empleadoId = sobre?.operador?.tipo === 'empleado' ? sobre.operador.id : null
  const [fila] = await sql<
    { nick: string | null; cajeroAt: number | null; equipo: string | null; equipoAt: number | null; motivo: string | null }[]
  >`
    select e.nick, e.baja_at as cajero_at, d.nombre as equipo, d.baja_at as equipo_at, d.baja_motivo as motivo
    from (select 1) uno
    left join empleados e on e.negocio_id = ${negocioId} and e.id = ${empleadoId}
    left join dispositivos d on d.negocio_id = ${negocioId} and d.id = ${lado.dispositivoId}`
  const delCajero = fila?.cajeroAt != null && fila.cajeroAt < lado.effAt
  return {
    bajaDe: delCajero ? 'cajero' : 'dispositivo',
    quien: (delCajero ? fila?.nick && `@${fila.nick}` : fila?.equipo) ?? '',
    bajaAt: (delCajero ? fila?.cajeroAt : fila?.equipoAt) ?? null,
    bajaMotivo: delCajero ? null : (fila?.motivo ?? null),
  }
}

/** Both clocks: the till's, as it said and corrected, and the card's. */
async function deReloj(sql: Tx, negocioId: string, { sobre, lado }: Pieza): Promise<Datos> {
  if (!sobre) return {}
  const corregidaAt = sobre.tiempo.wall + sobre.tiempo.offset
  return {
    cajaAt: sobre.tiempo.wall,
    cajaCorregidaAt: corregidaAt,
    cajaOffsetMs: sobre.tiempo.offset,
    tarjetaAt: lado.qrAt,
    edadMs: lado.qrAt === null ? null : corregidaAt - lado.qrAt,
    edadMinimaMs: -TOLERANCIA_QR_MS,
    edadMaximaMs: vidaDelQrEn(await versionesDe(sql, negocioId), lado.effAt) + TOLERANCIA_QR_MS,
  }
}

async function deEspera(sql: Tx, negocioId: string, { n }: Pieza): Promise<Datos> {
  const [fila] = await sql<{ esperaDe: string | null; esperaVenceAt: number | null }[]>`
    select espera_de, espera_vence_at from hechos_recibidos where negocio_id = ${negocioId} and n = ${n}`
  return { esperaDe: fila?.esperaDe ?? null, esperaVenceAt: fila?.esperaVenceAt ?? null }
}

/** R15. The lease it names, if it is its own; none is an answer too. */
async function deLicencia(sql: Tx, negocioId: string, { sobre, lado }: Pieza): Promise<Datos> {
  const [l] = await sql<{ emitidaAt: number; venceAt: number; maxVentas: number; ventas: number }[]>`
    select emitida_at, vence_at, max_ventas, ventas from licencias
    where negocio_id = ${negocioId} and id = ${sobre?.licenciaId ?? null} and dispositivo_id = ${lado.dispositivoId}`
  return {
    licenciaEmitidaAt: l?.emitidaAt ?? null,
    licenciaVenceAt: l?.venceAt ?? null,
    licenciaVentas: l?.ventas ?? null,
    licenciaMaxVentas: l?.maxVentas ?? null,
    licenciaVencida: l ? lado.effAt > l.venceAt : null,
  }
}

/** R16. The median of the sales before it, and how many the card already had that day. */
async function deLimite(sql: Tx, negocioId: string, { lado, sucursalId, juzgadoN }: Pieza): Promise<Datos> {
  const montos = await sql<{ montoCentavos: number }[]>`
    select t.monto_centavos from hechos_recibidos h join transacciones t on t.negocio_id = h.negocio_id and t.id = h.hecho_id
    where h.negocio_id = ${negocioId} and h.tipo = 'venta' and h.estado = 'juzgado' and h.juzgado_n < ${juzgadoN}
    order by h.juzgado_n desc limit ${MONTOS_RECORDADOS}`
  const ordenados = montos.map((m) => m.montoCentavos).sort((a, b) => a - b)
  const mediana = ordenados[Math.floor((ordenados.length - 1) / 2)] ?? null
  return {
    montoCentavos: lado.montoCentavos,
    medianaCentavos: mediana,
    muestra: ordenados.length,
    vecesLaMediana: mediana && lado.montoCentavos ? Math.round((lado.montoCentavos / mediana) * 10) / 10 : null,
    vecesPermitidas: VECES_LA_MEDIANA,
    ventasDelDia: await ventasDelDiaAntes(sql, negocioId, lado, sucursalId),
    ventasPermitidas: VENTAS_POR_TARJETA_AL_DIA,
  }
}

async function ventasDelDiaAntes(sql: Tx, negocioId: string, lado: Pieza['lado'], sucursalId: string | null): Promise<number> {
  const filas = await sql<{ effAt: number; zona: string | null; deZona: string | null }[]>`
    select o.eff_at, s.zona_horaria as zona, m.zona_horaria as de_zona from transacciones t
    join transacciones o on o.negocio_id = t.negocio_id and o.cliente_id = t.cliente_id and o.card_id = t.card_id and o.id <> t.id
      and o.eff_at between ${new Date(lado.effAt - 2 * DIA)} and ${new Date(lado.effAt + 2 * DIA)} and o.recibido_at <= t.recibido_at
      and (o.cadena_id <> t.cadena_id or o.seq < t.seq)
    left join negocio_sucursales s on s.negocio_id = o.negocio_id and s.id = o.sucursal_id
    left join negocio_sucursales m on m.negocio_id = t.negocio_id and m.id = ${sucursalId}
    where t.negocio_id = ${negocioId} and t.id = ${lado.hechoId}`
  const hoy = diaLocal(lado.effAt, filas[0]?.deZona ?? ZONA_POR_DEFECTO)
  return filas.filter((f) => diaLocal(f.effAt, f.zona ?? ZONA_POR_DEFECTO) === hoy).length
}
