/** The sheet of a recompensa as a draft over its document (CARD-31): only what was changed is written (R7). Pure. */
import { PUNTOS_MAXIMOS_DE_RECOMPENSA, RECOMPENSA_NUEVA, type Recompensa } from '../../../schema/domain/recompensas/recompensa.ts'
import type { CanjeDoc } from '../../../schema/protocol/documentos.ts'

export type CamposDeRecompensa = Omit<Recompensa, 'id' | 'borrado' | 'sellos'>
export type FallaDeRecompensa = 'faltaNombre' | 'puntos' | 'valor'

export const recompensaNueva = (): CamposDeRecompensa => ({ nombre: '', puntos: 100, ...RECOMPENSA_NUEVA })
export const camposDeRecompensa = ({ id, borrado, sellos, ...campos }: Recompensa): CamposDeRecompensa => campos

/** What keeps it from being saved, by field. */
export function fallasDeRecompensa(r: CamposDeRecompensa): Partial<Record<keyof CamposDeRecompensa, FallaDeRecompensa>> {
  const puntosBien = Number.isInteger(r.puntos) && r.puntos >= 1 && r.puntos <= PUNTOS_MAXIMOS_DE_RECOMPENSA
  return {
    ...(r.nombre.trim() === '' ? { nombre: 'faltaNombre' as const } : {}),
    ...(puntosBien ? {} : { puntos: 'puntos' as const }),
    ...(Number.isInteger(r.valorCentavos) && r.valorCentavos >= 0 ? {} : { valorCentavos: 'valor' as const }),
  }
}

/** What a client spends until the points reach, without multiplicador: centavos. `valorPuntoCentavos` of the rules in force (PTS-04). */
export const gastoParaAlcanzar = (puntos: number, valorPuntoCentavos: number): number => puntos * valorPuntoCentavos

/** Of what the client spent, how much the reward gives back: per cent, to a tenth. Null: it says no worth. */
export function devuelvePorCiento(
  { puntos, valorCentavos }: Pick<Recompensa, 'puntos' | 'valorCentavos'>,
  valorPuntoCentavos: number,
): number | null {
  const gasto = gastoParaAlcanzar(puntos, valorPuntoCentavos)
  return gasto > 0 && valorCentavos > 0 ? Math.round((valorCentavos * 1_000) / gasto) / 10 : null
}

/** How many of each recompensa were given, by its id. */
export function entregadosPorRecompensa(canjes: readonly Pick<CanjeDoc, 'recompensaId' | 'estado'>[]): Map<string, number> {
  const cuantos = new Map<string, number>()
  for (const { recompensaId, estado } of canjes)
    if (estado === 'confirmado') cuantos.set(recompensaId, (cuantos.get(recompensaId) ?? 0) + 1)
  return cuantos
}
