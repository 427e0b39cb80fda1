/** @jsxImportSource preact */
import type { ComponentChildren } from 'preact'
import { useEffect, useId, useRef } from 'preact/hooks'
import '../ui/hoja.css'
import { Icono } from './iconos.tsx'
import { t } from './textos.ts'

/** A sheet over the screen. The platform's dialog keeps the focus inside and gives it back; Esc, the veil and the cross close. */
export function Hoja({ titulo, alCerrar, children }: { titulo: string; alCerrar: () => void; children: ComponentChildren }) {
  const dialogo = useRef<HTMLDialogElement>(null)
  const id = useId()
  useEffect(() => {
    const elemento = dialogo.current
    if (elemento && !elemento.open) elemento.showModal()
    return () => elemento?.close()
  }, [])
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the veil is the mouse's way; the keyboard has Esc and the cross
    <dialog
      ref={dialogo}
      class="sheet"
      aria-labelledby={id}
      onCancel={(evento) => {
        evento.preventDefault()
        alCerrar()
      }}
      onClick={(evento) => {
        if (evento.target === evento.currentTarget) alCerrar()
      }}
    >
      <header>
        <h1 id={id} class="grow">
          {titulo}
        </h1>
        <button type="button" class="icon-btn" onClick={alCerrar} aria-label={t.cerrar}>
          <Icono de="cerrar" />
        </button>
      </header>
      <div class="body hoja-cuerpo">{children}</div>
    </dialog>
  )
}
