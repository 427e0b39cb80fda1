/** CUP-02, 05. What became of a cupón: sent, redeemed, rate, what it cost, and who used it. */
import { z } from 'zod'
import { instante, uuid } from '../../../schema/domain/hechos/sobre.ts'
import type { Deps } from '../../context.ts'
import type { Tx } from '../../db/db.ts'
import type { Portador } from '../articulos/portador.ts'
import { pesos } from '../transacciones/consultar.ts'
import { leerAlcanzable } from './leer.sql.ts'

const cuenta = z.object({
  /** Clients it was sent to or who kept it. */
  enviados: z.number().int(),
  /** Uses that count. */
  canjeados: z.number().int(),
  /** Hundredths of a percent are rounded away: 26.7. Null: sent to nobody. */
  tasa: z.number().nullable(),
  /** Pesos given, those beyond what it allowed among them (R3). */
  costo: z.number(),
  costoDeMas: z.number(),
})
export const metricasDeCupones = z.object({ cupones: z.array(cuenta.extend({ cuponId: uuid })) })
export const estadisticasDeCupon = cuenta.extend({
  cuponId: uuid,
  usos: z.array(
    z.object({
      transaccionId: uuid,
      folio: z.string(),
      clienteId: uuid.nullable(),
      cliente: z.string().nullable(),
      sucursalId: uuid.nullable(),
      fecha: instante,
      /** Pesos: what it took off, and what was paid. */
      descuento: z.number(),
      pagado: z.number(),
      /** `excedido`: given beyond its limits; `devuelto`: the sale never was, or was refunded whole. */
      estado: z.enum(['usado', 'excedido', 'devuelto']),
    }),
  ),
  totalDeUsos: z.number().int(),
  page: z.number().int(),
  limit: z.number().int(),
})
export const consultaDeUsos = z.object({
  /** Of an account in several. */
  negocioId: uuid.optional(),
  page: z.coerce.number().int().min(1).max(10_000).default(1),
  limit: z.coerce.number().int().min(1).max(100).default(50),
})

interface Suma {
  cuponId: string
  enviados: number
  canjeados: number
  costoCentavos: number
  deMasCentavos: number
}

/** A cupón for everybody is sent without rows: those it was told to count, when they are more than those who kept it. */
const sumas = (sql: Tx, negocioId: string, cuponId: string | null) => sql<Suma[]>`
  select c.id as cupon_id, greatest(u.tienen, e.enviados) as enviados, s.canjeados, s.costo_centavos, s.de_mas_centavos from cupones c
  cross join lateral (
    select count(*)::int as tienen from cupon_usuarios where negocio_id = c.negocio_id and cupon_id = c.id and origen <> 'usado') u
  cross join lateral (
    select coalesce(max(hechos), 0)::int as enviados from cupon_envios where negocio_id = c.negocio_id and cupon_id = c.id) e
  cross join lateral (
    select count(*) filter (where estado = 'usado')::int as canjeados,
      coalesce(sum(descuento_centavos) filter (where estado <> 'devuelto'), 0)::bigint as costo_centavos,
      coalesce(sum(costo_centavos) filter (where estado <> 'devuelto'), 0)::bigint as de_mas_centavos
    from cupon_usos where negocio_id = c.negocio_id and cupon_id = c.id) s
  where c.negocio_id = ${negocioId} ${cuponId === null ? sql`` : sql`and c.id = ${cuponId}`} order by c.id`

const comoCuenta = ({ cuponId, enviados, canjeados, costoCentavos, deMasCentavos }: Suma) => ({
  ...{ cuponId, enviados, canjeados, costo: pesos(costoCentavos), costoDeMas: pesos(deMasCentavos) },
  tasa: enviados === 0 ? null : Math.round((canjeados * 1_000) / enviados) / 10,
})

/** Of all of them, for a list. */
export const metricasDe = (deps: Pick<Deps, 'db'>, { negocioId }: Portador): Promise<z.infer<typeof metricasDeCupones>> =>
  deps.db.negocio(negocioId, async (sql) => ({ cupones: (await sumas(sql, negocioId, null)).map(comoCuenta) }))

interface Uso {
  transaccionId: string
  folio: string
  clienteId: string | null
  cliente: string | null
  sucursalId: string | null
  fechaAt: number
  descuentoCentavos: number
  montoCentavos: number
  estado: 'usado' | 'excedido' | 'devuelto'
}

/** Newest uses first; of the own sucursal, for a gerente. @throws Rechazo NO_ENCONTRADO */
export function estadisticasDe(
  deps: Pick<Deps, 'db'>,
  p: Portador,
  cuponId: string,
  { page, limit }: { page: number; limit: number },
): Promise<z.infer<typeof estadisticasDeCupon>> {
  const { negocioId, sucursalId } = p
  return deps.db.negocio(negocioId, async (sql) => {
    await leerAlcanzable(sql, p, cuponId)
    const [suma] = await sumas(sql, negocioId, cuponId)
    const suyos = sql`u.negocio_id = ${negocioId} and u.cupon_id = ${cuponId} and (${sucursalId}::uuid is null or u.sucursal_id = ${sucursalId})`
    const [todos] = await sql<{ total: number }[]>`select count(*)::int as total from cupon_usos u where ${suyos}`
    const usos = await sql<Uso[]>`
      select u.transaccion_id, t.folio, u.de_usuario as cliente_id, c.alias as cliente, u.sucursal_id, u.eff_at as fecha_at, u.descuento_centavos,
        t.monto_centavos, u.estado
      from cupon_usos u join transacciones t on t.negocio_id = u.negocio_id and t.id = u.transaccion_id
      left join clientes c on c.negocio_id = u.negocio_id and c.usuario_id = u.de_usuario
      where ${suyos} order by u.eff_at desc, u.transaccion_id limit ${limit} offset ${(page - 1) * limit}`
    return {
      ...comoCuenta(suma as Suma),
      usos: usos.map(({ fechaAt: fecha, descuentoCentavos, montoCentavos, ...u }) => ({
        ...{ ...u, fecha, descuento: pesos(descuentoCentavos), pagado: pesos(montoCentavos) },
      })),
      ...{ totalDeUsos: todos?.total ?? 0, page, limit },
    }
  })
}
