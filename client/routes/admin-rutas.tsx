/** Addresses of the Panel. Where somebody is in a list is part of its address. */
import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { leerBusqueda } from '../apps/admin/busqueda.ts'
import { vestir } from '../lib/vestir.ts'
import { raiz } from './arbol.ts'

const pantallas = () => import('./admin.tsx')

const admin = createRoute({
  getParentRoute: () => raiz,
  path: '/admin',
  validateSearch: leerBusqueda,
  beforeLoad: () => vestir('panel'),
  component: lazyRouteComponent(pantallas, 'Admin'),
})
const servidor = createRoute({ getParentRoute: () => admin, path: '/', component: lazyRouteComponent(pantallas, 'Servidor') })
const dispositivos = createRoute({
  getParentRoute: () => admin,
  path: 'dispositivos',
  component: lazyRouteComponent(pantallas, 'Dispositivos'),
})
const dispositivo = createRoute({
  getParentRoute: () => admin,
  path: 'dispositivos/$id',
  component: lazyRouteComponent(pantallas, 'Dispositivo'),
})
const conflictos = createRoute({ getParentRoute: () => admin, path: 'conflictos', component: lazyRouteComponent(pantallas, 'Conflictos') })
const conflicto = createRoute({
  getParentRoute: () => admin,
  path: 'conflictos/$id',
  component: lazyRouteComponent(pantallas, 'Conflictos'),
})
const negocios = createRoute({ getParentRoute: () => admin, path: 'negocios', component: lazyRouteComponent(pantallas, 'Negocios') })
const negocio = createRoute({ getParentRoute: () => admin, path: 'negocios/$id', component: lazyRouteComponent(pantallas, 'Negocio') })
const configuracion = createRoute({
  getParentRoute: () => admin,
  path: 'configuracion',
  component: lazyRouteComponent(() => import('./admin-configuracion.tsx'), 'Configuracion'),
})

export const rutaDeAdmin = admin.addChildren([servidor, dispositivos, dispositivo, conflictos, conflicto, negocios, negocio, configuracion])
