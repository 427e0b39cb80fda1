import { z } from 'zod'
import { Rechazo } from '../../../schema/core/rechazo.ts'
import { empleado, nick } from '../../../schema/domain/empleados/empleado.ts'
import { type PermisosScanYA, permisosScanYA, puedeDar } from '../../../schema/domain/empleados/permisos.ts'
import { uuid } from '../../../schema/domain/hechos/sobre.ts'
import type { Deps } from '../../context.ts'
import type { Papel } from '../../http/entorno.ts'
import { cambioDeConfig, escribirEnNegocio } from '../escribir.ts'
import { exigirSucursalPropia } from './crear.ts'
import { documentoDeEmpleado, type FichaDeEmpleado } from './documento.ts'
import { columnasDeFicha, comoFicha, type FilaDeEmpleado, suyo } from './listar.ts'

/** EMP-02, 10, 14. What is not named stays. */
export const pedidoEdicion = z
  .object({
    nombre: empleado.shape.nombre,
    nick,
    puesto: empleado.shape.puesto,
    telefono: empleado.shape.telefono,
    sucursalId: uuid.nullable(),
    todasLasSucursales: z.boolean(),
    permisosScanYA,
  })
  .partial()
export type PedidoEdicion = z.output<typeof pedidoEdicion>

/**
 * Changes the card of an empleado. Tills hear of it with the next exchange: their tile, their permissions, and whether they work there at all; the
 * server asks the row at each request (SCAN-49). A nick is unique also against those who left.
 * @throws Rechazo NO_ENCONTRADO (nobody, another's, deleted; `sucursalId` of nobody), NICK_EN_USO `nick`, SIN_PERMISO (a gerente sends away, to all, or gives `permisosScanYA` they lack)
 */
export function editarEmpleado(
  deps: Pick<Deps, 'db' | 'hub' | 'now'>,
  negocioId: string,
  empleadoId: string,
  pedido: PedidoEdicion,
  papel: Papel,
): Promise<FichaDeEmpleado> {
  return escribirEnNegocio(deps, negocioId, async (sql, ahora) => {
    const leer = () =>
      sql<
        FilaDeEmpleado[]
      >`select ${columnasDeFicha(sql)} from empleados e where ${suyo(sql, negocioId, empleadoId, papel.sucursalId)} for update`
    const [antes] = await leer()
    if (!antes) throw new Rechazo('NO_ENCONTRADO')
    const { permisosScanYA: permisos = antes.permisosScanYa, ...datos } = pedido
    const nueva = { ...comoFicha(antes), ...datos, permisosScanYA: permisos }
    exigirDeLaPropia(papel, nueva)
    exigirQuePuedaDar(papel, permisos, antes.permisosScanYa)
    if (pedido.sucursalId !== undefined) await exigirSucursalPropia(sql, negocioId, pedido.sucursalId)
    const [ocupado] = await sql`select 1 from empleados where negocio_id = ${negocioId} and nick = ${nueva.nick} and id <> ${empleadoId}`
    if (ocupado) throw new Rechazo('NICK_EN_USO', 'nick')
    await sql`update empleados set nombre = ${nueva.nombre}, nick = ${nueva.nick}, puesto = ${nueva.puesto}, telefono = ${nueva.telefono},
      sucursal_id = ${nueva.sucursalId}, todas_las_sucursales = ${nueva.todasLasSucursales}, permisos_scan_ya = ${sql.json(permisos) as never},
      updated_at = ${new Date(ahora)} where negocio_id = ${negocioId} and id = ${empleadoId}`
    return { resultado: nueva, cambios: [cambioDeConfig(documentoDeEmpleado(nueva))] }
  })
}

/**
 * EMP-14. Comes back: may enter again with the PIN they had. What they sold after they left and is judged from now on is no longer held (R10): whoever
 * takes somebody back answers for it.
 * @throws Rechazo NO_ENCONTRADO
 */
export function reactivarEmpleado(
  deps: Pick<Deps, 'db' | 'hub' | 'now'>,
  negocioId: string,
  empleadoId: string,
  sucursalId: string | null,
): Promise<FichaDeEmpleado> {
  return escribirEnNegocio(deps, negocioId, async (sql, ahora) => {
    const [fila] = await sql<FilaDeEmpleado[]>`
      update empleados e set activo = true, baja_at = null, updated_at = ${new Date(ahora)}
      where ${suyo(sql, negocioId, empleadoId, sucursalId)} returning ${columnasDeFicha(sql)}`
    if (!fila) throw new Rechazo('NO_ENCONTRADO')
    const ficha = comoFicha(fila)
    return { resultado: ficha, cambios: [cambioDeConfig(documentoDeEmpleado(ficha))] }
  })
}

/** SCAN-05. `antes`: what the empleado already may. @throws Rechazo SIN_PERMISO `permisosScanYA`: a gerente gives what they lack themselves */
export function exigirQuePuedaDar(papel: Papel, permisos: PermisosScanYA, antes?: PermisosScanYA): void {
  if (!puedeDar(papel.permisos, permisos, antes)) throw new Rechazo('SIN_PERMISO', 'permisosScanYA')
}

/** A gerente has people of the own sucursal only. @throws Rechazo SIN_PERMISO */
export function exigirDeLaPropia({ papel, sucursalId }: Papel, e: Pick<FichaDeEmpleado, 'sucursalId' | 'todasLasSucursales'>): void {
  if (papel === 'gerente' && (e.todasLasSucursales || e.sucursalId !== sucursalId)) throw new Rechazo('SIN_PERMISO')
}
