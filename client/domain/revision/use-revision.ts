import { useMemo, useSyncExternalStore } from 'react'
import type { ClienteDoc, TransaccionDoc, VeredictoDoc } from '../../../schema/protocol/documentos.ts'
import { useStudio, useStudioVivo } from '../../replica/studio.ts'
import { useColeccion } from '../../replica/use-consulta.ts'
import { observarPorEscribir, porEscribir } from './por-escribir.ts'
import { type Decidida, decididasDe, porDecidir, type Retenida, retenidaDe, retenidasDe } from './retenidas.ts'

/** Held sales of the sucursal in view as this device knows them, live. Null until its store has answered. */
export function useRetenidas(): { retenidas: Retenida[] | null; negadas: Decidida[] } {
  const { replica, sucursalId } = useStudio()
  const { config, zona } = useStudioVivo()
  const ventas = useColeccion<TransaccionDoc>(replica, 'transacciones', { selector: { retenida: true } })
  const clientes = useClientesDe(ventas)
  const decididas = useDecididas()
  return useMemo(() => {
    const contexto = { clientes, config, decididas, sucursalId, zona }
    return {
      retenidas: ventas ? retenidasDe(ventas, contexto) : null,
      negadas: decididas.filter((d) => d.estado === 'negada' && ventas?.some((v) => v.id === d.transaccionId)),
    }
  }, [ventas, clientes, config, decididas, sucursalId, zona])
}

/** Sales that were held and are not any more, newest first; `si` false asks for nothing. */
export function useYaDecididas(si: boolean): Retenida[] {
  const { replica, sucursalId } = useStudio()
  const { config, zona } = useStudioVivo()
  const selector = si ? { retenida: false, 'retenciones.0': { $exists: true } } : { id: '' }
  const ventas = useColeccion<TransaccionDoc>(replica, 'transacciones', { selector })
  const clientes = useClientesDe(ventas)
  return useMemo(
    () =>
      (ventas ?? [])
        .filter((v) => (v.retenciones?.length ?? 0) > 0 && (sucursalId === null || v.sucursalId === sucursalId))
        .map((v) => retenidaDe(v, { clientes, config, decididas: [], sucursalId, zona }))
        .sort((a, b) => b.venta.effAt - a.venta.effAt),
    [ventas, clientes, config, sucursalId, zona],
  )
}

function useClientesDe(ventas: readonly TransaccionDoc[] | null): ClienteDoc[] {
  const { replica } = useStudio()
  const ids = useMemo(() => [...new Set((ventas ?? []).flatMap((v) => v.clienteId ?? []))].sort(), [ventas])
  return useColeccion<ClienteDoc>(replica, 'clientes', { selector: { id: { $in: ids } } }) ?? []
}

/** What this device said of held points, and what became of it. */
function useDecididas(): Decidida[] {
  const { replica } = useStudio()
  const renglones = useColeccion<Record<string, unknown>>(replica, 'diario', { selector: { tipo: 'ajuste_puntos' } })
  const veredictos = useColeccion<VeredictoDoc>(replica, 'veredictos', { selector: { tipo: 'ajuste_puntos' } })
  return useMemo(() => decididasDe(renglones ?? [], veredictos ?? []), [renglones, veredictos])
}

/** How many held sales wait for a word: what the menu counts. */
export function usePorDecidir(): number {
  const { retenidas } = useRetenidas()
  const enEspera = useSyncExternalStore(observarPorEscribir, porEscribir)
  return porDecidir(retenidas ?? [], enEspera).length
}
