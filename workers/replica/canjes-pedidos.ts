/**
 * R4. What this till asked the server to give, written down before it is asked: an answer may be lost, and the worker with it, and then what is pulled says
 * "ya entregado" before anybody here was told. What was asked is asked again with the same words, or entered in the journal as the same hecho.
 *
 *     asked ──► answered: given ──► not given again, whatever was pulled by then
 *       └────► refused: forgotten
 */
import type { CanjeLeido, Operador } from './api.ts'
import type { Puertos } from './puertos.ts'

const NOTA = 'canjesPedidos'

export interface Pedida {
  /** Corrected ms. */
  at: number
  /** As it was shown when it was asked for. */
  canje: CanjeLeido
  /** Null: its code was typed. */
  qr: string | null
  operador: Operador | null
  /** Null: no answer came. */
  entregadoAt: number | null
}
type Pedidas = Record<string, Pedida>

export interface CanjesPedidos {
  leer(canjeId: string): Promise<Pedida | null>
  /** The one with this code (`CANJE-7X9K2M`) that no answer came for. */
  porCodigo(codigo: string): Promise<Pedida | null>
  /** Resolves once committed. @throws what the store throws: what is not remembered is not to be asked */
  anotar(pedida: Pedida): Promise<void>
  quitar(canjeId: string): Promise<void>
  /** This device belongs to nobody any more. */
  olvidar(): Promise<void>
}

/** `duraMs`: a canje is over long before. */
export function crearCanjesPedidos({ notas, candados, nombre }: Puertos, duraMs: number): CanjesPedidos {
  const leer = async () => (await notas.leer<Pedidas>(NOTA)) ?? {}
  /** Two tabs share the note. */
  const cambiar = (cambio: (pedidas: Pedidas) => Pedidas) =>
    candados.pedir(`${nombre}-canjes`, {}, async () => notas.escribir(NOTA, cambio(await leer())))

  return {
    leer: async (canjeId) => (await leer())[canjeId] ?? null,
    porCodigo: async (codigo) => Object.values(await leer()).find((p) => p.entregadoAt === null && p.canje.codigo === codigo) ?? null,
    anotar: (pedida) =>
      cambiar((pedidas) => {
        const recientes = Object.entries(pedidas).filter(([, { at }]) => pedida.at - at < duraMs)
        return { ...Object.fromEntries(recientes), [pedida.canje.canjeId]: pedida }
      }),
    quitar: (canjeId) => cambiar(({ [canjeId]: _, ...otras }) => otras),
    olvidar: () => candados.pedir(`${nombre}-canjes`, {}, () => notas.borrar(NOTA)),
  }
}
