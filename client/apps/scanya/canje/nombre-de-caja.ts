/** What the till that gives canjes with no network is called, kept since the server last said so: it is when there is no network that it must be told. */
const LLAVE = 'scanya.entrega'

export interface NombreDeCaja {
  dispositivoId: string
  nombre: string
}

export function guardarNombre(de: NombreDeCaja): void {
  try {
    localStorage.setItem(LLAVE, JSON.stringify(de))
  } catch {
    // a private window: it is "another till" then
  }
}

/** Null: never heard of. */
export function nombreDe(dispositivoId: string | null | undefined): string | null {
  try {
    const leido = JSON.parse(localStorage.getItem(LLAVE) ?? 'null') as NombreDeCaja | null
    return leido !== null && leido.dispositivoId === dispositivoId ? leido.nombre : null
  } catch {
    return null
  }
}
