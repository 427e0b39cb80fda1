/**
 * What time decides: holds that end (retencion.vencida), entries whose sale never arrived (espera.vencida, R14), canjes nobody confirmed (canje.vencido, R5). Each is a
 * hecho of the server.
 */
import type { Deps } from '../context.ts'
import { leerCanjesVencidos } from '../domain/canjes/vencidos.sql.ts'
import { asentarHechosDelServidor, HECHOS_POR_LOTE, type HechoDelServidor } from '../sync/server-chain.ts'

const POR_VUELTA = 1_000

/** Ends what is due. A negocio that fails does not stop the others. Gives how many hechos were written. */
export async function barrerVencidos(deps: Deps): Promise<number> {
  let escritos = 0
  const fallidos = new Set<string>()
  for (;;) {
    const porNegocio = await leerVencidos(deps, fallidos)
    if (porNegocio.size === 0) return escritos
    for (const [negocioId, hechos] of porNegocio) {
      try {
        const nuevos = await asentarHechosDelServidor(deps, negocioId, hechos)
        escritos += nuevos
        // Written before and still due: its judging failed or waits for the pending ones. The next round finds it.
        if (nuevos === 0) fallidos.add(negocioId)
      } catch (err) {
        fallidos.add(negocioId)
        deps.log.error({ err, negocioId }, 'what was due in a negocio could not be ended')
      }
    }
  }
}

interface Vencido {
  negocioId: string
  hecho: HechoDelServidor
}

async function leerVencidos(deps: Deps, sin: ReadonlySet<string>): Promise<Map<string, HechoDelServidor[]>> {
  const ahora = new Date(deps.now())
  const excluidos = JSON.stringify([...sin])
  const vencidos = await deps.db.plataforma(async (sql): Promise<Vencido[]> => {
    const noExcluido = sql`not negocio_id = any(array(select jsonb_array_elements_text(${excluidos}::text::jsonb)::uuid))`
    const retenciones = await sql<{ negocioId: string; transaccionId: string; regla: string }[]>`
      select negocio_id, transaccion_id, regla from retenciones where estado = 'activa' and vence_at <= ${ahora}
        and ${noExcluido}
      order by vence_at, transaccion_id, regla limit ${POR_VUELTA}`
    const esperas = await sql<{ negocioId: string; cadenaId: string; seq: number }[]>`
      select negocio_id, cadena_id, seq from hechos_recibidos where estado = 'en_espera' and espera_vence_at <= ${ahora}
        and ${noExcluido}
      order by espera_vence_at, cadena_id, seq limit ${POR_VUELTA}`
    const canjes = await leerCanjesVencidos(sql, deps.now(), noExcluido)
    return [
      ...retenciones.map(({ negocioId, ...datos }) => ({ negocioId, hecho: { tipo: 'retencion.vencida' as const, datos } })),
      ...esperas.map(({ negocioId, ...datos }) => ({ negocioId, hecho: { tipo: 'espera.vencida' as const, datos } })),
      ...canjes.map(({ negocioId, datos }) => ({ negocioId, hecho: { tipo: 'canje.vencido' as const, datos } })),
    ]
  })
  const porNegocio = new Map<string, HechoDelServidor[]>()
  for (const { negocioId, hecho } of vencidos) {
    const lista = porNegocio.get(negocioId) ?? []
    if (lista.length < HECHOS_POR_LOTE) porNegocio.set(negocioId, [...lista, hecho])
  }
  return porNegocio
}
