/** The history of an artículo's fields in order (R7: every value that was in force). Pure. */
import type { EdicionDeCampo } from '../../../schema/protocol/catalogo.ts'

export interface PrecioEnElTiempo {
  centavos: number
  /** What it was before; null: the first price. */
  antes: number | null
  effAt: number
  recibidoAt: number
  quien: string
  equipo: string
}

/** Received this much after it was written: it was made with no network, ms. */
const SIN_CONEXION_MS = 5 * 60_000

export const seHizoSinConexion = ({ effAt, recibidoAt }: { effAt: number; recibidoAt: number }): boolean =>
  recibidoAt - effAt > SIN_CONEXION_MS

/** Prices, newest first, each with the one before. Equal neighbours are one price. */
export function preciosDe(ediciones: readonly EdicionDeCampo[]): PrecioEnElTiempo[] {
  const precios = ediciones
    .filter((e) => e.campo === 'precioCentavos' && typeof e.valor === 'number')
    .toSorted((a, b) => a.effAt - b.effAt)
    .map((e) => ({ centavos: e.valor as number, effAt: e.effAt, recibidoAt: e.recibidoAt, quien: e.quien, equipo: e.equipo }))
  return precios
    .filter((p, i) => p.centavos !== precios[i - 1]?.centavos)
    .map((p, i, distintos) => ({ ...p, antes: distintos[i - 1]?.centavos ?? null }))
    .toReversed()
}

/** The edit that made it: the first one, which wrote its name and its price at once. Null: the history does not go that far back. */
export function nacimientoDe(ediciones: readonly EdicionDeCampo[]): EdicionDeCampo | null {
  const effAt = Math.min(...ediciones.map((e) => e.effAt))
  const primeras = ediciones.filter((e) => e.effAt === effAt)
  const nombre = primeras.find((e) => e.campo === 'nombre')
  return nombre && primeras.some((e) => e.campo === 'precioCentavos') ? nombre : null
}

/** Everything else, newest first. What its birth wrote is no change. */
export function otrosCambios(ediciones: readonly EdicionDeCampo[]): EdicionDeCampo[] {
  const nacioAt = nacimientoDe(ediciones)?.effAt
  return ediciones.filter((e) => e.campo !== 'precioCentavos' && e.effAt !== nacioAt).toSorted((a, b) => b.effAt - a.effAt)
}

/** The points of a stepped line in a box of `ancho` x `alto`; time to the right, money upwards. Empty without prices. */
export function escalones(
  precios: readonly PrecioEnElTiempo[],
  hasta: number,
  { ancho, alto }: { ancho: number; alto: number },
): { x: number; y: number; centavos: number }[] {
  const enOrden = precios.toReversed()
  const primero = enOrden[0]
  if (!primero) return []
  const tiempo = Math.max(1, hasta - primero.effAt)
  const montos = enOrden.map((p) => p.centavos)
  const [menor, mayor] = [Math.min(...montos), Math.max(...montos)]
  const rango = mayor - menor || 1
  return enOrden.map((p) => ({
    x: ((p.effAt - primero.effAt) / tiempo) * ancho,
    y: mayor === menor ? alto / 2 : alto - ((p.centavos - menor) / rango) * alto,
    centavos: p.centavos,
  }))
}
