import { useState } from 'react'
import { ponerSonido, sonar, sonidoEncendido } from '../../lib/sonido.ts'

/** Sound and vibration of this device, and the switch: turning them on lets them be heard at once. */
export function useSonido(): { activo: boolean; cambiar: () => void } {
  const [activo, setActivo] = useState(sonidoEncendido)
  const cambiar = () => {
    ponerSonido(!activo)
    setActivo(!activo)
    sonar('lectura')
  }
  return { activo, cambiar }
}
