/** The versions of the rules (R12) that this device holds, in order. */
import { type Configuracion, configuracion } from '../../schema/domain/configuracion/configuracion.ts'
import type { Almacen } from './almacen.ts'

export async function leerVersiones(almacen: Almacen): Promise<Configuracion[]> {
  const filas = await almacen.buscar('config', { id: { $gte: 'version:', $lt: 'version;' } }, ['id'])
  const leidas = filas.map((fila) => configuracion.safeParse(fila)).flatMap((leida) => (leida.success ? [leida.data] : []))
  return leidas.sort((a, b) => a.version - b.version)
}
