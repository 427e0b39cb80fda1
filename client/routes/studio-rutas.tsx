/** Addresses of Business Studio. */
import { createRoute, lazyRouteComponent, redirect } from '@tanstack/react-router'
import { vestir } from '../lib/vestir.ts'
import { conDemo, raiz } from './arbol.ts'

const studio = createRoute({
  getParentRoute: () => raiz,
  path: '/business-studio',
  validateSearch: conDemo,
  beforeLoad: () => vestir('studio'),
  component: lazyRouteComponent(() => import('./studio.tsx'), 'Studio'),
})

const SECCIONES = ['hoy', 'cajas', 'empleados']
const seccion = createRoute({
  getParentRoute: () => studio,
  path: '$seccion',
  beforeLoad: ({ params }) => {
    if (!SECCIONES.includes(params.seccion)) throw redirect({ to: '/business-studio' })
  },
})

export const rutaDeStudio = studio.addChildren([seccion])
