/** Which people and tills belong to the sucursal in view. Pure. */

interface DeSucursal {
  /** Null: of none in particular, so of all. */
  sucursalId: string | null
  todasLasSucursales?: boolean
}

/** Those of `sucursalId` (null: all of them); whoever works in every sucursal is in each. Order is kept. */
export const deLaSucursal = <T extends DeSucursal>(lista: readonly T[], sucursalId: string | null): T[] =>
  lista.filter((uno) => sucursalId === null || uno.todasLasSucursales || uno.sucursalId === null || uno.sucursalId === sucursalId)
