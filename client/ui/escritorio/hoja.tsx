import { X } from 'lucide-react'
import { type KeyboardEvent, type ReactNode, useId, useLayoutEffect, useRef } from 'react'
import { t } from './textos.ts'
import './hoja.css'

interface Props {
  titulo: string
  /** Esc, the cross or the veil. */
  alCerrar: () => void
  /** Ctrl+Enter, or Cmd+Enter. */
  alGuardar?: () => void
  /** Beside the title: a tag, buttons. */
  junto?: ReactNode
  pie?: ReactNode
  /** `ancha` 800 px (the default), `angosta` 440. The whole screen on a phone. */
  ancho?: 'ancha' | 'angosta'
  clase?: string
  children: ReactNode
}

/** A sheet at the right of the desk. The platform's dialog keeps the focus inside and gives it back; the body scrolls, head and foot stay. */
export function Hoja({ titulo, alCerrar, alGuardar, junto, pie, ancho = 'ancha', clase = '', children }: Props) {
  const dialogo = useRef<HTMLDialogElement>(null)
  const id = useId()
  // Closed before it leaves the page: a dialog that is only taken out gives the focus back to nobody.
  useLayoutEffect(() => {
    const elemento = dialogo.current
    if (elemento && !elemento.open)
      elemento.showModal()
      // Not on the first button of the head, which the platform would choose: on what says so, or on the body.
    ;(elemento?.querySelector<HTMLElement>('[data-foco]') ?? elemento?.querySelector<HTMLElement>('.sb'))?.focus()
    return () => elemento?.close()
  }, [])
  const alOprimir = (evento: KeyboardEvent) => {
    if (evento.key !== 'Enter' || !(evento.ctrlKey || evento.metaKey) || !alGuardar) return
    evento.preventDefault()
    alGuardar()
  }
  return (
    <dialog
      ref={dialogo}
      className={`sheet sheet--${ancho}`}
      aria-labelledby={id}
      onKeyDown={alOprimir}
      onCancel={(evento) => {
        // A menu or a file picker inside has a cancel of its own, and it bubbles.
        if (evento.target !== evento.currentTarget) return
        evento.preventDefault()
        alCerrar()
      }}
      onClick={(evento) => {
        if (evento.target === evento.currentTarget) alCerrar()
      }}
    >
      <div className="sh">
        <h2 id={id} className="sp tr">
          {titulo}
        </h2>
        {junto}
        <button type="button" className="btn ic g" aria-label={t.cerrarEsc} onClick={alCerrar}>
          <X className="i" aria-hidden="true" />
        </button>
      </div>
      {/* What scrolls must take the focus, or the keyboard cannot scroll it. */}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: the same reason */}
      <div className={`sb ${clase}`} tabIndex={0}>
        {children}
      </div>
      {pie && <div className="sf">{pie}</div>}
    </dialog>
  )
}
