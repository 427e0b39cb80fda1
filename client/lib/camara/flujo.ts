/** The stream of the camera: asked for, focused, remembered, let go. */
import { deseos, type MotivoSinCamara, valeOtroIntento } from './reglas.ts'

/** Which camera this device uses, by the browser's own id for it. */
const RECUERDO = 'cya.camara'

/** What cannot even be tried: outside a secure context the browser hides its cameras. Null: it can. */
export const motivoPrevio = (): MotivoSinCamara | null =>
  globalThis.isSecureContext && 'mediaDevices' in navigator ? null : 'contexto_inseguro'

/** @throws DOMException as getUserMedia does, when no try gave a stream */
export async function pedirFlujo(): Promise<MediaStream> {
  let ultimo: unknown
  for (const video of deseos(camaraRecordada())) {
    try {
      return await navigator.mediaDevices.getUserMedia({ video, audio: false })
    } catch (error) {
      ultimo = error
      if (!valeOtroIntento(error)) break
    }
  }
  throw ultimo
}

// Storage may be forbidden: then the choice lasts while the page does.
let deEstaPagina: string | null = null

function camaraRecordada(): string | null {
  try {
    return localStorage.getItem(RECUERDO) ?? deEstaPagina
  } catch {
    return deEstaPagina
  }
}

export function recordarCamara(id: string): void {
  deEstaPagina = id
  try {
    localStorage.setItem(RECUERDO, id)
  } catch {
    // remembered by the page alone
  }
}

// Torch and focus are not in TypeScript's library.
type Capacidades = MediaTrackCapabilities & { torch?: boolean; focusMode?: string[] }
const aplicar = (pista: MediaStreamTrack, ajuste: Record<string, unknown>) =>
  pista.applyConstraints({ advanced: [ajuste as MediaTrackConstraintSet] })
const capacidades = (pista: MediaStreamTrack): Capacidades => pista.getCapabilities?.() ?? {}

/** Focuses by itself all the time, where the camera can: one that focused on the counter never finds the phone. */
export async function enfocar(pista: MediaStreamTrack): Promise<void> {
  if (capacidades(pista).focusMode?.includes('continuous')) await aplicar(pista, { focusMode: 'continuous' }).catch(() => {})
}

export const tieneLuz = (pista: MediaStreamTrack): boolean => capacidades(pista).torch === true

/** Whether the light is on afterwards. Some phones keep it on whatever they are told, until the stream ends. */
export async function ponerLuz(pista: MediaStreamTrack, encendida: boolean): Promise<boolean> {
  const hecho = await aplicar(pista, { torch: encendida }).then(
    () => true,
    () => false,
  )
  const ajustes: MediaTrackSettings & { torch?: boolean } = pista.getSettings()
  return ajustes.torch ?? (hecho ? encendida : !encendida)
}

export function detener(flujo: MediaStream): void {
  for (const pista of flujo.getTracks()) pista.stop()
}

export function soltarFlujo(video: HTMLVideoElement): void {
  if (video.srcObject instanceof MediaStream) detener(video.srcObject)
  video.srcObject = null
}
