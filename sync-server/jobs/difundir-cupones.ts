/**
 * An edit of a cupón, or its end by the merchant, reaches whoever holds it (CUP-05). The edit itself only moves `updated_at`; this job tells the streams, 500
 * holders at a time, and notes up to which edit. Cut anywhere it begins again: it says what the cupón is now, so saying it twice changes nothing.
 */

import { etapaDeFin } from '../../schema/domain/cupones/fin.ts'
import type { CuponUsuario } from '../../schema/domain/hechos/libro.ts'
import type { Deps } from '../context.ts'
import { contarEdicion } from '../domain/cupones/dar.sql.ts'
import { leerCupon } from '../domain/cupones/leer.sql.ts'
import { escribirEnNegocio } from '../domain/escribir.ts'
import { enTextos } from '../sync/filas.sql.ts'
import { columnasDeCuponUsuario } from '../sync/leer-mostrador.sql.ts'
import { aplazadosDe } from './aplazados.ts'
import { CLIENTES_POR_TANDA, UUID_CERO } from './asignar-cupones.ts'

const POR_VUELTA = 200

interface Editado {
  negocioId: string
  id: string
  /** `updated_at` as the database writes it: to the microsecond. */
  version: string
}

/** `porVuelta`: read at once. Gives how many cupones were told. One that fails does not stop the others. */
export async function difundirCupones(deps: Deps, porVuelta = POR_VUELTA): Promise<number> {
  let difundidos = 0
  const aplazados = aplazadosDe(deps, 'edits of cupones')
  for (;;) {
    const editados = await leerEditados(deps, aplazados.sin(), porVuelta)
    if (editados.length === 0) return difundidos
    for (const editado of editados)
      try {
        await difundir(deps, editado)
        aplazados.bien(claveDe(editado))
        difundidos++
      } catch (err) {
        aplazados.fallo(claveDe(editado), err)
        deps.log.error(
          { err, negocioId: editado.negocioId, cuponId: editado.id },
          'an edit of a cupón did not reach its clients; it does later',
        )
      }
  }
}

/** Two negocios may have cupones of one id. */
const claveDe = ({ negocioId, id }: Editado): string => `${negocioId}|${id}`

const leerEditados = (deps: Pick<Deps, 'db'>, sin: readonly string[], limite: number) =>
  deps.db.plataforma(
    (sql) => sql<Editado[]>`
      select negocio_id, id, updated_at::text as version from cupones
      where difundido_at is distinct from updated_at and not negocio_id || '|' || id = ${enTextos(sql, sin)} order by updated_at limit ${limite}`,
  )

async function difundir(deps: Deps, { negocioId, id, version }: Editado): Promise<void> {
  for (let despuesDe: string | undefined = UUID_CERO; despuesDe; ) despuesDe = await unaTanda(deps, negocioId, id, despuesDe)
  await deps.db.negocio(negocioId, async (sql) => {
    const cupon = await leerCupon(sql, negocioId, id)
    // Moved to a later day, its end is told again.
    const etapa = cupon ? etapaDeFin(cupon.definicion.venceAt, deps.now()) : 3
    await sql`
      update cupones set difundido_at = updated_at, aviso_de_fin = least(aviso_de_fin, ${etapa}::int)
      where negocio_id = ${negocioId} and id = ${id} and updated_at = ${version}::timestamptz`
  })
}

/** Gives the last of them, or undefined when there are no more. */
async function unaTanda(deps: Deps, negocioId: string, id: string, despuesDe: string): Promise<string | undefined> {
  const usuarioIds = await escribirEnNegocio(deps, negocioId, async (sql, ahora, contador) => {
    const cupon = await leerCupon(sql, negocioId, id)
    const suyos = await sql<CuponUsuario[]>`
      select ${columnasDeCuponUsuario(sql)} from cupon_usuarios where negocio_id = ${negocioId} and cupon_id = ${id} and usuario_id > ${despuesDe}
      order by usuario_id limit ${CLIENTES_POR_TANDA}`
    if (cupon) await contarEdicion(deps, sql, contador, cupon, suyos, ahora)
    return { resultado: suyos.map((s) => s.usuarioId), cambios: [] }
  })
  if (usuarioIds.length > 0) deps.hub.despertarProyector(usuarioIds)
  return usuarioIds.length === CLIENTES_POR_TANDA ? usuarioIds.at(-1) : undefined
}
