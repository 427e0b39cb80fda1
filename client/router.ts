/** The shell's addresses. ScanYA and CardYA are entries of their own: a link to them leaves this page. */
import { createRootRoute, createRoute, createRouter, lazyRouteComponent, redirect } from '@tanstack/react-router'
import { vestir } from './lib/vestir.ts'
import { Inicio } from './routes/inicio.tsx'
import { NoEsta } from './routes/no-esta.tsx'
import { Raiz } from './routes/raiz.tsx'

/** `?demo=roma`: one-tap entry as an account of the demo world. */
const conDemo = (search: Record<string, unknown>): { demo?: string } =>
  typeof search.demo === 'string' && /^[a-z]{2,20}$/.test(search.demo) ? { demo: search.demo } : {}

const raiz = createRootRoute({ component: Raiz, notFoundComponent: NoEsta })

const inicio = createRoute({ getParentRoute: () => raiz, path: '/', beforeLoad: () => vestir('inicio'), component: Inicio })

const studio = createRoute({
  getParentRoute: () => raiz,
  path: '/business-studio',
  validateSearch: conDemo,
  beforeLoad: () => vestir('studio'),
  component: lazyRouteComponent(() => import('./routes/studio.tsx'), 'Studio'),
})

const SECCIONES = ['hoy', 'cajas', 'empleados']
const seccion = createRoute({
  getParentRoute: () => studio,
  path: '$seccion',
  beforeLoad: ({ params }) => {
    if (!SECCIONES.includes(params.seccion)) throw redirect({ to: '/business-studio' })
  },
})

const admin = createRoute({
  getParentRoute: () => raiz,
  path: '/admin',
  validateSearch: conDemo,
  beforeLoad: () => vestir('panel'),
  component: lazyRouteComponent(() => import('./routes/admin.tsx'), 'Admin'),
})

export const router = createRouter({
  routeTree: raiz.addChildren([inicio, studio.addChildren([seccion]), admin]),
  defaultPreload: 'intent',
})

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router
  }
}
