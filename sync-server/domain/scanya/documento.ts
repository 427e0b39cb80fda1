/** A sale as the documented REST bodies give it: pesos, never centavos (design 01, SCAN-34). */
import { z } from 'zod'
import { NIVELES } from '../../../schema/domain/configuracion/configuracion.ts'
import { instante, uuid } from '../../../schema/domain/hechos/sobre.ts'
import { METODOS_DE_PAGO } from '../../../schema/domain/hechos/tipos.ts'
import type { Tx } from '../../db/db.ts'
import { pesos } from '../transacciones/consultar.ts'

export const transaccionRest = z.object({
  id: uuid,
  folio: z.string(),
  sucursalId: uuid.nullable(),
  empleadoId: uuid.nullable(),
  clienteId: uuid.nullable(),
  cliente: z.string().nullable(),
  monto: z.number(),
  reembolsado: z.number(),
  /** SCAN-28. The cupón it was sold with, and what it took off, pesos; `monto` is what was paid. */
  cuponId: uuid.nullable(),
  descuento: z.number(),
  descripcion: z.string().nullable(),
  metodoPago: z.enum(METODOS_DE_PAGO),
  puntosBase: z.number().int(),
  multiplicador: z.number(),
  puntosOtorgados: z.number().int(),
  puntosDevueltos: z.number().int(),
  /** False while a rule holds the points, and for a sale without a client. */
  acreditada: z.boolean(),
  nivelCliente: z.enum(NIVELES).nullable(),
  estado: z.enum(['completada', 'reembolsada', 'anulada']),
  motivo: z.string().nullable(),
  /** `sin_qr`: a dueño or gerente named the client (SCAN-38). */
  origen: z.enum(['normal', 'sin_qr']),
  createdAt: instante,
})
export type TransaccionRest = z.infer<typeof transaccionRest>

export type FilaDeTransaccion = Omit<TransaccionRest, 'monto' | 'reembolsado' | 'descuento' | 'multiplicador' | 'createdAt'> & {
  montoCentavos: number
  descuentoCentavos: number
  reembolsadoCentavos: number
  multiplicadorPct: number
  effAt: number
}

export const comoRest = ({
  montoCentavos,
  reembolsadoCentavos,
  descuentoCentavos,
  multiplicadorPct,
  effAt,
  ...t
}: FilaDeTransaccion): TransaccionRest => ({
  ...t,
  descuento: pesos(descuentoCentavos),
  monto: pesos(montoCentavos),
  reembolsado: pesos(reembolsadoCentavos),
  multiplicador: multiplicadorPct / 100,
  createdAt: effAt,
})

export const columnas = (sql: Tx) => sql`
  t.id, t.folio, t.sucursal_id, t.empleado_id, t.cliente_id, c.alias as cliente, t.monto_centavos, t.reembolsado_centavos, t.descripcion, t.metodo_pago,
  t.puntos_base, t.multiplicador_pct, t.puntos_otorgados, t.puntos_devueltos, t.acreditada, t.nivel_cliente, t.estado, t.motivo, t.eff_at,
  t.cupon_id, t.descuento_centavos, case when s.transaccion_id is null then 'normal' else 'sin_qr' end as origen`

export const fuentes = (sql: Tx) => sql`
  transacciones t
  left join clientes c on c.negocio_id = t.negocio_id and c.usuario_id = t.cliente_id
  left join ventas_sin_qr s on s.negocio_id = t.negocio_id and s.transaccion_id = t.id`

export async function leerTransaccion(sql: Tx, negocioId: string, id: string): Promise<FilaDeTransaccion | undefined> {
  const [fila] = await sql<FilaDeTransaccion[]>`
    select ${columnas(sql)} from ${fuentes(sql)} where t.negocio_id = ${negocioId} and t.id = ${id}`
  return fila
}
