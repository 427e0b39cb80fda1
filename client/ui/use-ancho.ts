import { useSyncExternalStore } from 'react'

/** Whether a media query holds, live: what is not shown is not computed either. */
export function useAncho(consulta: string): boolean {
  return useSyncExternalStore(
    (alCambiar) => {
      const lista = matchMedia(consulta)
      lista.addEventListener('change', alCambiar)
      return () => lista.removeEventListener('change', alCambiar)
    },
    () => matchMedia(consulta).matches,
  )
}
