/** EMP-38. What whoever works in one sucursal may change: the server asks the same of what arrives (sync-server/sync/alcance.ts). Pure. */
import { seVendeEn } from '../../../schema/domain/articulos/articulo.ts'
import { sucursalesDe } from './campos.ts'
import { t } from './textos.ts'

type ConSucursales = { sucursales?: readonly string[] }

/** Those that a device of `sucursalId` (null: of the whole negocio) may change, and how many of the rest there are. */
export function separar<A extends ConSucursales>(articulos: readonly A[], sucursalId: string | null): { suyos: A[]; ajenos: number } {
  const suyos = articulos.filter((a) => seVendeEn(a, sucursalId))
  return { suyos, ajenos: articulos.length - suyos.length }
}

/** Why it may not be changed from `sucursalId`, for a person; null: it may. `todas`: the sucursales whose names are known. */
export const porQueNoSeCambia = (
  articulo: ConSucursales,
  sucursalId: string | null,
  todas: readonly { id: string; nombre: string }[],
): string | null => (seVendeEn(articulo, sucursalId) ? null : t.deOtraSucursal(sucursalesDe(articulo, todas)))
