/** A canje with what is shown beside it. */
import { CODIGOS_DE_CANJE, codigoDeCanje } from '../../../schema/domain/canjes/codigo.ts'
import type { Nivel } from '../../../schema/domain/configuracion/configuracion.ts'
import type { Canje } from '../../../schema/domain/hechos/libro.ts'
import type { CanjeEnMostrador, MiCanje } from '../../../schema/protocol/canjes.ts'
import type { Tx } from '../../db/db.ts'
import { columnasDeCanje } from '../../sync/leer-mostrador.sql.ts'
import { pesos } from '../transacciones/consultar.ts'

export type FilaDeCanje = Canje & { negocioNombre: string; alias: string; nivel: Nivel; lugares: string[] | null }

/** `lugares`: where its recompensa is given today; null: it is gone. */
export async function leerCanje(sql: Tx, negocioId: string, id: string): Promise<FilaDeCanje | undefined> {
  const [fila] = await sql<FilaDeCanje[]>`
    select c.*, n.nombre as negocio_nombre, x.alias, x.nivel_ultima_visita as nivel, r.sucursales as lugares
    from (select negocio_id, ${columnasDeCanje(sql)} from canjes where negocio_id = ${negocioId} and id = ${id}) c
    join negocios n on n.negocio_id = c.negocio_id
    join clientes x on x.negocio_id = c.negocio_id and x.usuario_id = c.usuario_id
    left join recompensas r on r.negocio_id = c.negocio_id and r.id = c.recompensa_id`
  return fila
}

const codigoDe = ({ numero }: Canje): string => codigoDeCanje(numero % CODIGOS_DE_CANJE)

export function comoMiCanje(negocioId: string, c: FilaDeCanje): MiCanje {
  const { id: canjeId, negocioNombre, qr, nombre, puntos, sucursalId, venceAt, estado, apartado, creadoAt, cerradoAt } = c
  const suyo = { qr, nombre, puntos, sucursalId, venceAt, estado, apartado, creadoAt, cerradoAt }
  return { canjeId, negocioId, negocioNombre, codigo: codigoDe(c), ...suyo }
}

/** `ahora`: server ms. */
export function comoEnMostrador(c: FilaDeCanje, ahora: number): CanjeEnMostrador {
  const { id: canjeId, estado, puntos, sucursalId, venceAt, usuarioId: clienteId, recompensaId, valorCentavos } = c
  return {
    ...{ canjeId, codigo: codigoDe(c), estado, puntos, sucursalId, venceAt },
    cliente: { clienteId, nombre: c.alias, nivel: c.nivel },
    recompensa: { id: recompensaId, nombre: c.nombre, valor: pesos(valorCentavos) },
    restanteMs: estado === 'pendiente' ? Math.max(0, venceAt - ahora) : 0,
    entregadoAt: estado === 'confirmado' ? c.cerradoAt : null,
  }
}

/** How a hecho of the server's chain was received: null while it is not judged. */
export async function fueProcesado(sql: Tx, negocioId: string, hechoId: string): Promise<boolean | null> {
  const [fila] = await sql<{ estado: string }[]>`
    select estado from hechos_recibidos where negocio_id = ${negocioId} and hecho_id = ${hechoId} limit 1`
  return !fila || fila.estado === 'recibido' || fila.estado === 'en_espera' ? null : fila.estado !== 'sin_procesar'
}
