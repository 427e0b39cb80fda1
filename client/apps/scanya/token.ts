/** The one-use token of an enrolment, out of what a person has: the token, or the link that carries it in its fragment. Pure. */
export function tokenDe(texto: string): string | null {
  const limpio = texto.trim()
  const token = limpio.includes('#') ? limpio.slice(limpio.indexOf('#') + 1) : limpio
  return /^[\w-]{8,200}$/.test(token) ? token : null
}
