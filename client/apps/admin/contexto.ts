/** What every screen of the Panel has at hand: who is in, the server's clock, and how fresh what is seen is. */
import { createContext, useContext, useSyncExternalStore } from 'react'
import type { ResumenDePlataforma } from '../../../schema/protocol/plataforma.ts'
import type { SesionDeCuenta, Yo } from '../../domain/cuentas/sesion.ts'
import type { Frescura } from './frescura.ts'
import type { Lectura } from './use-fresco.ts'

export interface ContextoDelPanel {
  sesion: SesionDeCuenta
  yo: Yo
  frescura: Frescura
  resumen: Lectura<ResumenDePlataforma>
}
export const Panel = createContext<ContextoDelPanel | null>(null)

/** Inside the Panel's frame only. */
export function usePanel(): ContextoDelPanel {
  const contexto = useContext(Panel)
  if (!contexto) throw new Error('a screen of the Panel is inside its frame')
  return contexto
}

/** The server's clock now, to the second; it stands still while the Panel is paused. */
export function useAhora(): number {
  const { frescura } = usePanel()
  return useSyncExternalStore(frescura.suscribir, frescura.ahora)
}

/** How fresh what is seen is, and whether it is paused. */
export function useFrescura() {
  const { frescura } = usePanel()
  return useSyncExternalStore(frescura.suscribir, frescura.estado)
}

/** Grows with every change a live view tells. */
export function useSenal(): number {
  const { frescura } = usePanel()
  return useSyncExternalStore(frescura.suscribir, frescura.senal)
}
