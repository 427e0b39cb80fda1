/** The pending entries as a file: signed upload requests, exactly as the device would send them, and a signature over the whole. */
import { textoCanonico } from '../../schema/core/canonico.ts'
import { Rechazo } from '../../schema/core/rechazo.ts'
import { type ArchivoDePendientes, PEDIDOS_POR_ARCHIVO } from '../../schema/protocol/archivo.ts'
import type { PedidoDiario } from '../../schema/protocol/diario.ts'
import type { Almacen } from './almacen.ts'
import { leerRecibido } from './cadena.ts'
import { firmarPedido, siguienteDe } from './envio.ts'
import type { Identidad } from './identidad.ts'
import type { Puertos } from './puertos.ts'
import { cadenasPendientes, estaVacio, loteDesde } from './uploader.ts'

/**
 * At most what one file takes; the rest is in the next file, once these arrived.
 * @throws Rechazo REPLICA_SIN_ALTA
 */
export async function exportarPendientes(puertos: Puertos, almacen: Almacen, identidad: Identidad): Promise<string> {
  const alta = identidad.alta()
  if (!alta) throw new Rechazo('REPLICA_SIN_ALTA')
  const pedidos: PedidoDiario[] = []
  for (const cadenaId of await cadenasPendientes(almacen)) {
    let desde = (await leerRecibido(puertos.notas, cadenaId)) + 1
    while (pedidos.length < PEDIDOS_POR_ARCHIVO) {
      const lote = await loteDesde(almacen, cadenaId, desde)
      if (estaVacio(lote)) break
      const enviadoAt = Math.max(0, Math.floor(puertos.reloj.now()))
      const pedido = { dispositivoId: alta.dispositivoId, cadenaId, desde, ...lote, enviadoAt, estado: null }
      pedidos.push(await firmarPedido(pedido, (texto) => identidad.firmar('CYA1|diario', texto)))
      desde = siguienteDe(lote, desde)
    }
  }
  const firma = await identidad.firmar('CYA1|pendientes', textoCanonico(pedidos))
  const archivo: ArchivoDePendientes = { formato: 'anunciaya-pendientes', v: 1, dispositivoId: alta.dispositivoId, pedidos, firma }
  return JSON.stringify(archivo)
}
