import type { ComponentType } from 'react'
import type { AccionScanYA } from '../../../../schema/domain/empleados/permisos.ts'
import { Cupon } from '../cupon/cupon.tsx'
import { Cliente } from './cliente.tsx'
import { Cobrar } from './cobrar.tsx'
import { Confirmar } from './confirmar.tsx'
import { Escanear } from './escanear.tsx'
import { Manual } from './manual.tsx'
import { Registrada } from './registrada.tsx'
import { SoloSiPuede } from './solo-si-puede.tsx'

const si = (accion: AccionScanYA, Pantalla: ComponentType) => () => (
  <SoloSiPuede accion={accion}>
    <Pantalla />
  </SoloSiPuede>
)

/** SCAN-01: the screens of a sale in their order, each behind the permission it needs (SCAN-60). One file: who opens the first will open the last. */
export const PANTALLAS = {
  '/escanear': si('escanearQR', Escanear),
  '/manual': si('escanearQR', Manual),
  '/cliente': si('registrarVentas', Cliente),
  '/cobrar': si('registrarVentas', Cobrar),
  '/confirmar': si('registrarVentas', Confirmar),
  '/cupon': si('validarCupones', Cupon),
  '/registrada/$id': si('registrarVentas', Registrada),
}
