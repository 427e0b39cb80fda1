/** R5. Which till of a sucursal confirms canjes with no network: the one that holds its lease of canjes (design 03), as `config` says it. */

/** Times are ms by the server's clock. */
export interface ArriendoVisto {
  dispositivoId: string
  venceAt: number
  /** The till that waits for it. */
  pedidoPor: string | null
}

/**
 * `esta_caja`: this till confirms with no network. `por_entregar`: it is this till's, but another waits for it; whoever has heard that confirms only online, so
 * that two never do. `otra_caja`: another till does. `nadie`: no lease runs.
 */
export type SituacionDeArriendo = 'esta_caja' | 'por_entregar' | 'otra_caja' | 'nadie'

/** `ahora`: corrected ms. */
export function situacionDeArriendo(arriendo: ArriendoVisto | null | undefined, dispositivoId: string, ahora: number): SituacionDeArriendo {
  if (!arriendo || ahora > arriendo.venceAt) return 'nadie'
  if (arriendo.dispositivoId !== dispositivoId) return 'otra_caja'
  return arriendo.pedidoPor === null || arriendo.pedidoPor === dispositivoId ? 'esta_caja' : 'por_entregar'
}
