import { uuidv7 } from '../../../schema/core/ids.ts'
import { ZONA_POR_DEFECTO, zonaHoraria } from '../../../schema/domain/sucursales/sucursal.ts'
import type { Deps } from '../../context.ts'
import { cambioDeConfig, escribirEnNegocio } from '../escribir.ts'

export interface SucursalNueva {
  id?: string
  nombre: string
  zonaHoraria?: string
  direccion?: string
}

/** EMP-20. Numbers count up inside the negocio and are never used again: QRs carry them. Returns its id. */
export function crearSucursal(deps: Pick<Deps, 'db' | 'hub' | 'now' | 'azar'>, negocioId: string, nueva: SucursalNueva): Promise<string> {
  const id = nueva.id ?? uuidv7(deps.now(), deps.azar)
  const zona = zonaHoraria.parse(nueva.zonaHoraria ?? ZONA_POR_DEFECTO)
  return escribirEnNegocio(deps, negocioId, async (sql) => {
    const [fila] = await sql<{ numero: number }[]>`
      insert into negocio_sucursales (negocio_id, id, numero, nombre, zona_horaria, direccion)
      select ${negocioId}, ${id}, coalesce(max(numero), 0) + 1, ${nueva.nombre}, ${zona}, ${nueva.direccion ?? ''}
      from negocio_sucursales where negocio_id = ${negocioId} returning numero`
    const doc = { id: `sucursal:${id}`, sucursalId: id, nombre: nueva.nombre, numero: fila!.numero, zonaHoraria: zona }
    return { resultado: id, cambios: [cambioDeConfig(doc)] }
  })
}
