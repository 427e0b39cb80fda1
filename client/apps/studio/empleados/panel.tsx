import { X } from 'lucide-react'
import { useEffect, useRef } from 'react'
import type { DeSeccion } from '../studio.tsx'
import { t as ts } from '../textos.ts'
import { Actividad } from './actividad.tsx'
import { Datos } from './datos.tsx'
import { type FichaDeEmpleado, iniciales, type Panel } from './ficha.ts'
import { Instalar } from './instalar.tsx'
import { Permisos } from './permisos.tsx'
import { Pin } from './pin.tsx'
import { t } from './textos.ts'

const PARTES: Panel[] = ['permisos', 'datos', 'pin', 'instalar', 'actividad']
const TITULOS = { permisos: t.permisos, datos: t.datos, pin: t.pinNuevo, instalar: t.instalar, actividad: t.actividad }

interface Props extends DeSeccion {
  empleado: FichaDeEmpleado
  panel: Panel
  alElegir: (panel: Panel) => void
  alCambiar: () => void
  alCerrar: () => void
}

/** Everything of one person, beside the list; below it on a phone. */
export function PanelDeEmpleado(props: Props) {
  const { empleado, panel, alElegir, alCerrar } = props
  const cabeza = useRef<HTMLHeadingElement>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: another part of another person begins at its title
  useEffect(() => {
    cabeza.current?.focus({ preventScroll: true })
    cabeza.current?.scrollIntoView({ block: 'nearest' })
  }, [empleado.id])
  const partes = empleado.activo ? PARTES : PARTES.filter((parte) => parte !== 'pin' && parte !== 'instalar')
  return (
    <section className="card em-ficha" aria-label={t.panelDe(empleado.nombre)}>
      <header className="row g12 em-cabeza">
        <span className="av m" aria-hidden="true">
          {iniciales(empleado.nombre)}
        </span>
        <div className="sp ec-quien">
          <h2 ref={cabeza} tabIndex={-1} className="tr">
            {empleado.nombre}
          </h2>
          <p className="sm mut tr">{panel === 'permisos' ? t.enScanya : `@${empleado.nick}`}</p>
        </div>
        <button type="button" className="btn ic g" aria-label={ts.cerrar} onClick={alCerrar}>
          <X className="i" aria-hidden="true" />
        </button>
      </header>
      <nav className="tabs em-tabs" aria-label={t.secciones}>
        {partes.map((parte) => (
          <button key={parte} type="button" aria-current={parte === panel ? 'page' : undefined} onClick={() => alElegir(parte)}>
            {TITULOS[parte]}
          </button>
        ))}
      </nav>
      {panel === 'permisos' && <Permisos {...props} />}
      {panel === 'datos' && <Datos {...props} />}
      {panel === 'pin' && <Pin {...props} />}
      {panel === 'instalar' && <Instalar {...props} />}
      {panel === 'actividad' && <Actividad {...props} />}
    </section>
  )
}
