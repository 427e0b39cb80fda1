/** What this browser remembers of a person's choices. Storage may be forbidden: then nothing is remembered. */
const llave = (nombre: string) => `cya:studio:${nombre}`

export function recordado(nombre: string): string | null {
  try {
    return localStorage.getItem(llave(nombre))
  } catch {
    return null
  }
}

/** Null forgets it. */
export function recordar(nombre: string, valor: string | null): void {
  try {
    if (valor === null) localStorage.removeItem(llave(nombre))
    else localStorage.setItem(llave(nombre), valor)
  } catch {
    // nothing depends on it
  }
}
