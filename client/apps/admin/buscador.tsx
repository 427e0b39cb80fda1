/** One search for the whole platform: a negocio, a device, a receipt. `/` brings the cursor, arrows move, Enter goes there. */
import { useNavigate } from '@tanstack/react-router'
import { type KeyboardEvent, useId, useRef, useState } from 'react'
import { Busqueda } from '../../ui/escritorio/busqueda.tsx'
import { t } from './textos.ts'
import { type Hallazgo, useHallazgos } from './use-hallazgos.ts'

export function Buscador() {
  const [texto, setTexto] = useState('')
  const [abierta, setAbierta] = useState(false)
  const [activa, setActiva] = useState(0)
  const { hallazgos, dicho } = useHallazgos(texto.trim())
  const navegar = useNavigate()
  const caja = useRef<HTMLDivElement>(null)
  const id = useId()
  const elegir = (hallazgo: Hallazgo | undefined) => {
    if (!hallazgo) return
    setTexto('')
    setAbierta(false)
    void navegar({ to: hallazgo.a as never })
  }
  const alOprimir = (evento: KeyboardEvent) => {
    const paso = { ArrowDown: 1, ArrowUp: -1 }[evento.key]
    if (evento.key === 'Enter') elegir(hallazgos[activa])
    else if (paso !== undefined && hallazgos.length > 0) setActiva((activa + paso + hallazgos.length) % hallazgos.length)
    else return
    evento.preventDefault()
  }
  const visible = abierta && texto.trim() !== ''
  const abrirCon = (nuevo: string) => {
    setTexto(nuevo)
    setActiva(0)
    setAbierta(true)
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: leaving the field and its list closes the list
    <div
      className="panel-buscador"
      ref={caja}
      onBlur={(evento) => !caja.current?.contains(evento.relatedTarget) && setAbierta(false)}
      onFocus={() => setAbierta(true)}
    >
      <Busqueda
        etiqueta={t.buscar}
        valor={texto}
        alCambiar={abrirCon}
        conDiagonal
        clase="find"
        alOprimir={alOprimir}
        lista={{ id, abierta: visible, ...(visible && hallazgos[activa] ? { activa: `${id}-${activa}` } : {}) }}
      />
      <div id={id} role="listbox" aria-label={t.resultados} className="panel-hallazgos" hidden={!visible}>
        {hallazgos.map((hallazgo, i) => (
          <Renglon key={hallazgo.id} id={`${id}-${i}`} {...{ hallazgo }} elegido={i === activa} alElegir={() => elegir(hallazgo)} />
        ))}
      </div>
      <p className={visible && dicho ? 'panel-hallazgos sm mut' : 'vh'} role="status">
        {visible ? dicho : ''}
      </p>
    </div>
  )
}

function Renglon({ id, hallazgo, elegido, alElegir }: { id: string; hallazgo: Hallazgo; elegido: boolean; alElegir: () => void }) {
  const { icono: Icono, texto, detalle } = hallazgo
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the field handles the keys; biome-ignore lint/a11y/useFocusableInteractive: it keeps the focus
    <div
      id={id}
      role="option"
      aria-selected={elegido}
      tabIndex={-1}
      className="row"
      onMouseDown={(evento) => evento.preventDefault()}
      onClick={alElegir}
    >
      <Icono className="i" aria-hidden="true" />
      <b className="tr">{texto}</b>
      <span className="panel-detalle tr">{detalle}</span>
    </div>
  )
}
