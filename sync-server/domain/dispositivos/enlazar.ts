import type { z } from 'zod'
import { Rechazo } from '../../../schema/core/rechazo.ts'
import { DIA } from '../../../schema/core/tiempo.ts'
import type { pedidoEnlace, respuestaEnlace } from '../../../schema/protocol/dispositivos.ts'
import { huella } from '../../auth/tokens.ts'
import type { Deps } from '../../context.ts'

/** 128 bits: 22 characters in the fragment of an URL that a person may have to look at (design 04 §1.3). */
const BYTES_DEL_TOKEN = 16
const ENLACE_MS = DIA

/**
 * A one-use link that enrols a device in a sucursal, good for 24 h. The token goes in the fragment, which browsers never send: no log has it.
 * @throws Rechazo NO_ENCONTRADO (the sucursal is not of this negocio), DATO_INVALIDO (a till without sucursal)
 */
export async function crearEnlace(
  deps: Pick<Deps, 'db' | 'env' | 'now' | 'azar'>,
  negocioId: string,
  usuarioId: string,
  pedido: z.infer<typeof pedidoEnlace>,
): Promise<z.infer<typeof respuestaEnlace>> {
  const { tipo, nombre, sucursalId } = pedido
  if (tipo === 'caja' && sucursalId === null) throw new Rechazo('DATO_INVALIDO', 'sucursalId')
  const ahora = deps.now()
  const token = Buffer.from(deps.azar(BYTES_DEL_TOKEN)).toString('base64url')
  const venceAt = ahora + ENLACE_MS
  await deps.db.negocio(negocioId, async (sql) => {
    if (sucursalId !== null) {
      const [existe] = await sql`select 1 from negocio_sucursales where negocio_id = ${negocioId} and id = ${sucursalId} and activa`
      if (!existe) throw new Rechazo('NO_ENCONTRADO', 'sucursalId')
    }
    await sql`insert into enlaces_alta ${sql({
      negocio_id: negocioId,
      token_hash: huella(token),
      sucursal_id: sucursalId,
      tipo,
      nombre,
      creado_por: usuarioId,
      vence_at: new Date(venceAt),
      created_at: new Date(ahora),
    })}`
  })
  const base = tipo === 'caja' ? deps.env.scanyaUrl : deps.env.publicUrl
  return { token, url: `${base}/i#${token}`, venceAt }
}
