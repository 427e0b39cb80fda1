/** The merchant's first room: today, tills, employees (EMP-01, 06, 19; PWA-14). It reads the server; the replica of Studio comes with the catalogue. */
import { Link } from '@tanstack/react-router'
import { LayoutDashboard, LogOut, MonitorSmartphone, UserCog } from 'lucide-react'
import { PuertaDeSesion } from '../../domain/cuentas/puerta-de-sesion.tsx'
import type { SesionDeCuenta, Yo } from '../../domain/cuentas/sesion.ts'
import { useCredenciales } from '../../domain/demo/use-credenciales.ts'
import { Cajas } from './cajas.tsx'
import { Empleados } from './empleados.tsx'
import { Hoy } from './hoy.tsx'
import { t } from './textos.ts'
import './studio.css'

export type SeccionDeStudio = 'hoy' | 'cajas' | 'empleados'
export type NegocioDeYo = Yo['negocios'][number]

/** What every section of a negocio gets. */
export interface DeSeccion {
  sesion: SesionDeCuenta
  negocio: NegocioDeYo
}

const SECCIONES = [
  { id: 'hoy', icono: LayoutDashboard },
  { id: 'cajas', icono: MonitorSmartphone },
  { id: 'empleados', icono: UserCog },
] as const

interface Props {
  /** One-tap account of the demo world. */
  demo: string | null
  seccion: SeccionDeStudio
  alEntrar: () => void
}

export function StudioPantalla({ demo, seccion, alEntrar }: Props) {
  const credenciales = useCredenciales(demo)
  return (
    <PuertaDeSesion app="tienda" titulo={t.entrarTitulo} explicacion={t.entrarTexto} credenciales={credenciales} alEntrar={alEntrar}>
      {(sesion, yo) => <Dentro sesion={sesion} yo={yo} seccion={seccion} />}
    </PuertaDeSesion>
  )
}

function Dentro({ sesion, yo, seccion }: { sesion: SesionDeCuenta; yo: Yo; seccion: SeccionDeStudio }) {
  const negocio = yo.negocios[0]
  return (
    <div className="app">
      <a className="skip" href="#contenido">
        {t.saltar}
      </a>
      <nav className="rail" aria-label={t.secciones}>
        <div className="brand">
          <span className="logo" aria-hidden="true">
            {'Ya'}
          </span>
          <div>
            <b>{negocio?.nombre ?? t.studio}</b>
            <small>{t.studio}</small>
          </div>
        </div>
        <Secciones activa={seccion} />
      </nav>
      <div className="main">
        <header className="top">
          <span className="studio-donde">{negocio ? dondeTrabaja(negocio) : ''}</span>
          <span className="sp" />
          <span className="studio-quien">{`${yo.nombre} ${yo.apellidos}`.trim()}</span>
          <button type="button" className="btn g" onClick={() => void sesion.salir()}>
            <LogOut className="i" aria-hidden="true" />
            {t.salir}
          </button>
        </header>
        <main className="page" id="contenido">
          {negocio ? <Seccion sesion={sesion} negocio={negocio} seccion={seccion} /> : <SinNegocio />}
        </main>
      </div>
      <nav className="tabbar" aria-label={t.secciones}>
        <Secciones activa={seccion} />
      </nav>
    </div>
  )
}

function Secciones({ activa }: { activa: SeccionDeStudio }) {
  return SECCIONES.map(({ id, icono: Icono }) => (
    <Link key={id} to="/business-studio/$seccion" params={{ seccion: id }} aria-current={id === activa ? 'page' : undefined}>
      <Icono className="i" aria-hidden="true" />
      <span>{t[id]}</span>
    </Link>
  ))
}

function Seccion({ seccion, ...resto }: DeSeccion & { seccion: SeccionDeStudio }) {
  if (seccion === 'cajas') return <Cajas {...resto} />
  if (seccion === 'empleados') return <Empleados {...resto} />
  return <Hoy {...resto} />
}

/** A gerente sees one sucursal; the server gives no other. */
function dondeTrabaja(negocio: NegocioDeYo): string {
  const suya = negocio.sucursales.find((s) => s.id === negocio.sucursalId)
  return suya ? t.soloSucursal(suya.nombre) : t.todas
}

function SinNegocio() {
  return (
    <div className="state">
      <h1>{t.sinNegocio}</h1>
      <p>{t.sinNegocioTexto}</p>
    </div>
  )
}
