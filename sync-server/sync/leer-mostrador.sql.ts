/**
 * What a batch may touch beside sales and points: canjes, shifts, cupones. Nothing is asked of a batch that names none, which is nearly every one.
 */
import type { Canje, CuponUso, CuponUsuario, DefinicionDeCupon, Libro, Transaccion, TurnoDeCaja } from '../../schema/domain/hechos/libro.ts'
import type { Sobre } from '../../schema/domain/hechos/sobre.ts'
import { type DocEditable, estaBorrado } from '../../schema/merge/campos.ts'
import type { Tx } from '../db/db.ts'
import { listaDeTextos, listaDeUuids } from './filas.sql.ts'
import { idEn } from './sobres.ts'

const nombrados = (sobres: readonly Sobre[], campo: string): string[] => sobres.map((s) => idEn(s.datos, campo)).filter((id) => id !== null)

/** Canjes and shifts named by these entries. Gives whose points they may move or expire, and the cards of sales that are claimed. */
export async function leerMostrador(sql: Tx, libro: Libro, sobres: readonly Sobre[]): Promise<{ usuarioIds: string[]; cardIds: string[] }> {
  const creados = sobres.filter((s) => s.tipo === 'canje.creado').map((s) => s.id)
  const canjes = await leerCanjes(sql, libro.negocioId, [...nombrados(sobres, 'canjeId'), ...creados])
  for (const c of canjes) libro.canjes.set(c.id, c)
  for (const t of await leerTurnos(sql, libro.negocioId, nombrados(sobres, 'turnoId'))) libro.turnos.set(t.id, t)
  const deServidor = sobres.filter((s) => ['canje.creado', 'venta.reclamada', 'puntos.expirados'].includes(s.tipo))
  const cardIds = deServidor.map((s) => (s.datos as { cardId?: unknown })?.cardId).filter((id) => typeof id === 'string')
  return { usuarioIds: [...canjes.map((c) => c.usuarioId), ...nombrados(deServidor, 'usuarioId')], cardIds }
}

export const columnasDeCanje = (sql: Tx) =>
  sql`id, numero, usuario_id, card_id, recompensa_id, nombre, puntos, valor_centavos, sucursal_id, qr, vence_at, estado, apartado, creado_at, cerrado_at,
    dispositivo_id, cadena_id, empleado_id`

async function leerCanjes(sql: Tx, negocioId: string, ids: readonly string[]): Promise<Canje[]> {
  if (ids.length === 0) return []
  return sql<Canje[]>`
    select c.* from ${listaDeUuids(sql, ids)}
    cross join lateral (select ${columnasDeCanje(sql)} from canjes where negocio_id = ${negocioId} and id = x.id offset 0) c`
}

async function leerTurnos(sql: Tx, negocioId: string, ids: readonly string[]): Promise<TurnoDeCaja[]> {
  if (ids.length === 0) return []
  return sql<TurnoDeCaja[]>`
    select t.* from ${listaDeUuids(sql, ids)} cross join lateral (
      select id, dispositivo_id, sucursal_id, abierto_por, cerrado_por, fondo_centavos, contado_centavos, resumen, nota, abierto_at, cerrado_at
      from turnos_caja where negocio_id = ${negocioId} and id = x.id offset 0) t`
}

interface CuponPedido {
  cuponId: string
  codigoUnico: string | null
}

function cuponDe({ datos }: Sobre): CuponPedido | null {
  const cupon = typeof datos === 'object' && datos !== null ? (datos as { cupon?: unknown }).cupon : null
  const cuponId = idEn(cupon, 'cuponId')
  const codigo = (cupon as { codigoUnico?: unknown } | null)?.codigoUnico
  return cuponId === null ? null : { cuponId, codigoUnico: typeof codigo === 'string' ? codigo : null }
}

/** Cupones used by these sales, and the uses of the sales they name: what was given back is counted back. `usuarioIds`: whose card was shown. */
export async function leerCupones(
  sql: Tx,
  libro: Libro,
  sobres: readonly Sobre[],
  transacciones: readonly Transaccion[],
  usuarioIds: readonly (string | null)[],
): Promise<void> {
  const { negocioId } = libro
  const pedidos = sobres.map(cuponDe).filter((c) => c !== null)
  const conCupon = transacciones.filter((t) => t.cuponId !== null)
  if (pedidos.length + conCupon.length === 0) return
  const usos = conCupon.length === 0 ? [] : await leerUsos(sql, negocioId, conCupon)
  for (const uso of usos) libro.cuponUsos.set(uso.transaccionId, uso)
  const cuponIds = [...new Set([...pedidos.map((p) => p.cuponId), ...usos.map((u) => u.cuponId)])]
  const suyos = [...new Set([...usuarioIds, ...usos.map((u) => u.deUsuario)])].filter((id) => id !== null)
  const codigos = pedidos.map((p) => p.codigoUnico).filter((codigo) => codigo !== null)
  const [cupones, usuarios] = await Promise.all([
    leerDefiniciones(sql, negocioId, cuponIds),
    leerCuponUsuarios(sql, negocioId, cuponIds, suyos, codigos),
  ])
  for (const { usados, borrado, sellos, ...definicion } of cupones)
    libro.cupones.set(definicion.id, { definicion, usados, borrado: estaBorrado({ borrado, sellos }) })
  for (const c of usuarios) libro.cuponUsuarios.set(`${c.cuponId}|${c.usuarioId}`, c)
}

const leerUsos = (sql: Tx, negocioId: string, transacciones: readonly Transaccion[]) => sql<CuponUso[]>`
  select u.* from ${listaDeUuids(
    sql,
    transacciones.map((t) => t.id),
  )} cross join lateral (
    select transaccion_id, cupon_id, de_usuario, sucursal_id, descuento_centavos, costo_centavos, motivo, estado, cupon, eff_at
    from cupon_usos where negocio_id = ${negocioId} and transaccion_id = x.id offset 0) u`

export const columnasDeCupon = (sql: Tx) =>
  sql`id, titulo, descripcion, tipo, valor, compra_minima_centavos, desde_at, vence_at, limite_por_cliente, limite_total, codigo, imagen, nivel_requerido,
    solo_con_conexion, activo, publico, sucursales, articulos, borrado, sellos`

const leerDefiniciones = (sql: Tx, negocioId: string, ids: readonly string[]) => sql<
  (DefinicionDeCupon & DocEditable & { usados: number })[]
>`
  select c.* from ${listaDeUuids(sql, ids)}
  cross join lateral (select ${columnasDeCupon(sql)}, usados from cupones where negocio_id = ${negocioId} and id = x.id offset 0) c`

export const columnasDeCuponUsuario = (sql: Tx) => sql`cupon_id, usuario_id, origen, codigo_unico, usados, guardado_at, usado_at`

/** Of these clients, and whoever has one of these codes. */
const leerCuponUsuarios = (sql: Tx, negocioId: string, cuponIds: string[], usuarioIds: string[], codigos: string[]) => sql<CuponUsuario[]>`
  select c.* from ${listaDeUuids(sql, cuponIds)} cross join (select x.id as de from ${listaDeUuids(sql, usuarioIds)}) u
  cross join lateral (
    select ${columnasDeCuponUsuario(sql)} from cupon_usuarios where negocio_id = ${negocioId} and cupon_id = x.id and usuario_id = u.de offset 0) c
  union
  select c.* from ${listaDeTextos(sql, codigos)} cross join lateral (
    select ${columnasDeCuponUsuario(sql)} from cupon_usuarios where negocio_id = ${negocioId} and codigo_unico = x.id offset 0) c`
