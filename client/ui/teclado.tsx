import { useEffect, useRef } from 'react'
import { Icono } from './iconos.tsx'
import { t } from './textos.ts'

export type Tecla = '0' | '1' | '2' | '3' | '4' | '5' | '6' | '7' | '8' | '9' | '00' | 'borrar' | 'ir'
const DIGITOS: Tecla[] = ['1', '2', '3', '4', '5', '6', '7', '8', '9']

/**
 * The number pad: keys of at least 60 px, in three columns. The last row is `izquierda`, 0, `derecha`: `borrar` and `ir` for a PIN,
 * `00` and `borrar` for an amount. It only tells which key; what it means belongs to the screen.
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
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset would add a frame and a legend that the label above already is
    <div className="pad" role="group" aria-label={etiqueta} aria-labelledby={idEtiqueta}>
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

const FISICAS: Record<string, Tecla> = { Backspace: 'borrar', Delete: 'borrar', Enter: 'ir' }

/** The same keys of a keyboard, unless the person is writing in a field; Enter on a button stays that button's. */
export function useTeclasFisicas(alTecla: (tecla: Tecla) => void, activo = true): void {
  const ultima = useRef(alTecla)
  ultima.current = alTecla
  useEffect(() => {
    if (!activo) return
    const alPulsar = (evento: KeyboardEvent) => {
      if (evento.ctrlKey || evento.metaKey || evento.altKey) return
      const tecla = /^\d$/.test(evento.key) ? (evento.key as Tecla) : FISICAS[evento.key]
      const donde = evento.target instanceof Element ? evento.target : null
      if (!tecla || donde?.closest('input, textarea, select, [contenteditable]')) return
      if (tecla === 'ir' && donde?.closest('button, a, summary')) return
      evento.preventDefault()
      ultima.current(tecla)
    }
    document.addEventListener('keydown', alPulsar)
    return () => document.removeEventListener('keydown', alPulsar)
  }, [activo])
}
