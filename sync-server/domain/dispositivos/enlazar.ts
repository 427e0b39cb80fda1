import type { z } from 'zod'
import { uuidv7 } from '../../../schema/core/ids.ts'
import { Rechazo } from '../../../schema/core/rechazo.ts'
import { DIA } from '../../../schema/core/tiempo.ts'
import { trabajaEn } from '../../../schema/domain/empleados/empleado.ts'
import type { pedidoEnlace, respuestaEnlace } from '../../../schema/protocol/dispositivos.ts'
import { huella } from '../../auth/tokens.ts'
import type { Deps } from '../../context.ts'
import type { Tx } from '../../db/db.ts'

/** 128 bits: 22 characters in the fragment of an URL that a person may have to look at (design 04 §1.3). */
const BYTES_DEL_TOKEN = 16
const ENLACE_MS = DIA

/**
 * A one-use link that enrols a device in a sucursal, good for 24 h. The token goes in the fragment, which browsers never send: no log has it. Of an empleado
 * there is one open link at a time: a new one takes the last one back. `deSucursal`: a gerente's, who links for the own people only; null for a dueño.
 * @throws Rechazo NO_ENCONTRADO (the sucursal or the empleado is not of this negocio), DATO_INVALIDO (a till without sucursal; where they do not work)
 */
export async function crearEnlace(
  deps: Pick<Deps, 'db' | 'env' | 'now' | 'azar'>,
  negocioId: string,
  usuarioId: string,
  pedido: z.infer<typeof pedidoEnlace>,
  deSucursal: string | null = null,
): Promise<z.infer<typeof respuestaEnlace>> {
  const { tipo, nombre, sucursalId, empleadoId = null } = pedido
  if (tipo === 'caja' && sucursalId === null) throw new Rechazo('DATO_INVALIDO', 'sucursalId')
  if (tipo === 'studio' && empleadoId !== null) throw new Rechazo('DATO_INVALIDO', 'empleadoId')
  const ahora = deps.now()
  const id = uuidv7(ahora, deps.azar)
  const token = Buffer.from(deps.azar(BYTES_DEL_TOKEN)).toString('base64url')
  const venceAt = ahora + ENLACE_MS
  await deps.db.negocio(negocioId, async (sql) => {
    if (sucursalId !== null) {
      const [existe] = await sql`select 1 from negocio_sucursales where negocio_id = ${negocioId} and id = ${sucursalId} and activa`
      if (!existe) throw new Rechazo('NO_ENCONTRADO', 'sucursalId')
    }
    if (empleadoId !== null && sucursalId !== null) {
      await exigirQueTrabaje(sql, negocioId, empleadoId, sucursalId, deSucursal)
      await retirarEnlaces(sql, negocioId, empleadoId, ahora)
    }
    await sql`insert into enlaces_alta ${sql({
      negocio_id: negocioId,
      id,
      token_hash: huella(token),
      sucursal_id: sucursalId,
      tipo,
      nombre,
      creado_por: usuarioId,
      empleado_id: empleadoId,
      vence_at: new Date(venceAt),
      created_at: new Date(ahora),
    })}`
  })
  const base = tipo === 'caja' ? deps.env.scanyaUrl : deps.env.publicUrl
  return { id, token, url: `${base}/i#${token}`, venceAt }
}

/** PWA-15. Those of an empleado that nobody used open nothing any more, in the transaction of the caller. */
export async function retirarEnlaces(sql: Tx, negocioId: string, empleadoId: string, ahora: number): Promise<void> {
  await sql`update enlaces_alta set cancelado_at = ${new Date(ahora)}
    where negocio_id = ${negocioId} and empleado_id = ${empleadoId} and usado_at is null and cancelado_at is null`
}

async function exigirQueTrabaje(
  sql: Tx,
  negocioId: string,
  empleadoId: string,
  sucursalId: string,
  deSucursal: string | null,
): Promise<void> {
  const [suyo] = await sql<{ sucursalId: string | null; todasLasSucursales: boolean }[]>`
    select sucursal_id, todas_las_sucursales from empleados
    where negocio_id = ${negocioId} and id = ${empleadoId} and activo and borrado_at is null
      and (${deSucursal}::uuid is null or (sucursal_id = ${deSucursal} and not todas_las_sucursales))`
  if (!suyo) throw new Rechazo('NO_ENCONTRADO', 'empleadoId')
  if (!trabajaEn(suyo, sucursalId)) throw new Rechazo('DATO_INVALIDO', 'sucursalId')
}
