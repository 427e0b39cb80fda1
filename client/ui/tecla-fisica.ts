/** Which key of a pad a press of the keyboard is. Of the page it asks only what is written where, and what lies on top. */
import type { Tecla } from './teclado.tsx'

const FISICAS: Record<string, Tecla> = { Backspace: 'borrar', Delete: 'borrar', Enter: 'ir' }

/**
 * Null: it is not for this pad. A field that is written in keeps its keys, a button its Enter, and an open sheet all of them: whoever types over it means nothing behind
 * the veil.
 */
export function teclaDe(evento: KeyboardEvent, pad: Element | null): Tecla | null {
  if (evento.ctrlKey || evento.metaKey || evento.altKey) return null
  const tecla = /^\d$/.test(evento.key) ? (evento.key as Tecla) : FISICAS[evento.key]
  const donde = evento.target instanceof Element ? evento.target : null
  if (!tecla || donde?.closest('input, textarea, select, [contenteditable]')) return null
  if (tecla === 'ir' && donde?.closest('button, a, summary')) return null
  // The last one lies on top: a sheet opens from inside what it covers, or after it.
  const hoja = [...document.querySelectorAll('dialog[open]')].at(-1)
  return hoja && !hoja.contains(pad) ? null : tecla
}
