import { useState } from 'react'
import { PLANTILLAS, puede } from '../../../../schema/domain/empleados/permisos.ts'
import { textoDe } from '../../../lib/i18n.ts'
import { type Falla, FallaDeForma } from '../campo.tsx'
import type { DeSeccion } from '../studio.tsx'
import type { FichaDeEmpleado } from './ficha.ts'
import { conOtro, GRUPOS, NOMBRES_DE_PLANTILLA, plantillaDe } from './plantillas.ts'
import { t } from './textos.ts'

const CORTOS = { 'Cajero Básico': t.basico, 'Cajero Avanzado': t.avanzado, Supervisor: t.supervisor } as const

/** EMP-10, 12. By group, from a template or by hand. */
export function Permisos({ sesion, negocio, empleado, alCambiar }: DeSeccion & { empleado: FichaDeEmpleado; alCambiar: () => void }) {
  const [permisos, setPermisos] = useState(empleado.permisosScanYA)
  const [falla, setFalla] = useState<Falla | null>(null)
  const [dicho, setDicho] = useState('')
  const plantilla = plantillaDe(permisos)
  const guardar = async () => {
    const r = await sesion.pedir(`/api/negocios/${negocio.negocioId}/empleados/${empleado.id}`, {
      metodo: 'PATCH',
      cuerpo: { permisosScanYA: permisos },
    })
    setFalla(r.ok ? null : { campo: null, texto: textoDe(r.codigo) })
    setDicho(r.ok ? t.permisosGuardados(empleado.nick) : '')
    if (r.ok) alCambiar()
  }
  return (
    <form
      className="em-parte"
      onSubmit={(e) => {
        e.preventDefault()
        void guardar()
      }}
    >
      <fieldset className="field">
        <legend className="lb">{t.plantilla}</legend>
        <div className="seg em-plantillas">
          {NOMBRES_DE_PLANTILLA.map((nombre) => (
            <button key={nombre} type="button" aria-pressed={plantilla === nombre} onClick={() => setPermisos(PLANTILLAS[nombre])}>
              {CORTOS[nombre]}
            </button>
          ))}
        </div>
        <span className="hint" role="status">
          {plantilla ? t.sinCambios(plantilla) : t.personalizado}
        </span>
      </fieldset>
      <div className="em-grupos">
        {GRUPOS.map(({ grupo, titulo, acciones }) => (
          <fieldset key={grupo} className="em-grupo">
            <legend>{t[titulo]}</legend>
            {acciones.map((accion) => (
              <div key={accion} className="em-permiso">
                <span id={`permiso-${accion}`} className="sp">
                  {t[accion]}
                </span>
                <button
                  type="button"
                  className="sw"
                  role="switch"
                  aria-checked={puede(permisos, accion)}
                  aria-labelledby={`permiso-${accion}`}
                  onClick={() => setPermisos(conOtro(permisos, grupo, accion))}
                />
              </div>
            ))}
            {grupo === 'operaciones' && <p className="hint sm mut">{t.multiplicador}</p>}
          </fieldset>
        ))}
      </div>
      <FallaDeForma falla={falla} campos={[]} />
      <div className="row wrap em-pie">
        <span className="sm mut sp">{t.llega}</span>
        <span role="status" className="ok sm">
          {dicho}
        </span>
        <button type="submit" className="btn p">
          {t.guardarPermisos}
        </button>
      </div>
    </form>
  )
}
