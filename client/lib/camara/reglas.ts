/** What a browser's answers about its cameras mean. Pure. */

/** Why there is no picture. A closed list: each has its words and its way out on the screen. */
export type MotivoSinCamara = 'sin_camara' | 'permiso_negado' | 'en_uso' | 'contexto_inseguro' | 'escaner_no_abre'

const MOTIVOS: Record<string, MotivoSinCamara> = {
  NotAllowedError: 'permiso_negado',
  PermissionDeniedError: 'permiso_negado',
  SecurityError: 'permiso_negado',
  NotFoundError: 'sin_camara',
  DevicesNotFoundError: 'sin_camara',
  OverconstrainedError: 'sin_camara',
  NotReadableError: 'en_uso',
  TrackStartError: 'en_uso',
  AbortError: 'en_uso',
}

/** An error of getUserMedia or of the scanner, in our words. What is not known is said as a camera that cannot be used now. */
export function motivoDe(error: unknown): MotivoSinCamara {
  const { name, message } = error instanceof Error || error instanceof DOMException ? error : { name: '', message: '' }
  if (message.startsWith('ESCANER_NO_ABRE')) return 'escaner_no_abre'
  return MOTIVOS[name] ?? 'en_uso'
}

/** Whether a new try with fewer wishes makes sense: the camera was not found or is not as asked; a refusal stays a refusal. */
export const valeOtroIntento = (error: unknown): boolean => motivoDe(error) === 'sin_camara'

/** 1280 × 720 reads a card at arm's length; more is slower and no surer. `camaraId` null: the one that looks away from whoever holds the phone. */
export function deseos(camaraId: string | null): MediaTrackConstraints[] {
  const medida = { width: { ideal: 1280 }, height: { ideal: 720 } }
  const deAtras = { ...medida, facingMode: { ideal: 'environment' } }
  return camaraId ? [{ ...medida, deviceId: { exact: camaraId } }, deAtras, {}] : [deAtras, {}]
}

/** A computer's own camera does not say where it looks: then its name decides, and without one it is taken to look at its user. */
export function miraAlUsuario(facingMode: string | undefined, nombre: string): boolean {
  if (facingMode) return facingMode === 'user'
  return !/rear|back|environment|trasera/i.test(nombre)
}

/** The camera that follows in the list; null when there is no other. */
export function siguienteCamara(camaras: readonly { id: string }[], actual: string | null): string | null {
  if (camaras.length < 2) return null
  const i = camaras.findIndex(({ id }) => id === actual)
  return camaras[(i + 1) % camaras.length]?.id ?? null
}
