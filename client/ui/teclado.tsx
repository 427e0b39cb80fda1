import { type RefObject, useEffect, useRef } from 'react'
import { Icono } from './iconos.tsx'
import { teclaDe } from './tecla-fisica.ts'
import { t } from './textos.ts'

export type Tecla = '0' | '1' | '2' | '3' | '4' | '5' | '6' | '7' | '8' | '9' | '00' | 'borrar' | 'ir'
const DIGITOS: Tecla[] = ['1', '2', '3', '4', '5', '6', '7', '8', '9']

/**
 * The number pad: keys of at least 60 px, in three columns. The last row is `izquierda`, 0, `derecha`: `borrar` and `ir` for a PIN,
 * `00` and `borrar` for an amount. It only tells which key, its own or the keyboard's; what it means belongs to the screen.
 */
export function Teclado({
  alTecla,
  etiqueta,
  idEtiqueta,
  izquierda = '00',
  derecha = 'borrar',
  textoIr,
  apagado = false,
}: {
  alTecla: (tecla: Tecla) => void
  /** Says what is typed, for who cannot see it; or the id of an element that says it. */
  etiqueta?: string
  idEtiqueta?: string
  izquierda?: Tecla
  derecha?: Tecla
  textoIr?: string
  apagado?: boolean
}) {
  const pad = useRef<HTMLDivElement>(null)
  useTeclasFisicas(pad, alTecla, !apagado)
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset would add a frame and a legend that the label above already is
    <div ref={pad} className="pad" role="group" aria-label={etiqueta} aria-labelledby={idEtiqueta}>
      {[...DIGITOS, izquierda, '0' as const, derecha].map((tecla) => (
        <button
          key={tecla}
          type="button"
          className={`key${tecla === 'borrar' ? ' key--quiet' : tecla === 'ir' ? ' key--go' : ''}`}
          aria-label={tecla === 'borrar' ? t.borrar : undefined}
          disabled={apagado}
          onClick={() => alTecla(tecla)}
        >
          {tecla === 'borrar' ? <Icono de="borrar" /> : tecla === 'ir' ? textoIr : tecla}
        </button>
      ))}
    </div>
  )
}

/** The same keys of a keyboard, or of a reader that types. */
function useTeclasFisicas(pad: RefObject<HTMLElement | null>, alTecla: (tecla: Tecla) => void, activo: boolean): void {
  const ultima = useRef(alTecla)
  ultima.current = alTecla
  useEffect(() => {
    if (!activo) return
    const alPulsar = (evento: KeyboardEvent) => {
      const tecla = teclaDe(evento, pad.current)
      if (!tecla) return
      evento.preventDefault()
      ultima.current(tecla)
    }
    document.addEventListener('keydown', alPulsar)
    return () => document.removeEventListener('keydown', alPulsar)
  }, [pad, activo])
}
