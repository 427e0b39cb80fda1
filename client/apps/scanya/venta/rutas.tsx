import { type AnyRoute, createRoute, Outlet } from '@tanstack/react-router'
import { type ComponentType, useEffect, useRef } from 'react'
import type { AccionScanYA } from '../../../../schema/domain/empleados/permisos.ts'
import { useOcupado } from '../../../ui/aviso-de-version.tsx'
import { Cliente } from './cliente.tsx'
import { Cobrar } from './cobrar.tsx'
import { Confirmar } from './confirmar.tsx'
import { Escanear } from './escanear.tsx'
import { Manual } from './manual.tsx'
import { Registrada } from './registrada.tsx'
import { SoloSiPuede } from './solo-si-puede.tsx'
import { olvidarVenta, useHayVentaAbierta } from './venta-en-curso.ts'

/** SCAN-01: the screens of a sale in their order, each behind the permission it needs (SCAN-60). */
const PANTALLAS: [camino: string, accion: AccionScanYA, Pantalla: ComponentType][] = [
  ['/escanear', 'escanearQR', Escanear],
  ['/manual', 'escanearQR', Manual],
  ['/cliente', 'registrarVentas', Cliente],
  ['/cobrar', 'registrarVentas', Cobrar],
  ['/confirmar', 'registrarVentas', Confirmar],
  ['/registrada/$id', 'registrarVentas', Registrada],
]

/** The routes of the sale, to hang below the app's own route. */
export function rutasDeVenta(padre: AnyRoute): AnyRoute[] {
  const venta = createRoute({ getParentRoute: () => padre, id: 'venta-en-curso', component: VentaEnCurso })
  const pantallas = PANTALLAS.map(([path, accion, Pantalla]) =>
    createRoute({
      getParentRoute: () => venta,
      path,
      component: () => (
        <SoloSiPuede accion={accion}>
          <Pantalla />
        </SoloSiPuede>
      ),
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
