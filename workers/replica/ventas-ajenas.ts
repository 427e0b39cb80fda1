/**
 * Sales that a shift corrects and that are not in the journal of this device: another till's, or older than the journal. The server tells of them, and what it tells
 * may already hold what this shift did to them: that is taken off again, or the drawer would change with each exchange.
 */
import type { Reembolso } from '../../schema/domain/hechos/tipos.ts'
import type { TransaccionDoc, VeredictoDoc } from '../../schema/protocol/documentos.ts'
import { type Almacen, estaBorrada } from './almacen.ts'
import type { Leido } from './diario-de-turnos.ts'
import { leerConPunto } from './punto.ts'
import type { VentaVista } from './resumen-de-turno.ts'

/** By id, as they were before `leidos`; those that were not pulled are missing. */
export async function ventasAjenas(almacen: Almacen, ids: readonly string[], leidos: readonly Leido[]): Promise<Map<string, VentaVista>> {
  const { filas, punto } = await leerConPunto(almacen, 'transacciones', [...ids])
  const suyos = leidos.filter(({ sobre }) => ids.includes((sobre.datos as { transaccionId?: string }).transaccionId ?? ''))
  const contados = await yaContados(almacen, suyos, punto.checkpoint?.seq ?? -1)
  const vistas = new Map<string, VentaVista>()
  for (const id of ids) {
    const fila = filas.get(id)
    if (!fila || estaBorrada(fila)) continue
    const propios = contados.filter(({ sobre }) => (sobre.datos as { transaccionId: string }).transaccionId === id)
    vistas.set(id, vistaDe(fila as unknown as TransaccionDoc, propios))
  }
  return vistas
}

function vistaDe({ montoCentavos, montoOriginalCentavos, metodoPago, reembolsadoCentavos }: TransaccionDoc, propios: Leido[]): VentaVista {
  const cambiada = propios.some(({ sobre }) => sobre.tipo === 'cambio_monto')
  const devueltoAqui = propios.reduce(
    (suma, { sobre }) => suma + (sobre.tipo === 'reembolso' ? (sobre.datos as Reembolso).montoCentavos : 0),
    0,
  )
  return {
    montoCentavos: cambiada ? (montoOriginalCentavos ?? montoCentavos) : montoCentavos,
    devueltoCentavos: Math.max(0, reembolsadoCentavos - devueltoAqui),
    ...{ metodoPago, descuentoCentavos: 0, puntos: 0, conCupon: false, anulada: false },
  }
}

/** Entries of this device that the pulled sales have in them: their verdict came, and the sales were pulled past it. */
async function yaContados(almacen: Almacen, leidos: readonly Leido[], hasta: number): Promise<Leido[]> {
  const veredictos = await almacen.porId(
    'veredictos',
    leidos.map(({ renglon }) => renglon.id),
  )
  return leidos.filter(({ renglon }) => {
    const veredicto = veredictos.get(renglon.id) as unknown as VeredictoDoc | undefined
    return veredicto !== undefined && veredicto.seqStream <= hasta
  })
}
