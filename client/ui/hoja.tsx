import { type PointerEvent, type ReactNode, useId, useLayoutEffect, useRef } from 'react'
import { Icono } from './iconos.tsx'
import { t } from './textos.ts'
import './hoja.css'

/** How far down the head must be dragged for the sheet to close, px. */
const ARRASTRE = 96

/**
 * A sheet over the screen. The platform's dialog keeps the focus inside and gives it back; Esc, the veil, the cross or a drag closes. The list
 * scrolls and `pie` stays.
 */
export function Hoja({ titulo, alCerrar, pie, children }: { titulo: string; alCerrar: () => void; pie?: ReactNode; children: ReactNode }) {
  const dialogo = useRef<HTMLDialogElement>(null)
  const id = useId()
  const arrastre = useArrastre(dialogo, alCerrar)
  // Closed before it leaves the page: a dialog that is only taken out gives the focus back to nobody.
  useLayoutEffect(() => {
    const elemento = dialogo.current
    if (elemento && !elemento.open) elemento.showModal()
    return () => elemento?.close()
  }, [])
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the veil is the mouse's way; the keyboard has Esc and the cross
    <dialog
      ref={dialogo}
      className="sheet"
      aria-labelledby={id}
      onCancel={(evento) => {
        evento.preventDefault()
        alCerrar()
      }}
      onClick={(evento) => {
        if (evento.target === evento.currentTarget) alCerrar()
      }}
    >
      {/* No landmarks: a sheet may open from inside the page's own header. */}
      {/* biome-ignore lint/a11y/noInteractiveElementToNoninteractiveRole: a header that is dragged is a handle for fingers, not a control */}
      <header role="presentation" {...arrastre}>
        <h1 id={id} className="grow">
          {titulo}
        </h1>
        <button type="button" className="icon-btn" onClick={alCerrar} aria-label={t.cerrar}>
          <Icono de="cerrar" />
        </button>
      </header>
      {/* A list that scrolls must take the focus, or the keyboard cannot scroll it. */}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: the same reason */}
      <div className="body" tabIndex={0}>
        {children}
      </div>
      {pie && <footer role="presentation">{pie}</footer>}
    </dialog>
  )
}

function useArrastre(dialogo: { current: HTMLDialogElement | null }, alCerrar: () => void) {
  const desde = useRef<number | null>(null)
  const mover = (px: number) => dialogo.current?.style.setProperty('translate', px > 0 ? `0 ${px}px` : 'none')
  return {
    onPointerDown: (evento: PointerEvent<HTMLElement>) => {
      if (evento.target instanceof Element && evento.target.closest('button')) return
      desde.current = evento.clientY
      evento.currentTarget.setPointerCapture(evento.pointerId)
    },
    onPointerMove: (evento: PointerEvent<HTMLElement>) => {
      if (desde.current !== null) mover(evento.clientY - desde.current)
    },
    onPointerUp: (evento: PointerEvent<HTMLElement>) => {
      const lejos = desde.current !== null && evento.clientY - desde.current > ARRASTRE
      desde.current = null
      mover(0)
      if (lejos) alCerrar()
    },
    onPointerCancel: () => {
      desde.current = null
      mover(0)
    },
  }
}
