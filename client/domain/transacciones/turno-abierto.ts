import { horaCorregida, type Marca } from '../../../schema/core/tiempo.ts'
import type { Turno } from '../../../schema/domain/hechos/tipos.ts'

/** When the shift that is open was opened, corrected ms, out of the journal's entries of that kind; null: none is open. Pure. */
export function turnoAbiertoEn(diario: readonly Record<string, unknown>[]): number | null {
  const turnos = diario.filter(({ estado }) => estado !== 'trasladado').flatMap(leer)
  const cerrados = new Set(turnos.filter(({ datos }) => datos.accion === 'cerrar').map(({ datos }) => datos.turnoId))
  const abiertos = turnos.filter(({ datos }) => datos.accion === 'abrir' && !cerrados.has(datos.turnoId)).map(({ at }) => at)
  return abiertos.length === 0 ? null : Math.max(...abiertos)
}

function leer({ cuerpo }: Record<string, unknown>): { at: number; datos: Turno }[] {
  try {
    const { tiempo, datos } = JSON.parse(String(cuerpo)) as { tiempo: Marca; datos: Turno }
    return [{ at: horaCorregida(tiempo), datos }]
  } catch {
    return [] // a torn entry is told of elsewhere
  }
}
