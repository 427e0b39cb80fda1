/** The pending entries as a file: signed upload requests, exactly as the device would send them, and a signature over the whole. */
import { textoCanonico } from '../../schema/core/canonico.ts'
import { Rechazo } from '../../schema/core/rechazo.ts'
import type { PedidoDiario } from '../../schema/protocol/diario.ts'
import type { Almacen } from './almacen.ts'
import { leerRecibido, leerTramo } from './cadena.ts'
import { armarLote, firmarPedido } from './envio.ts'
import type { Identidad } from './identidad.ts'
import type { Puertos } from './puertos.ts'
import { cadenasPendientes } from './uploader.ts'

export interface ArchivoDePendientes {
  formato: 'anunciaya-pendientes'
  v: 1
  dispositivoId: string
  pedidos: PedidoDiario[]
  /** Domain 'CYA1|pendientes', over the canonical text of `pedidos`. */
  firma: string
}

/** @throws Rechazo REPLICA_SIN_ALTA */
export async function exportarPendientes(puertos: Puertos, almacen: Almacen, identidad: Identidad): Promise<string> {
  const alta = identidad.alta()
  if (!alta) throw new Rechazo('REPLICA_SIN_ALTA')
  const pedidos: PedidoDiario[] = []
  for (const cadenaId of await cadenasPendientes(almacen)) {
    let desde = (await leerRecibido(puertos.notas, cadenaId)) + 1
    for (;;) {
      const lote = await armarLote(desde, await leerTramo(almacen, cadenaId, desde))
      if (lote.cuerpos.length === 0) break
      const enviadoAt = Math.max(0, Math.floor(puertos.reloj.now()))
      const pedido = { dispositivoId: alta.dispositivoId, cadenaId, desde, ...lote, enviadoAt, estado: null }
      pedidos.push(await firmarPedido(pedido, (texto) => identidad.firmar('CYA1|diario', texto)))
      desde = lote.cabeza.seq + 1
    }
  }
  const firma = await identidad.firmar('CYA1|pendientes', textoCanonico(pedidos))
  const archivo: ArchivoDePendientes = { formato: 'anunciaya-pendientes', v: 1, dispositivoId: alta.dispositivoId, pedidos, firma }
  return JSON.stringify(archivo)
}
