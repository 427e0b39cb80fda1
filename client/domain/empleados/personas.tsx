import type { ReactNode } from 'react'
import type { Persona } from '../../../workers/replica/api.ts'
import { moverConFlechas } from '../../ui/flechas.ts'
import { Icono } from '../../ui/iconos.tsx'
import { t } from './textos.ts'
import './personas.css'

/** "¿Quién está en caja?": a tile for each who may enter here, and one for whoever types their nick (SCAN-04). */
export function Personas({
  personas,
  elegida,
  idEtiqueta,
  alElegir,
}: {
  personas: Persona[]
  /** empleadoId, or null for "otra persona". */
  elegida: string | null
  idEtiqueta: string
  alElegir: (empleadoId: string | null) => void
}) {
  return (
    <div className="people" role="radiogroup" aria-labelledby={idEtiqueta} onKeyDown={moverConFlechas}>
      {personas.map((p) => (
        <Ficha key={p.empleadoId} elegida={p.empleadoId === elegida} alTocar={() => alElegir(p.empleadoId)}>
          <span className="avatar" aria-hidden="true">
            {p.nombre.slice(0, 1).toUpperCase()}
          </span>
          <b>@{p.nick}</b>
          {p.porEnviar > 0 ? <span className="left num">{t.porEnviar(p.porEnviar)}</span> : <span className="xs soft">{p.puesto}</span>}
        </Ficha>
      ))}
      <Ficha elegida={elegida === null} alTocar={() => alElegir(null)} otra>
        <span className="avatar" aria-hidden="true">
          <Icono de="mas" />
        </span>
        <b>{t.otraPersona}</b>
        <span className="xs soft">{t.conSuNick}</span>
      </Ficha>
    </div>
  )
}

function Ficha({
  elegida,
  otra = false,
  alTocar,
  children,
}: {
  elegida: boolean
  otra?: boolean
  alTocar: () => void
  children: ReactNode
}) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: a tile with an avatar and a badge; the group around it is the radiogroup
    <button type="button" className={`person ${otra ? 'other' : ''}`} role="radio" aria-checked={elegida} onClick={alTocar}>
      {elegida && (
        <span className="tick">
          <Icono de="palomita" />
        </span>
      )}
      {children}
    </button>
  )
}
