/** Shifts of the tills as the server gives them (money in pesos), by day and till. Pure. */
import { diaLocal } from '../../../../schema/core/tiempo.ts'

export interface TurnoDeCaja {
  id: string
  sucursalId: string | null
  dispositivoId: string | null
  caja: string | null
  abiertoPor: string | null
  cerradoPor: string | null
  abiertoAt: number
  /** Null: it goes on. */
  cerradoAt: number | null
  fondo: number
  /** Null while it goes on. */
  esperado: number | null
  /** Null: nobody counted. */
  contado: number | null
  ventas: number
  total: number
  reembolsado: number
  descuento: number
  puntos: number
  cupones: number
  canjes: number
  anuladas: number
  nota: string | null
}

export type Cuadre = { en: 'abierto' | 'sin_contar' | 'exacto' } | { en: 'falta' | 'sobra'; centavos: number }

/** What the count says of the drawer. */
export function cuadreDe({ cerradoAt, esperado, contado }: Pick<TurnoDeCaja, 'cerradoAt' | 'esperado' | 'contado'>): Cuadre {
  if (cerradoAt === null) return { en: 'abierto' }
  if (contado === null || esperado === null) return { en: 'sin_contar' }
  const centavos = Math.round(contado * 100) - Math.round(esperado * 100)
  if (centavos === 0) return { en: 'exacto' }
  return { en: centavos < 0 ? 'falta' : 'sobra', centavos: Math.abs(centavos) }
}

/** Newest day first, as each day began in `zonaDe` its sucursal. */
export function porDia(
  turnos: readonly TurnoDeCaja[],
  zonaDe: (sucursalId: string | null) => string,
): { dia: string; turnos: TurnoDeCaja[] }[] {
  const dias = new Map<string, TurnoDeCaja[]>()
  for (const turno of [...turnos].sort((a, b) => b.abiertoAt - a.abiertoAt)) {
    const dia = diaLocal(turno.abiertoAt, zonaDe(turno.sucursalId))
    dias.set(dia, [...(dias.get(dia) ?? []), turno])
  }
  return [...dias].sort(([a], [b]) => (a < b ? 1 : -1)).map(([dia, suyos]) => ({ dia, turnos: suyos }))
}

/** Those that a later page brings, without repeating any. */
export const juntar = (unos: readonly TurnoDeCaja[], otros: readonly TurnoDeCaja[]): TurnoDeCaja[] => [
  ...new Map([...otros, ...unos].map((turno) => [turno.id, turno])).values(),
]
