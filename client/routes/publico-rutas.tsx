/** What anybody may open: the page of a negocio by the code its tills say, `/p/pizzeria-roma` (CAT-15); and of a cupón of its own by both codes (CUP-28). */
import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { vestir } from '../lib/vestir.ts'
import { raiz } from './arbol.ts'

export const rutaPublica = createRoute({
  getParentRoute: () => raiz,
  path: '/p/$codigo',
  beforeLoad: () => vestir('publico'),
  component: lazyRouteComponent(() => import('./publico.tsx'), 'Publico'),
})

/** `/p/cupon/pizzeria-roma/PIZZA30`: two negocios may have a cupón of the same code. */
export const rutaDeCuponPublico = createRoute({
  getParentRoute: () => raiz,
  path: '/p/cupon/$negocio/$codigo',
  beforeLoad: () => vestir('publico'),
  component: lazyRouteComponent(() => import('./publico-cupon.tsx'), 'CuponPublico'),
})
