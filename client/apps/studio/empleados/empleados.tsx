import { Activity, ShieldCheck, UserPlus } from 'lucide-react'
import { useCallback, useState } from 'react'
import { useLectura } from '../../../domain/cuentas/use-sesion.ts'
import { deLaSucursal } from '../de-la-sucursal.ts'
import { SinDatos } from '../sin-datos.tsx'
import type { DeSeccion } from '../studio.tsx'
import { t as ts } from '../textos.ts'
import { Vigencia } from '../vigencia.tsx'
import { ActividadDelEquipo } from './actividad.tsx'
import { AltaDeEmpleado } from './alta.tsx'
import type { FichaDeEmpleado, Panel } from './ficha.ts'
import { Gerentes } from './gerentes.tsx'
import { PanelDeEmpleado } from './panel.tsx'
import { Tarjeta } from './tarjeta.tsx'
import { t } from './textos.ts'
import './empleados.css'

const CADA_MS = 15_000

type Abierto = { id: string; panel: Panel } | 'alta' | 'equipo' | 'gerentes' | null

/** EMP-01, 02, 06, 10, 14, 16, 19; PWA-14. And what gerentes may do at a till, for the dueño (SCAN-05). */
export function Empleados(de: DeSeccion) {
  const { sesion, negocio, sucursalId } = de
  const base = `/api/negocios/${negocio.negocioId}/empleados`
  const leer = useCallback(() => sesion.pedir<FichaDeEmpleado[]>(base), [sesion, base])
  const { valor, falla, leidoAt, releer } = useLectura(leer, CADA_MS)
  const [abierto, setAbierto] = useState<Abierto>(null)
  const [inactivos, setInactivos] = useState(false)
  const gente = deLaSucursal(valor ?? [], sucursalId)
  const vistos = gente.filter((e) => e.activo !== inactivos)
  const deQuien = abierto !== null && typeof abierto === 'object' ? gente.find((e) => e.id === abierto.id) : undefined
  const cuantos = (activo: boolean) => gente.filter((e) => e.activo === activo).length
  const alternar = (que: 'alta' | 'equipo' | 'gerentes') => setAbierto(abierto === que ? null : que)
  return (
    <>
      <div className="phead">
        <div className="t">
          <h1>{ts.empleados}</h1>
          <p>{ts.empleadosTexto}</p>
        </div>
        <Vigencia falla={falla} leidoAt={leidoAt} />
        {valor && (
          <fieldset className="seg" aria-label={t.estado}>
            <button type="button" aria-pressed={!inactivos} onClick={() => setInactivos(false)}>
              {t.activos} <span className="n mut">{cuantos(true)}</span>
            </button>
            <button type="button" aria-pressed={inactivos} onClick={() => setInactivos(true)}>
              {t.inactivos} <span className="n mut">{cuantos(false)}</span>
            </button>
          </fieldset>
        )}
        {negocio.papel === 'dueno' && (
          <button type="button" className="btn" aria-expanded={abierto === 'gerentes'} onClick={() => alternar('gerentes')}>
            <ShieldCheck className="i" aria-hidden="true" />
            {t.gerentes}
          </button>
        )}
        <button type="button" className="btn" aria-label={t.equipo} aria-expanded={abierto === 'equipo'} onClick={() => alternar('equipo')}>
          <Activity className="i" aria-hidden="true" />
          {t.actividad}
        </button>
        <button type="button" className="btn p" aria-expanded={abierto === 'alta'} onClick={() => alternar('alta')}>
          <UserPlus className="i" aria-hidden="true" />
          {ts.agregar}
        </button>
      </div>
      {abierto === 'alta' && (
        <AltaDeEmpleado
          {...de}
          alCerrar={() => {
            setAbierto(null)
            setInactivos(false)
            releer()
          }}
        />
      )}
      {abierto === 'equipo' && <ActividadDelEquipo {...de} gente={gente} />}
      {abierto === 'gerentes' && <Gerentes {...de} />}
      {!valor && <SinDatos falla={falla} />}
      {valor && vistos.length === 0 && (
        <p className="card state">{inactivos ? t.ningunoInactivo : sucursalId === null ? ts.ningunEmpleado : ts.ningunEmpleadoAqui}</p>
      )}
      <div className={deQuien ? 'em em--panel' : 'em'}>
        <div className="em-gente">
          {vistos.map((empleado) => (
            <Tarjeta
              key={empleado.id}
              {...de}
              empleado={empleado}
              abierta={deQuien?.id === empleado.id}
              alAbrir={(panel) => setAbierto({ id: empleado.id, panel })}
              alCambiar={releer}
            />
          ))}
        </div>
        {deQuien && abierto !== null && typeof abierto === 'object' && (
          <PanelDeEmpleado
            key={deQuien.id}
            {...de}
            empleado={deQuien}
            panel={abierto.panel}
            alElegir={(panel) => setAbierto({ id: deQuien.id, panel })}
            alCambiar={releer}
            alCerrar={() => setAbierto(null)}
          />
        )}
      </div>
    </>
  )
}
