import { useEffect, useRef } from 'react'

const ESCRIBIBLES = 'input:not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable=true]'

/** Whether what has the focus takes letters: then a letter is text and not a command. */
export const seEscribe = (destino: EventTarget | null): boolean => destino instanceof Element && destino.closest(ESCRIBIBLES) !== null

/** A dialog is open: keys belong to it, not to the page behind. */
const hayDialogo = () => document.querySelector('dialog:modal') !== null

/**
 * Commands of a screen by `KeyboardEvent.key` ('/', 'n', 'Delete'), while nobody writes and no dialog is open. What a command returns as false is
 * left to the browser.
 */
export function useTeclas(ordenes: Record<string, (evento: KeyboardEvent) => unknown>): void {
  const actuales = useRef(ordenes)
  actuales.current = ordenes
  useEffect(() => {
    const alOprimir = (evento: KeyboardEvent) => {
      if (evento.defaultPrevented || evento.ctrlKey || evento.metaKey || evento.altKey || seEscribe(evento.target) || hayDialogo()) return
      const orden = actuales.current[evento.key]
      if (orden && orden(evento) !== false) evento.preventDefault()
    }
    document.addEventListener('keydown', alOprimir)
    return () => document.removeEventListener('keydown', alOprimir)
  }, [])
}
