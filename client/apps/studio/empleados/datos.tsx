import { type FormEvent, useState } from 'react'
import { textoDe } from '../../../lib/i18n.ts'
import { Campo, Eleccion, errorDe, type Falla, FallaDeForma } from '../campo.tsx'
import type { DeSeccion, NegocioDeYo } from '../studio.tsx'
import { t as ts } from '../textos.ts'
import type { FichaDeEmpleado } from './ficha.ts'
import { t } from './textos.ts'

export const CAMPOS_DE_DATOS = ['nombre', 'nick', 'telefono', 'puesto', 'sucursalId'] as const

/** EMP-06. Name, nick, phone, puesto and where they work: of somebody new, or of somebody there is. */
export function CamposDeDatos({
  negocio,
  sucursalId,
  empleado,
  falla,
}: {
  negocio: NegocioDeYo
  sucursalId: string | null
  empleado?: FichaDeEmpleado
  falla: Falla | null
}) {
  const [todas, setTodas] = useState(empleado ? empleado.todasLasSucursales || empleado.sucursalId === null : false)
  return (
    <>
      <Campo
        rotulo={ts.nombre}
        name="nombre"
        required
        maxLength={200}
        defaultValue={empleado?.nombre}
        autoComplete="off"
        error={errorDe(falla, 'nombre')}
      />
      <Campo
        rotulo={ts.nick}
        name="nick"
        ayuda={ts.nickAyuda}
        required
        defaultValue={empleado?.nick}
        autoCapitalize="none"
        autoComplete="off"
        spellCheck={false}
        error={errorDe(falla, 'nick')}
      />
      <Campo
        rotulo={t.telefono}
        name="telefono"
        type="tel"
        maxLength={30}
        defaultValue={empleado?.telefono ?? ''}
        autoComplete="off"
        error={errorDe(falla, 'telefono')}
      />
      <Campo rotulo={ts.puesto} name="puesto" maxLength={100} defaultValue={empleado?.puesto} error={errorDe(falla, 'puesto')} />
      {!todas && (
        <Eleccion
          key={`${empleado?.id}${sucursalId}`}
          rotulo={ts.sucursal}
          name="sucursalId"
          defaultValue={empleado?.sucursalId ?? sucursalId ?? undefined}
        >
          {negocio.sucursales.map((s) => (
            <option key={s.id} value={s.id}>
              {s.nombre}
            </option>
          ))}
        </Eleccion>
      )}
      {negocio.papel === 'dueno' && negocio.sucursales.length > 1 && (
        <label className="em-todas">
          <input type="checkbox" className="ck" name="todas" checked={todas} onChange={(e) => setTodas(e.currentTarget.checked)} />
          {t.puedeEnTodas}
        </label>
      )}
    </>
  )
}

/** What the fields say, as the server takes it. */
export function datosDe(forma: HTMLFormElement) {
  const datos = new FormData(forma)
  const texto = (campo: string) => String(datos.get(campo) ?? '').trim()
  const todasLasSucursales = datos.get('todas') !== null
  return {
    nombre: texto('nombre'),
    nick: texto('nick').replace(/^@/, ''),
    telefono: texto('telefono') || null,
    puesto: texto('puesto'),
    todasLasSucursales,
    sucursalId: todasLasSucursales ? null : texto('sucursalId') || null,
  }
}

/** EMP-14. The card of somebody who works here, changed. */
export function Datos({
  sesion,
  negocio,
  sucursalId,
  empleado,
  alCambiar,
}: DeSeccion & { empleado: FichaDeEmpleado; alCambiar: () => void }) {
  const [falla, setFalla] = useState<Falla | null>(null)
  const [dicho, setDicho] = useState('')
  const guardar = async (e: FormEvent<HTMLFormElement>) => {
    e.preventDefault()
    const ruta = `/api/negocios/${negocio.negocioId}/empleados/${empleado.id}`
    const r = await sesion.pedir(ruta, { metodo: 'PATCH', cuerpo: datosDe(e.currentTarget) })
    setFalla(r.ok ? null : { campo: r.campo ?? null, texto: textoDe(r.codigo) })
    setDicho(r.ok ? t.datosGuardados : '')
    if (r.ok) alCambiar()
  }
  return (
    <form className="em-parte" onSubmit={(e) => void guardar(e)}>
      <div className="studio-campos">
        <CamposDeDatos negocio={negocio} sucursalId={sucursalId} empleado={empleado} falla={falla} />
      </div>
      <FallaDeForma falla={falla} campos={CAMPOS_DE_DATOS.filter((c) => c !== 'sucursalId')} />
      <div className="row wrap em-pie">
        <span className="sm mut sp">{t.llega}</span>
        <span role="status" className="ok sm">
          {dicho}
        </span>
        <button type="submit" className="btn p">
          {t.guardarCambios}
        </button>
      </div>
    </form>
  )
}
