import { useState } from 'react'
import { textoDe } from '../../../lib/i18n.ts'
import { type Falla, FallaDeForma } from '../campo.tsx'
import type { DeSeccion } from '../studio.tsx'
import type { FichaDeEmpleado } from './ficha.ts'
import { GruposDePermisos } from './grupos-de-permisos.tsx'
import { t } from './textos.ts'

/** EMP-10, 12. By group, from a template or by hand. */
export function Permisos({ sesion, negocio, empleado, alCambiar }: DeSeccion & { empleado: FichaDeEmpleado; alCambiar: () => void }) {
  const [permisos, setPermisos] = useState(empleado.permisosScanYA)
  const [falla, setFalla] = useState<Falla | null>(null)
  const [dicho, setDicho] = useState('')
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
      <GruposDePermisos permisos={permisos} tope={negocio.permisosScanYA} antes={empleado.permisosScanYA} alCambiar={setPermisos} />
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
