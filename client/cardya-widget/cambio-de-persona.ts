/** The demo's one tap as somebody else: a phone is one person's card, so the other one logs out first and the page opens anew. */
const LLAVE = 'cardya:demo'

/** Whether the card on this phone is not that shopper's. `demo`: `maria`; `nombre`: `María`. */
export const esDeOtra = (nombre: string, demo: string): boolean => !llana(nombre).startsWith(demo)

const llana = (texto: string) => texto.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()

/** For the page that opens once `salir` has forgotten everything. A private window may refuse: then it opens at the login. */
export function recordarDemo(demo: string): void {
  try {
    sessionStorage.setItem(LLAVE, demo)
  } catch {
    // nothing else depends on it
  }
}

/** Read once. */
export function demoRecordada(): string | null {
  try {
    const demo = sessionStorage.getItem(LLAVE)
    sessionStorage.removeItem(LLAVE)
    return demo
  } catch {
    return null
  }
}
