/**
 * Snapshots: the rows of a slice as they are, in pages by a key that never changes. The key of a page is text that only this file reads.
 * Rows written while the pages go by are in the log from the head that page 1 noted (PU1).
 */
import { Rechazo } from '../../schema/core/rechazo.ts'
import type { Configuracion } from '../../schema/domain/configuracion/configuracion.ts'
import type { Canje, Cliente, CuponUsuario, Saldo, Transaccion, Veredicto } from '../../schema/domain/hechos/libro.ts'
import type { ArticuloDoc, ConfigDoc, CuponDoc, MiaDoc, RecompensaDoc, RetencionDoc } from '../../schema/protocol/documentos.ts'
import type { ColeccionPull, Documento } from '../../schema/protocol/pull.ts'
import type { Tx } from '../db/db.ts'
import { documentoDeEmpleado } from '../domain/empleados/documento.ts'
import {
  type AvisoConResolucion,
  documentoDeArriendo,
  documentoDeAviso,
  documentoDeCanje,
  documentoDeCliente,
  documentoDeCuponUsuario,
  documentoDeTransaccion,
  documentoDeVeredicto,
} from './documentos.ts'
import { columnasDeCanje, columnasDeCupon, columnasDeCuponUsuario } from './leer-mostrador.sql.ts'
import { esConfigDe, esEntera, type Imagen, type Rebanada, VERSIONES_MS } from './rebanadas.ts'

export interface PaginaPedida {
  rebanada: Rebanada
  despuesDe: string | undefined
  limite: number
  ahora: number
}
/** `ultima`: the key to go on after; undefined when there is no more. */
export interface Pagina {
  documentos: Documento[]
  ultima: string | undefined
}

/** The same, its documents as the JSON of a list. */
export interface PaginaEnJson {
  json: string
  ultima: string | undefined
}

/**
 * A page written by the database itself, where nothing of it needs to be looked into: ten thousand articulos are ten megabytes that need not become
 * objects and text again. Null: read it with `leerInstantanea`. @throws Rechazo DATO_INVALIDO when the page key is none of ours
 */
export async function leerInstantaneaEnJson(sql: Tx, negocioId: string, p: PaginaPedida): Promise<PaginaEnJson | null> {
  if (p.rebanada.coleccion !== 'articulos' || !esEntera(p.rebanada)) return null
  const [fila] = await sql<{ cuantos: number; ultima: string | null; lista: string | null }[]>`
    select count(*)::int as cuantos, max(id::text) as ultima, string_agg(row_to_json(a)::text, ',') as lista from (
      select id, nombre, descripcion, precio_centavos as "precioCentavos", categoria, tipo, visible, agotado, destacado, desde, sucursales, imagenes,
        borrado, sellos
      from articulos where negocio_id = ${negocioId} and id > ${uuidDe(p.despuesDe)} order by id limit ${p.limite}) a`
  return { json: `[${fila?.lista ?? ''}]`, ultima: fila?.cuantos === p.limite ? (fila.ultima ?? undefined) : undefined }
}

/** One page of a device's slice. @throws Rechazo DATO_INVALIDO when the page key is none of ours */
export function leerInstantanea(sql: Tx, negocioId: string, pedida: PaginaPedida): Promise<Pagina> {
  return LECTORES[pedida.rebanada.coleccion](sql, negocioId, pedida)
}

const UUID_CERO = '00000000-0000-0000-0000-000000000000'
const ES_UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** `numero|uuid`, either order, as a page key. */
function partir(llave: string | undefined, numeroPrimero: boolean): [numero: number, uuid: string] {
  if (llave === undefined) return [numeroPrimero ? 0 : -1, UUID_CERO]
  const [a = '', b = ''] = llave.split('|')
  const [numero, uuid] = numeroPrimero ? [Number(a), b] : [Number(b), a]
  if (!Number.isSafeInteger(numero) || Math.abs(numero) > 8.64e15 || !ES_UUID.test(uuid)) throw new Rechazo('DATO_INVALIDO', 'checkpoint')
  return [numero, uuid]
}

function uuidDe(llave: string | undefined): string {
  if (llave !== undefined && !ES_UUID.test(llave)) throw new Rechazo('DATO_INVALIDO', 'checkpoint')
  return llave ?? UUID_CERO
}

function pagina<T>(filas: T[], limite: number, documento: (fila: T) => object, llave: (fila: T) => string): Pagina {
  const ultimaFila = filas.length === limite ? filas.at(-1) : undefined
  return { documentos: filas.map(documento) as Documento[], ultima: ultimaFila && llave(ultimaFila) }
}

const corte = ({ rebanada, ahora }: PaginaPedida) => new Date(rebanada.desdeMs === null ? 0 : Math.max(0, ahora - rebanada.desdeMs))

type Lector = (sql: Tx, negocioId: string, pedida: PaginaPedida) => Promise<Pagina>

const leerVeredictos: Lector = async (sql, negocioId, p) => {
  const [seq, cadenaId] = partir(p.despuesDe, false)
  const filas = await sql<(Veredicto & { seqStream: number })[]>`
    select cadena_id, seq, hecho_id, tipo, dispositivo_id, estado, motivos, puntos, eff_at, hueco, seq_stream from veredictos
    where negocio_id = ${negocioId} and dispositivo_id = ${p.rebanada.equipo?.dispositivoId ?? null} and eff_at >= ${corte(p)}
      and (cadena_id, seq) > (${cadenaId}::uuid, ${seq}::bigint)
    order by cadena_id, seq limit ${p.limite}`
  return pagina(
    filas,
    p.limite,
    (v) => documentoDeVeredicto(v, v.seqStream),
    (v) => `${v.cadenaId}|${v.seq}`,
  )
}

export const columnasDeArticulo = (sql: Tx) =>
  sql`id, nombre, descripcion, precio_centavos, categoria, tipo, visible, agotado, destacado, desde, sucursales, imagenes, borrado, sellos`

const leerArticulos: Lector = async (sql, negocioId, p) => {
  const filas = await sql<ArticuloDoc[]>`
    select ${columnasDeArticulo(sql)} from articulos where negocio_id = ${negocioId} and id > ${uuidDe(p.despuesDe)} order by id limit ${p.limite}`
  const leida = pagina(
    filas,
    p.limite,
    (a) => a,
    (a) => a.id,
  )
  const esDeAqui = (doc: Documento) => p.rebanada.alcanza(doc as Imagen) && p.rebanada.vigente(doc as Imagen, p.ahora)
  return { ...leida, documentos: leida.documentos.filter(esDeAqui) }
}

export const columnasDeRecompensa = (sql: Tx) =>
  sql`id, nombre, descripcion, puntos, valor_centavos, imagen, activa, sucursales, borrado, sellos`

/** Of a table of editables whose documents are their own images: what is of this place. */
const leerEditables =
  (leer: (sql: Tx, negocioId: string, despuesDe: string, limite: number) => Promise<{ id: string }[]>): Lector =>
  async (sql, negocioId, p) => {
    const filas = await leer(sql, negocioId, uuidDe(p.despuesDe), p.limite)
    const leida = pagina(
      filas,
      p.limite,
      (a) => a,
      (a) => a.id,
    )
    const esDeAqui = (doc: Documento) => p.rebanada.alcanza(doc as Imagen) && p.rebanada.vigente(doc as Imagen, p.ahora)
    return { ...leida, documentos: leida.documentos.filter(esDeAqui) }
  }

const leerCupones = leerEditables(
  (sql, negocioId, despuesDe, limite) => sql<CuponDoc[]>`
    select ${columnasDeCupon(sql)} from cupones where negocio_id = ${negocioId} and id > ${despuesDe} order by id limit ${limite}`,
)
const leerRecompensas = leerEditables(
  (sql, negocioId, despuesDe, limite) => sql<RecompensaDoc[]>`
    select ${columnasDeRecompensa(sql)} from recompensas where negocio_id = ${negocioId} and id > ${despuesDe} order by id limit ${limite}`,
)

/** By (creadoAt, id), as sales are. */
const leerCanjes: Lector = async (sql, negocioId, p) => {
  const [creadoAt, id] = partir(p.despuesDe, true)
  const sucursalId = p.rebanada.equipo?.sucursalId ?? null
  const filas = await sql<Canje[]>`
    select ${columnasDeCanje(sql)} from canjes
    where negocio_id = ${negocioId} and creado_at >= ${corte(p)} and (creado_at, id) > (${new Date(creadoAt)}::timestamptz, ${id}::uuid)
      ${sucursalId === null ? sql`` : sql`and coalesce(sucursal_id, ${sucursalId}) = ${sucursalId}`}
    order by creado_at, id limit ${p.limite}`
  return pagina(filas, p.limite, documentoDeCanje, (c) => `${c.creadoAt}|${c.id}`)
}

/** CUP-24. Of cupones that are not long over. */
const leerCuponUsuarios: Lector = async (sql, negocioId, p) => {
  const [cuponId = UUID_CERO, usuarioId = UUID_CERO] = p.despuesDe?.split('|') ?? []
  const filas = await sql<CuponUsuario[]>`
    select ${columnasDeCuponUsuario(sql)} from cupon_usuarios
    where negocio_id = ${negocioId} and (cupon_id, usuario_id) > (${uuidDe(cuponId)}::uuid, ${uuidDe(usuarioId)}::uuid)
    order by cupon_id, usuario_id limit ${p.limite}`
  return pagina(filas, p.limite, documentoDeCuponUsuario, (c) => `${c.cuponId}|${c.usuarioId}`)
}

const leerClientes: Lector = async (sql, negocioId, p) => {
  const filas = await sql<(Cliente & Saldo)[]>`
    select c.usuario_id, c.card_id, c.alias, c.nivel_ultima_visita, c.visitas, c.gastado_centavos, c.primera_visita_at, c.ultima_visita_at,
      coalesce(s.puntos_disponibles, 0) as puntos_disponibles, coalesce(s.puntos_retenidos, 0) as puntos_retenidos,
      coalesce(s.puntos_acumulados, 0) as puntos_acumulados, coalesce(s.puntos_apartados, 0) as puntos_apartados
    from clientes c left join puntos_por_negocio s on s.negocio_id = c.negocio_id and s.usuario_id = c.usuario_id
    where c.negocio_id = ${negocioId} and c.usuario_id > ${uuidDe(p.despuesDe)} and c.ultima_visita_at >= greatest(${corte(p)}::timestamptz,
      (select ultima_visita_at from clientes where negocio_id = ${negocioId} and ${p.rebanada.maximo !== null}
        order by ultima_visita_at desc offset ${Math.max(0, (p.rebanada.maximo ?? 1) - 1)} limit 1))
    order by c.usuario_id limit ${p.limite}`
  return pagina(
    filas,
    p.limite,
    (c) => documentoDeCliente(c, c),
    (c) => c.usuarioId,
  )
}

/** By (effAt, id): an effAt never changes, and the old ones need not be walked over. */
const leerTransacciones: Lector = async (sql, negocioId, p) => {
  const [effAt, id] = partir(p.despuesDe, true)
  const sucursalId = p.rebanada.equipo?.sucursalId ?? null
  const filas = await sql<(Transaccion & { retenciones: RetencionDoc[] })[]>`
    select t.id, t.sucursal_id, t.dispositivo_id, t.cadena_id, t.seq, t.folio, t.cliente_id, t.card_id, t.empleado_id, t.monto_centavos, t.descripcion,
      t.metodo_pago, t.lineas, t.puntos_base, t.multiplicador_pct, t.puntos_otorgados, t.puntos_devueltos, t.acreditada, t.nivel_cliente,
      t.config_version, t.reembolsado_centavos, t.motivo, t.estado, t.eff_at, t.recibido_at, t.cupon_id, t.descuento_centavos, t.foto,
      t.monto_original_centavos, t.sin_licencia,
      (select coalesce(jsonb_agg(jsonb_build_object('regla', r.regla, 'codigo', r.codigo, 'alVencer', r.al_vencer,
          'venceAt', (extract(epoch from r.vence_at) * 1000)::bigint, 'estado', r.estado) order by substr(r.regla, 2)::int), '[]')
        from retenciones r where r.negocio_id = t.negocio_id and r.transaccion_id = t.id) as retenciones
    from transacciones t
    where t.negocio_id = ${negocioId} and t.eff_at >= ${corte(p)} and (t.eff_at, t.id) > (${new Date(effAt)}::timestamptz, ${id}::uuid)
      ${sucursalId === null ? sql`` : sql`and t.sucursal_id = ${sucursalId}`}
    order by t.eff_at, t.id limit ${p.limite}`
  return pagina(
    filas,
    p.limite,
    (t) => documentoDeTransaccion(t, t.retenciones),
    (t) => `${t.effAt}|${t.id}`,
  )
}

export const columnasDeAviso = (sql: Tx) =>
  sql`id, tipo, regla, codigo, costo_centavos, puntos, datos, creado_at, resuelto_at, resuelto_por_nombre as resuelto_por, resolucion, sellos`

const leerAvisos: Lector = async (sql, negocioId, p) => {
  const sucursalId = p.rebanada.equipo?.sucursalId ?? null
  const filas = await sql<AvisoConResolucion[]>`
    select ${columnasDeAviso(sql)} from avisos
    where negocio_id = ${negocioId} and id > ${p.despuesDe ?? ''}
      ${sucursalId === null ? sql`` : sql`and coalesce(datos ->> 'sucursalId', ${sucursalId}) = ${sucursalId}`}
    order by id limit ${p.limite}`
  return pagina(
    filas,
    p.limite,
    (a) => documentoDeAviso(a, a),
    (a) => a.id,
  )
}

/** Few documents: always one page. */
const leerConfig: Lector = async (sql, negocioId, p) => {
  const [negocios, sucursales, versiones, empleados, arriendos] = await Promise.all([
    sql<{ nombre: string; numero: number; codigoCaja: string }[]>`
      select nombre, numero, codigo_caja from negocios where negocio_id = ${negocioId}`,
    sql<{ sucursalId: string; nombre: string; numero: number; zonaHoraria: string }[]>`
      select id as sucursal_id, nombre, numero, zona_horaria from negocio_sucursales where negocio_id = ${negocioId} order by numero`,
    sql<Configuracion[]>`
      select version, participa, valor_punto_centavos, multiplicadores_pct, umbrales, vida_qr_segundos, expiran_en_meses, vigente_at from (
        select *, lead(vigente_at) over (order by version) as hasta_at from configuraciones where negocio_id = ${negocioId}) v
      where hasta_at is null or hasta_at > ${new Date(Math.max(0, p.ahora - VERSIONES_MS))} order by version`,
    sql<Parameters<typeof documentoDeEmpleado>[0][]>`
      select id, nombre, nick, puesto, activo, permisos_scan_ya as "permisosScanYA", sucursal_id, todas_las_sucursales, acceso_at
      from empleados where negocio_id = ${negocioId} order by id`,
    sql<Parameters<typeof documentoDeArriendo>[0][]>`
      select sucursal_id, dispositivo_id, vence_at, pedido_por from arriendos_canje where negocio_id = ${negocioId} order by sucursal_id`,
  ])
  const docs: ConfigDoc[] = [
    ...negocios.map((n) => ({ id: 'negocio' as const, ...n })),
    ...sucursales.map((s) => ({ id: `sucursal:${s.sucursalId}` as const, ...s })),
    ...versiones.map((v) => ({ id: `version:${v.version}` as const, ...v })),
    ...empleados.map(documentoDeEmpleado),
    ...arriendos.map(documentoDeArriendo),
  ]
  const sucursalId = p.rebanada.equipo?.sucursalId ?? null
  return { documentos: docs.filter((doc) => esConfigDe(doc as unknown as Imagen, sucursalId)) as Documento[], ultima: undefined }
}

const nada: Lector = async () => ({ documentos: [], ultima: undefined })

const LECTORES: Record<ColeccionPull, Lector> = {
  veredictos: leerVeredictos,
  articulos: leerArticulos,
  clientes: leerClientes,
  transacciones: leerTransacciones,
  avisos: leerAvisos,
  config: leerConfig,
  canjes: leerCanjes,
  cupones: leerCupones,
  cuponUsuarios: leerCuponUsuarios,
  recompensas: leerRecompensas,
  mias: nada,
}

/** A shopper's page: everything that is theirs, in one collection. */
export async function leerMias(sql: Tx, usuarioId: string, p: PaginaPedida): Promise<Pagina> {
  if (p.rebanada.coleccion !== 'mias') return { documentos: [], ultima: undefined }
  const filas = await sql<{ id: string; doc: MiaDoc }[]>`
    select id, doc from mias where usuario_id = ${usuarioId} and id > ${p.despuesDe ?? ''} order by id limit ${p.limite}`
  return pagina(
    filas,
    p.limite,
    (f) => f.doc,
    (f) => f.id,
  )
}
