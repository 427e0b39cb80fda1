import type { KeyboardEvent } from 'react'

const PASOS: Record<string, number> = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }

/** For a radiogroup made of buttons: the arrows move to the next radio and choose it, around the ends. Goes on its `onKeyDown`. */
export function moverConFlechas(evento: KeyboardEvent<HTMLElement>): void {
  const paso = PASOS[evento.key]
  if (paso === undefined) return
  const radios = [...evento.currentTarget.querySelectorAll<HTMLElement>('[role=radio]:not(:disabled)')]
  const desde = radios.indexOf(document.activeElement as HTMLElement)
  const siguiente = radios[(desde + paso + radios.length) % radios.length]
  if (desde < 0 || !siguiente) return
  evento.preventDefault()
  siguiente.focus()
  siguiente.click()
}
