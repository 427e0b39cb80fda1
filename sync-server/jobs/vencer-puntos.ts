/**
 * PTS-24 (decision 0040). Points whose month is over go (`puntos.expirados`, a hecho of the server), and shoppers hear of it a week before.
 *
 * Who is due is read in pages by (month, negocio, shopper), each one once a run: what fails is logged, does not keep the next ones waiting, and is due again in the next run.
 */
import { DIA } from '../../schema/core/tiempo.ts'
import type { PuntosExpirados } from '../../schema/domain/hechos/tipos.ts'
import { ultimoDiaDe, ultimoMesVencido } from '../../schema/domain/puntos/lotes.ts'
import type { Deps } from '../context.ts'
import { notificar } from '../domain/notificaciones/notificar.ts'
import { esPasajero } from '../sync/judge.ts'
import { asentarHechosDelServidor, HECHOS_POR_LOTE } from '../sync/server-chain.ts'

/** How long before its end a shopper hears of a month. */
export const AVISO_DE_VENCIMIENTO_MS = 7 * DIA

/** Points of a shopper whose first month ends. */
interface Fila {
  mes: number
  negocioId: string
  usuarioId: string
  puntos: number
  negocioNombre: string
}
type Lugar = Pick<Fila, 'mes' | 'negocioId' | 'usuarioId'>
const UUID_CERO = '00000000-0000-0000-0000-000000000000'

/** Expires what is due. Gives how many hechos were written: at most one for a shopper and month, however many nodes and runs see it. */
export async function vencerPuntos(deps: Deps, porTanda = HECHOS_POR_LOTE): Promise<number> {
  const hasta = ultimoMesVencido(deps.now())
  let escritos = 0
  await recorrer(deps, { desde: 0, hasta, avisados: true }, porTanda, async (filas) => {
    for (const [negocioId, suyas] of porNegocio(filas)) escritos += await expirarEn(deps, negocioId, suyas, hasta)
  })
  return escritos
}

async function expirarEn(deps: Deps, negocioId: string, filas: readonly Fila[], hasta: number): Promise<number> {
  const hechos = filas.map(({ usuarioId }) => ({
    tipo: 'puntos.expirados' as const,
    datos: { usuarioId, hasta } satisfies PuntosExpirados,
  }))
  try {
    return await asentarHechosDelServidor(deps, negocioId, hechos)
  } catch (err) {
    if (esPasajero(err)) throw err
    deps.log.error({ err, negocioId }, 'points of a negocio could not be expired')
    return 0
  }
}

/** Tells who has points of the month that ends within a week, once for a negocio and month. Gives how many notices were new. */
export async function avisarDePuntos(deps: Deps, porTanda = HECHOS_POR_LOTE): Promise<number> {
  const ahora = deps.now()
  const meses = { desde: ultimoMesVencido(ahora) + 1, hasta: ultimoMesVencido(ahora + AVISO_DE_VENCIMIENTO_MS), avisados: false }
  let nuevos = 0
  await recorrer(deps, meses, porTanda, async (filas) => {
    for (const fila of filas) nuevos += await avisar(deps, fila)
  })
  return nuevos
}

async function avisar(deps: Deps, { mes, negocioId, usuarioId, puntos, negocioNombre }: Fila): Promise<number> {
  const aviso = {
    tipo: 'puntos_por_vencer' as const,
    clave: `${negocioId}:${mes}`,
    negocioId,
    negocioNombre,
    puntos,
    venceAt: ultimoDiaDe(mes),
  }
  try {
    const nuevo = await notificar(deps, usuarioId, aviso)
    // Noted once it was told: cut in between, it is told again under the same name, which changes nothing.
    await deps.db.plataforma(
      (sql) => sql`update puntos_por_negocio set aviso_de_mes = ${mes} where negocio_id = ${negocioId} and usuario_id = ${usuarioId}`,
    )
    return nuevo ? 1 : 0
  } catch (err) {
    if (esPasajero(err)) throw err
    deps.log.error({ err, usuarioId }, 'a client could not be told of points that end soon')
    return 0
  }
}

/** `avisados`: also those who were told of that month. */
interface Meses {
  desde: number
  hasta: number
  avisados: boolean
}

/** Every balance whose first month is one of these, a page at a time. */
async function recorrer(deps: Deps, meses: Meses, porTanda: number, hacer: (filas: Fila[]) => Promise<void>): Promise<void> {
  let tras: Lugar | undefined = { mes: meses.desde, negocioId: UUID_CERO, usuarioId: UUID_CERO }
  while (tras) {
    const filas: Fila[] = await leer(deps, tras, meses, porTanda)
    if (filas.length > 0) await hacer(filas)
    tras = filas.length === porTanda ? filas.at(-1) : undefined
  }
}

const leer = (deps: Deps, tras: Lugar, { hasta, avisados }: Meses, limite: number): Promise<Fila[]> =>
  deps.db.plataforma(
    (sql) => sql<Fila[]>`
      select (p.por_vencer -> 0 ->> 'mes')::int as mes, p.negocio_id, p.usuario_id, (p.por_vencer -> 0 ->> 'puntos')::bigint as puntos, n.nombre as negocio_nombre
      from puntos_por_negocio p join negocios n on n.negocio_id = p.negocio_id
      where p.por_vencer is not null and (p.por_vencer -> 0 ->> 'mes')::int <= ${hasta}
        and ((p.por_vencer -> 0 ->> 'mes')::int, p.negocio_id, p.usuario_id) > (${tras.mes}::int, ${tras.negocioId}::uuid, ${tras.usuarioId}::uuid)
        and (${avisados} or p.aviso_de_mes is distinct from (p.por_vencer -> 0 ->> 'mes')::int)
      order by 1, 2, 3 limit ${limite}`,
  )

function porNegocio(filas: readonly Fila[]): Map<string, Fila[]> {
  const grupos = new Map<string, Fila[]>()
  for (const fila of filas) grupos.set(fila.negocioId, [...(grupos.get(fila.negocioId) ?? []), fila])
  return grupos
}
