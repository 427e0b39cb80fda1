/** The Panel's frame: rail, search, how fresh everything is, the platform's clock, who is in. */
import { useLocation } from '@tanstack/react-router'
import { Activity, Building2, GitMerge, LogOut, SlidersHorizontal, TabletSmartphone } from 'lucide-react'
import type { ReactNode } from 'react'
import { Desplegable } from '../../ui/escritorio/desplegable.tsx'
import { type GrupoDeMenu, Marco } from '../../ui/escritorio/marco.tsx'
import { Buscador } from './buscador.tsx'
import { useAhora, usePanel } from './contexto.ts'
import { EtiquetaDeFrescura } from './en-vivo.tsx'
import { conSegundos, lugarDe, ZONA } from './palabras.ts'
import { t } from './textos.ts'

const EN_TABLERO = ['servidor', 'dispositivos', 'conflictos', 'negocios'] as const
const SECCIONES = [...EN_TABLERO, 'configuracion'] as const
type Seccion = (typeof SECCIONES)[number]

export function MarcoDelPanel({ children }: { children: ReactNode }) {
  const { resumen } = usePanel()
  return (
    <Marco
      nombre={t.marca}
      producto={t.panel}
      grupos={gruposCon(resumen.valor?.conAtencion ?? 0)}
      activa={seccionDe(useLocation().pathname)}
      enTablero={EN_TABLERO}
      cabeza={<Cabeza />}
    >
      {children}
    </Marco>
  )
}

const gruposCon = (conAtencion: number): GrupoDeMenu[] => [
  {
    titulo: t.sincronizacion,
    entradas: [
      { id: 'servidor', texto: t.servidor, icono: Activity, a: '/admin', cuenta: conAtencion },
      { id: 'dispositivos', texto: t.dispositivos, corto: t.equipos, icono: TabletSmartphone, a: '/admin/dispositivos' },
      { id: 'conflictos', texto: t.conflictos, icono: GitMerge, a: '/admin/conflictos' },
    ],
  },
  { titulo: t.comercial, entradas: [{ id: 'negocios', texto: t.negocios, icono: Building2, a: '/admin/negocios' }] },
  {
    titulo: t.plataforma,
    entradas: [{ id: 'configuracion', texto: t.configuracion, icono: SlidersHorizontal, a: '/admin/configuracion' }],
  },
]

function seccionDe(camino: string): Seccion {
  const [, , seccion] = camino.split('/')
  return SECCIONES.find((una) => una === seccion) ?? 'servidor'
}

function Cabeza() {
  const { sesion, yo } = usePanel()
  return (
    <>
      <Buscador />
      <span className="sp" />
      <EtiquetaDeFrescura />
      <Reloj />
      <Desplegable
        etiqueta={t.cuenta(yo.correo)}
        clase="panel-cuenta"
        cabeza={<span className="sm mut">{yo.correo}</span>}
        opciones={[{ id: 'salir', texto: t.salir, icono: LogOut, alElegir: () => void sesion.salir() }]}
      >
        <span className="av" aria-hidden="true">
          {iniciales(yo.nombre, yo.apellidos)}
        </span>
      </Desplegable>
    </>
  )
}

const iniciales = (nombre: string, apellidos: string): string => `${nombre.charAt(0)}${apellidos.charAt(0)}`.toUpperCase() || 'SA'

/** The server's clock in the viewer's zone: ages on the page are counted to it. */
function Reloj() {
  const ahora = useAhora()
  return (
    <span className="mut sm nw n panel-reloj">
      {lugarDe(ZONA)}, {conSegundos(ahora)}
    </span>
  )
}
