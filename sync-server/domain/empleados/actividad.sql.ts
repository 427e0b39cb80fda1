/**
 * Where the log of the people at the tills is read from (EMP-08): what was tried is in `actividad_empleado`; what was done is in the ledger and, for who
 * corrected what, in the journal itself, whose texts are parsed here and not by the database: they are as a device wrote them.
 */
import { DIA } from '../../../schema/core/tiempo.ts'
import type { TipoDeActividad } from '../../../schema/domain/empleados/actividad.ts'
import type { Sobre } from '../../../schema/domain/hechos/sobre.ts'
import type { Tx } from '../../db/db.ts'

export interface Renglon {
  id: string
  at: number
  /** Null: the nick was of nobody. */
  empleadoId: string | null
  tipo: TipoDeActividad
  resultado: string
  folio: string | null
  montoCentavos: number | null
  puntos: number | null
  cliente: string | null
  equipo: string | null
  /** Where somebody entered or left; null of the rest. */
  dispositivoId: string | null
  /** Why, or what: the reason of a refund, the reward, what the permissions refused. */
  detalle: string | null
  offline: boolean
}

/** ms, from the first on and before the second; null: everybody, everywhere. `tope`: newest of each source, before `antesDe`. */
export interface Ventana {
  negocioId: string
  desde: number
  hasta: number
  empleadoId: string | null
  sucursalId: string | null
  antesDe: number | null
  tope: number
}

/** Newest first of each source. What is at `antesDe` itself is among them: whoever asks knows where the page before ended. */
export async function leerRenglones(sql: Tx, v: Ventana): Promise<Renglon[]> {
  const hasta = v.antesDe === null ? v.hasta : Math.min(v.hasta, v.antesDe + 1)
  const hastaAqui = { ...v, hasta }
  const fuentes = [intentos, ventas, canjes, turnos].map((leer) => leer(sql, hastaAqui))
  return (await Promise.all([...fuentes, correcciones(sql, hastaAqui)])).flat()
}

const suyo = (sql: Tx, { empleadoId }: Ventana, columna: string) =>
  empleadoId === null ? sql`and ${sql(columna)} is not null` : sql`and ${sql(columna)} = ${empleadoId}`
const aqui = (sql: Tx, { sucursalId }: Ventana, columna: string) => (sucursalId === null ? sql`` : sql`and ${sql(columna)} = ${sucursalId}`)

const intentos = (sql: Tx, v: Ventana) => sql<Renglon[]>`
  select a.id::text, a.created_at as at, a.empleado_id, a.tipo, a.resultado, null as folio, null as monto_centavos, null as puntos, null as cliente,
    d.nombre as equipo, a.dispositivo_id, coalesce(a.metadata ->> 'motivo', a.metadata ->> 'accion') as detalle, a.offline
  from actividad_empleado a
  left join dispositivos d on d.negocio_id = a.negocio_id and d.id = a.dispositivo_id
  left join empleados e on e.negocio_id = a.negocio_id and e.id = a.empleado_id
  where a.negocio_id = ${v.negocioId} and a.created_at >= ${new Date(v.desde)} and a.created_at < ${new Date(v.hasta)}
    ${v.empleadoId === null ? sql`` : sql`and a.empleado_id = ${v.empleadoId}`}
    ${v.sucursalId === null ? sql`` : sql`and coalesce(d.sucursal_id, e.sucursal_id) = ${v.sucursalId}`}
  order by a.created_at desc, a.id desc limit ${v.tope}`

/** A sale with a cupón is told as one: the cupón is a part of it. */
const ventas = (sql: Tx, v: Ventana) => sql<Renglon[]>`
  select t.id::text, t.eff_at as at, t.empleado_id, case when t.cupon_id is null then 'venta' else 'cupon' end as tipo, 'ok' as resultado, t.folio,
    t.monto_centavos, t.puntos_otorgados as puntos, c.alias as cliente, d.nombre as equipo, null as dispositivo_id, null as detalle, false as offline
  from transacciones t
  left join clientes c on c.negocio_id = t.negocio_id and c.usuario_id = t.cliente_id
  left join dispositivos d on d.negocio_id = t.negocio_id and d.id = t.dispositivo_id
  where t.negocio_id = ${v.negocioId} and t.eff_at >= ${new Date(v.desde)} and t.eff_at < ${new Date(v.hasta)}
    ${suyo(sql, v, 't.empleado_id')} ${aqui(sql, v, 't.sucursal_id')}
  order by t.eff_at desc, t.id desc limit ${v.tope}`

/** A canje is confirmed within a day or so of being made. */
const VIDA_DE_UN_CANJE_MS = 3 * DIA

/** Where a canje was given is in the line of its points: one confirmed over HTTP is of no device, and one may be good anywhere. */
const dadoAqui = (sql: Tx, { sucursalId }: Ventana) =>
  sucursalId === null
    ? sql``
    : sql`and exists (
        select from historial_puntos h where h.negocio_id = j.negocio_id and h.usuario_id = j.usuario_id and h.eff_at = j.cerrado_at
          and h.tipo = 'canjeado' and h.puntos = -j.puntos and h.sucursal_id = ${sucursalId})`

const canjes = (sql: Tx, v: Ventana) => sql<Renglon[]>`
  select j.id::text, j.cerrado_at as at, j.empleado_id, 'canje' as tipo, 'ok' as resultado, null as folio, null as monto_centavos, j.puntos,
    c.alias as cliente, d.nombre as equipo, null as dispositivo_id, j.nombre as detalle, false as offline
  from canjes j
  left join clientes c on c.negocio_id = j.negocio_id and c.usuario_id = j.usuario_id
  left join dispositivos d on d.negocio_id = j.negocio_id and d.id = j.dispositivo_id
  where j.negocio_id = ${v.negocioId} and j.estado = 'confirmado' and j.creado_at >= ${new Date(v.desde - VIDA_DE_UN_CANJE_MS)}
    and j.cerrado_at >= ${new Date(v.desde)} and j.cerrado_at < ${new Date(v.hasta)} ${suyo(sql, v, 'j.empleado_id')} ${dadoAqui(sql, v)}
  order by j.cerrado_at desc, j.id desc limit ${v.tope}`

/** A shift that was opened, and the same one closed. */
const turnos = (sql: Tx, v: Ventana) => sql<Renglon[]>`
  select s.id::text || '|' || s.detalle as id, s.at, s.por as empleado_id, 'turno' as tipo, 'ok' as resultado, null as folio,
    s.monto_centavos, null as puntos, null as cliente, d.nombre as equipo, null as dispositivo_id, s.detalle, false as offline
  from (
    select id, negocio_id, dispositivo_id, sucursal_id, abierto_at as at, abierto_por as por, 'abrir' as detalle, fondo_centavos as monto_centavos from turnos_caja
    union all
    select id, negocio_id, dispositivo_id, sucursal_id, cerrado_at, cerrado_por, 'cerrar', contado_centavos from turnos_caja where cerrado_at is not null) s
  join empleados e on e.negocio_id = s.negocio_id and e.id = s.por
  left join dispositivos d on d.negocio_id = s.negocio_id and d.id = s.dispositivo_id
  where s.negocio_id = ${v.negocioId} and s.at >= ${new Date(v.desde)} and s.at < ${new Date(v.hasta)}
    ${suyo(sql, v, 's.por')} ${aqui(sql, v, 's.sucursal_id')}
  order by s.at desc, s.id desc limit ${v.tope}`

interface FilaDeHecho {
  id: string
  at: number
  tipo: 'reembolso' | 'anulacion' | 'cambio_monto'
  cuerpo: string
  equipo: string | null
}
type DatosDeCorreccion = { transaccionId: string; montoCentavos?: number; motivo: string }

/** Refunds, cancellations and corrected montos are few: all of the window are read. What no judge understood is not told. */
async function correcciones(sql: Tx, v: Ventana): Promise<Renglon[]> {
  const filas = (
    await Promise.all(
      [sql`h.tipo in ('reembolso', 'anulacion')`, sql`h.tipo = 'cambio_monto'`].map(
        (deEsos) => sql<FilaDeHecho[]>`
          select h.cadena_id || '|' || h.seq as id, k.eff_at as at, h.tipo, h.cuerpo, d.nombre as equipo
          from hechos_recibidos h
          join veredictos k on k.negocio_id = h.negocio_id and k.cadena_id = h.cadena_id and k.seq = h.seq
          left join dispositivos d on d.negocio_id = h.negocio_id and d.id = k.dispositivo_id
          where h.negocio_id = ${v.negocioId} and ${deEsos} and h.variante = 0 and h.cuerpo is not null and h.recibido_at >= ${new Date(v.desde)}
            and k.estado not in ('sin_procesar', 'duplicado') and k.eff_at >= ${new Date(v.desde)} and k.eff_at < ${new Date(v.hasta)}`,
      ),
    )
  ).flat()
  const leidas = filas.map(({ cuerpo, ...fila }) => ({ fila, sobre: JSON.parse(cuerpo) as Sobre }))
  const deEllos = leidas.filter(({ sobre: { operador, sucursalId } }) => {
    const suya = operador?.tipo === 'empleado' && (v.empleadoId === null || operador.id === v.empleadoId)
    return suya && (v.sucursalId === null || sucursalId === v.sucursalId)
  })
  const folios = await foliosDe(
    sql,
    v.negocioId,
    deEllos.map(({ sobre }) => (sobre.datos as DatosDeCorreccion).transaccionId),
  )
  return deEllos.map(({ fila, sobre }) => {
    const { transaccionId, montoCentavos = null, motivo } = sobre.datos as DatosDeCorreccion
    const comun = {
      empleadoId: sobre.operador?.id ?? null,
      resultado: 'ok',
      puntos: null,
      cliente: null,
      dispositivoId: null,
      offline: false,
    }
    return { ...fila, ...comun, folio: folios.get(transaccionId) ?? null, montoCentavos, detalle: motivo }
  })
}

async function foliosDe(sql: Tx, negocioId: string, ids: string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map()
  const filas = await sql<{ id: string; folio: string }[]>`
    select id, folio from transacciones
    where negocio_id = ${negocioId} and id = any(array(select jsonb_array_elements_text(${sql.json(ids)})::uuid))`
  return new Map(filas.map(({ id, folio }) => [id, folio]))
}
