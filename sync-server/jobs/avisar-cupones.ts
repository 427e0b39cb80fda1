/**
 * Tells of cupones in time (CUP-19..22): used; three days before the end, the last day, over. Each notice has a name of its own, so whoever was told is not told
 * again, and what was told of is noted only when everybody was: cut anywhere, it is done again. An end is told by day, as the zone of the cupón has it.
 */
import { seAgoto } from '../../schema/domain/cupones/cupon.ts'
import { AVISO_DE_FIN_MS, type EtapaDeFin, etapaDeFin, etapaPorDecir, ULTIMO_DIA_MS } from '../../schema/domain/cupones/fin.ts'
import type { Deps } from '../context.ts'
import { estaVivo } from '../domain/articulos/leer.sql.ts'
import { zonaDondeVale } from '../domain/cupones/zona.sql.ts'
import { claveDeCupon, type NuevoAviso, notificar } from '../domain/notificaciones/notificar.ts'
import { enUuids } from '../sync/filas.sql.ts'
import { esPasajero } from '../sync/judge.ts'
import { CLIENTES_POR_TANDA, UUID_CERO } from './asignar-cupones.ts'

const POR_VUELTA = 100

/** `aTodaHora`: ends are told at night too. Gives how many notices were new. */
export async function avisarDeCupones(deps: Deps, aTodaHora = false): Promise<number> {
  return (await avisarUsos(deps)) + (await avisarFines(deps, aTodaHora))
}

interface Uso {
  negocioId: string
  negocioNombre: string
  cuponId: string
  titulo: string
  usuarioId: string
  /** Sales; the last one names the notice. */
  ventas: string[]
}

/** CUP-21. One notice however many of its uses came in meanwhile; a use that was given back is not told. */
export async function avisarUsos(deps: Deps): Promise<number> {
  let nuevos = 0
  for (;;) {
    const usos = await deps.db.plataforma(
      (sql) => sql<Uso[]>`
        select u.negocio_id, n.nombre as negocio_nombre, u.cupon_id, c.titulo, u.de_usuario as usuario_id,
          jsonb_agg(u.transaccion_id order by u.transaccion_id) as ventas
        from cupon_usos u
        join cupones c on c.negocio_id = u.negocio_id and c.id = u.cupon_id join negocios n on n.negocio_id = u.negocio_id
        where u.estado = 'usado' and not u.avisado and u.de_usuario is not null
        group by u.negocio_id, n.nombre, u.cupon_id, c.titulo, u.de_usuario order by u.negocio_id, u.cupon_id, u.de_usuario limit ${POR_VUELTA}`,
    )
    for (const { negocioId, negocioNombre, cuponId, titulo: nombre, usuarioId, ventas } of usos) {
      const clave = `${claveDeCupon(negocioId, cuponId)}:${ventas.at(-1)?.slice(-12)}`
      nuevos += await decir(deps, usuarioId, { tipo: 'cupon_usado', clave, negocioId, negocioNombre, nombre })
      await deps.db.plataforma(
        (sql) => sql`update cupon_usos set avisado = true where negocio_id = ${negocioId} and transaccion_id = ${enUuids(sql, ventas)}`,
      )
    }
    if (usos.length < POR_VUELTA) return nuevos
  }
}

interface Fin {
  negocioId: string
  negocioNombre: string
  id: string
  titulo: string
  venceAt: number
  limitePorCliente: number
  limiteTotal: number | null
  /** Of all clients together. */
  usados: number
  /** In force and not deleted; else nobody is told. */
  vale: boolean
  /** IANA. */
  zona: string
}

const AL_FINAL: Record<Exclude<EtapaDeFin, 0>, Pick<NuevoAviso, 'tipo'>> = {
  1: { tipo: 'cupon_por_vencer' },
  2: { tipo: 'cupon_por_vencer' },
  3: { tipo: 'cupon_vencido' },
}

/** Each one once a run: those that wait for the morning do not keep the next ones waiting. */
async function avisarFines(deps: Deps, aTodaHora: boolean): Promise<number> {
  const ahora = deps.now()
  let nuevos = 0
  for (let tras: Lugar | undefined = DEL_PRINCIPIO; tras; ) {
    const fines: Fin[] = await leerFines(deps, ahora, tras)
    for (const fin of fines) {
      const etapa = aTodaHora ? etapaDeFin(fin.venceAt, ahora) : etapaPorDecir(fin.venceAt, ahora, fin.zona)
      if (etapa !== 0) nuevos += await avisarFin(deps, fin, etapa)
    }
    tras = fines.length === POR_VUELTA ? fines.at(-1) : undefined
  }
  return nuevos
}

type Lugar = Pick<Fin, 'venceAt' | 'negocioId' | 'id'>
const DEL_PRINCIPIO: Lugar = { venceAt: 0, negocioId: UUID_CERO, id: UUID_CERO }

/** Those whose stage nobody was told of. */
const leerFines = ({ db }: Pick<Deps, 'db'>, ahora: number, tras: Lugar): Promise<Fin[]> =>
  db.plataforma(
    (sql) => sql<Fin[]>`
      select c.negocio_id, n.nombre as negocio_nombre, c.id, c.titulo, c.vence_at, c.limite_por_cliente, c.limite_total, c.usados,
        c.activo and ${estaVivo(sql)} as vale,
        ${zonaDondeVale(sql, sql`c.negocio_id`, sql`c.sucursales`)} as zona
      from cupones c join negocios n on n.negocio_id = c.negocio_id
      where c.aviso_de_fin < 3 and c.vence_at <= ${ahora + AVISO_DE_FIN_MS} and c.aviso_de_fin < case
          when c.vence_at < ${ahora} then 3 when c.vence_at <= ${ahora + ULTIMO_DIA_MS} then 2 else 1 end
        and (c.vence_at, c.negocio_id, c.id) > (${tras.venceAt}::bigint, ${tras.negocioId}::uuid, ${tras.id}::uuid)
      order by c.vence_at, c.negocio_id, c.id limit ${POR_VUELTA}`,
  )

async function avisarFin(deps: Deps, fin: Fin, etapa: Exclude<EtapaDeFin, 0>): Promise<number> {
  const { negocioId, id, venceAt } = fin
  let nuevos = 0
  for (let despuesDe: string | undefined = fin.vale && !seAgoto(fin, fin.usados) ? UUID_CERO : undefined; despuesDe; ) {
    const usuarioIds = await quienesLoTienen(deps, fin, despuesDe)
    for (const usuarioId of usuarioIds) nuevos += await decir(deps, usuarioId, avisoDe(fin, etapa))
    despuesDe = usuarioIds.length === CLIENTES_POR_TANDA ? usuarioIds.at(-1) : undefined
  }
  await deps.db.plataforma(
    (sql) => sql`update cupones set aviso_de_fin = ${etapa} where negocio_id = ${negocioId} and id = ${id} and vence_at = ${venceAt}`,
  )
  return nuevos
}

/** Its end is in the name: moved to another day, it is told again. */
const avisoDe = ({ negocioId, negocioNombre, id, titulo: nombre, venceAt }: Fin, etapa: Exclude<EtapaDeFin, 0>): NuevoAviso => ({
  ...AL_FINAL[etapa],
  ...{ clave: `${claveDeCupon(negocioId, id)}:${etapa}:${venceAt.toString(36)}`, negocioId, negocioNombre, nombre, venceAt },
})

/** Those who could still use it. */
const quienesLoTienen = ({ db }: Pick<Deps, 'db'>, { negocioId, id, limitePorCliente }: Fin, despuesDe: string): Promise<string[]> =>
  db.negocio(negocioId, async (sql) => {
    const filas = await sql<{ usuarioId: string }[]>`
      select usuario_id from cupon_usuarios
      where negocio_id = ${negocioId} and cupon_id = ${id} and origen <> 'usado' and usados < ${limitePorCliente} and usuario_id > ${despuesDe}
      order by usuario_id limit ${CLIENTES_POR_TANDA}`
    return filas.map((f) => f.usuarioId)
  })

/** 1 when it was new. A shopper whose stream cannot be written does not keep the others from hearing. */
async function decir(deps: Deps, usuarioId: string, aviso: NuevoAviso): Promise<number> {
  try {
    return (await notificar(deps, usuarioId, aviso)) ? 1 : 0
  } catch (err) {
    if (esPasajero(err)) throw err
    deps.log.error({ err, usuarioId }, 'a client could not be told of a cupón')
    return 0
  }
}
