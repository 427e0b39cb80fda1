import { type AnyRoute, createRoute } from '@tanstack/react-router'
import type { ComponentType } from 'react'
import type { AccionScanYA } from '../../../../schema/domain/empleados/permisos.ts'
import { Cliente } from './cliente.tsx'
import { Cobrar } from './cobrar.tsx'
import { Confirmar } from './confirmar.tsx'
import { Escanear } from './escanear.tsx'
import { Manual } from './manual.tsx'
import { Registrada } from './registrada.tsx'
import { SoloSiPuede } from './solo-si-puede.tsx'

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
export const rutasDeVenta = (padre: AnyRoute): AnyRoute[] =>
  PANTALLAS.map(([path, accion, Pantalla]) =>
    createRoute({
      getParentRoute: () => padre,
      path,
      component: () => (
        <SoloSiPuede accion={accion}>
          <Pantalla />
        </SoloSiPuede>
      ),
    }),
  )
