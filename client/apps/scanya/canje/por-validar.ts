/** A canje whose QR was read on the screen that reads cards: it is looked at where canjes are. Taken once. */
let dejado: string | null = null

/** Letters of a CANJE v1 in base45; no card has as few. */
const LETRAS_DEL_QR = 150
export const pareceCanje = (texto: string): boolean => texto.length === LETRAS_DEL_QR

export function dejar(qr: string): void {
  dejado = qr
}
export function tomar(): string | null {
  const qr = dejado
  dejado = null
  return qr
}
