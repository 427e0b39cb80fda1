import { Navigate, useParams } from '@tanstack/react-router'
import type { ComponentType } from 'react'
import type { AccionScanYA } from '../../../schema/domain/empleados/permisos.ts'
import type { Movimiento } from '../../domain/transacciones/movimientos.ts'
import { useMovimiento } from '../../domain/transacciones/use-movimientos.ts'
import { pesos } from '../../lib/formato.ts'
import { usePuede } from '../../replica/contexto.ts'
import { Icono } from '../../ui/iconos.tsx'
import { venta as v } from './textos-de-venta.ts'
import { VentaPantalla } from './venta-detalle.tsx'

/** What corrects the sale of the address, over its paper; who may not do it (SCAN-60) is left at the paper alone. */
export function SobreLaVenta({ accion, hoja: Correccion }: { accion: AccionScanYA; hoja: ComponentType<{ venta: Movimiento }> }) {
  const { id = '' } = useParams({ strict: false }) as { id?: string }
  const venta = useMovimiento(id)
  const puede = usePuede()
  if (venta === null) return null
  if (venta?.tipo !== 'venta' || !puede(accion)) return <Navigate to={`/venta/${id}` as never} replace />
  return (
    <>
      <VentaPantalla />
      <Correccion venta={venta} />
    </>
  )
}

/** Which sale it is, and why the last press did nothing. */
export function CualVenta({ venta }: { venta: Movimiento }) {
  return (
    <p className="soft">
      {venta.conCliente && venta.clienteNombre ? v.ventaDe(venta.folio, venta.clienteNombre) : v.ventaSola(venta.folio)}
      <b className="num tinta">{pesos(venta.montoCentavos)}</b>
    </p>
  )
}

export function LoQueFallo({ error }: { error: string | null }) {
  if (!error) return null
  return (
    <p className="mal" role="alert">
      <Icono de="atencion" /> {error}
    </p>
  )
}
