/** CUP-02, 04, 05. To whom a cupón is sent. The verb only writes down what was asked: a job does it, client by client (jobs/asignar-cupones.ts). */
import { z } from 'zod'
import { uuidv7 } from '../../../schema/core/ids.ts'
import { Rechazo } from '../../../schema/core/rechazo.ts'
import { DIA } from '../../../schema/core/tiempo.ts'
import { seAgoto } from '../../../schema/domain/cupones/cupon.ts'
import { instante, uuid } from '../../../schema/domain/hechos/sobre.ts'
import { NIVELES } from '../../../schema/domain/niveles/nivel.ts'
import type { Deps } from '../../context.ts'
import type { Tx } from '../../db/db.ts'
import { RechazoTemporal } from '../../http/errores.ts'
import { enUuids } from '../../sync/filas.sql.ts'
import type { Portador } from '../articulos/portador.ts'
import { exigirElMismo, type Repetible, recordar, yaSeHizo } from '../scanya/repetible.ts'
import { leerAlcanzable } from './leer.sql.ts'

export const ELEGIDOS_COMO_MUCHO = 5_000

export const pedidoAsignar = z.discriminatedUnion('a', [
  z.strictObject({ a: z.literal('todos') }),
  /** By the nivel of the last visit here. */
  z.strictObject({ a: z.literal('nivel'), niveles: z.array(z.enum(NIVELES)).min(1).max(3) }),
  z.strictObject({ a: z.literal('elegidos'), clientes: z.array(uuid).min(1).max(ELEGIDOS_COMO_MUCHO) }),
  /** Without a visit in as many days. */
  z.strictObject({ a: z.literal('inactivos'), dias: z.number().int().min(1).max(3_650) }),
])
export type PedidoAsignar = z.output<typeof pedidoAsignar>
/** Of whom a sending is; `quienes`: whoever holds it and may still use it. */
export type Destinatarios = PedidoAsignar | { a: 'quienes' }

export const envioRest = z.object({
  envioId: uuid,
  cuponId: uuid,
  a: z.enum(['todos', 'nivel', 'elegidos', 'inactivos', 'quienes']),
  estado: z.enum(['pendiente', 'terminado']),
  /** Whom it was for when it was asked; how many are done; of them, who did not hold it yet. */
  total: z.number().int(),
  hechos: z.number().int(),
  nuevos: z.number().int(),
  por: z.string(),
  creadoAt: instante,
  terminadoAt: instante.nullable(),
})
export type EnvioRest = z.infer<typeof envioRest>

/** Who is meant, of clients (`c`) or, for `quienes`, of holders (`u`): one client each, whichever way. */
export function clientesDe(sql: Tx, negocioId: string, cuponId: string, d: Destinatarios, creadoAt: number) {
  if (d.a === 'quienes')
    return sql`
      select u.usuario_id from cupon_usuarios u join cupones k on k.negocio_id = u.negocio_id and k.id = u.cupon_id
      where u.negocio_id = ${negocioId} and u.cupon_id = ${cuponId} and u.origen <> 'usado' and u.usados < k.limite_por_cliente`
  const cuales = {
    todos: () => sql``,
    nivel: () => sql`and c.nivel_ultima_visita in ${sql((d as { niveles: string[] }).niveles)}`,
    elegidos: () => sql`and c.usuario_id = ${enUuids(sql, (d as { clientes: string[] }).clientes)}`,
    inactivos: () => sql`and c.ultima_visita_at < ${new Date(creadoAt - (d as { dias: number }).dias * DIA)}`,
  }
  return sql`select c.usuario_id from clientes c where c.negocio_id = ${negocioId} ${cuales[d.a]()}`
}

/**
 * Asks for a sending. The key of a repeated request names the same one.
 * @throws Rechazo NO_ENCONTRADO (the cupón), cupon_inactivo, cupon_vencido, cupon_repetido (its uses in all are spent), IDEMPOTENCIA_DISTINTA,
 * DEMASIADAS_PETICIONES (`quienes`, twice in a day)
 */
export async function asignarCupon(deps: Deps, p: Portador, cuponId: string, a: Destinatarios, repetible: Repetible): Promise<EnvioRest> {
  const ligado = { negocioId: p.negocioId, atadura: p.atadura }
  const id = repetible.llave === null ? uuidv7(deps.now(), deps.azar) : repetible.hechoId
  const ahora = deps.now()
  if (!(await yaSeHizo(deps, ligado, repetible)))
    await deps.db
      .negocio(p.negocioId, async (sql) => {
        const { definicion, usados } = await leerAlcanzable(sql, p, cuponId)
        if (!definicion.activo) throw new Rechazo('cupon_inactivo')
        if (ahora > definicion.venceAt) throw new Rechazo('cupon_vencido')
        if (seAgoto(definicion, usados)) throw new Rechazo('cupon_repetido')
        if (a.a === 'quienes') await exigirPausa(sql, p.negocioId, cuponId, ahora)
        await recordar(sql, ahora, ligado, repetible)
        const { a: destino, ...criterio } = a
        await sql`
          insert into cupon_envios (negocio_id, id, cupon_id, destino, criterio, creado_por, total, created_at)
          select ${p.negocioId}, ${id}, ${cuponId}, ${destino}, ${sql.json(criterio)}, ${p.editor.quien}, count(*)::int, ${new Date(ahora)}
          from (${clientesDe(sql, p.negocioId, cuponId, a, ahora)}) x`
      })
      .catch(async (error: unknown) => {
        if (!(error instanceof Rechazo && error.codigo === 'IDEMPOTENCIA_DISTINTA')) throw error
        await exigirElMismo(deps, ligado, repetible)
      })
  const envio = (await leerEnvios(deps, p, cuponId)).find((e) => e.envioId === id)
  if (!envio) throw new Rechazo('IDEMPOTENCIA_DISTINTA')
  return envio
}

/** Who holds it is not told of it again and again: once a day. @throws Rechazo DEMASIADAS_PETICIONES */
async function exigirPausa(sql: Tx, negocioId: string, cuponId: string, ahora: number): Promise<void> {
  // Two presses, or two tabs, meet here.
  await sql`select from cupones where negocio_id = ${negocioId} and id = ${cuponId} for update`
  const [ultimo] = await sql<{ creadoAt: number | null }[]>`
    select max(created_at) as creado_at from cupon_envios where negocio_id = ${negocioId} and cupon_id = ${cuponId} and destino = 'quienes'`
  const espera = (ultimo?.creadoAt ?? 0) + DIA - ahora
  if (espera > 0) throw new RechazoTemporal('DEMASIADAS_PETICIONES', espera)
}

/** Newest first. @throws Rechazo NO_ENCONTRADO (the cupón) */
export function leerEnvios(deps: Pick<Deps, 'db'>, p: Portador, cuponId: string): Promise<EnvioRest[]> {
  return deps.db.negocio(p.negocioId, async (sql) => {
    await leerAlcanzable(sql, p, cuponId)
    return sql<EnvioRest[]>`
      select id as envio_id, cupon_id, destino as a, estado, total, hechos, nuevos, creado_por as por, created_at as creado_at, terminado_at
      from cupon_envios where negocio_id = ${p.negocioId} and cupon_id = ${cuponId} order by created_at desc, id desc limit 100`
  })
}
