/** The public page of a negocio, by the code its tills say: `/p/pizzeria-roma` (CAT-15). */
import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { vestir } from '../lib/vestir.ts'
import { raiz } from './arbol.ts'

export const rutaPublica = createRoute({
  getParentRoute: () => raiz,
  path: '/p/$codigo',
  beforeLoad: () => vestir('publico'),
  component: lazyRouteComponent(() => import('./publico.tsx'), 'Publico'),
})
