/**
 * R4. What this till asked the server to give, written down before it is asked: an answer may be lost, and the worker with it, and then what is pulled says
 * "ya entregado" before anybody here was told. What was asked is asked again with the same words, or entered in the journal as the same hecho.
 *
 *     asked ──► answered: given ──► not given again, whatever was pulled by then; counted in its shift, for no journal has it
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
  /** Server ms. Null: no answer came. */
  entregadoAt: number | null
  /** When the answer came, corrected ms: it was handed over then, and not while nobody here knew. Absent: as `entregadoAt`. */
  dadoAt?: number
}
/** The server said yes. */
export type Dada = Pedida & { entregadoAt: number }
type Pedidas = Record<string, Pedida>

export interface CanjesPedidos {
  leer(canjeId: string): Promise<Pedida | null>
  /** The one with this code (`CANJE-7X9K2M`) that no answer came for. */
  porCodigo(codigo: string): Promise<Pedida | null>
  /** Those the server gave, oldest first. */
  dadas(): Promise<Dada[]>
  /** Resolves once committed. @throws what the store throws: what is not remembered is not to be asked */
  anotar(pedida: Pedida): Promise<void>
  quitar(canjeId: string): Promise<void>
  /** This device belongs to nobody any more. */
  olvidar(): Promise<void>
}

const esDada = (pedida: Pedida): pedida is Dada => pedida.entregadoAt !== null

/** `pedidaMs`: how long one is remembered, a canje is over long before. `dadaMs`: one that was given, as long as a shift may be left open. */
export function crearCanjesPedidos(
  { notas, candados, nombre }: Puertos,
  { pedidaMs, dadaMs }: { pedidaMs: number; dadaMs: number },
): CanjesPedidos {
  const leer = async () => (await notas.leer<Pedidas>(NOTA)) ?? {}
  /** Two tabs share the note. */
  const cambiar = (cambio: (pedidas: Pedidas) => Pedidas) =>
    candados.pedir(`${nombre}-canjes`, {}, async () => notas.escribir(NOTA, cambio(await leer())))

  return {
    leer: async (canjeId) => (await leer())[canjeId] ?? null,
    dadas: async () =>
      Object.values(await leer())
        .filter(esDada)
        .sort((a, b) => a.entregadoAt - b.entregadoAt),
    porCodigo: async (codigo) => Object.values(await leer()).find((p) => p.entregadoAt === null && p.canje.codigo === codigo) ?? null,
    anotar: (pedida) =>
      cambiar((pedidas) => {
        const recientes = Object.entries(pedidas).filter(([, p]) => pedida.at - p.at < (esDada(p) ? dadaMs : pedidaMs))
        return { ...Object.fromEntries(recientes), [pedida.canje.canjeId]: pedida }
      }),
    quitar: (canjeId) => cambiar(({ [canjeId]: _, ...otras }) => otras),
    olvidar: () => candados.pedir(`${nombre}-canjes`, {}, () => notas.borrar(NOTA)),
  }
}
