/** A code that stays in front of the camera is read fifteen times a second and must count once. */
const FUERA_DE_VISTA_MS = 1_500

/** `ahora`: monotonic, ms. */
export function crearFiltro(ahora: () => number, fueraDeVistaMs = FUERA_DE_VISTA_MS) {
  let ultimo: string | null = null
  let vistoMs = 0
  return {
    /** False while it is the text of the last time, seen less than 1.5 s ago. Asking counts as seeing. */
    esNuevo(texto: string): boolean {
      const ms = ahora()
      const nuevo = texto !== ultimo || ms - vistoMs > fueraDeVistaMs
      ultimo = texto
      vistoMs = ms
      return nuevo
    },
    /** The next one counts, whatever it is. */
    olvidar(): void {
      ultimo = null
    },
  }
}
