/** An entry of this till's journal as a list needs it. The text is the truth; a text that does not parse is left to the pending list. */
import type { Marca } from '../../schema/core/tiempo.ts'
import { sobre } from '../../schema/domain/hechos/sobre.ts'
import { anulacion, reembolso, venta } from '../../schema/domain/hechos/tipos.ts'

export interface Renglon {
  /** `cadenaId|seq`, the key its verdict carries. */
  id: string
  hechoId: string
  tipo: 'venta' | 'reembolso' | 'anulacion'
  folio: string
  montoCentavos: number
  metodoPago: string | null
  tiempo: Marca
  puntosPrometidos: number
  conCliente: boolean
  transaccionId: string | null
  /** Not acknowledged by the server yet. */
  pendiente: boolean
}

const SIN = { metodoPago: null, puntosPrometidos: 0, conCliente: false, transaccionId: null } as const

/** Null for what is not a movement of money, cannot be read, or was moved to the next chain, where it is listed. */
export function renglonDe(documento: Record<string, unknown>): Renglon | null {
  const leido = documento.estado === 'trasladado' ? null : leer(documento.cuerpo)
  if (!leido) return null
  const { id: hechoId, tiempo, tipo, datos } = leido
  const base = { id: String(documento.id), hechoId, tiempo, pendiente: documento.estado !== 'recibido' }
  if (tipo === 'venta') {
    const v = venta.safeParse(datos)
    if (!v.success) return null
    const { folio, montoCentavos, metodoPago, puntosPrometidos, qr } = v.data
    return { ...base, tipo, folio, montoCentavos, metodoPago, puntosPrometidos, conCliente: qr !== null, transaccionId: null }
  }
  if (tipo === 'reembolso') {
    const r = reembolso.safeParse(datos)
    return r.success
      ? { ...SIN, ...base, tipo, folio: r.data.folio, montoCentavos: r.data.montoCentavos, transaccionId: r.data.transaccionId }
      : null
  }
  if (tipo === 'anulacion') {
    const a = anulacion.safeParse(datos)
    return a.success ? { ...SIN, ...base, tipo, folio: '', montoCentavos: 0, transaccionId: a.data.transaccionId } : null
  }
  return null
}

function leer(cuerpo: unknown) {
  if (typeof cuerpo !== 'string') return null
  try {
    const resultado = sobre.safeParse(JSON.parse(cuerpo))
    return resultado.success ? resultado.data : null
  } catch {
    return null
  }
}
