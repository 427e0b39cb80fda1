/** Who reaches a catálogo over HTTP: an account with a place in the negocio, or a Studio of it. */
import { esUuid } from '../../../schema/core/ids.ts'
import { Rechazo } from '../../../schema/core/rechazo.ts'
import type { Deps, Sesion } from '../../context.ts'
import type { Editor } from '../../sync/mesa.ts'
import { cuentaDeStudio, revocarSinCuenta } from '../dispositivos/cuenta.ts'

export interface Portador {
  negocioId: string
  /** As whom an edit is stamped. */
  editor: Editor
  /** Null: all of them. A gerente's own one, or that of the Studio. */
  sucursalId: string | null
  clase: 'cuenta' | 'dispositivo'
  /** What an Idempotency-Key belongs to. */
  atadura: string
}

interface Lugar {
  negocioId: string
  sucursalId: string | null
  nombre: string
}

/**
 * `negocioId` names the negocio of an account that has several.
 * @throws Rechazo SIN_PERMISO (a till, an empleado, an account that is nobody anywhere), DATO_INVALIDO `negocioId` (several and none was named),
 * NO_ENCONTRADO (one in which the account is nobody), DISPOSITIVO_REVOCADO
 */
export async function portadorDelCatalogo(deps: Deps, sesion: Sesion, negocioId: string | undefined): Promise<Portador> {
  if (sesion.clase === 'cuenta') return deCuenta(deps, sesion.usuarioId, negocioId)
  if (sesion.clase !== 'dispositivo' || sesion.tipo !== 'studio') throw new Rechazo('SIN_PERMISO')
  const { dispositivoId, sucursalId } = sesion
  if (negocioId !== undefined && negocioId !== sesion.negocioId) throw new Rechazo('NO_ENCONTRADO')
  const cuenta = await deps.db.negocio(sesion.negocioId, (sql) => cuentaDeStudio(sql, sesion.negocioId, dispositivoId))
  if (!cuenta.sigue) return revocarSinCuenta(deps, sesion.negocioId, dispositivoId)
  const editor = { id: dispositivoId, sucursalId, quien: cuenta.usuarioNombre, equipo: cuenta.nombre }
  return { negocioId: sesion.negocioId, editor, sucursalId, clase: 'dispositivo', atadura: `equipo:${dispositivoId}` }
}

async function deCuenta(deps: Deps, usuarioId: string, pedido: string | undefined): Promise<Portador> {
  if (pedido !== undefined && !esUuid(pedido)) throw new Rechazo('NO_ENCONTRADO')
  const lugares = await deps.db.plataforma(
    (sql) => sql<Lugar[]>`
      select c.negocio_id, case when c.papel = 'gerente' then c.sucursal_id end as sucursal_id, trim(u.nombre || ' ' || u.apellidos) as nombre
      from negocio_cuentas c join usuarios u on u.id = c.usuario_id
      where c.usuario_id = ${usuarioId} and (c.papel = 'dueno' or c.sucursal_id is not null)`,
  )
  const lugar = pedido === undefined ? lugares[0] : lugares.find((l) => l.negocioId === pedido.toLowerCase())
  if (!lugar) throw new Rechazo(pedido === undefined ? 'SIN_PERMISO' : 'NO_ENCONTRADO')
  if (pedido === undefined && lugares.length > 1) throw new Rechazo('DATO_INVALIDO', 'negocioId')
  const { negocioId, sucursalId, nombre } = lugar
  const editor = { id: usuarioId, sucursalId, quien: nombre, equipo: '' }
  return { negocioId, editor, sucursalId, clase: 'cuenta', atadura: `cuenta:${usuarioId}` }
}
