import { type ReactNode, useEffect, useId, useRef } from 'react'
import { Icono } from './iconos.tsx'
import { t } from './textos.ts'

/** A sheet over the screen. The platform's dialog keeps the focus inside, gives it back, and closes on Esc. */
export function Hoja({ titulo, alCerrar, children }: { titulo: string; alCerrar: () => void; children: ReactNode }) {
  const dialogo = useRef<HTMLDialogElement>(null)
  const id = useId()
  useEffect(() => {
    const elemento = dialogo.current
    elemento?.showModal()
    return () => elemento?.close()
  }, [])
  return (
    <dialog ref={dialogo} className="hoja" aria-labelledby={id} onClose={alCerrar}>
      <header className="hoja__cabeza">
        <h2 id={id}>{titulo}</h2>
        <button type="button" className="boton boton--mudo" onClick={alCerrar} aria-label={t.cerrar}>
          <Icono de="cerrar" />
        </button>
      </header>
      {children}
    </dialog>
  )
}
