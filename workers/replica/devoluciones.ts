/**
 * SCAN-40. How the money of a refund went back, as the screen told whoever gave it. A hecho does not say: its sale does. But of a sale known by its ticket alone nobody
 * here knows how it was paid, and what was handed over must not change once the sale is pulled: so it is kept beside the journal, under the id of the refund.
 */
import type { Venta } from '../../schema/domain/hechos/tipos.ts'
import type { Diario } from './diario.ts'
import { GUARDA_DEL_DIARIO_MS } from './poda.ts'
import type { Puertos } from './puertos.ts'
import type { RelojLocal } from './reloj-local.ts'

const NOTA = 'devoluciones'
type MetodoDePago = Venta['metodoPago']
/** By id of the refund. `at`: corrected ms. */
type Dichas = Record<string, { metodoPago: MetodoDePago; at: number }>

export interface Devoluciones {
  /** By id of the refund; of the journal's 35 days. */
  leer(): Promise<ReadonlyMap<string, MetodoDePago>>
  /** Before the refund is recorded. Resolves once committed. @throws what the store throws: money is not given back in a way that is forgotten */
  anotar(reembolsoId: string, metodoPago: MetodoDePago): Promise<void>
  /** This device belongs to nobody any more. */
  olvidar(): Promise<void>
}
interface Partes {
  puertos: Pick<Puertos, 'notas' | 'candados' | 'nombre'>
  diario: Pick<Diario, 'buscar'>
  reloj: Pick<RelojLocal, 'ahora'>
}

export function crearDevoluciones({ puertos: { notas, candados, nombre }, diario, reloj }: Partes): Devoluciones {
  const leer = async () => (await notas.leer<Dichas>(NOTA)) ?? {}
  /** Two tabs share the note. */
  const aSolas = <T>(fn: () => Promise<T>): Promise<T> => candados.pedir(`${nombre}-devoluciones`, {}, fn)

  return {
    leer: async () => new Map(Object.entries(await leer()).map(([id, { metodoPago }]) => [id, metodoPago])),
    anotar: (reembolsoId, metodoPago) =>
      aSolas(async () => {
        const dichas = await leer()
        const antes = dichas[reembolsoId]?.metodoPago
        // Pressed again after an answer that was lost: what was said when it was recorded is what was done.
        if (antes === metodoPago || (antes && (await diario.buscar(reembolsoId)))) return
        const ahora = reloj.ahora()
        const vivas = Object.entries(dichas).filter(([, { at }]) => ahora - at < GUARDA_DEL_DIARIO_MS)
        await notas.escribir(NOTA, { ...Object.fromEntries(vivas), [reembolsoId]: { metodoPago, at: ahora } } satisfies Dichas)
      }),
    olvidar: () => aSolas(() => notas.borrar(NOTA)),
  }
}
