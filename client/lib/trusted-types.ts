/**
 * The page's CSP requires Trusted Types, so a script address must come out of a named policy. The only one, `cya-worker`, lets through
 * addresses of this origin and nothing else.
 */
interface Politica {
  createScriptURL(direccion: string): string
}
interface FabricaDePoliticas {
  createPolicy(nombre: string, reglas: { createScriptURL: (direccion: string) => string }): Politica
}

function delMismoOrigen(direccion: string): string {
  const url = new URL(direccion, location.href)
  if (url.origin !== location.origin) throw new TypeError(`script de otro origen: ${url.origin}`)
  return url.href
}

const fabrica = (globalThis as { trustedTypes?: FabricaDePoliticas }).trustedTypes
const politica: Politica = fabrica?.createPolicy('cya-worker', { createScriptURL: delMismoOrigen }) ?? { createScriptURL: delMismoOrigen }

/** An address good for `new Worker` and for the service worker's registration. @throws TypeError when it is of another origin */
export const direccionDeScript = (direccion: string | URL): string => politica.createScriptURL(String(direccion))
