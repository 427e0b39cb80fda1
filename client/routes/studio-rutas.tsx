/** Addresses of Business Studio. */
import { createRoute, lazyRouteComponent, redirect } from '@tanstack/react-router'
import { esSeccion } from '../apps/studio/secciones-ids.ts'
import { vestir } from '../lib/vestir.ts'
import { conDemo, raiz } from './arbol.ts'

const studio = createRoute({
  getParentRoute: () => raiz,
  path: '/business-studio',
  validateSearch: conDemo,
  beforeLoad: () => vestir('studio'),
  component: lazyRouteComponent(() => import('./studio.tsx'), 'Studio'),
})

/** What a section has open: an artículo's sheet by its id, or `nuevo`; a document of the inbox, a cupón, a recompensa. */
const conAbierto = (search: Record<string, unknown>): { articulo?: string; documento?: string } => ({
  ...(typeof search.articulo === 'string' ? { articulo: search.articulo } : {}),
  ...(typeof search.documento === 'string' ? { documento: search.documento } : {}),
})

const seccion = createRoute({
  getParentRoute: () => studio,
  path: '$seccion',
  validateSearch: conAbierto,
  beforeLoad: ({ params }) => {
    if (!esSeccion(params.seccion)) throw redirect({ to: '/business-studio' })
  },
})

export const rutaDeStudio = studio.addChildren([seccion])
