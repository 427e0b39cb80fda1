import { useEffect, useRef } from 'react'

/** Enter goes on, unless it belongs to a button, a link or a field; a key held down goes on once and never through two screens. */
export function useEnter(alSeguir: () => void, activo = true): void {
  const ultima = useRef(alSeguir)
  ultima.current = alSeguir
  useEffect(() => {
    if (!activo) return
    const alPulsar = (evento: KeyboardEvent) => {
      if (evento.key !== 'Enter' || evento.repeat || evento.defaultPrevented || document.querySelector('dialog[open]')) return
      if (evento.target instanceof Element && evento.target.closest('button, a, input, textarea, summary')) return
      evento.preventDefault()
      ultima.current()
    }
    document.addEventListener('keydown', alPulsar)
    return () => document.removeEventListener('keydown', alPulsar)
  }, [activo])
}
