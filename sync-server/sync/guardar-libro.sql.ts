/** What a fold left, written set-based: the ledger in one statement, the chains in another, the change log in the last. */
import { assert } from '../../schema/core/rechazo.ts'
import type { Aviso, Cambios, Libro, UsuarioEvento } from '../../schema/domain/hechos/libro.ts'
import type { Tx } from '../db/db.ts'
import { anotar, type Cambio, type Contador } from './bitacora.ts'
import {
  documentoDeAviso,
  documentoDeCanje,
  documentoDeCliente,
  documentoDeCuponUsuario,
  documentoDeTransaccion,
  documentoDeVeredicto,
} from './documentos.ts'
import { type Destino, type Escritura, type Fila, guardarFilas, guardarTablas, listaDeTextos } from './filas.sql.ts'

const destino = (tabla: string, llave: string[], mutables: string[], fijas: string[] = []): Destino => {
  const llaves = ['negocio_id', ...llave]
  return { tabla, llave: llaves, mutables, columnas: [...llaves, ...fijas, ...mutables] }
}

const CLIENTES = destino(
  'clientes',
  ['usuario_id'],
  ['card_id', 'alias', 'nivel_ultima_visita', 'visitas', 'gastado_centavos', 'primera_visita_at', 'ultima_visita_at'],
)
const SALDOS = destino(
  'puntos_por_negocio',
  ['usuario_id'],
  [
    ...['sucursal_id', 'puntos_disponibles', 'puntos_acumulados', 'puntos_retenidos', 'puntos_apartados', 'sobregiro'],
    ...['por_vencer', 'vencidos', 'updated_at'],
  ],
)
const TRANSACCIONES = destino(
  'transacciones',
  ['id'],
  // A claim gives a sale its client, a correction its monto.
  [
    ...[
      'puntos_devueltos',
      'acreditada',
      'reembolsado_centavos',
      'motivo',
      'estado',
      'updated_at',
      'cliente_id',
      'card_id',
      'monto_centavos',
    ],
    ...['lineas', 'puntos_base', 'multiplicador_pct', 'puntos_otorgados', 'nivel_cliente', 'config_version', 'monto_original_centavos'],
  ],
  [
    ...['sucursal_id', 'dispositivo_id', 'cadena_id', 'seq', 'folio', 'empleado_id', 'descripcion', 'metodo_pago'],
    ...['cupon_id', 'descuento_centavos', 'foto', 'sin_licencia', 'eff_at', 'recibido_at', 'created_at'],
  ],
)
const CUPON_USUARIOS = destino(
  'cupon_usuarios',
  ['cupon_id', 'usuario_id'],
  ['usados', 'usado_at'],
  ['origen', 'codigo_unico', 'guardado_at'],
)
const CUPON_USOS = destino(
  'cupon_usos',
  ['transaccion_id'],
  ['estado', 'costo_centavos', 'motivo'],
  ['cupon_id', 'de_usuario', 'sucursal_id', 'descuento_centavos', 'cupon', 'eff_at', 'created_at'],
)
const CANJES = destino(
  'canjes',
  ['id'],
  ['estado', 'apartado', 'cerrado_at', 'dispositivo_id', 'cadena_id', 'empleado_id', 'updated_at'],
  [
    ...['numero', 'usuario_id', 'card_id', 'recompensa_id', 'nombre', 'puntos', 'valor_centavos', 'sucursal_id', 'qr', 'vence_at'],
    ...['creado_at', 'created_at'],
  ],
)
const TURNOS = destino(
  'turnos_caja',
  ['id'],
  ['cerrado_por', 'contado_centavos', 'resumen', 'nota', 'cerrado_at', 'updated_at'],
  ['dispositivo_id', 'sucursal_id', 'abierto_por', 'fondo_centavos', 'abierto_at', 'created_at'],
)
const RETENCIONES = destino('retenciones', ['transaccion_id', 'regla'], ['estado'], ['codigo', 'al_vencer', 'vence_at'])
const USOS = destino('usos_qr', ['card_id', 'llave', 'ctr'], [], ['transaccion_id'])
const VENTAS = destino('ventas_por_tarjeta', ['card_id', 'dia'], ['ventas'])
/** Written once: what a card was when its sale was accepted does not change. */
const ESCRITAS = destino(
  'evidencias_escritas',
  ['cadena_id', 'seq'],
  [],
  ['equipo', 'dia', 'card_id', 'de_usuario', 'alias', 'nivel', 'paso'],
)
const VEREDICTOS = destino(
  'veredictos',
  ['cadena_id', 'seq'],
  ['hecho_id', 'tipo', 'dispositivo_id', 'estado', 'motivos', 'puntos', 'eff_at', 'hueco', 'seq_stream'],
)
const AVISOS = destino('avisos', ['id'], [], ['tipo', 'regla', 'codigo', 'costo_centavos', 'puntos', 'datos', 'creado_at'])
/** A hecho moves points once: a repeated key is a bug, and the entry must not pass. */
const HISTORIAL: Destino = {
  tabla: 'historial_puntos',
  columnas: [
    ...['negocio_id', 'id', 'usuario_id', 'sucursal_id', 'tipo', 'puntos', 'monto_centavos', 'multiplicador_pct', 'nivel_al_momento'],
    ...['transaccion_id', 'descripcion', 'eff_at', 'created_at'],
  ],
}
const EVENTOS: Destino = {
  tabla: 'usuario_eventos',
  columnas: ['negocio_id', 'hecho_id', 'usuario_id', 'orden', 'cuerpo', 'negocio_nombre', 'created_at'],
}

/** A shopper's event and its place in the fold: not its own n, for an entry that waited is judged after the sale it waited for. */
export type EventoEnOrden = UsuarioEvento & { orden: number }

export interface PorGuardar {
  libro: Libro
  cambios: Cambios
  eventos: EventoEnOrden[]
  negocioNombre: string
  ahora: number
}

/** Writes everything and the log. Gives what changed, and the last seq: the verdicts' seq_stream. */
export async function guardarLibro(sql: Tx, contador: Contador, p: PorGuardar): Promise<{ seq: number; registrados: Cambio[] }> {
  const { libro, cambios } = p
  const avisos = await avisosNuevos(sql, contador.negocioId, cambios.avisos)
  const veredictos = [...cambios.veredictos.values()]
  const registrados: Cambio[] = [...cambiosDeAvisos(avisos), ...cambiosDelLibro(libro, cambios)]
  const seq = contador.seq + registrados.length + veredictos.length
  for (const v of veredictos) registrados.push(cambio('veredictos', documentoDeVeredicto(v, seq)))
  const comunes = { negocioId: contador.negocioId, createdAt: p.ahora, updatedAt: p.ahora, negocioNombre: p.negocioNombre, seqStream: seq }
  const filas = (d: Destino, de: readonly object[]): Escritura => [d, de as readonly Fila[], comunes]
  await Promise.all([
    guardarTablas(sql, [
      filas(CLIENTES, de(libro.clientes, cambios.clientes)),
      filas(SALDOS, de(libro.saldos, cambios.saldos)),
      filas(TRANSACCIONES, de(libro.transacciones, cambios.transacciones)),
      filas(RETENCIONES, retencionesDe(libro, cambios)),
      filas(CUPON_USUARIOS, de(libro.cuponUsuarios, cambios.cuponUsuarios)),
      filas(CUPON_USOS, de(libro.cuponUsos, cambios.cuponUsos)),
      filas(CANJES, de(libro.canjes, cambios.canjes)),
      filas(TURNOS, de(libro.turnos, cambios.turnos)),
      filas(HISTORIAL, cambios.historial),
      filas(USOS, usosDe(cambios)),
      filas(VENTAS, ventasDe(libro, cambios)),
      filas(ESCRITAS, cambios.escritas),
      filas(EVENTOS, p.eventos),
      filas(AVISOS, avisos),
      filas(VEREDICTOS, veredictos),
    ]),
    guardarCadenas(sql, contador.negocioId, libro, cambios),
    guardarUsosDeCupones(sql, contador.negocioId, libro, cambios),
    anotar(sql, contador, registrados, p.ahora),
  ])
  assert(contador.seq === seq, 'the verdicts say the seq at which their effects are in')
  return { seq, registrados }
}

const cambio = (coleccion: string, doc: { id: string }): Cambio => ({ coleccion, pk: doc.id, antes: null, despues: doc })
export const cambiosDeAvisos = (avisos: readonly Aviso[]): Cambio[] => avisos.map((a) => cambio('avisos', documentoDeAviso(a)))

function cambiosDelLibro(libro: Libro, cambios: Cambios): Cambio[] {
  const ventas = new Set([...cambios.transacciones, ...[...cambios.retenciones].map((llave) => llave.split('|')[0] ?? '')])
  const clientes = new Set([...cambios.clientes, ...cambios.saldos])
  return [
    ...de(libro.transacciones, ventas).map((t) => cambio('transacciones', documentoDeTransaccion(t, libro.retenciones.get(t.id) ?? []))),
    ...de(libro.canjes, cambios.canjes).map((c) => cambio('canjes', documentoDeCanje(c))),
    ...de(libro.cuponUsuarios, cambios.cuponUsuarios).map((c) => cambio('cuponUsuarios', documentoDeCuponUsuario(c))),
    ...de(libro.clientes, clientes).map((c) => cambio('clientes', documentoDeCliente(c, libro.saldos.get(c.usuarioId)))),
  ]
}

function de<T>(mapa: Map<string, T>, llaves: Iterable<string>): T[] {
  return [...llaves].map((llave) => {
    const valor = mapa.get(llave)
    assert(valor !== undefined, 'what the fold marked to write is in its book')
    return valor
  })
}

const retencionesDe = (libro: Libro, cambios: Cambios) =>
  [...cambios.retenciones].map((llave) => {
    const [transaccionId = '', regla] = llave.split('|')
    const retencion = libro.retenciones.get(transaccionId)?.find((r) => r.regla === regla)
    assert(retencion, 'a hold marked to write is in the book')
    return retencion
  })

const usosDe = (cambios: Cambios) =>
  [...cambios.usosQr].map(([llave, transaccionId]) => {
    const [cardId, llaveQr, ctr] = llave.split('|')
    return { cardId, llave: llaveQr, ctr: Number(ctr), transaccionId }
  })

const ventasDe = (libro: Libro, cambios: Cambios) =>
  [...cambios.ventasDelDia].map((llave) => {
    const [cardId, dia] = llave.split('|')
    return { cardId, dia, ventas: libro.ventasDelDia.get(llave) }
  })

/** Inserts the ones that are new and gives them back. */
export async function guardarAvisos(sql: Tx, negocioId: string, avisos: readonly Aviso[]): Promise<Aviso[]> {
  const nuevos = await avisosNuevos(sql, negocioId, avisos)
  await guardarFilas(
    sql,
    AVISOS,
    nuevos.map((a) => ({ ...a, negocioId })),
  )
  return nuevos
}

/** An alert said once is not said again. */
async function avisosNuevos(sql: Tx, negocioId: string, avisos: readonly Aviso[]): Promise<Aviso[]> {
  if (avisos.length === 0) return []
  const unicos = [...new Map(avisos.map((a) => [a.id, a])).values()]
  const previos = await sql<{ id: string }[]>`
    select x.id from ${listaDeTextos(
      sql,
      unicos.map((a) => a.id),
    )} cross join lateral (select from avisos where negocio_id = ${negocioId} and id = x.id offset 0) a`
  const yaEstan = new Set(previos.map((a) => a.id))
  return unicos.filter((a) => !yaEstan.has(a.id))
}

/** Of a cupón the ledger writes how often it was used; the rest of it is edited. */
async function guardarUsosDeCupones(sql: Tx, negocioId: string, libro: Libro, cambios: Cambios): Promise<void> {
  if (cambios.cupones.size === 0) return
  const filas = de(libro.cupones, cambios.cupones).map(({ definicion, usados }) => ({ id: definicion.id, usados }))
  await sql`
    update cupones c set usados = x.usados from jsonb_to_recordset(${sql.json(filas)}) as x(id uuid, usados int)
    where c.negocio_id = ${negocioId} and c.id = x.id`
}

/** Chains and leases that moved, in one statement. */
async function guardarCadenas(sql: Tx, negocioId: string, libro: Libro, cambios: Cambios): Promise<void> {
  const cadenas = de(libro.cadenas, cambios.cadenas).map((c) => ({ id: c.cadenaId, ms: c.ultimoEffAt, hueco: c.hueco }))
  const licencias = de(libro.licencias, cambios.licencias).map((l) => ({ id: l.id, ventas: l.ventas }))
  if (cadenas.length + licencias.length === 0) return
  await sql`
    with l as (
      update licencias l set ventas = x.ventas from jsonb_to_recordset(${sql.json(licencias)}) as x(id uuid, ventas int)
      where l.negocio_id = ${negocioId} and l.id = x.id)
    update cadenas c set ultimo_eff_at = to_timestamp(x.ms / 1000.0), hueco = x.hueco
    from jsonb_to_recordset(${sql.json(cadenas)}) as x(id uuid, ms bigint, hueco boolean)
    where c.negocio_id = ${negocioId} and c.cadena_id = x.id`
}
