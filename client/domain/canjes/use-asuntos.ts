import { useMemo } from 'react'
import { type Codigo, esCodigo } from '../../../schema/core/codigos.ts'
import { DIA, HORA } from '../../../schema/core/tiempo.ts'
import type { CanjeDoc, VeredictoDoc } from '../../../schema/protocol/documentos.ts'
import { useCaja } from '../../replica/contexto.ts'
import { useColeccion } from '../../replica/use-consulta.ts'
import { canjeDelRenglon } from './entregados.ts'

/** A verdict that a person must see and that is of no sale: a canje above all (R4, R5). */
export interface AsuntoSinVenta {
  hechoId: string
  tipo: string
  motivo: Codigo | null
  /** Of a canje: what was given, and for how many points. */
  canje: Pick<CanjeDoc, 'nombre' | 'puntos'> | null
}

const DE_VENTAS = new Set(['venta', 'reembolso', 'anulacion', 'cambio_monto'])
const NECESITA_PERSONA = ['retenido', 'en_revision', 'huerfano', 'sin_procesar']

/** Of the last day, as the count on the status chip. `ahora`: corrected, ms. */
export function useAsuntosSinVenta(ahora: number): AsuntoSinVenta[] {
  const { replica } = useCaja()
  const desde = Math.max(0, Math.floor((ahora - 2 * DIA) / HORA) * HORA)
  const veredictos = useColeccion<VeredictoDoc>(replica, 'veredictos', { selector: { effAt: { $gte: desde } } })
  const suyos = useMemo(
    () => (veredictos ?? []).filter((v) => v.effAt > ahora - DIA && NECESITA_PERSONA.includes(v.estado) && !DE_VENTAS.has(v.tipo)),
    [veredictos, ahora],
  )
  const ids = useMemo(() => suyos.map(({ id }) => id).sort(), [suyos])
  const renglones = useColeccion<Record<string, unknown>>(replica, 'diario', { selector: { id: { $in: ids } } })
  const canjeIds = useMemo(() => (renglones ?? []).flatMap((r) => canjeDelRenglon(r) ?? []).sort(), [renglones])
  const canjes = useColeccion<CanjeDoc>(replica, 'canjes', { selector: { id: { $in: canjeIds } } })
  return useMemo(() => {
    const porRenglon = new Map((renglones ?? []).map((r) => [String(r.id), canjeDelRenglon(r)]))
    return suyos.map(({ id, hechoId, tipo, motivos }) => {
      const codigo = motivos[0]?.codigo
      const canje = (canjes ?? []).find((c) => c.id === porRenglon.get(id)) ?? null
      return { hechoId, tipo, motivo: codigo && esCodigo(codigo) ? codigo : null, canje }
    })
  }, [suyos, renglones, canjes])
}
