/**
 * A cupón in somebody's hands (CUP-16, 24): the row, its place in the negocio's log, and what the shopper's stream will say, in one transaction of the negocio.
 * The stream is written by the projector from the same outbox as sales, so `usados` of a cupón never goes back there and nothing is lost by a crash.
 */
import { uuidv7 } from '../../../schema/core/ids.ts'
import { codigoUnicoDe } from '../../../schema/domain/cupones/codigo-unico.ts'
import { comoSeVe } from '../../../schema/domain/cupones/cupon.ts'
import type { CuponUsuario, DefinicionDeCupon, UsuarioEvento } from '../../../schema/domain/hechos/libro.ts'
import type { Deps } from '../../context.ts'
import type { Tx } from '../../db/db.ts'
import type { Cambio, Contador } from '../../sync/bitacora.ts'
import { documentoDeCuponUsuario } from '../../sync/documentos.ts'
import { columnasDeCuponUsuario } from '../../sync/leer-mostrador.sql.ts'
import type { CuponLeido } from './leer.sql.ts'

/** Room between the events of one hecho and of the next (sync/judge.ts numbers them by 100,000): these come after what was accepted before them. */
const POR_HECHO = 100_000
const TRAS_EL_ULTIMO = 50_000

export interface Dados {
  /** Who did not hold it. */
  nuevos: CuponUsuario[]
  cambios: Cambio[]
}

/** Gives it to these clients; whoever holds it is left as they are. @throws 23505 where two codes met, which another try does not repeat */
export async function darCupon(
  deps: Pick<Deps, 'azar'>,
  sql: Tx,
  contador: Contador,
  cupon: CuponLeido,
  usuarioIds: readonly string[],
  origen: 'asignado' | 'guardado',
  ahora: number,
): Promise<Dados> {
  const { negocioId } = contador
  const filas = usuarioIds.map((id) => ({ usuario_id: id, codigo: codigoUnicoDe(cupon.definicion.codigo, deps.azar(8)) }))
  const puestas = await sql<CuponUsuario[]>`
    insert into cupon_usuarios (negocio_id, cupon_id, usuario_id, origen, codigo_unico, guardado_at)
    select ${negocioId}, ${cupon.definicion.id}, x.usuario_id, ${origen}, x.codigo, ${new Date(ahora)}
    from jsonb_to_recordset(${sql.json(filas)}) as x(usuario_id uuid, codigo text)
    on conflict (negocio_id, cupon_id, usuario_id) do update set origen = excluded.origen, codigo_unico = excluded.codigo_unico,
      guardado_at = excluded.guardado_at where cupon_usuarios.origen = 'usado'
    returning ${columnasDeCuponUsuario(sql)}`
  const nuevos = [...puestas]
  await contarCupon(deps, sql, contador, comoSeVe(cupon), nuevos, ahora)
  return { nuevos, cambios: nuevos.map(cambioDeSuyo) }
}

const cambioDeSuyo = (c: CuponUsuario): Cambio => {
  const despues = documentoDeCuponUsuario(c)
  return { coleccion: 'cuponUsuarios', pk: despues.id, antes: null, despues }
}

/** Says to the streams of these clients what they have of it now. Wake the projector after the commit. */
export async function contarCupon(
  deps: Pick<Deps, 'azar'>,
  sql: Tx,
  { negocioId, aceptados }: Contador,
  definicion: DefinicionDeCupon,
  suyos: readonly CuponUsuario[],
  ahora: number,
): Promise<void> {
  if (suyos.length === 0) return
  const filas = suyos.map(({ usuarioId, usados, codigoUnico, guardadoAt, usadoAt }) => {
    const cupon = { definicion, usados, codigoUnico, guardadoAt, usadoAt }
    const cuerpo: UsuarioEvento['cuerpo'] = { historial: null, saldo: null, venta: null, cupon, lifetime: null, recibidoAt: ahora }
    return { id: uuidv7(ahora, deps.azar), usuario_id: usuarioId, cuerpo }
  })
  await sql`
    insert into usuario_eventos (negocio_id, hecho_id, usuario_id, orden, cuerpo, negocio_nombre, created_at)
    select ${negocioId}, x.id, x.usuario_id, greatest(${aceptados * POR_HECHO + TRAS_EL_ULTIMO}::bigint, previo.orden + 1), x.cuerpo, n.nombre,
      ${new Date(ahora)}
    from jsonb_to_recordset(${sql.json(filas as never)}) as x(id uuid, usuario_id uuid, cuerpo jsonb)
    cross join (select nombre from negocios where negocio_id = ${negocioId}) n
    left join lateral (
      select max(orden) as orden from usuario_eventos e
      where e.usuario_id = x.usuario_id and e.negocio_id = ${negocioId} and e.aplicado_at is null) previo on true`
}

/** The same to whoever holds it, after an edit. */
export const contarEdicion = (
  deps: Pick<Deps, 'azar'>,
  sql: Tx,
  contador: Contador,
  cupon: CuponLeido,
  suyos: readonly CuponUsuario[],
  ahora: number,
) => contarCupon(deps, sql, contador, comoSeVe(cupon), suyos, ahora)
