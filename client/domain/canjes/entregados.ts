/** The canjes given here, out of what this till wrote and what it pulled: one each, newest first. Pure. */
import { diaLocal, horaCorregida } from '../../../schema/core/tiempo.ts'
import type { Sobre } from '../../../schema/domain/hechos/sobre.ts'
import type { CanjeConfirmado } from '../../../schema/domain/hechos/tipos.ts'
import type { CanjeDoc } from '../../../schema/protocol/documentos.ts'
import type { CanjeDado } from '../../../workers/replica/api.ts'

export interface CanjeEntregadoAqui {
  canjeId: string
  /** Of the recompensa; null: this till never heard of it. */
  nombre: string | null
  puntos: number | null
  cardId: string | null
  at: number
  /** The server has it. */
  recibido: boolean
  operadorId: string | null
}

interface Fuentes {
  /** Entries of this till. */
  diario: readonly Record<string, unknown>[]
  /** As pulled; of one bound to no sucursal nobody knows where it was given, unless this till did. */
  canjes: readonly CanjeDoc[]
  /** Those the server gave because this till asked. */
  dados: readonly CanjeDado[]
  sucursalId: string | null
}

/** `dia` as `2026-11-21` in `zona`. */
export function entregadosDelDia({ diario, canjes, dados, sucursalId }: Fuentes, dia: string, zona: string): CanjeEntregadoAqui[] {
  const conocidos = new Map(canjes.map((canje) => [canje.id, canje]))
  const aqui = diario.filter(({ tipo, estado }) => tipo === 'canje_confirmado' && estado !== 'trasladado').flatMap(leer)
  const porId = new Map<string, CanjeEntregadoAqui>()
  for (const canje of canjes) {
    if (canje.estado !== 'confirmado' || canje.cerradoAt === null || canje.sucursalId !== sucursalId) continue
    const { id: canjeId, nombre, puntos, cardId, cerradoAt: at, empleadoId: operadorId } = canje
    porId.set(canjeId, { canjeId, nombre, puntos, cardId, at, recibido: true, operadorId })
  }
  for (const { canjeId, nombre, puntos, entregadoAt: at, operadorId } of dados) {
    const canje = conocidos.get(canjeId)
    const de = canje ? { nombre: canje.nombre, puntos: canje.puntos, cardId: canje.cardId } : { nombre, puntos, cardId: null }
    porId.set(canjeId, { canjeId, ...de, at, recibido: true, operadorId })
  }
  for (const { canjeId, at, recibido, operadorId } of aqui) {
    const canje = conocidos.get(canjeId)
    const { nombre = null, puntos = null, cardId = null } = canje ?? {}
    porId.set(canjeId, { canjeId, nombre, puntos, cardId, at, recibido, operadorId })
  }
  return [...porId.values()].filter(({ at }) => diaLocal(at, zona) === dia).sort((a, b) => b.at - a.at)
}

/** Which canje an entry of the journal gave; null: it gave none. */
export const canjeDelRenglon = (renglon: Record<string, unknown>): string | null =>
  renglon.tipo === 'canje_confirmado' ? (leer(renglon)[0]?.canjeId ?? null) : null

function leer({ cuerpo, estado }: Record<string, unknown>): Pick<CanjeEntregadoAqui, 'canjeId' | 'at' | 'recibido' | 'operadorId'>[] {
  try {
    const sobre = JSON.parse(String(cuerpo)) as Sobre & { datos: CanjeConfirmado }
    const { canjeId } = sobre.datos
    return [{ canjeId, at: horaCorregida(sobre.tiempo), recibido: estado === 'recibido', operadorId: sobre.operador?.id ?? null }]
  } catch {
    return [] // a torn entry is told of elsewhere
  }
}
