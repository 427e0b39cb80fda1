/** That this phone was taken away from its card, told once by the page that opens with nothing of it. */
const LLAVE = 'cardya:quitado'

/** A private window may refuse: then the login says nothing of it. */
export function recordarQueSeQuito(): void {
  try {
    sessionStorage.setItem(LLAVE, '1')
  } catch {
    // nothing else depends on it
  }
}

/** Read once. */
export function seQuito(): boolean {
  try {
    const si = sessionStorage.getItem(LLAVE) !== null
    sessionStorage.removeItem(LLAVE)
    return si
  } catch {
    return false
  }
}
