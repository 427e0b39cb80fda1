/**
 * Cards as witnesses of this till's clock (design 04 §3): each phone signs the hour as it learned it from the server. When the cards of many people
 * agree that the hour here is another one, it is the till that is wrong.
 */
import { MINUTO, SEGUNDO } from '../../schema/core/tiempo.ts'
import type { Notas } from './puertos.ts'

/** The last cards asked, each once. */
export const TESTIGOS = 20
/** Fewer cards say nothing: one phone's clock may be wrong too. */
export const TESTIGOS_MINIMOS = 5
/** The age of a QR when it is scanned: a phone shows it 30 s, clocks drift a little. ms. */
const EDAD_NORMAL = { desde: -MINUTO, hasta: 90 * SEGUNDO }
/** A witness heard when this device knew its clock otherwise is heard no more. */
const CAMBIO_DE_OFFSET_MS = 5 * SEGUNDO

interface Testigo {
  cardId: string
  edadMs: number
  offset: number
}
export interface TestigosDeReloj {
  cargar(): Promise<void>
  /** A card whose signatures are good was read: `edadMs` = corrected hour here − hour of the QR. */
  oir(cardId: string, edadMs: number): void
  sospechoso(): boolean
}

export function crearTestigosDeReloj(notas: Notas, offset: () => number): TestigosDeReloj {
  let testigos: Testigo[] = []
  return {
    async cargar() {
      testigos = (await notas.leer<Testigo[]>('testigosDeReloj')) ?? []
    },
    oir(cardId, edadMs) {
      testigos = [...testigos.filter((t) => t.cardId !== cardId), { cardId, edadMs, offset: offset() }].slice(-TESTIGOS)
      // A note that is lost costs nothing but a later warning.
      notas.escribir('testigosDeReloj', testigos).catch(() => {})
    },
    sospechoso() {
      const edades = testigos.filter((t) => Math.abs(t.offset - offset()) <= CAMBIO_DE_OFFSET_MS).map((t) => t.edadMs)
      if (edades.length < TESTIGOS_MINIMOS) return false
      const mediana = edades.sort((a, b) => a - b)[Math.floor((edades.length - 1) / 2)] ?? 0
      return mediana < EDAD_NORMAL.desde || mediana > EDAD_NORMAL.hasta
    },
  }
}
