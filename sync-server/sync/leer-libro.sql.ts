/**
 * All that a batch may touch, in a few set-based reads whatever its size: first the entries that waited for it or are named by it, then the
 * cards, then everything else at once.
 */
import { DIA, diaLocal, horaCorregida } from '../../schema/core/tiempo.ts'
import { estaDisponible } from '../../schema/domain/articulos/articulo.ts'
import type { Configuracion } from '../../schema/domain/configuracion/configuracion.ts'
import { nuevoLibro } from '../../schema/domain/hechos/juzgar.ts'
import { MONTOS_RECORDADOS } from '../../schema/domain/hechos/juzgar-venta.ts'
import type {
  Cliente,
  DispositivoEstado,
  EvidenciaQr,
  Libro,
  Licencia,
  Retencion,
  Saldo,
  Transaccion,
} from '../../schema/domain/hechos/libro.ts'
import type { Entrada, Sobre } from '../../schema/domain/hechos/sobre.ts'
import { type DocEditable, estaBorrado } from '../../schema/merge/campos.ts'
import type { Deps } from '../context.ts'
import type { Tx } from '../db/db.ts'
import { leerTarjetasEscritas, ponerEscritas } from './escritas.sql.ts'
import { leerEvidencias, verificarTextos } from './evidencias.ts'
import { enUuids, listaDeTextos, listaDeUuids } from './filas.sql.ts'
import { leerCupones, leerMostrador } from './leer-mostrador.sql.ts'
import { abrirSobre, articulosDe, idEn, lugarNombrado, qrDe } from './sobres.ts'

export interface LibroLeido {
  libro: Libro
  /** Frozen in what shoppers see. */
  negocioNombre: string
  /** n of entries loaded because they waited or are named, by `${cadenaId}|${seq}`: their rows change too. */
  previas: Map<string, number>
}

/** @throws when the database does; what is read decides nothing by itself */
export async function leerLibro(
  deps: Pick<Deps, 'llaves' | 'env'>,
  sql: Tx,
  negocioId: string,
  entradas: readonly Entrada[],
): Promise<LibroLeido> {
  const libro = nuevoLibro(negocioId)
  const previas = await leerPrevias(sql, libro, entradas)
  const todas = [...entradas, ...previas]
  const sobres = todas.map((entrada) => entrada.sobre)
  const textos = sobres.map(qrDe).filter((texto) => texto !== null)
  libro.evidencias = await leerEvidencias(sql, await verificarTextos(deps.llaves, textos))
  const escritas = await leerTarjetasEscritas(sql, sobres)
  const mostrador = await leerMostrador(sql, libro, sobres)
  const deEscritas = { usuarioIds: escritas.map((e) => e.deUsuario), cardIds: escritas.map((e) => e.cardId) }
  const usuarioIds = [...usuariosDe(libro.evidencias), ...deEscritas.usuarioIds, ...mostrador.usuarioIds]
  const [hechos, clientes, marcas] = await Promise.all([
    leerHechosDelNegocio(sql, negocioId, todas),
    leerClientes(sql, negocioId, usuarioIds),
    leerMarcas(sql, negocioId, todas, libro.evidencias, [...deEscritas.cardIds, ...mostrador.cardIds]),
  ])
  ponerHechosDelNegocio(libro, hechos)
  const transacciones = await leerTransacciones(sql, negocioId, [...ventasNombradas(sobres), ...libro.vistos.keys()])
  await leerCupones(sql, libro, sobres, transacciones, usuarioIds)
  await leerQuienesVendieron(sql, libro, sobres, transacciones)
  for (const { retenciones, ...t } of transacciones) {
    libro.transacciones.set(t.id, t)
    if (retenciones.length > 0) libro.retenciones.set(t.id, retenciones)
  }
  for (const c of [...clientes, ...(await leerClientes(sql, negocioId, otrosDe(transacciones, usuarioIds)))]) ponerCliente(libro, c)
  for (const u of marcas.usos) libro.usosQr.set(`${u.cardId}|${u.llave}|${u.ctr}`, u.transaccionId)
  for (const v of marcas.ventas) libro.ventasDelDia.set(`${v.cardId}|${v.dia}`, v.ventas)
  libro.ultimosMontos = marcas.montos
  await ponerEscritas(deps, sql, libro, { entradas: todas, llaves: escritas, desdeDia: desdeQueDia(todas) })
  return { libro, negocioNombre: hechos.negocioNombre, previas: new Map(previas.map((p) => [`${p.cadenaId}|${p.seq}`, p.n])) }
}

interface FilaPrevia {
  n: number
  cadenaId: string
  seq: number
  hash: string
  cuerpo: string
  recibidoAt: number
  estado: 'sin_procesar' | 'en_espera'
  esperaDe: string | null
  esperaVenceAt: number | null
  effAt: number | null
}

/** Entries judged before that this batch may move: those that wait for one of its sales, and those its `reproceso`s and `espera.vencida`s name. */
async function leerPrevias(sql: Tx, libro: Libro, entradas: readonly Entrada[]): Promise<Entrada[]> {
  const lugares = entradas.map((e) => lugarNombrado(e.sobre)).filter((lugar) => lugar !== null)
  const ventas = entradas.filter(({ sobre: { tipo } }) => tipo === 'venta' || tipo === 'canje.creado').map((e) => e.sobre.id)
  if (lugares.length === 0 && ventas.length === 0) return []
  const nombres = sql.json(lugares.map((l) => ({ cadena_id: l.cadenaId, seq: l.seq })))
  const filas = await sql<FilaPrevia[]>`
    with nombradas as materialized (
      select h.n, h.hecho_id from hechos_recibidos h
      join jsonb_to_recordset(${nombres}) as x(cadena_id uuid, seq bigint) on x.cadena_id = h.cadena_id and x.seq = h.seq
      where h.negocio_id = ${libro.negocioId} and h.variante = 0 and h.estado in ('sin_procesar', 'en_espera')),
    todas as (
      select n from nombradas union
      select h.n from hechos_recibidos h where h.negocio_id = ${libro.negocioId} and h.estado = 'en_espera'
        and h.espera_de = any(array(select jsonb_array_elements_text(${sql.json(ventas)})::uuid) || array(select hecho_id from nombradas)))
    select h.n, h.cadena_id, h.seq, h.hash, h.cuerpo, h.recibido_at, h.estado, h.espera_de, h.espera_vence_at, v.eff_at
    from todas join hechos_recibidos h on h.negocio_id = ${libro.negocioId} and h.n = todas.n
    left join veredictos v on v.negocio_id = h.negocio_id and v.cadena_id = h.cadena_id and v.seq = h.seq
    order by h.n`
  return filas.map((fila) => ponerPrevia(libro, fila)).filter((entrada) => entrada !== null)
}

function ponerPrevia(libro: Libro, fila: FilaPrevia): Entrada | null {
  const sobre = abrirSobre(fila.cuerpo, fila.cadenaId, fila.seq)
  if (!sobre) return null
  const { n, cadenaId, seq, hash, recibidoAt } = fila
  const entrada: Entrada = { n, cadenaId, seq, hash, recibidoAt, sobre, ...(fila.effAt === null ? {} : { effAt: fila.effAt }) }
  if (fila.estado === 'sin_procesar') libro.nombradas.set(`${cadenaId}|${seq}`, entrada)
  else if (fila.esperaDe !== null && fila.esperaVenceAt !== null) {
    const espera = { entrada, esperaDe: fila.esperaDe, venceAt: fila.esperaVenceAt }
    libro.enEspera.set(fila.esperaDe, [...(libro.enEspera.get(fila.esperaDe) ?? []), espera])
  }
  return entrada
}

interface HechosDelNegocio {
  negocioNombre: string
  zonas: { id: string; zona: string }[]
  configuraciones: Configuracion[]
  duenos: string[]
  cadenas: {
    cadenaId: string
    dispositivoId: string | null
    ultimoEffAt: number
    hueco: boolean
    tipo: 'caja' | 'studio'
    sucursalId: string | null
    usuarioId: string | null
    bajaAt: number | null
  }[]
  licencias: Licencia[]
  empleados: { id: string; bajaAt: number | null }[]
  articulos: ({ id: string; visible: boolean; agotado: boolean } & DocEditable)[]
  vistos: { hechoId: string; cadenaId: string; seq: number }[]
}

/** The facts around the ledger, one row of JSON lists: keys are ours, instants already ms. */
async function leerHechosDelNegocio(sql: Tx, negocioId: string, todas: readonly Entrada[]): Promise<HechosDelNegocio> {
  const sobres = todas.map((e) => e.sobre)
  const cadenas = new Set(todas.map((e) => e.cadenaId))
  const licencias = new Set(sobres.map((s) => s.licenciaId).filter((id) => id !== null))
  const empleados = new Set(sobres.map((s) => (s.operador?.tipo === 'empleado' ? s.operador.id : null)).filter((id) => id !== null))
  const articulos = new Set(sobres.flatMap((s) => articulosDe(s.datos)))
  const hechos = new Set(sobres.map((s) => s.id))
  const [fila] = await sql<HechosDelNegocio[]>`
    select n.nombre as negocio_nombre,
      (select coalesce(jsonb_agg(jsonb_build_object('id', id, 'zona', zona_horaria)), '[]') from negocio_sucursales
        where negocio_id = n.negocio_id) as zonas,
      (select coalesce(jsonb_agg(jsonb_build_object('version', version, 'participa', participa, 'valorPuntoCentavos', valor_punto_centavos,
          'multiplicadoresPct', multiplicadores_pct, 'umbrales', umbrales, 'vidaQrSegundos', vida_qr_segundos, 'expiranEnMeses', expiran_en_meses,
          'vigenteAt', (extract(epoch from vigente_at) * 1000)::bigint)
          order by version), '[]') from configuraciones where negocio_id = n.negocio_id) as configuraciones,
      (select coalesce(jsonb_agg(usuario_id), '[]') from negocio_cuentas where negocio_id = n.negocio_id and papel = 'dueno') as duenos,
      (select coalesce(jsonb_agg(jsonb_build_object('cadenaId', c.cadena_id, 'dispositivoId', c.dispositivo_id, 'hueco', c.hueco,
          'ultimoEffAt', (extract(epoch from c.ultimo_eff_at) * 1000)::bigint, 'tipo', d.tipo, 'sucursalId', d.sucursal_id, 'usuarioId', d.usuario_id,
          'bajaAt', (extract(epoch from d.baja_at) * 1000)::bigint)), '[]')
        from cadenas c left join dispositivos d on d.negocio_id = c.negocio_id and d.id = c.dispositivo_id
        where c.negocio_id = n.negocio_id and c.cadena_id = ${enUuids(sql, cadenas)}) as cadenas,
      (select coalesce(jsonb_agg(jsonb_build_object('id', id, 'dispositivoId', dispositivo_id, 'maxVentas', max_ventas, 'ventas', ventas,
          'emitidaAt', (extract(epoch from emitida_at) * 1000)::bigint, 'venceAt', (extract(epoch from vence_at) * 1000)::bigint)), '[]')
        from licencias where negocio_id = n.negocio_id and id = ${enUuids(sql, licencias)}) as licencias,
      (select coalesce(jsonb_agg(jsonb_build_object('id', id, 'bajaAt', (extract(epoch from baja_at) * 1000)::bigint)), '[]')
        from empleados where negocio_id = n.negocio_id and id = ${enUuids(sql, empleados)}) as empleados,
      (select coalesce(jsonb_agg(jsonb_build_object('id', a.id, 'visible', a.visible, 'agotado', a.agotado, 'borrado', a.borrado,
          'sellos', a.sellos)), '[]') from ${listaDeUuids(sql, articulos)}
        cross join lateral (select * from articulos where negocio_id = n.negocio_id and id = x.id offset 0) a) as articulos,
      (select coalesce(jsonb_agg(jsonb_build_object('hechoId', x.id, 'cadenaId', h.cadena_id, 'seq', h.seq)), '[]')
        from ${listaDeUuids(sql, hechos)} cross join lateral (
          select cadena_id, seq from hechos_recibidos
          where negocio_id = n.negocio_id and hecho_id = x.id and estado in ('juzgado', 'en_espera', 'sin_procesar')
          order by hechos_recibidos.n limit 1) h) as vistos
    from negocios n where n.negocio_id = ${negocioId}`
  if (!fila) throw new Error('the negocio being judged does not exist')
  return fila
}

function ponerHechosDelNegocio(libro: Libro, h: HechosDelNegocio): void {
  for (const z of h.zonas) libro.zonas.set(z.id, z.zona)
  libro.configuraciones = h.configuraciones
  libro.duenos = new Set(h.duenos)
  for (const { tipo, sucursalId, usuarioId, bajaAt, ...cadena } of h.cadenas) {
    libro.cadenas.set(cadena.cadenaId, cadena)
    const { dispositivoId: id } = cadena
    if (id) libro.dispositivos.set(id, { id, tipo, sucursalId, usuarioId, bajaAt })
  }
  for (const l of h.licencias) libro.licencias.set(l.id, l)
  for (const e of h.empleados) libro.empleados.set(e.id, e)
  for (const a of h.articulos) libro.articulos.set(a.id, { id: a.id, disponible: estaDisponible(a, estaBorrado(a)) })
  for (const { hechoId, ...lugar } of h.vistos) libro.vistos.set(hechoId, lugar)
}

/** Sales named by refunds, cancellations, approvals and ended holds. */
const ventasNombradas = (sobres: readonly Sobre[]): string[] =>
  sobres.map((s) => idEn(s.datos, 'transaccionId')).filter((id) => id !== null)

/**
 * With their holds, in rule order as the judge made them. Besides those named, what is asked for is what has the id of an entry of the batch: a sale
 * has one only if its entry was judged before, so `vistos` says which, and a batch of new sales asks nothing.
 */
async function leerTransacciones(
  sql: Tx,
  negocioId: string,
  ids: readonly string[],
): Promise<(Transaccion & { retenciones: Retencion[] })[]> {
  if (ids.length === 0) return []
  return sql`
  select t.id, sucursal_id, dispositivo_id, cadena_id, seq, folio, cliente_id, card_id, empleado_id, monto_centavos, descripcion, metodo_pago, lineas,
    puntos_base, multiplicador_pct, puntos_otorgados, puntos_devueltos, acreditada, nivel_cliente, config_version, reembolsado_centavos, motivo,
    estado, eff_at, recibido_at, cupon_id, descuento_centavos, foto, monto_original_centavos, sin_licencia,
    (select coalesce(jsonb_agg(jsonb_build_object('transaccionId', r.transaccion_id, 'regla', r.regla, 'codigo', r.codigo, 'alVencer', r.al_vencer,
        'venceAt', (extract(epoch from r.vence_at) * 1000)::bigint, 'estado', r.estado) order by substr(r.regla, 2)::int), '[]')
      from retenciones r where r.negocio_id = t.negocio_id and r.transaccion_id = t.id) as retenciones
  from ${listaDeUuids(sql, ids)}
  cross join lateral (select * from transacciones where negocio_id = ${negocioId} and id = x.id offset 0) t`
}

/** R10 of a claim is asked of who made the sale, with what and when, not of the claim, which no till writes. */
async function leerQuienesVendieron(sql: Tx, libro: Libro, sobres: readonly Sobre[], transacciones: readonly Transaccion[]): Promise<void> {
  const reclamadas = new Set(sobres.map((s) => (s.tipo === 'venta.reclamada' ? idEn(s.datos, 'transaccionId') : null)))
  const ventas = transacciones.filter((t) => reclamadas.has(t.id))
  if (ventas.length === 0) return
  const empleadoIds = ventas.map((t) => t.empleadoId).filter((id) => id !== null)
  const dispositivoIds = ventas.map((t) => t.dispositivoId).filter((id) => id !== null)
  const empleados = await sql<{ id: string; bajaAt: number | null }[]>`
    select e.id, e.baja_at from ${listaDeUuids(sql, empleadoIds)} join empleados e on e.negocio_id = ${libro.negocioId} and e.id = x.id`
  for (const e of empleados) libro.empleados.set(e.id, e)
  const dispositivos = await sql<DispositivoEstado[]>`
    select d.id, d.tipo, d.sucursal_id, d.usuario_id, d.baja_at
    from ${listaDeUuids(sql, dispositivoIds)} join dispositivos d on d.negocio_id = ${libro.negocioId} and d.id = x.id`
  for (const d of dispositivos) libro.dispositivos.set(d.id, d)
}

type ClienteConSaldo = Cliente & Omit<Saldo, 'puntosDisponibles'> & { puntosDisponibles: number | null }

const usuariosDe = (evidencias: Map<string, EvidenciaQr>): string[] =>
  [...evidencias.values()].map((e) => (e.valida ? e.usuarioId : null)).filter((id) => id !== null)

/** Clients of the sales named whose card no entry shows. */
const otrosDe = (transacciones: readonly Transaccion[], leidos: readonly string[]): string[] => {
  const ya = new Set(leidos)
  return transacciones.map((t) => t.clienteId).filter((id) => id !== null && !ya.has(id)) as string[]
}

/** Clients of the cards shown or typed, and then those of the sales named, which are few. Nothing is asked when there are none. */
async function leerClientes(sql: Tx, negocioId: string, usuarioIds: readonly string[]): Promise<ClienteConSaldo[]> {
  if (usuarioIds.length === 0) return []
  return sql<ClienteConSaldo[]>`
    select c.usuario_id, c.card_id, c.alias, c.nivel_ultima_visita, c.visitas, c.gastado_centavos, c.primera_visita_at, c.ultima_visita_at,
      p.sucursal_id, p.puntos_disponibles, p.puntos_acumulados, p.puntos_retenidos, p.puntos_apartados, p.sobregiro,
      p.por_vencer, p.vencidos
    from ${listaDeUuids(sql, usuarioIds)}
    cross join lateral (select * from clientes where negocio_id = ${negocioId} and usuario_id = x.id offset 0) c
    left join lateral (select * from puntos_por_negocio where negocio_id = ${negocioId} and usuario_id = x.id offset 0) p on true`
}

function ponerCliente(libro: Libro, c: ClienteConSaldo): void {
  const { sucursalId, puntosDisponibles, puntosAcumulados, puntosRetenidos, puntosApartados, sobregiro, porVencer, vencidos, ...cliente } =
    c
  libro.clientes.set(c.usuarioId, cliente)
  if (puntosDisponibles === null) return
  const puntos = { puntosDisponibles, puntosAcumulados, puntosRetenidos, puntosApartados, sobregiro, porVencer, vencidos }
  libro.saldos.set(c.usuarioId, { usuarioId: c.usuarioId, sucursalId, ...puntos })
}

interface Marcas {
  usos: { cardId: string; llave: string; ctr: number; transaccionId: string }[]
  ventas: { cardId: string; dia: string; ventas: number }[]
  montos: number[]
}

/** What R2 and R16 count: uses of the QRs shown, sales a day on their cards, and the last montos in order of judging. */
async function leerMarcas(
  sql: Tx,
  negocioId: string,
  todas: readonly Entrada[],
  evidencias: Map<string, EvidenciaQr>,
  cardIdsEscritos: readonly string[],
): Promise<Marcas> {
  const validas = [...evidencias.values()].filter((e) => e.valida)
  const usos = validas.map((e) => ({ card_id: e.cardId, llave: e.llave, ctr: e.ctr }))
  const [fila] = await sql<Marcas[]>`
    select
      (select coalesce(jsonb_agg(jsonb_build_object('cardId', u.card_id, 'llave', u.llave, 'ctr', u.ctr, 'transaccionId', u.transaccion_id)), '[]')
        from jsonb_to_recordset(${sql.json(usos)}) as x(card_id text, llave text, ctr bigint) cross join lateral (
          select * from usos_qr where negocio_id = ${negocioId} and card_id = x.card_id and llave = x.llave and ctr = x.ctr offset 0) u) as usos,
      (select coalesce(jsonb_agg(jsonb_build_object('cardId', v.card_id, 'dia', v.dia, 'ventas', v.ventas)), '[]')
        from ${listaDeTextos(sql, [...validas.map((e) => e.cardId), ...cardIdsEscritos])} cross join lateral (
          select * from ventas_por_tarjeta where negocio_id = ${negocioId} and card_id = x.id and dia >= ${desdeQueDia(todas)} offset 0) v) as ventas,
      (select coalesce(jsonb_agg(x.monto_centavos order by x.juzgado_n), '[]') from (
        select coalesce(t.monto_original_centavos, t.monto_centavos) as monto_centavos, h.juzgado_n from hechos_recibidos h join transacciones t on t.negocio_id = h.negocio_id and t.id = h.hecho_id
          and t.cadena_id = h.cadena_id and t.seq = h.seq
        where h.negocio_id = ${negocioId} and h.tipo = 'venta' and h.estado = 'juzgado'
          and coalesce(t.monto_original_centavos, t.monto_centavos) > 0
        order by h.juzgado_n desc limit ${MONTOS_RECORDADOS}) x) as montos`
  return fila ?? { usos: [], ventas: [], montos: [] }
}

/** No effAt of these entries falls on an earlier day, in any zone. */
function desdeQueDia(todas: readonly Entrada[]): string {
  const horas = todas.map((e) => e.effAt ?? Math.min(horaCorregida(e.sobre.tiempo), e.recibidoAt))
  return diaLocal(Math.max(0, Math.min(...horas, Date.UTC(9999, 0)) - 2 * DIA), 'UTC')
}
