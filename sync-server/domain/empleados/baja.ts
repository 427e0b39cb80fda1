import { Rechazo } from '../../../schema/core/rechazo.ts'
import type { Deps } from '../../context.ts'
import { retirarEnlaces } from '../dispositivos/enlazar.ts'
import { cambioDeConfig, escribirEnNegocio } from '../escribir.ts'
import { documentoDeEmpleado, type FichaDeEmpleado } from './documento.ts'
import { terminarLicencias } from './licencia.ts'
import { columnasDeFicha, comoFicha, type FilaDeEmpleado, suyo } from './listar.ts'

/**
 * EMP-19, R10. The sessions of this cashier are over. From now on points of this cashier's sales are held; those of before, even if they arrive later, are not. Doing it twice keeps
 * the first hour. `sucursalId`: a gerente's, whose own people only it may end; null for a dueño.
 * @throws Rechazo NO_ENCONTRADO, also for another's employee
 */
export function darDeBajaEmpleado(
  deps: Pick<Deps, 'db' | 'hub' | 'now'>,
  negocioId: string,
  empleadoId: string,
  sucursalId: string | null = null,
): Promise<FichaDeEmpleado> {
  return escribirEnNegocio(deps, negocioId, async (sql, ahora) => {
    const [fila] = await sql<FilaDeEmpleado[]>`
      update empleados e set activo = false, baja_at = coalesce(baja_at, ${new Date(ahora)}), acceso_at = ${new Date(deps.now())}, updated_at = ${new Date(ahora)}
      where ${suyo(sql, negocioId, empleadoId, sucursalId)} returning ${columnasDeFicha(sql)}`
    if (!fila) throw new Rechazo('NO_ENCONTRADO')
    await terminarLicencias(sql, negocioId, empleadoId)
    await retirarEnlaces(sql, negocioId, empleadoId, ahora)
    const ficha = comoFicha(fila)
    return { resultado: ficha, cambios: [cambioDeConfig(documentoDeEmpleado(ficha))] }
  })
}
