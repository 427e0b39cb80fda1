/** A till's pending entries carried by hand (the till cannot connect, or was lost after somebody saved the file). */
import { textoCanonico } from '../../schema/core/canonico.ts'
import { verificarTexto } from '../../schema/core/firma.ts'
import { Rechazo } from '../../schema/core/rechazo.ts'
import { archivoDePendientes, type RespuestaArchivo } from '../../schema/protocol/archivo.ts'
import type { Deps } from '../context.ts'
import { type Equipo, equipoDe } from './lote.ts'
import { recibirDiario } from './receive.ts'

/**
 * Receives each request of the file as if the till had sent it: idempotent, judged, in order. The carrier must be a dueño of the till's negocio, or
 * the gerente of its sucursal.
 * @throws Rechazo DATO_INVALIDO, NO_ENCONTRADO (a till of a negocio in which the carrier is nobody, or none at all), FIRMA_INVALIDA
 */
export async function recibirArchivo(deps: Deps, usuarioId: string, crudo: unknown): Promise<RespuestaArchivo> {
  const leido = archivoDePendientes.safeParse(crudo)
  if (!leido.success) throw new Rechazo('DATO_INVALIDO', leido.error.issues[0]?.path.join('.') || undefined)
  const archivo = leido.data
  const equipo = await equipoDelPortador(deps, usuarioId, archivo.dispositivoId)
  const entero = await verificarTexto(equipo.clave, 'CYA1|pendientes', textoCanonico(archivo.pedidos), archivo.firma)
  if (!entero || archivo.pedidos.some((p) => p.dispositivoId !== equipo.id)) throw new Rechazo('FIRMA_INVALIDA')
  const cadenas = new Map<string, RespuestaArchivo['cadenas'][number]>()
  let nuevos = 0
  for (const pedido of archivo.pedidos) {
    const recibido = await recibirDiario(deps, pedido)
    nuevos += recibido.nuevos
    const { recibidoHasta } = recibido.respuesta
    cadenas.set(pedido.cadenaId, { cadenaId: pedido.cadenaId, recibidoHasta, completa: recibidoHasta >= pedido.cabeza.seq })
  }
  return { nuevos, cadenas: [...cadenas.values()] }
}

async function equipoDelPortador(deps: Deps, usuarioId: string, dispositivoId: string): Promise<Equipo> {
  const equipo = await equipoDe(deps, dispositivoId).catch((error: unknown) => {
    throw error instanceof Rechazo ? new Rechazo('NO_ENCONTRADO') : error
  })
  const { negocioId } = equipo
  const [cuenta] = await deps.db.negocio(
    negocioId,
    (sql) => sql`
      select from negocio_cuentas c join dispositivos d on d.negocio_id = c.negocio_id and d.id = ${dispositivoId}
      where c.negocio_id = ${negocioId} and c.usuario_id = ${usuarioId} and (c.papel = 'dueno' or c.sucursal_id = d.sucursal_id)`,
    { soloLectura: true },
  )
  if (!cuenta) throw new Rechazo('NO_ENCONTRADO')
  return equipo
}
