/** Where in the card one is: the fragment of the address, so that the phone's own "back" works and nothing is asked of the server. */
import { useEffect, useState } from 'preact/hooks'

export type Lugar =
  | { vista: 'tarjeta' | 'puntos' | 'avisos' | 'telefonos' | 'ticket' | 'entrar' }
  | { vista: 'historial'; negocioId: string }

const VISTAS = ['puntos', 'avisos', 'telefonos', 'ticket', 'entrar']

/** `#historial=<negocioId>`, `#puntos`, `#avisos`, `#telefonos`; anything else is the card (PWA-09: also the path /qr). */
export function leerLugar(fragmento: string): Lugar {
  const [vista = '', negocioId = ''] = fragmento.replace(/^#/, '').split('=')
  if (vista === 'historial' && negocioId) return { vista, negocioId }
  return VISTAS.some((una) => una === vista) ? ({ vista } as Lugar) : { vista: 'tarjeta' }
}

export const fragmentoDe = (lugar: Lugar): string => (lugar.vista === 'historial' ? `#historial=${lugar.negocioId}` : `#${lugar.vista}`)

export function useLugar(): [Lugar, (lugar: Lugar) => void] {
  const [lugar, setLugar] = useState(() => leerLugar(location.hash))
  useEffect(() => {
    const alCambiar = () => {
      setLugar(leerLugar(location.hash))
      scrollTo(0, 0)
    }
    addEventListener('hashchange', alCambiar)
    return () => removeEventListener('hashchange', alCambiar)
  }, [])
  return [lugar, (nuevo) => (location.hash = fragmentoDe(nuevo))]
}
