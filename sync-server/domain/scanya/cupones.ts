/** `POST /api/scanya/validar-cupon` and `/aplicar-cupon` (SCAN-26..29, 41, 42). */
import { z } from 'zod'
import { centavosDesdePesos } from '../../../schema/core/dinero.ts'
import { Rechazo } from '../../../schema/core/rechazo.ts'
import { uuid } from '../../../schema/domain/hechos/sobre.ts'
import { leerQr } from '../../../schema/domain/tarjetas/qr.ts'
import { limiteDe } from '../../auth/limites.ts'
import type { Deps } from '../../context.ts'
import type { Tx } from '../../db/db.ts'
import { EJEMPLO } from '../../http/ejemplos.ts'
import type { App } from '../../http/entorno.ts'
import { ruta } from '../../http/ruta.ts'
import { type CuponHallado, hallarCupon, motivoAhora, type QuienUsa, usarAhora } from '../cupones/al-usar.ts'
import { comoCuponRest, cuponRest } from '../cupones/forma.ts'
import { pesos } from '../transacciones/consultar.ts'
import { type TransaccionRest, transaccionRest } from './documento.ts'
import { identificarCliente } from './identificar.ts'
import { enMostrador, exigirPermiso, type Mostrador } from './mostrador.ts'
import { leerRepetible } from './repetible.ts'
import { pedidoVenta, vender } from './vender.ts'

const GRUPO = 'scanya'
const enSucursal = z.object({ sucursalId: z.uuid().optional() })
const llave = z.object({ 'idempotency-key': z.string().min(8).max(100).optional() })
const pesosPedidos = z.union([z.number(), z.string()])

export const CODIGOS_DE_CUPON = [
  ...(['CUPON_INVALIDO', 'CUPON_AJENO', 'cupon_inactivo', 'cupon_no_empieza', 'cupon_vencido', 'cupon_otra_sucursal'] as const),
  ...(['cupon_nivel', 'cupon_minimo', 'cupon_repetido', 'cupon_excedido'] as const),
] as const

const pedidoValidar = z.strictObject({
  /** The merchant's code, or the client's own; instead of `qr` or `cuponId`. */
  codigo: z.string().min(3).max(40).optional(),
  /** Of a cupón: it identifies its client too. */
  qr: z.string().min(1).max(400).optional(),
  cuponId: uuid.optional(),
  /** Who is at the counter, when that is known. */
  identificacionId: uuid.optional(),
  /** Pesos, before the discount; without it the minimum is not asked for, nor the discount told. */
  total: pesosPedidos.optional(),
  /** Pesos: the price of what a dos_por_uno or a regalo would give free. */
  regalado: pesosPedidos.optional(),
})
type PedidoValidar = z.output<typeof pedidoValidar>

const cuponValidado = cuponRest.extend({
  cliente: z.object({ clienteId: uuid, nombre: z.string() }).nullable(),
  /** For the sale, where the client was identified. */
  identificacionId: uuid.nullable(),
  /** The client's own code, where it was given: a sale without a card says by it who the client is. */
  codigoUnico: z.string().nullable(),
  usosQueQuedan: z.number().int(),
  /** Pesos; null without `total`. */
  descuento: z.number().nullable(),
  aPagar: z.number().nullable(),
})

const pedidoAplicar = pedidoVenta.refine((p) => p.cuponId !== undefined || p.codigo !== undefined, { path: ['cuponId'] })

export const EJEMPLO_DE_CUPON = {
  cuponId: EJEMPLO.articuloId,
  titulo: '30 % en tu pizza',
  descripcion: 'No se suma a otras ofertas',
  tipo: 'porcentaje' as const,
  valor: 30,
  compraMinima: 200,
  desdeAt: EJEMPLO.ahora,
  venceAt: EJEMPLO.manana,
  limitePorCliente: 1,
  codigo: 'PIZZA30',
  nivelRequerido: null,
  soloConConexion: false,
  sucursales: [],
  imagen: null,
}

export function montarCuponesEnMostrador(app: App, deps: Deps, ejemplo: TransaccionRest): void {
  // A client's own code has 35 bits: nobody is to guess it at a counter.
  const enVano = limiteDe(deps.env.limites.cuponesEnVanoPorMinuto, 60)
  ruta(
    app,
    {
      metodo: 'post',
      camino: '/api/scanya/validar-cupon',
      resumen:
        'Whether a cupón counts here and now, and what it takes off (SCAN-26, 27, 29, 41); else the reason, as the code of the refusal',
      grupo: GRUPO,
      sesion: true,
      paraQuien: ['dueno', 'gerente', 'empleado', 'caja'],
      consulta: enSucursal,
      cuerpo: pedidoValidar,
      datos: cuponValidado,
      ejemplo: {
        cuerpo: { codigo: 'PIZZA30-7X9K2MQ', total: 250 },
        datos: {
          ...EJEMPLO_DE_CUPON,
          ...{ cliente: { clienteId: EJEMPLO.usuarioId, nombre: 'Juan P.' }, identificacionId: null, codigoUnico: 'PIZZA30-7X9K2MQ' },
          ...{ usosQueQuedan: 1, descuento: 75, aPagar: 175 },
        },
      },
      codigos: [
        ...(['SIN_PERMISO', 'IDENTIFICACION_INVALIDA', 'MONTO_INVALIDO', 'DEMASIADAS_PETICIONES', ...CODIGOS_DE_CUPON] as const),
        ...(['qr_invalido', 'QR_EXPIRADO', 'QR_USADO', 'TARJETA_VENCIDA', 'TARJETA_REVOCADA'] as const),
      ],
      antes: [enMostrador(deps, 'validarCupones', { equipo: true })],
    },
    async ({ c, cuerpo }) => {
      const m = c.get('mostrador')
      // It says whose card it is, as identificar-cliente does.
      if (cuerpo.qr !== undefined) await exigirPermiso(deps, c, 'escanearQR')
      return validarCupon(deps, m, cuerpo).catch(async (error: unknown) => {
        if (error instanceof Rechazo && error.codigo === 'CUPON_INVALIDO') await enVano(`${m.negocioId}|${m.atadura}`)
        throw error
      })
    },
  )
  ruta(
    app,
    {
      metodo: 'post',
      camino: '/api/scanya/aplicar-cupon',
      resumen: 'A sale with a cupón (SCAN-28, 42): as /venta, where it is not optional. Idempotency-Key required for an empleado',
      grupo: GRUPO,
      sesion: true,
      paraQuien: ['dueno', 'gerente', 'empleado'],
      consulta: enSucursal,
      cabeceras: llave,
      cuerpo: pedidoAplicar,
      datos: transaccionRest,
      ejemplo: {
        cuerpo: { codigo: 'PIZZA30-7X9K2MQ', monto: 250, metodoPago: 'efectivo' },
        datos: { ...ejemplo, monto: 175, cuponId: EJEMPLO.articuloId, descuento: 75 },
      },
      codigos: [
        ...([
          'SIN_PERMISO',
          'MONTO_INVALIDO',
          'MONTO_CERO',
          'IDENTIFICACION_INVALIDA',
          'CLIENTE_NO_ENCONTRADO',
          'DEMASIADAS_PETICIONES',
        ] as const),
        ...(['IDEMPOTENCIA_REQUERIDA', 'IDEMPOTENCIA_DISTINTA', 'HECHO_EN_PROCESO', ...CODIGOS_DE_CUPON] as const),
      ],
      // It is a sale like any other.
      antes: [enMostrador(deps, ['registrarVentas', 'validarCupones'])],
    },
    async ({ c, cuerpo }) => {
      const m = c.get('mostrador')
      return vender(deps, m, cuerpo, await leerRepetible(deps, c, m, { operacion: 'cupon', ...cuerpo }))
    },
  )
}

/** @throws Rechazo CUPON_INVALIDO, CUPON_AJENO, the reason why it does not count; of its QR as identificarCliente; IDENTIFICACION_INVALIDA */
async function validarCupon(deps: Deps, m: Mostrador, p: PedidoValidar): Promise<z.infer<typeof cuponValidado>> {
  if ([p.codigo, p.qr, p.cuponId].filter((uno) => uno !== undefined).length !== 1) throw new Rechazo('DATO_INVALIDO', 'codigo')
  const totalCentavos = p.total === undefined ? null : centavosDesdePesos(p.total)
  const regaladoCentavos = p.regalado === undefined ? 0 : centavosDesdePesos(p.regalado)
  // Its QR is its client's identification, which the sale then takes.
  const identificacionId = p.qr === undefined ? p.identificacionId : (await identificarCliente(deps, m, p.qr)).identificacionId
  return deps.db.negocio(m.negocioId, async (sql) => {
    const quien = identificacionId === undefined ? null : await quienEs(sql, m, identificacionId, deps.now())
    const cual = p.qr === undefined ? { cuponId: p.cuponId, codigo: p.codigo } : { corto: leerQr(p.qr).cupon ?? '' }
    const hallado = await hallarCupon(sql, m.negocioId, cual, quien)
    const motivo = motivoAhora(hallado, m.sucursalId, totalCentavos, deps.now())
    if (motivo) throw new Rechazo(motivo)
    const descuento =
      totalCentavos === null ? null : usarAhora(hallado, m.sucursalId, { totalCentavos, regaladoCentavos }, deps.now()).descuentoCentavos
    const { definicion } = hallado.cupon
    return {
      ...comoCuponRest(m.negocioId, definicion),
      cliente: await clienteDe(sql, m.negocioId, hallado),
      identificacionId: identificacionId ?? null,
      codigoUnico: hallado.codigoUnico,
      usosQueQuedan: definicion.limitePorCliente - (hallado.suyo?.usados ?? 0),
      descuento: descuento === null ? null : pesos(descuento),
      aPagar: descuento === null || totalCentavos === null ? null : pesos(totalCentavos - descuento),
    }
  })
}

async function quienEs(sql: Tx, m: Mostrador, id: string, ahora: number): Promise<QuienUsa> {
  const [fila] = await sql<{ qr: string; deUsuario: string }[]>`
    select qr, de_usuario from identificaciones
    where negocio_id = ${m.negocioId} and id = ${id} and atadura = ${m.atadura} and usada_at is null and vence_at > ${new Date(ahora)}`
  if (!fila) throw new Rechazo('IDENTIFICACION_INVALIDA', 'identificacionId')
  return { usuarioId: fila.deUsuario, nivel: leerQr(fila.qr).nivel }
}

async function clienteDe(sql: Tx, negocioId: string, { usuarioId }: CuponHallado): Promise<{ clienteId: string; nombre: string } | null> {
  if (usuarioId === null) return null
  const [fila] = await sql<{ alias: string }[]>`select alias from clientes where negocio_id = ${negocioId} and usuario_id = ${usuarioId}`
  return { clienteId: usuarioId, nombre: fila?.alias ?? 'Cliente nuevo' }
}
