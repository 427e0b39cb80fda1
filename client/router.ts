/** The shell's addresses, joined. ScanYA and CardYA are entries of their own: a link to them leaves this page. */
import { createRoute, createRouter, redirect } from '@tanstack/react-router'
import { vestir } from './lib/vestir.ts'
import { rutaDeAdmin } from './routes/admin-rutas.tsx'
import { raiz } from './routes/arbol.ts'
import { Inicio } from './routes/inicio.tsx'
import { rutaDeCuponPublico, rutaPublica } from './routes/publico-rutas.tsx'
import { rutaDeStudio } from './routes/studio-rutas.tsx'

const inicio = createRoute({ getParentRoute: () => raiz, path: '/', beforeLoad: () => vestir('inicio'), component: Inicio })

/** What widgets link to as the whole app: without a server to send it on, this page is it. */
const app = createRoute({
  getParentRoute: () => raiz,
  path: '/app',
  beforeLoad: () => {
    throw redirect({ to: '/', replace: true })
  },
})
const dentroDeApp = createRoute({
  getParentRoute: () => raiz,
  path: '/app/$',
  beforeLoad: ({ params }) => {
    throw redirect({ to: `/${params._splat ?? ''}` as '/', replace: true })
  },
})

export const router = createRouter({
  routeTree: raiz.addChildren([inicio, app, dentroDeApp, rutaPublica, rutaDeCuponPublico, rutaDeStudio, rutaDeAdmin]),
  defaultPreload: 'intent',
})

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router
  }
}
