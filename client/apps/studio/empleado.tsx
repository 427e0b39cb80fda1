import { CircleCheck, CircleOff } from 'lucide-react'
import { type FormEvent, useState } from 'react'
import { ACCIONES_SCANYA, puede } from '../../../schema/domain/empleados/permisos.ts'
import { textoDe } from '../../lib/i18n.ts'
import { Campo, type Falla, FallaDeForma } from './campo.tsx'
import type { FichaDeEmpleado } from './empleados.tsx'
import { type Enlace, EnlaceDeAlta } from './enlace-de-alta.tsx'
import type { DeSeccion } from './studio.tsx'
import { t } from './textos.ts'

interface Props extends DeSeccion {
  empleado: FichaDeEmpleado
  alCambiar: () => void
}
type Abierto = 'pin' | 'baja' | { enlace: Enlace } | null

/** One person: what they may do, a new PIN, the link that installs the till for them, and the end of it. */
export function Empleado({ sesion, negocio, sucursalId, empleado, alCambiar }: Props) {
  const [abierto, setAbierto] = useState<Abierto>(null)
  const [falla, setFalla] = useState<Falla | null>(null)
  const [dicho, setDicho] = useState('')
  const base = `/api/negocios/${negocio.negocioId}`
  const hacer = async <T,>(ruta: string, cuerpo: unknown, alLograr: (valor: T) => void) => {
    setFalla(null)
    const r = await sesion.pedir<T>(`${base}${ruta}`, cuerpo === null ? { metodo: 'POST' } : { cuerpo })
    if (r.ok) alLograr(r.valor)
    else setFalla({ campo: r.campo ?? null, texto: textoDe(r.codigo) })
  }
  const cambiarPin = (e: FormEvent<HTMLFormElement>) => {
    e.preventDefault()
    const pin = String(new FormData(e.currentTarget).get('pin'))
    void hacer(`/empleados/${empleado.id}/pin`, { pin }, () => {
      setDicho(t.pinGuardado(empleado.nick))
      setAbierto(null)
      alCambiar()
    })
  }
  const instalar = () => {
    const suya = (empleado.todasLasSucursales ? sucursalId : null) ?? empleado.sucursalId ?? sucursalId ?? negocio.sucursales[0]?.id ?? null
    const nombre = `ScanYA ${empleado.nombre}`.slice(0, 60)
    void hacer<Enlace>('/dispositivos/enlaces', { tipo: 'caja', nombre, sucursalId: suya }, (enlace) => setAbierto({ enlace }))
  }
  const desactivar = () =>
    void hacer(`/empleados/${empleado.id}/baja`, null, () => {
      setAbierto(null)
      alCambiar()
    })
  return (
    <section className="card studio-persona" aria-label={empleado.nombre}>
      <Ficha empleado={empleado} sucursal={negocio.sucursales.find((s) => s.id === empleado.sucursalId)?.nombre ?? t.todas} />
      {empleado.activo && (
        <div className="row wrap">
          <button
            type="button"
            className="btn s"
            aria-expanded={abierto === 'pin'}
            onClick={() => setAbierto(abierto === 'pin' ? null : 'pin')}
          >
            {t.pinNuevo}
          </button>
          <button type="button" className="btn s" onClick={instalar}>
            {t.instalar}
          </button>
          <button
            type="button"
            className="btn s d"
            aria-expanded={abierto === 'baja'}
            onClick={() => setAbierto(abierto === 'baja' ? null : 'baja')}
          >
            {t.desactivar}
          </button>
        </div>
      )}
      {abierto === 'pin' && (
        <form className="studio-confirmar" onSubmit={cambiarPin}>
          <Campo
            rotulo={t.pinNuevo}
            name="pin"
            ayuda={t.pinAyuda}
            required
            inputMode="numeric"
            pattern="\d{4,6}"
            maxLength={6}
            autoComplete="off"
            autoFocus
          />
          <button type="submit" className="btn p">
            {t.guardarPin}
          </button>
        </form>
      )}
      {abierto === 'baja' && (
        <div className="studio-confirmar">
          <p>{t.desactivarTexto(empleado.nombre)}</p>
          <button type="button" className="btn d" onClick={desactivar}>
            {t.confirmarDesactivar}
          </button>
        </div>
      )}
      {abierto !== null && typeof abierto === 'object' && (
        <EnlaceDeAlta enlace={abierto.enlace} titulo={t.ligaDe(empleado.nombre)} alCerrar={() => setAbierto(null)} />
      )}
      <FallaDeForma falla={falla} campos={[]} />
      <span role="status" className="ok sm">
        {dicho}
      </span>
    </section>
  )
}

function Ficha({ empleado, sucursal }: { empleado: FichaDeEmpleado; sucursal: string }) {
  const permitidas = ACCIONES_SCANYA.filter((accion) => puede(empleado.permisosScanYA, accion)).map((accion) => t[accion])
  return (
    <>
      <div className="row">
        <span className="av m" aria-hidden="true">
          {iniciales(empleado.nombre)}
        </span>
        <div className="sp">
          <h2>{empleado.nombre}</h2>
          <span className="mut sm">{[empleado.puesto, `@${empleado.nick}`].filter(Boolean).join(', ')}</span>
        </div>
        <span className={empleado.activo ? 'tag ok' : 'tag out'}>
          {empleado.activo ? <CircleCheck className="i" aria-hidden="true" /> : <CircleOff className="i" aria-hidden="true" />}
          {empleado.activo ? t.activo : t.inactivo}
        </span>
      </div>
      <dl className="dl">
        <dt>{t.sucursal}</dt>
        <dd>{empleado.todasLasSucursales ? t.todas : sucursal}</dd>
        <dt>{t.pin}</dt>
        <dd>{empleado.tienePin ? t.conPin : t.sinPin}</dd>
      </dl>
      <p className="sm ink2">{t.permisosDe(permitidas.join(', '))}</p>
    </>
  )
}

const iniciales = (nombre: string) =>
  nombre
    .split(/\s+/)
    .slice(0, 2)
    .map((parte) => parte.charAt(0).toUpperCase())
    .join('')
