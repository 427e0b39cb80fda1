/**
 * Rows that stay where they are. A live table updates in place: nothing moves under the pointer. What the server would put elsewhere is only
 * counted, and a person asks for the new order.
 */

/** Keeps the order that is shown. Rows that are new come last; rows that left the page stay until the order is taken anew. */
export function conservar(mostrado: readonly string[], actual: readonly string[]): string[] {
  const vistos = new Set(mostrado)
  return [...mostrado, ...actual.filter((id) => !vistos.has(id))]
}

/** How many rows the current order would move, add or take out: the fewest moves that turn one list into the other. */
export function cambiosDeOrden(mostrado: readonly string[], actual: readonly string[]): number {
  const lugar = new Map(actual.map((id, i) => [id, i]))
  const quedan = mostrado.flatMap((id) => lugar.get(id) ?? [])
  return mostrado.length - quedan.length + (quedan.length - crecienteMasLarga(quedan))
}

/** Length of the longest increasing run of picks, left to right (patience sorting): those rows need not move. */
function crecienteMasLarga(numeros: readonly number[]): number {
  const topes: number[] = []
  for (const n of numeros) {
    const donde = topes.findIndex((tope) => tope >= n)
    if (donde < 0) topes.push(n)
    else topes[donde] = n
  }
  return topes.length
}
