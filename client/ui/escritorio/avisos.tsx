import { CircleAlert, X } from 'lucide-react'
import { useEffect, useRef, useState, useSyncExternalStore } from 'react'
import { type Aviso, avisosEnCola, deshacerAviso, observarAvisos, quitarAviso } from './avisos-cola.ts'
import { t } from './textos.ts'
import './avisos.css'

/** How long an undo is offered (design 05). It waits while a pointer or the focus is on it. */
const PLAZO_MS = 6_000

/** The toasts of the desk. One in the page, in its frame. */
export function ColaDeAvisos() {
  const avisos = useSyncExternalStore(observarAvisos, avisosEnCola)
  return (
    <section className="cola-de-avisos" aria-label={t.avisos} role="status">
      {avisos.map((aviso) => (
        <UnAviso key={aviso.id} aviso={aviso} />
      ))}
    </section>
  )
}

function UnAviso({ aviso }: { aviso: Aviso }) {
  const [quieto, setQuieto] = useState(false)
  const resta = useRef(PLAZO_MS)
  /** Where the focus came from: pressed, the toast is gone and the focus with it. */
  const deDonde = useRef<EventTarget | null>(null)
  const pulsar = (hacer: (id: number) => void) => {
    hacer(aviso.id)
    const antes = deDonde.current
    const destino = antes instanceof HTMLElement && antes.isConnected ? antes : document.getElementById('contenido')
    destino?.focus({ preventScroll: true })
  }
  useEffect(() => {
    if (quieto) return
    const desde = performance.now()
    const id = setTimeout(() => quitarAviso(aviso.id), resta.current)
    return () => {
      clearTimeout(id)
      resta.current = Math.max(1_000, resta.current - (performance.now() - desde))
    }
  }, [aviso.id, quieto])
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the time stands still while somebody is about to press
    <div
      className="toast"
      onPointerEnter={() => setQuieto(true)}
      onPointerLeave={() => setQuieto(false)}
      onFocus={(evento) => {
        if (!evento.currentTarget.contains(evento.relatedTarget)) deDonde.current = evento.relatedTarget
        setQuieto(true)
      }}
      onBlur={() => setQuieto(false)}
    >
      {aviso.tono === 'mal' && <CircleAlert className="i" aria-hidden="true" />}
      <span className="sp">{aviso.texto}</span>
      {aviso.deshacer ? (
        <button type="button" onClick={() => pulsar(deshacerAviso)}>
          {t.deshacer}
        </button>
      ) : (
        <button type="button" className="cerrar" aria-label={t.cerrar} onClick={() => pulsar(quitarAviso)}>
          <X className="i" aria-hidden="true" />
        </button>
      )}
    </div>
  )
}
