/** The shell's addresses, joined. ScanYA and CardYA are entries of their own: a link to them leaves this page. */
import { createRoute, createRouter } from '@tanstack/react-router'
import { vestir } from './lib/vestir.ts'
import { rutaDeAdmin } from './routes/admin-rutas.tsx'
import { raiz } from './routes/arbol.ts'
import { Inicio } from './routes/inicio.tsx'
import { rutaPublica } from './routes/publico-rutas.tsx'
import { rutaDeStudio } from './routes/studio-rutas.tsx'

const inicio = createRoute({ getParentRoute: () => raiz, path: '/', beforeLoad: () => vestir('inicio'), component: Inicio })

export const router = createRouter({
  routeTree: raiz.addChildren([inicio, rutaPublica, rutaDeStudio, rutaDeAdmin]),
  defaultPreload: 'intent',
})

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router
  }
}
