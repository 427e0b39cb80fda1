/**
 * Sends cupones (CUP-04, 18), in chunks of 500 clients by usuario_id.
 *
 *   read 500 after `ultimo` ─► rows, log, outbox (one transaction of the negocio) ─► one notice each ─► `ultimo` moves on
 *
 * Cut anywhere, the chunk is done again: a row that is there stays, a notice told once is not told again. Two nodes at once do no harm: only one of them moves
 * `ultimo`. A cupón for everybody makes no rows when it goes to all (design 03): its clients are told, and keep it if they want.
 */
import { assert } from '../../schema/core/rechazo.ts'
import { seAgoto } from '../../schema/domain/cupones/cupon.ts'
import type { Deps } from '../context.ts'
import type { Tx } from '../db/db.ts'
import { clientesDe, type Destinatarios } from '../domain/cupones/asignar.ts'
import { darCupon } from '../domain/cupones/dar.sql.ts'
import { type CuponLeido, leerCupon, nombreDelNegocio } from '../domain/cupones/leer.sql.ts'
import { escribirEnNegocio } from '../domain/escribir.ts'
import { claveDeCupon, notificar } from '../domain/notificaciones/notificar.ts'
import { enUuids } from '../sync/filas.sql.ts'
import { esPasajero } from '../sync/judge.ts'
import { aplazadosDe } from './aplazados.ts'

export const CLIENTES_POR_TANDA = 500
/** Before every id. */
export const UUID_CERO = '00000000-0000-0000-0000-000000000000'
const ENVIOS_POR_VUELTA = 50
/** Two random codes met: others are made. */
const INTENTOS = 3

interface Envio {
  negocioId: string
  id: string
  cuponId: string
  destino: Destinatarios['a']
  criterio: object
  ultimo: string | null
  createdAt: number
}

/**
 * Ends every sending that was asked for, `porTanda` clients at a time, `porVuelta` sendings read at once. One that fails does not stop the others. Gives how many
 * clients were done.
 */
export async function asignarCupones(deps: Deps, porTanda = CLIENTES_POR_TANDA, porVuelta = ENVIOS_POR_VUELTA): Promise<number> {
  let hechos = 0
  const aplazados = aplazadosDe(deps, 'sending of cupones')
  for (;;) {
    const pendientes = await leerPendientes(deps, aplazados.sin(), porVuelta)
    if (pendientes.length === 0) return hechos
    for (const envio of pendientes)
      try {
        hechos += await unaTanda(deps, envio, porTanda)
        aplazados.bien(envio.id)
      } catch (err) {
        aplazados.fallo(envio.id, err)
        deps.log.error({ err, negocioId: envio.negocioId, envioId: envio.id }, 'a sending of a cupón stopped; it goes on later')
      }
  }
}

const leerPendientes = (deps: Pick<Deps, 'db'>, sin: readonly string[], limite: number) =>
  deps.db.plataforma(
    (sql) => sql<Envio[]>`
      select negocio_id, id, cupon_id, destino, criterio, ultimo, created_at from cupon_envios
      where estado = 'pendiente' and not id = ${enUuids(sql, sin)} order by created_at limit ${limite}`,
  )

/** The next clients of a sending. Gives how many they were. */
async function unaTanda(deps: Deps, envio: Envio, porTanda: number): Promise<number> {
  const { negocioId, cuponId } = envio
  const leida = await deps.db.negocio(negocioId, async (sql) => ({
    cupon: await leerCupon(sql, negocioId, cuponId),
    negocioNombre: await nombreDelNegocio(sql, negocioId),
    usuarioIds: await siguientes(sql, envio, porTanda),
  }))
  const { cupon, negocioNombre, usuarioIds } = leida
  // Taken back, over or used up meanwhile: nobody else is sent it.
  if (!cupon || cupon.borrado || !cupon.definicion.activo) return terminar(deps, envio)
  if (deps.now() > cupon.definicion.venceAt || seAgoto(cupon.definicion, cupon.usados)) return terminar(deps, envio)
  if (usuarioIds.length === 0) return terminar(deps, envio)
  const conFilas = envio.destino !== 'quienes' && !(cupon.definicion.publico && envio.destino === 'todos')
  if (conFilas) await dar(deps, envio, usuarioIds)
  for (const usuarioId of usuarioIds) await avisarle(deps, envio, { negocioId, negocioNombre, cupon, usuarioId })
  await avanzar(deps, envio, usuarioIds)
  return usuarioIds.length
}

async function siguientes(sql: Tx, envio: Envio, porTanda: number): Promise<string[]> {
  const { negocioId, cuponId, destino, criterio, ultimo, createdAt } = envio
  const destinatarios = { a: destino, ...criterio } as Destinatarios
  const filas = await sql<{ usuarioId: string }[]>`
    select usuario_id from (${clientesDe(sql, negocioId, cuponId, destinatarios, createdAt)}) x
    where ${ultimo}::uuid is null or usuario_id > ${ultimo} order by usuario_id limit ${porTanda}`
  return filas.map((f) => f.usuarioId)
}

async function dar(deps: Deps, { negocioId, id, cuponId }: Envio, usuarioIds: readonly string[]): Promise<void> {
  for (let intento = 1; ; intento++)
    try {
      await escribirEnNegocio(deps, negocioId, async (sql, ahora, contador) => {
        // As it is now: an edit that was told to its holders meanwhile was not told to these.
        const cupon = await leerCupon(sql, negocioId, cuponId)
        assert(cupon, 'a cupón that was sent is not erased')
        const { nuevos, cambios } = await darCupon(deps, sql, contador, cupon, usuarioIds, 'asignado', ahora)
        await sql`update cupon_envios set nuevos = nuevos + ${nuevos.length} where negocio_id = ${negocioId} and id = ${id}`
        return { resultado: undefined, cambios }
      })
      deps.hub.despertarProyector(usuarioIds as string[])
      return
    } catch (error) {
      if ((error as { code?: string }).code !== '23505' || intento === INTENTOS) throw error
    }
}

interface AQuien {
  negocioId: string
  negocioNombre: string
  cupon: CuponLeido
  usuarioId: string
}

/** CUP-18. Whoever was told of this cupón before is told again only when it is sent again to those who hold it. */
async function avisarle(deps: Deps, envio: Envio, { cupon, usuarioId, ...negocio }: AQuien): Promise<void> {
  const { id, titulo: nombre, venceAt } = cupon.definicion
  const suya = claveDeCupon(negocio.negocioId, id)
  const clave = envio.destino === 'quienes' ? `${suya}:${envio.id.slice(-12)}` : suya
  try {
    await notificar(deps, usuarioId, { tipo: 'cupon_nuevo', clave, ...negocio, nombre, venceAt })
  } catch (err) {
    if (esPasajero(err)) throw err
    deps.log.error({ err, usuarioId }, 'a client could not be told of a cupón')
  }
}

const avanzar = (deps: Pick<Deps, 'db'>, { negocioId, id, ultimo }: Envio, usuarioIds: readonly string[]) =>
  deps.db.negocio(
    negocioId,
    (sql) => sql`
      update cupon_envios set ultimo = ${usuarioIds.at(-1) ?? null}, hechos = hechos + ${usuarioIds.length}
      where negocio_id = ${negocioId} and id = ${id} and ultimo is not distinct from ${ultimo}`,
  )

async function terminar(deps: Pick<Deps, 'db' | 'now'>, { negocioId, id }: Envio): Promise<0> {
  await deps.db.negocio(
    negocioId,
    (sql) => sql`
      update cupon_envios set estado = 'terminado', terminado_at = ${new Date(deps.now())} where negocio_id = ${negocioId} and id = ${id}`,
  )
  return 0
}
