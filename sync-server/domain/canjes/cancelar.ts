/** `POST /api/cardya/canjes/:id/cancelar` (CARD-36, SCAN-33). The points go back at once where no till could give it with no network, else when R5 says. */
import { Rechazo } from '../../../schema/core/rechazo.ts'
import { enPlazo } from '../../../schema/domain/canjes/canje.ts'
import type { MiCanje } from '../../../schema/protocol/canjes.ts'
import type { Deps } from '../../context.ts'
import { RechazoTemporal } from '../../http/errores.ts'
import { asentarPedido, idDe } from '../../sync/server-chain.ts'
import { vistaHastaDe } from './arriendo.sql.ts'
import { comoMiCanje, type FilaDeCanje, leerCanje } from './leer.sql.ts'

/** Twice is once. @throws Rechazo NO_ENCONTRADO (also another's), CANJE_YA_ENTREGADO, CANJE_VENCIDO, HECHO_EN_PROCESO */
export async function cancelarCanje(deps: Deps, usuarioId: string, canjeId: string): Promise<MiCanje> {
  const negocioId = await negocioDelCanje(deps, usuarioId, canjeId)
  const leer = () => deps.db.negocio(negocioId, (sql) => leerCanje(sql, negocioId, canjeId))
  const canje = exigir(await leer(), usuarioId)
  if (canje.estado === 'cancelado') return comoMiCanje(negocioId, canje)
  const vista = await deps.db.negocio(negocioId, (sql) => vistaHastaDe(sql, negocioId, canje))
  // While it could still be given with no network its points stay apart: the sweeper gives them back.
  const hecho = { tipo: 'canje.cancelado', datos: { canjeId, devolver: vista === null } } as const
  const id = await idDe(negocioId, hecho)
  await asentarPedido(deps, negocioId, { ...hecho, id, operador: { tipo: 'usuario', id: usuarioId } }, async (sql) => {
    // Under the negocio's counter: what a till gave a moment ago is seen here.
    const motivo = motivoParaNoCancelar(await leerCanje(sql, negocioId, canjeId), deps.now())
    if (motivo) throw new Rechazo(motivo)
  })
  const cancelado = exigir(await leer(), usuarioId)
  if (cancelado.estado === 'confirmado') throw new Rechazo('CANJE_YA_ENTREGADO')
  // Received and safe, but judging failed for now: a job does it (DI7).
  if (cancelado.estado === 'pendiente') throw new RechazoTemporal('HECHO_EN_PROCESO', 2_000)
  return comoMiCanje(negocioId, cancelado)
}

function motivoParaNoCancelar(
  canje: FilaDeCanje | undefined,
  ahora: number,
): 'NO_ENCONTRADO' | 'CANJE_YA_ENTREGADO' | 'CANJE_VENCIDO' | null {
  if (!canje) return 'NO_ENCONTRADO'
  if (canje.estado === 'confirmado') return 'CANJE_YA_ENTREGADO'
  return canje.estado === 'expirado' || (canje.estado === 'pendiente' && !enPlazo(ahora, canje.venceAt)) ? 'CANJE_VENCIDO' : null
}

function exigir(canje: FilaDeCanje | undefined, usuarioId: string): FilaDeCanje {
  if (canje?.usuarioId !== usuarioId) throw new Rechazo('NO_ENCONTRADO')
  return canje
}

/** Of this shopper's negocios, the one the canje is of. */
async function negocioDelCanje(deps: Pick<Deps, 'db'>, usuarioId: string, canjeId: string): Promise<string> {
  const [fila] = await deps.db.plataforma(
    (sql) => sql<{ negocioId: string }[]>`
      select c.negocio_id from puntos_por_negocio p join canjes c on c.negocio_id = p.negocio_id and c.id = ${canjeId}
      where p.usuario_id = ${usuarioId} and c.usuario_id = ${usuarioId}`,
    { soloLectura: true },
  )
  if (!fila) throw new Rechazo('NO_ENCONTRADO')
  return fila.negocioId
}
