/** Where in the card one is: the fragment of the address, so that the phone's own "back" works and nothing is asked of the server. */
import { useEffect, useState } from 'preact/hooks'

export type Lugar =
  | { vista: 'tarjeta' | 'puntos' | 'cupones' | 'avisos' | 'telefonos' | 'entrar' }
  /** `texto`: of a ticket that came in a link. */
  | { vista: 'ticket'; texto?: string }
  | { vista: 'historial' | 'recompensas'; negocioId: string }
  | { vista: 'canje' | 'cupon'; id: string }
  /** CUP-28: a cupón that was asked for on its public page. */
  | { vista: 'guardar'; negocioId: string; id: string }

const VISTAS = ['puntos', 'cupones', 'avisos', 'telefonos', 'ticket', 'entrar']
const MIS_CUPONES = /\/mis-cupones\/?$/

/** `#historial=<negocioId>`, `#canje=<id>`, `#puntos`, `#avisos`…; anything else is the card (PWA-09: also the path /qr). */
export function leerLugar(fragmento: string): Lugar {
  const [, vista = '', de = ''] = /^#?([a-z]*)=?(.*)$/s.exec(fragmento) ?? []
  if (de && (vista === 'historial' || vista === 'recompensas')) return { vista, negocioId: de }
  if (de && (vista === 'canje' || vista === 'cupon')) return { vista, id: de }
  const [negocioId, id] = de.split('.')
  if (vista === 'guardar' && negocioId && id) return { vista, negocioId, id }
  if (de && vista === 'ticket') return { vista, texto: descifrar(de) }
  return VISTAS.some((una) => una === vista) ? ({ vista } as Lugar) : { vista: 'tarjeta' }
}

function descifrar(texto: string): string {
  try {
    return decodeURIComponent(texto)
  } catch {
    return texto
  }
}

export function fragmentoDe(lugar: Lugar): string {
  const de =
    lugar.vista === 'guardar' ? `${lugar.negocioId}.${lugar.id}` : 'negocioId' in lugar ? lugar.negocioId : 'id' in lugar ? lugar.id : null
  return de === null ? `#${lugar.vista}` : `#${lugar.vista}=${de}`
}

/** CUP-08: the path /mis-cupones opens them. */
const deEntrada = (): Lugar => leerLugar(location.hash || (MIS_CUPONES.test(location.pathname) ? '#cupones' : ''))

export function useLugar(): [Lugar, (lugar: Lugar) => void] {
  const [lugar, setLugar] = useState(deEntrada)
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
