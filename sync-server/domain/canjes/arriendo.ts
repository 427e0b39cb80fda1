/** The lease of canjes of a sucursal (R5): who has it, who waits for it. Every change is in the log as the `config` of that sucursal's tills. */
import { Rechazo } from '../../../schema/core/rechazo.ts'
import { type Arriendo, alCeder, alPedir, alSaberDe, finDelArriendo, type Tenencia } from '../../../schema/domain/canjes/arriendo.ts'
import type { ArriendoDeCanjes } from '../../../schema/protocol/canjes.ts'
import type { Deps, Sesion } from '../../context.ts'
import { documentoDeArriendo } from '../../sync/documentos.ts'
import { cambioDeConfig, escribirEnNegocio } from '../escribir.ts'
import { guardarArriendo, leerTenencia } from './arriendo.sql.ts'

/** A till of a sucursal. */
export interface CajaDeSucursal {
  negocioId: string
  sucursalId: string
  dispositivoId: string
}

/** The till behind a session, its own or that of an empleado at it. @throws Rechazo SIN_PERMISO: an account, a Studio */
export function cajaDe(sesion: Sesion): CajaDeSucursal {
  const esCaja = sesion.clase === 'empleado' || (sesion.clase === 'dispositivo' && sesion.tipo === 'caja')
  if (!esCaja || sesion.sucursalId === null) throw new Rechazo('SIN_PERMISO')
  const { negocioId, sucursalId, dispositivoId } = sesion
  return { negocioId, sucursalId, dispositivoId }
}

export async function leerArriendo(deps: Pick<Deps, 'db' | 'now'>, caja: CajaDeSucursal): Promise<ArriendoDeCanjes> {
  const { negocioId, sucursalId, dispositivoId } = caja
  const tenencia = await deps.db.negocio(negocioId, (sql) => leerTenencia(sql, negocioId, sucursalId), { soloLectura: true })
  const hora = deps.now()
  if (!tenencia || finDelArriendo(tenencia) <= hora) return { arriendo: null, hora }
  const { equipo, venceAt, pedidoPor } = tenencia
  const esMio = tenencia.dispositivoId === dispositivoId
  return { arriendo: { sucursalId, dispositivoId: tenencia.dispositivoId, equipo, esMio, venceAt, pedidoPor }, hora }
}

/** What changes nothing is no error: whoever asked reads how it is. */
export async function moverArriendo(
  deps: Pick<Deps, 'db' | 'hub' | 'now'>,
  caja: CajaDeSucursal,
  accion: 'pedir' | 'ceder',
): Promise<ArriendoDeCanjes> {
  const decidir = accion === 'pedir' ? alPedir : alCeder
  await escribir(deps, caja, (tenencia, ahora) => decidir(tenencia, caja.dispositivoId, ahora))
  return leerArriendo(deps, caja)
}

/** A till was heard of: it has the lease when nobody has, and keeps its own. Gives whether something changed. */
export const saberDe = (deps: Pick<Deps, 'db' | 'hub' | 'now'>, caja: CajaDeSucursal, subio: boolean): Promise<boolean> =>
  escribir(deps, caja, (tenencia, ahora) => alSaberDe(tenencia, caja.dispositivoId, ahora, subio))

type Decision = (tenencia: Tenencia | null, ahora: number) => Arriendo | null

/** Decided under the negocio's counter, where two tills meet. */
function escribir(deps: Pick<Deps, 'db' | 'hub' | 'now'>, { negocioId, sucursalId }: CajaDeSucursal, decidir: Decision): Promise<boolean> {
  return escribirEnNegocio(deps, negocioId, async (sql) => {
    // The tills compare its end with the hour they were told, not with that of the last receipt.
    const arriendo = decidir(await leerTenencia(sql, negocioId, sucursalId), deps.now())
    if (!arriendo) return { resultado: false, cambios: [] }
    await guardarArriendo(sql, negocioId, sucursalId, arriendo)
    return { resultado: true, cambios: [cambioDeConfig(documentoDeArriendo({ ...quien(arriendo), sucursalId }))] }
  })
}

const quien = ({ dispositivoId, venceAt, pedidoPor }: Arriendo) => ({ dispositivoId, venceAt, pedidoPor })

/** After a session of a till was opened: it has the lease of its sucursal when nobody has. Where nothing is redeemed nobody leases anything. */
export async function alAbrirSesion(deps: Pick<Deps, 'db' | 'hub' | 'now'>, negocioId: string, dispositivoId: string): Promise<void> {
  const [caja] = await deps.db.negocio(
    negocioId,
    (sql) => sql<{ sucursalId: string; falta: boolean }[]>`
      select d.sucursal_id, (a.dispositivo_id is null or least(a.vence_at, h.baja_at) <= ${new Date(deps.now())}) as falta
      from dispositivos d left join arriendos_canje a on a.negocio_id = d.negocio_id and a.sucursal_id = d.sucursal_id
      left join dispositivos h on h.negocio_id = a.negocio_id and h.id = a.dispositivo_id
      where d.negocio_id = ${negocioId} and d.id = ${dispositivoId} and d.tipo = 'caja' and d.sucursal_id is not null
        and exists (select from recompensas r where r.negocio_id = d.negocio_id)`,
    { soloLectura: true },
  )
  if (caja?.falta) await saberDe(deps, { negocioId, sucursalId: caja.sucursalId, dispositivoId }, false)
}
