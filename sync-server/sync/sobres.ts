/** Texts of a journal to envelopes. Receiving never depends on it: a text that does not open is kept as it came (DI8). */
import { esUuid } from '../../schema/core/ids.ts'
import { type Sobre, sobre } from '../../schema/domain/hechos/sobre.ts'

/** Kinds are names of ours; a text column takes no NUL. */
const TIPO = /^[a-z][a-z0-9_.]{0,39}$/i

/** The envelope, or null when the text is not one, or says it is at another place than where the device put it. */
export function abrirSobre(cuerpo: string, cadenaId: string, seq: number): Sobre | null {
  let valor: unknown
  try {
    valor = JSON.parse(cuerpo)
  } catch {
    return null
  }
  const leido = sobre.safeParse(valor)
  if (!leido.success || leido.data.cadenaId !== cadenaId || leido.data.seq !== seq || !TIPO.test(leido.data.tipo)) return null
  return leido.data
}

/** The text of the card's QR in a sale; that of a canje is of no card. */
export function qrDe(s: Sobre): string | null {
  const { tipo, datos } = s
  if (tipo !== 'venta') return null
  const qr = typeof datos === 'object' && datos !== null && 'qr' in datos ? datos.qr : null
  return typeof qr === 'string' ? qr : null
}

/** An id named by a field of `datos`, if it is one. */
export function idEn(datos: unknown, campo: string): string | null {
  const valor = typeof datos === 'object' && datos !== null ? (datos as Record<string, unknown>)[campo] : null
  return esUuid(valor) ? valor : null
}

/** Ids of the articulos of the lines of a sale. */
export function articulosDe(datos: unknown): string[] {
  const lineas = typeof datos === 'object' && datos !== null ? (datos as { lineas?: unknown }).lineas : null
  if (!Array.isArray(lineas)) return []
  return lineas.map((linea) => idEn(linea, 'articuloId')).filter((id) => id !== null)
}

/** The place named by a hecho of the server's chain (`reproceso`, `espera.vencida`). */
export function lugarNombrado(s: Sobre): { cadenaId: string; seq: number } | null {
  if (s.tipo !== 'reproceso' && s.tipo !== 'espera.vencida') return null
  const cadenaId = idEn(s.datos, 'cadenaId')
  const seq = (s.datos as { seq?: unknown })?.seq
  return cadenaId && Number.isSafeInteger(seq) ? { cadenaId, seq: seq as number } : null
}
