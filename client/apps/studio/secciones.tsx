/**
 * The sections of Studio: a line here for each, and its id in SECCIONES, is all a new one needs. What a section has no screen for yet is not in the
 * menu. `conReplica`: it stands on this device's copy and opens with no network; the others read the server.
 */
import {
  Banknote,
  ClipboardCheck,
  Coins,
  Gift,
  GitMerge,
  LayoutDashboard,
  MonitorSmartphone,
  Package,
  TicketPercent,
  UserCog,
} from 'lucide-react'
import { type ComponentType, lazy } from 'react'
import type { GrupoDeMenu } from '../../ui/escritorio/marco.tsx'
import { Hoy } from './hoy.tsx'
import { t } from './marco/textos.ts'
import type { SeccionDeStudio } from './secciones-ids.ts'
import type { DeSeccion } from './studio.tsx'

type Pantalla = { conReplica: false; pantalla: ComponentType<DeSeccion> } | { conReplica: true; pantalla: ComponentType }

export const PANTALLAS: Record<SeccionDeStudio, Pantalla> = {
  hoy: { conReplica: false, pantalla: Hoy },
  catalogo: { conReplica: true, pantalla: lazy(() => import('./catalogo/catalogo.tsx').then((m) => ({ default: m.Catalogo }))) },
  importar: { conReplica: true, pantalla: lazy(() => import('./importar/importar.tsx').then((m) => ({ default: m.Importar }))) },
  cupones: { conReplica: true, pantalla: lazy(() => import('./cupones/cupones.tsx').then((m) => ({ default: m.Cupones }))) },
  recompensas: {
    conReplica: true,
    pantalla: lazy(() => import('./recompensas/recompensas.tsx').then((m) => ({ default: m.Recompensas }))),
  },
  puntos: { conReplica: true, pantalla: lazy(() => import('./puntos/puntos.tsx').then((m) => ({ default: m.Puntos }))) },
  turnos: { conReplica: false, pantalla: lazy(() => import('./turnos/turnos.tsx').then((m) => ({ default: m.Turnos }))) },
  'por-revisar': {
    conReplica: true,
    pantalla: lazy(() => import('./por-revisar/por-revisar.tsx').then((m) => ({ default: m.PorRevisar }))),
  },
  conflictos: { conReplica: true, pantalla: lazy(() => import('./conflictos/conflictos.tsx').then((m) => ({ default: m.Conflictos }))) },
  empleados: { conReplica: false, pantalla: lazy(() => import('./empleados/empleados.tsx').then((m) => ({ default: m.Empleados }))) },
  cajas: { conReplica: false, pantalla: lazy(() => import('./cajas.tsx').then((m) => ({ default: m.Cajas }))) },
}

/** In the tab bar of a phone. */
export const EN_TABLERO = ['hoy', 'catalogo', 'por-revisar', 'conflictos'] as const

const a = (seccion: string) => `/business-studio/${seccion}`

/** The menu, with what waits in each section. */
export function menuDe(cuentas: { porRevisar: number; conflictos: number }): GrupoDeMenu[] {
  const grupos: GrupoDeMenu[] = [
    { titulo: null, entradas: [{ id: 'hoy', texto: t.hoy, icono: LayoutDashboard, a: a('hoy') }] },
    {
      titulo: t.mostrador,
      entradas: [
        {
          id: 'por-revisar',
          texto: t.porRevisar,
          corto: t.revisar,
          icono: ClipboardCheck,
          a: a('por-revisar'),
          cuenta: cuentas.porRevisar,
        },
        { id: 'turnos', texto: t.turnos, icono: Banknote, a: a('turnos') },
      ],
    },
    {
      titulo: t.vender,
      entradas: [
        { id: 'catalogo', texto: t.catalogo, icono: Package, a: a('catalogo') },
        { id: 'cupones', texto: t.cupones, icono: TicketPercent, a: a('cupones') },
        { id: 'recompensas', texto: t.recompensas, icono: Gift, a: a('recompensas') },
        { id: 'puntos', texto: t.seccionPuntos, icono: Coins, a: a('puntos') },
      ],
    },
    {
      titulo: t.negocio,
      entradas: [
        { id: 'empleados', texto: t.empleados, icono: UserCog, a: a('empleados') },
        { id: 'cajas', texto: t.cajas, icono: MonitorSmartphone, a: a('cajas') },
        { id: 'conflictos', texto: t.conflictos, icono: GitMerge, a: a('conflictos'), cuenta: cuentas.conflictos },
      ],
    },
  ]
  return grupos
    .map((grupo) => ({ ...grupo, entradas: grupo.entradas.filter((entrada) => entrada.id in PANTALLAS) }))
    .filter((grupo) => grupo.entradas.length > 0)
}
