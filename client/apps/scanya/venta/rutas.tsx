import { type AnyRoute, createRoute, Outlet } from '@tanstack/react-router'
import { useEffect, useRef } from 'react'
import { useOcupado } from '../../../ui/aviso-de-version.tsx'
import { perezosa } from '../../../ui/perezosa.tsx'
import type { PANTALLAS } from './pantallas.tsx'
import { olvidarVenta, useHayVentaAbierta } from './venta-en-curso.ts'

const CAMINOS: (keyof typeof PANTALLAS)[] = ['/escanear', '/manual', '/cliente', '/cobrar', '/confirmar', '/registrada/$id', '/cupon']

/** The routes of the sale, to hang below the app's own route. Their file is asked for first of all once the start is drawn: nobody waits for it. */
export function rutasDeVenta(padre: AnyRoute): AnyRoute[] {
  const venta = createRoute({ getParentRoute: () => padre, id: 'venta-en-curso', component: VentaEnCurso })
  const pantallas = CAMINOS.map((path) =>
    createRoute({
      getParentRoute: () => venta,
      path,
      component: perezosa(async () => (await import('./pantallas.tsx')).PANTALLAS[path], { primero: true }),
    }),
  )
  return [venta.addChildren(pantallas)]
}

/**
 * Going elsewhere cancels the open sale: whoever is next never finds its amount or its card. A reload is not going elsewhere,
 * and while a sale is open no new release is offered (design 05 §9).
 */
function VentaEnCurso() {
  useOcupado('venta', useHayVentaAbierta())
  const aqui = useRef(0)
  useEffect(() => {
    const vez = ++aqui.current
    return () => queueMicrotask(() => vez === aqui.current && olvidarVenta())
  }, [])
  return <Outlet />
}
