import { CircleCheck, CircleOff } from 'lucide-react'
import { useState } from 'react'
import { ACCIONES_SCANYA, puede } from '../../../../schema/domain/empleados/permisos.ts'
import { diaYHora } from '../../../lib/formato.ts'
import { textoDe } from '../../../lib/i18n.ts'
import { FallaDeForma } from '../campo.tsx'
import type { DeSeccion } from '../studio.tsx'
import { t as ts } from '../textos.ts'
import { type FichaDeEmpleado, iniciales, type Panel, ZONA } from './ficha.ts'
import { plantillaDe } from './plantillas.ts'
import { t } from './textos.ts'

interface Props extends DeSeccion {
  empleado: FichaDeEmpleado
  abierta: boolean
  alAbrir: (panel: Panel) => void
  alCambiar: () => void
}

/** EMP-02. One person at a glance, and what is done with the account. */
export function Tarjeta({ sesion, negocio, empleado, abierta, alAbrir, alCambiar }: Props) {
  const [confirmando, setConfirmando] = useState<'baja' | 'borrar' | null>(null)
  const [falla, setFalla] = useState<string | null>(null)
  const base = `/api/negocios/${negocio.negocioId}/empleados/${empleado.id}`
  const hacer = async (camino: string, metodo: 'POST' | 'DELETE' = 'POST') => {
    const r = await sesion.pedir(`${base}${camino}`, { metodo })
    setFalla(r.ok ? null : textoDe(r.codigo))
    setConfirmando(null)
    if (r.ok) alCambiar()
  }
  const alternar = (que: 'baja' | 'borrar') => setConfirmando(confirmando === que ? null : que)
  return (
    <section className="card ec" aria-label={empleado.nombre} aria-current={abierta ? 'true' : undefined}>
      <Cabeza empleado={empleado} />
      <Datos empleado={empleado} sucursal={negocio.sucursales.find((s) => s.id === empleado.sucursalId)?.nombre ?? ts.todas} />
      <Acceso empleado={empleado} />
      {empleado.activo ? (
        <div className="row wrap ec-acciones">
          <button type="button" className="btn s" onClick={() => alAbrir('permisos')}>
            {t.permisos}
          </button>
          <button type="button" className="btn s g" onClick={() => alAbrir('datos')}>
            {t.editar}
          </button>
          <button type="button" className="btn s g" onClick={() => alAbrir('pin')}>
            {t.pinNuevo}
          </button>
          <button type="button" className="btn s g" aria-expanded={confirmando === 'baja'} onClick={() => alternar('baja')}>
            {t.desactivar}
          </button>
        </div>
      ) : (
        <div className="row wrap ec-acciones">
          <button type="button" className="btn s" onClick={() => void hacer('/reactivar')}>
            {t.reactivar}
          </button>
          <button type="button" className="btn s g" onClick={() => alAbrir('actividad')}>
            {t.actividad}
          </button>
          <button type="button" className="btn s d" aria-expanded={confirmando === 'borrar'} onClick={() => alternar('borrar')}>
            {t.borrar}
          </button>
        </div>
      )}
      {confirmando === 'baja' && (
        <div className="studio-confirmar">
          <p>{ts.desactivarTexto(empleado.nombre)}</p>
          <button type="button" className="btn d" onClick={() => void hacer('/baja')}>
            {ts.confirmarDesactivar}
          </button>
        </div>
      )}
      {confirmando === 'borrar' && (
        <div className="studio-confirmar">
          <p>{t.borrarTexto(empleado.nombre)}</p>
          <button type="button" className="btn d" onClick={() => void hacer('', 'DELETE')}>
            {t.confirmarBorrar}
          </button>
        </div>
      )}
      <FallaDeForma falla={falla === null ? null : { campo: null, texto: falla }} campos={[]} />
    </section>
  )
}

function Cabeza({ empleado }: { empleado: FichaDeEmpleado }) {
  return (
    <div className="row g12">
      <span className="av m" aria-hidden="true">
        {iniciales(empleado.nombre)}
      </span>
      <div className="sp ec-quien">
        <h2 className="tr">{empleado.nombre}</h2>
        <p className="mut sm tr">{[empleado.puesto, `@${empleado.nick}`].filter(Boolean).join(', ')}</p>
      </div>
      <span className={empleado.activo ? 'tag ok' : 'tag out'}>
        {empleado.activo ? <CircleCheck className="i" aria-hidden="true" /> : <CircleOff className="i" aria-hidden="true" />}
        {empleado.activo ? ts.activo : ts.inactivo}
      </span>
    </div>
  )
}

function Datos({ empleado, sucursal }: { empleado: FichaDeEmpleado; sucursal: string }) {
  return (
    <dl className="dl">
      <dt>{ts.sucursal}</dt>
      <dd>{empleado.todasLasSucursales ? ts.todas : sucursal}</dd>
      <dt>{t.telefono}</dt>
      <dd>{empleado.telefono ?? <span className="mut">{t.sinTelefono}</span>}</dd>
      <dt>{t.ultimaSesion}</dt>
      <dd>
        {empleado.ultimaSesionAt === null ? <span className="mut">{t.nunca}</span> : diaYHora(empleado.ultimaSesionAt, ZONA)}
        {empleado.ultimoEquipo !== null && <span className="mut">{` · ${empleado.ultimoEquipo}`}</span>}
      </dd>
      <dt>{ts.pin}</dt>
      <dd>{empleado.tienePin ? <span title={ts.conPin}>••••••</span> : ts.sinPin}</dd>
    </dl>
  )
}

/** What they may do in ScanYA, under the name of the template when it is one. */
function Acceso({ empleado: { permisosScanYA } }: { empleado: FichaDeEmpleado }) {
  const permitidas = ACCIONES_SCANYA.filter((accion) => puede(permisosScanYA, accion)).map((accion) => ts[accion])
  const plantilla = plantillaDe(permisosScanYA)
  return (
    <p className="sm ink2 ec-acceso">
      {plantilla && <b>{`${plantilla}: `}</b>}
      {permitidas.join(', ') || t.sinPermisos}
    </p>
  )
}
