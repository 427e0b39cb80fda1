import { uuidv7 } from '../../../schema/core/ids.ts'
import { Rechazo } from '../../../schema/core/rechazo.ts'
import { cabeUnoMas } from '../../../schema/domain/configuracion-app/reglas.ts'
import { ZONA_POR_DEFECTO, zonaHoraria } from '../../../schema/domain/sucursales/sucursal.ts'
import type { Deps } from '../../context.ts'
import { configuracionDeApp } from '../../sync/configuracion-app.sql.ts'
import { cambioDeConfig, escribirEnNegocio } from '../escribir.ts'

export interface SucursalNueva {
  id?: string
  nombre: string
  zonaHoraria?: string
  direccion?: string
}

/**
 * EMP-20. Numbers count up inside the negocio and are never used again: QRs carry them. Returns its id.
 * @throws Rechazo LIMITE_DE_SUCURSALES: the negocio has as many as the platform allows (EMP-37)
 */
export async function crearSucursal(
  deps: Pick<Deps, 'db' | 'hub' | 'now' | 'azar'>,
  negocioId: string,
  nueva: SucursalNueva,
): Promise<string> {
  const id = nueva.id ?? uuidv7(deps.now(), deps.azar)
  const zona = zonaHoraria.parse(nueva.zonaHoraria ?? ZONA_POR_DEFECTO)
  const { maxSucursales } = (await deps.db.plataforma(configuracionDeApp, { soloLectura: true })).contenido.limites
  return escribirEnNegocio(deps, negocioId, async (sql) => {
    const [hay] = await sql<{ cuantas: number }[]>`select count(*) as cuantas from negocio_sucursales where negocio_id = ${negocioId}`
    if (!cabeUnoMas(hay?.cuantas ?? 0, maxSucursales)) throw new Rechazo('LIMITE_DE_SUCURSALES')
    const [fila] = await sql<{ numero: number }[]>`
      insert into negocio_sucursales (negocio_id, id, numero, nombre, zona_horaria, direccion)
      select ${negocioId}, ${id}, coalesce(max(numero), 0) + 1, ${nueva.nombre}, ${zona}, ${nueva.direccion ?? ''}
      from negocio_sucursales where negocio_id = ${negocioId} returning numero`
    const doc = { id: `sucursal:${id}`, sucursalId: id, nombre: nueva.nombre, numero: fila!.numero, zonaHoraria: zona }
    return { resultado: id, cambios: [cambioDeConfig(doc)] }
  })
}
