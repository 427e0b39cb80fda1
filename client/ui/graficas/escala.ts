/** Numbers behind a chart: where its grid lines are, which value deserves a remark, which points stand alone. Pure. */

/** Tops whose half reads well too. */
const PASOS = [1, 1.2, 1.6, 2, 2.4, 3, 4, 6, 8, 10]
const [SEGUNDO, MINUTO, HORA, DIA] = [1_000, 60_000, 3_600_000, 86_400_000]
/** Of a duration, ms: past a minute people count in minutes, hours and days. */
const TOPES_DE_TIEMPO = [
  ...[0.2, 0.4, 1, 2, 4, 8, 20, 40].map((n) => n * SEGUNDO),
  ...[1, 2, 4, 10, 20].map((n) => n * MINUTO),
  ...[1, 2, 4, 8, 12].map((n) => n * HORA),
  ...[1, 2, 4, 8, 16].map((n) => n * DIA),
]

/** The top of an axis of counts: at least 2, so that its half is a whole number. */
export function topeDeCuenta(mayor: number): number {
  if (mayor <= 2) return 2
  const decena = 10 ** Math.floor(Math.log10(mayor))
  const topes = PASOS.map((paso) => Math.round(paso * decena * 10) / 10)
  return topes.find((tope) => tope >= mayor && tope % 2 === 0) ?? 10 * decena
}

/** The top of an axis of milliseconds. */
export function topeDeTiempo(mayorMs: number): number {
  return TOPES_DE_TIEMPO.find((tope) => tope >= mayorMs) ?? 2 * DIA * Math.ceil(mayorMs / (2 * DIA))
}

/** Index of the one peak worth a remark: at least `veces` the middle value, and not the last point. Null: there is none. */
export function pico(valores: readonly (number | null)[], veces = 2): number | null {
  const conocidos = valores.filter((v) => v !== null)
  if (conocidos.length < 3) return null
  const medio = [...conocidos].sort((a, b) => a - b)[Math.floor(conocidos.length / 2)] ?? 0
  const mayor = Math.max(...conocidos)
  const donde = valores.indexOf(mayor)
  return mayor > 0 && mayor >= medio * veces && donde < valores.length - 1 ? donde : null
}

/** Points with nothing beside them: a line alone would not show them. */
export const solos = (valores: readonly (number | null | undefined)[]): number[] =>
  valores.flatMap((v, i) => (v != null && valores[i - 1] == null && valores[i + 1] == null ? [i] : []))

/** The last known value and where; null: there is none. */
export function ultimo(valores: readonly (number | null)[]): { donde: number; valor: number } | null {
  for (let donde = valores.length - 1; donde >= 0; donde--) {
    const valor = valores[donde]
    if (valor != null) return { donde, valor }
  }
  return null
}

/** Moves labels apart so that none is nearer than `alto` to the next, keeping their order. Given and answered from top to bottom, px. */
export function separar(alturas: readonly number[], alto: number): number[] {
  const orden = alturas.map((y, i) => ({ y, i })).sort((a, b) => a.y - b.y)
  for (let k = 1; k < orden.length; k++) {
    const [arriba, abajo] = [orden[k - 1], orden[k]]
    if (arriba && abajo) abajo.y = Math.max(abajo.y, arriba.y + alto)
  }
  const puestas = [...alturas]
  for (const { y, i } of orden) puestas[i] = y
  return puestas
}
