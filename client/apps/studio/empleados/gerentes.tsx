import { type FormEvent, useCallback, useId, useState } from 'react'
import { type PermisosScanYA, SUPERVISOR } from '../../../../schema/domain/empleados/permisos.ts'
import { useLectura } from '../../../domain/cuentas/use-sesion.ts'
import { textoDe } from '../../../lib/i18n.ts'
import { type Falla, FallaDeForma } from '../campo.tsx'
import { deLaSucursal } from '../de-la-sucursal.ts'
import { SinDatos } from '../sin-datos.tsx'
import type { DeSeccion } from '../studio.tsx'
import { iniciales } from './ficha.ts'
import { GruposDePermisos } from './grupos-de-permisos.tsx'
import { t } from './textos.ts'

interface FichaDeGerente {
  usuarioId: string
  nombre: string
  sucursalId: string | null
  /** Null: everything. */
  permisosScanYA: PermisosScanYA | null
}

const CADA_MS = 60_000

/** SCAN-05. Who runs a sucursal with an account, and what each may do at its till. A dueño's screen. */
export function Gerentes(de: DeSeccion) {
  const { sesion, negocio, sucursalId } = de
  const leer = useCallback(() => sesion.pedir<FichaDeGerente[]>(`/api/negocios/${negocio.negocioId}/gerentes`), [sesion, negocio.negocioId])
  const { valor, falla } = useLectura(leer, CADA_MS)
  const gerentes = deLaSucursal(valor ?? [], sucursalId)
  return (
    <section className="card em-equipo em-gerentes" aria-labelledby="gerentes">
      <h2 id="gerentes">{t.gerentes}</h2>
      <p className="sm mut">{t.gerentesTexto}</p>
      {!valor && <SinDatos falla={falla} />}
      {valor && gerentes.length === 0 && <p className="state">{t.ningunGerente}</p>}
      {gerentes.map((gerente) => (
        <Gerente key={gerente.usuarioId} {...de} gerente={gerente} />
      ))}
    </section>
  )
}

function Gerente({ sesion, negocio, gerente }: DeSeccion & { gerente: FichaDeGerente }) {
  const { usuarioId, nombre, sucursalId } = gerente
  const id = useId()
  const [permisos, setPermisos] = useState(gerente.permisosScanYA)
  const [falla, setFalla] = useState<Falla | null>(null)
  const [dicho, setDicho] = useState('')
  const cambiar = (otros: PermisosScanYA | null) => {
    setPermisos(otros)
    setDicho('')
  }
  const guardar = async (e: FormEvent) => {
    e.preventDefault()
    const ruta = `/api/negocios/${negocio.negocioId}/gerentes/${usuarioId}`
    const r = await sesion.pedir(ruta, { metodo: 'PATCH', cuerpo: { permisosScanYA: permisos } })
    setFalla(r.ok ? null : { campo: null, texto: textoDe(r.codigo) })
    setDicho(r.ok ? t.permisosDeGerente(nombre) : '')
  }
  return (
    <form className="em-parte" aria-label={nombre} data-gerente={usuarioId} onSubmit={(e) => void guardar(e)}>
      <div className="row g12">
        <span className="av m" aria-hidden="true">
          {iniciales(nombre)}
        </span>
        <div className="sp ec-quien">
          <h3 className="tr">{nombre}</h3>
          <p className="sm mut tr">{negocio.sucursales.find((s) => s.id === sucursalId)?.nombre ?? t.todasLasSucursales}</p>
        </div>
      </div>
      <div className="em-permiso">
        <span id={id} className="sp">
          {t.puedeTodo}
        </span>
        <button
          type="button"
          className="sw"
          role="switch"
          aria-checked={permisos === null}
          aria-labelledby={id}
          onClick={() => cambiar(permisos === null ? SUPERVISOR : null)}
        />
      </div>
      {permisos && <GruposDePermisos permisos={permisos} alCambiar={cambiar} />}
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
