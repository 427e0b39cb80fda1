/** Addresses of the Panel. */
import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { vestir } from '../lib/vestir.ts'
import { conDemo, raiz } from './arbol.ts'

export const rutaDeAdmin = createRoute({
  getParentRoute: () => raiz,
  path: '/admin',
  validateSearch: conDemo,
  beforeLoad: () => vestir('panel'),
  component: lazyRouteComponent(() => import('./admin.tsx'), 'Admin'),
})
