/** EMP-15. An empleado changes the own PIN at a till, with the old one. */
import type { z } from 'zod'
import { Rechazo } from '../../../schema/core/rechazo.ts'
import { esPinTrivial } from '../../../schema/domain/empleados/pin.ts'
import type { pedidoMiPin, RespuestaLoginEmpleado } from '../../../schema/protocol/turnos.ts'
import { anotarIntentoDePin, olvidarIntentosDePin } from '../../auth/bloqueos-pin.ts'
import { contrasenaCorrecta } from '../../auth/contrasenas.ts'
import type { SesionDeEmpleado } from '../../auth/middleware.ts'
import type { Deps } from '../../context.ts'
import { anotarActividad } from './actividad.ts'
import { ponerPin } from './cambiar-pin.ts'
import { abrirEntrada, type FilaDeEntrada } from './entrar.ts'

/**
 * The old PIN is asked again, because a till is left alone with somebody inside; a wrong one counts as an attempt to enter (TU3). Everything opened with it
 * is over on every till; this one gets a new session, lease and key to seal.
 * @throws Rechazo PIN_TRIVIAL, PIN_IGUAL, CREDENCIALES_PIN `pinActual`, PIN_BLOQUEADO
 */
export async function cambiarMiPin(
  deps: Pick<Deps, 'db' | 'hub' | 'env' | 'now' | 'azar'>,
  sesion: SesionDeEmpleado,
  { pinActual, pin }: z.output<typeof pedidoMiPin>,
): Promise<RespuestaLoginEmpleado> {
  const { negocioId, empleadoId, dispositivoId } = sesion
  if (esPinTrivial(pin)) throw new Rechazo('PIN_TRIVIAL', 'pin')
  if (pin === pinActual) throw new Rechazo('PIN_IGUAL', 'pin')
  const suya = await leer(deps, sesion)
  try {
    await comprobar(deps, negocioId, suya, pinActual)
  } catch (error) {
    if (!(error instanceof Rechazo)) throw error
    const fallo = { negocioId, empleadoId, dispositivoId, tipo: 'pin', resultado: error.codigo } as const
    await deps.db.negocio(negocioId, (sql) => anotarActividad(sql, deps, fallo))
    throw error
  }
  await ponerPin(deps, { negocioId, empleadoId, dispositivoId }, pin, { hashActual: suya.pinHash })
  return abrirEntrada(deps, { id: dispositivoId, negocioId }, await leer(deps, sesion), null)
}

type Suya = Omit<FilaDeEntrada, 'activo'>

/** @throws Rechazo CREDENCIALES_PIN, PIN_BLOQUEADO */
async function comprobar(deps: Pick<Deps, 'db' | 'env' | 'now'>, negocioId: string, { nick, pinHash }: Suya, pin: string): Promise<void> {
  await anotarIntentoDePin(deps, negocioId, nick)
  if (!(await contrasenaCorrecta(deps.env.secretKey, pinHash ?? undefined, pin))) throw new Rechazo('CREDENCIALES_PIN', 'pinActual')
  await olvidarIntentosDePin(deps, negocioId, nick)
}

async function leer(deps: Pick<Deps, 'db'>, { negocioId, empleadoId }: SesionDeEmpleado): Promise<Suya> {
  const [fila] = await deps.db.negocio(
    negocioId,
    (sql) => sql<FilaDeEntrada[]>`
      select id, nombre, nick, puesto, pin_hash, permisos_scan_ya, sucursal_id, todas_las_sucursales
      from empleados where negocio_id = ${negocioId} and id = ${empleadoId}`,
  )
  if (!fila) throw new Rechazo('NO_ENCONTRADO')
  return fila
}
