import { z } from 'zod'
import { uuidv7 } from '../../../schema/core/ids.ts'
import { Rechazo } from '../../../schema/core/rechazo.ts'
import { cabeUnoMas } from '../../../schema/domain/configuracion-app/reglas.ts'
import { empleado, nick, pin } from '../../../schema/domain/empleados/empleado.ts'
import { type PermisosScanYA, PLANTILLAS, permisosScanYA } from '../../../schema/domain/empleados/permisos.ts'
import { esPinTrivial } from '../../../schema/domain/empleados/pin.ts'
import { uuid } from '../../../schema/domain/hechos/sobre.ts'
import { hashDeContrasena } from '../../auth/contrasenas.ts'
import type { Deps } from '../../context.ts'
import type { Tx } from '../../db/db.ts'
import { configuracionDeApp } from '../../sync/configuracion-app.sql.ts'
import { cambioDeConfig, escribirEnNegocio } from '../escribir.ts'
import { documentoDeEmpleado, type FichaDeEmpleado } from './documento.ts'

/** EMP-06. `permisosScanYA` wins over `plantilla` (EMP-12). */
export const pedidoEmpleado = z.object({
  id: uuid.optional(),
  nombre: empleado.shape.nombre,
  nick,
  puesto: empleado.shape.puesto.default(''),
  telefono: empleado.shape.telefono.default(null),
  pin: pin.nullable().default(null),
  sucursalId: uuid.nullable().default(null),
  todasLasSucursales: z.boolean().default(false),
  plantilla: z.enum(['Cajero Básico', 'Cajero Avanzado', 'Supervisor']).default('Cajero Básico'),
  permisosScanYA: permisosScanYA.optional(),
})
export type PedidoEmpleado = z.input<typeof pedidoEmpleado>

/** EMP-12. What a new empleado will be allowed. */
export const permisosPedidos = ({ plantilla, permisosScanYA }: z.output<typeof pedidoEmpleado>): PermisosScanYA =>
  permisosScanYA ?? PLANTILLAS[plantilla]

/**
 * EMP-04, 05, 14. The nick is unique in its negocio, also against those who left: a ledger that names a cashier names one person.
 * @throws Rechazo LIMITE_DE_EMPLEADOS (EMP-37), NICK_EN_USO, ID_EN_USO, PIN_TRIVIAL, DATO_INVALIDO (a field), NO_ENCONTRADO (`sucursalId` of nobody or of another)
 */
export async function crearEmpleado(
  deps: Pick<Deps, 'db' | 'hub' | 'now' | 'azar' | 'env'>,
  negocioId: string,
  args: PedidoEmpleado,
): Promise<FichaDeEmpleado> {
  const pedido = pedidoEmpleado.parse(args)
  if (pedido.pin !== null && esPinTrivial(pedido.pin)) throw new Rechazo('PIN_TRIVIAL', 'pin')
  const pinHash = pedido.pin === null ? null : await hashDeContrasena(deps.env.secretKey, pedido.pin)
  const permisosScanYA = permisosPedidos(pedido)
  const { pin: _pin, plantilla: _plantilla, id = uuidv7(deps.now(), deps.azar), ...resto } = pedido
  const sinPasado = { activo: true, bajaAt: null, accesoAt: null, ultimaSesionAt: null, ultimoEquipo: null }
  const ficha: FichaDeEmpleado = { ...resto, id, permisosScanYA, tienePin: pinHash !== null, ...sinPasado }
  const { maxEmpleados } = (await deps.db.plataforma(configuracionDeApp, { soloLectura: true })).contenido.limites
  return escribirEnNegocio(deps, negocioId, async (sql) => {
    await exigirSucursalPropia(sql, negocioId, ficha.sucursalId)
    await exigirLugar(sql, negocioId, maxEmpleados)
    const hechas = await sql`insert into empleados ${sql({
      negocio_id: negocioId,
      id,
      nombre: ficha.nombre,
      nick: ficha.nick,
      puesto: ficha.puesto,
      telefono: ficha.telefono,
      pin_hash: pinHash,
      sucursal_id: ficha.sucursalId,
      todas_las_sucursales: ficha.todasLasSucursales,
      permisos_scan_ya: sql.json(permisosScanYA) as never,
    })} on conflict do nothing returning id`
    if (!hechas.length) throw await loQueEstaEnUso(sql, negocioId, ficha.nick)
    return { resultado: ficha, cambios: [cambioDeConfig(documentoDeEmpleado(ficha))] }
  })
}

/** EMP-37. Whoever is deactivated counts: they may come back. Deleted ones do not. */
async function exigirLugar(sql: Tx, negocioId: string, maximo: number): Promise<void> {
  const [hay] = await sql<{ cuantos: number }[]>`
    select count(*) as cuantos from empleados where negocio_id = ${negocioId} and borrado_at is null`
  if (!cabeUnoMas(hay?.cuantos ?? 0, maximo)) throw new Rechazo('LIMITE_DE_EMPLEADOS')
}

async function loQueEstaEnUso(sql: Tx, negocioId: string, nickPedido: string): Promise<Rechazo> {
  const [suNick] = await sql`select 1 from empleados where negocio_id = ${negocioId} and nick = ${nickPedido}`
  return suNick ? new Rechazo('NICK_EN_USO', 'nick') : new Rechazo('ID_EN_USO', 'id')
}

/** @throws Rechazo NO_ENCONTRADO `sucursalId`: of nobody, or of another negocio */
export async function exigirSucursalPropia(sql: Tx, negocioId: string, sucursalId: string | null): Promise<void> {
  if (sucursalId === null) return
  const [propia] = await sql`select 1 from negocio_sucursales where negocio_id = ${negocioId} and id = ${sucursalId}`
  if (!propia) throw new Rechazo('NO_ENCONTRADO', 'sucursalId')
}
