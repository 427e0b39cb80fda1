import { Rechazo } from '../../../schema/core/rechazo.ts'
import { puedeDar } from '../../../schema/domain/empleados/permisos.ts'
import { esPinCorto, esPinTrivial } from '../../../schema/domain/empleados/pin.ts'
import { olvidarIntentosDePin } from '../../auth/bloqueos-pin.ts'
import { hashDeContrasena } from '../../auth/contrasenas.ts'
import { revocarSesionesDeEmpleado } from '../../auth/sesiones.ts'
import type { Deps } from '../../context.ts'
import type { Papel } from '../../http/entorno.ts'
import { cambioDeConfig, escribirEnNegocio } from '../escribir.ts'
import { anotarActividad } from './actividad.ts'
import { documentoDeEmpleado } from './documento.ts'
import { terminarLicencias } from './licencia.ts'
import { columnasDeFicha, comoFicha, type FilaDeEmpleado, suyo } from './listar.ts'

/**
 * EMP-14. A new PIN ends the lockout of the old one, the sessions opened with it, and what tills keep sealed under it at their next contact (TU6).
 * `corto`: fewer than six digits, which the dueño should know. A gerente changes it of the own people only, and of nobody who may do what they may not.
 * @throws Rechazo NO_ENCONTRADO (also another's employee, or one who left), PIN_TRIVIAL, SIN_PERMISO
 */
export async function cambiarPin(
  deps: Pick<Deps, 'db' | 'hub' | 'now' | 'azar' | 'env'>,
  negocioId: string,
  empleadoId: string,
  pin: string,
  papel: Partial<Papel> = {},
): Promise<{ accesoAt: number; corto: boolean }> {
  const accesoAt = await ponerPin(deps, { negocioId, empleadoId, dispositivoId: null }, pin, papel)
  return { accesoAt, corto: esPinCorto(pin) }
}

/**
 * The change itself; what was opened with the PIN before is over when it returns. `hashActual`: only if the PIN still is that one. Answers when, server ms.
 * @throws Rechazo NO_ENCONTRADO, PIN_TRIVIAL, SIN_PERMISO
 */
export async function ponerPin(
  deps: Pick<Deps, 'db' | 'hub' | 'now' | 'azar' | 'env'>,
  quien: { negocioId: string; empleadoId: string; dispositivoId: string | null },
  pin: string,
  { sucursalId = null, permisos = null, hashActual = null }: Partial<Papel> & { hashActual?: string | null },
): Promise<number> {
  const { negocioId, empleadoId } = quien
  if (esPinTrivial(pin)) throw new Rechazo('PIN_TRIVIAL', 'pin')
  const pinHash = await hashDeContrasena(deps.env.secretKey, pin)
  const accesoAt = deps.now()
  const nick = await escribirEnNegocio(deps, negocioId, async (sql) => {
    const [fila] = await sql<FilaDeEmpleado[]>`
      update empleados e set pin_hash = ${pinHash}, acceso_at = ${new Date(accesoAt)}, updated_at = ${new Date(accesoAt)}
      where ${suyo(sql, negocioId, empleadoId, sucursalId)} and e.activo and (${hashActual}::text is null or e.pin_hash = ${hashActual})
      returning ${columnasDeFicha(sql)}`
    if (!fila) throw new Rechazo('NO_ENCONTRADO')
    if (!puedeDar(permisos, fila.permisosScanYa)) throw new Rechazo('SIN_PERMISO')
    await terminarLicencias(sql, negocioId, empleadoId)
    await anotarActividad(sql, deps, { ...quien, tipo: 'pin', resultado: 'ok' })
    return { resultado: fila.nick, cambios: [cambioDeConfig(documentoDeEmpleado(comoFicha(fila)))] }
  })
  await olvidarIntentosDePin(deps, negocioId, nick)
  await deps.db.plataforma((sql) => revocarSesionesDeEmpleado(sql, negocioId, empleadoId, accesoAt))
  return accesoAt
}
