/** SCAN-28, CUP-07; R3. The discount of a sale was given: what it should not have given is the merchant's cost, never the client's, and the sale stands. */
import { motivoDeCupon, seAgoto } from '../cupones/cupon.ts'
import { descuentoDeCupon } from '../cupones/descuento.ts'
import { avisar, motivar, veredictoDe } from './dictamen.ts'
import type { Cambios, CuponUso, CuponUsuario, DefinicionDeCupon, Libro, Transaccion } from './libro.ts'
import { cuponDelEvento } from './mover-puntos.ts'
import type { TarjetaDeVenta } from './retener.ts'
import type { Entrada } from './sobre.ts'
import type { UsoDeCuponEnVenta } from './tipos.ts'

/** Judges the cupón of a sale, before its points. Uses count in acceptance order, per client and in all; those beyond a limit count nowhere. */
export function usarCupon(
  libro: Libro,
  cambios: Cambios,
  entrada: Entrada,
  t: Transaccion,
  pedido: UsoDeCuponEnVenta,
  qr: TarjetaDeVenta | null,
): void {
  const cupon = libro.cupones.get(pedido.cuponId)
  const dueno = pedido.codigoUnico === null ? undefined : duenoDelCodigo(libro, pedido.cuponId, pedido.codigoUnico)
  const deUsuario = qr?.usuarioId ?? dueno?.usuarioId ?? null
  const suyo = deUsuario === null ? undefined : libro.cuponUsuarios.get(`${pedido.cuponId}|${deUsuario}`)
  const ajeno = dueno !== undefined && dueno.usuarioId !== deUsuario
  const motivo = !cupon
    ? 'cupon_desconocido'
    : ajeno
      ? 'CUPON_AJENO'
      : motivoDeCupon(cupon.definicion, cupon.borrado, {
          ...{ effAt: t.effAt, totalCentavos: pedido.totalCentavos, nivel: qr?.nivel ?? 'bronce', sucursalId: t.sucursalId },
          ...{ delCliente: suyo?.usados ?? 0, loTiene: suyo !== undefined && suyo.origen !== 'usado', deTodos: cupon.usados },
          conConexion: pedido.conConexion,
        })
  const debido = cupon && motivo === null ? descuentoDeCupon(cupon.definicion, { ...pedido, lineas: t.lineas }) : 0
  const costoCentavos = Math.max(0, pedido.descuentoCentavos - debido)
  const codigo = motivo ?? (costoCentavos > 0 ? 'cupon_excedido' : null)
  const uso: CuponUso = {
    ...{ transaccionId: t.id, cuponId: pedido.cuponId, deUsuario, sucursalId: t.sucursalId },
    ...{ descuentoCentavos: pedido.descuentoCentavos, costoCentavos, motivo: codigo },
    ...{ estado: motivo === null ? 'usado' : 'excedido', cupon: cupon?.definicion ?? null, effAt: t.effAt },
  }
  libro.cuponUsos.set(t.id, uso)
  cambios.cuponUsos.add(t.id)
  if (uso.estado === 'usado') contar(libro, cambios, uso, 1)
  if (codigo === null) return
  motivar(veredictoDe(cambios, entrada), 'R3', codigo, 'en_revision')
  const datos = { transaccionId: t.id, folio: t.folio, cuponId: pedido.cuponId, titulo: cupon?.definicion.titulo ?? null }
  avisar(cambios, entrada, { tipo: 'revision', regla: 'R3', codigo, costoCentavos, datos })
}

const duenoDelCodigo = (libro: Libro, cuponId: string, codigoUnico: string): CuponUsuario | undefined =>
  [...libro.cuponUsuarios.values()].find((c) => c.cuponId === cuponId && c.codigoUnico === codigoUnico)

/** One use more, or one less that was given back. */
function contar(libro: Libro, cambios: Cambios, uso: CuponUso, cuantos: 1 | -1): void {
  const cupon = libro.cupones.get(uso.cuponId)
  if (cupon) {
    cupon.usados += cuantos
    cambios.cupones.add(uso.cuponId)
  }
  if (uso.deUsuario === null) return
  const llave = `${uso.cuponId}|${uso.deUsuario}`
  const previo = libro.cuponUsuarios.get(llave)
  libro.cuponUsuarios.set(llave, {
    ...{ cuponId: uso.cuponId, usuarioId: uso.deUsuario, origen: 'usado', codigoUnico: null, guardadoAt: uso.effAt },
    ...previo,
    usados: (previo?.usados ?? 0) + cuantos,
    usadoAt: Math.max(previo?.usadoAt ?? uso.effAt, uso.effAt),
  })
  cambios.cuponUsuarios.add(llave)
}

/** R6. The sale never was, or was refunded whole: its use is the client's again. */
export function devolverUso(libro: Libro, cambios: Cambios, t: Transaccion): void {
  const uso = libro.cuponUsos.get(t.id)
  if (uso?.estado !== 'usado') return
  uso.estado = 'devuelto'
  cambios.cuponUsos.add(t.id)
  contar(libro, cambios, uso, -1)
}

/**
 * R3. A sale refunded whole has something left again, because its monto was raised: its use counts again, by what the cupón was at the sale. Whoever used it elsewhere
 * meanwhile, up to a limit, was given one too many.
 */
export function recontarUso(libro: Libro, cambios: Cambios, entrada: Entrada, t: Transaccion): void {
  const uso = libro.cuponUsos.get(t.id)
  if (uso?.estado !== 'devuelto' || !uso.cupon) return
  cambios.cuponUsos.add(t.id)
  if (cabeOtro(libro, uso, uso.cupon)) {
    uso.estado = 'usado'
    contar(libro, cambios, uso, 1)
    return
  }
  Object.assign(uso, { estado: 'excedido', motivo: 'cupon_repetido', costoCentavos: uso.descuentoCentavos } as const)
  motivar(veredictoDe(cambios, entrada), 'R3', 'cupon_repetido', 'en_revision')
  const datos = { transaccionId: t.id, folio: t.folio, cuponId: uso.cuponId, titulo: uso.cupon.titulo }
  avisar(cambios, entrada, { tipo: 'revision', regla: 'R3', codigo: 'cupon_repetido', costoCentavos: uso.costoCentavos, datos })
}

function cabeOtro(libro: Libro, uso: CuponUso, cupon: DefinicionDeCupon): boolean {
  const deTodos = libro.cupones.get(uso.cuponId)?.usados ?? 0
  const suyos = libro.cuponUsuarios.get(`${uso.cuponId}|${uso.deUsuario}`)?.usados ?? 0
  return suyos < cupon.limitePorCliente && !seAgoto(cupon, deTodos)
}

/**
 * A sale without a card, whose cupón says who the client is (CUP-24): the shopper is told of the use, or of its return, and of what it saved (CUP-17); nothing else
 * moved.
 */
export function contarloAQuienLoTiene(libro: Libro, cambios: Cambios, entrada: Entrada, t: Transaccion): void {
  const usuarioId = t.clienteId === null ? libro.cuponUsos.get(t.id)?.deUsuario : null
  if (!usuarioId) return
  // What was saved stands and falls with the sale, also where the use never counted. A refund in part changes neither.
  if (entrada.sobre.tipo !== 'reembolso' || t.estado !== 'completada') cambios.cuponUsos.add(t.id)
  const { cupon } = cuponDelEvento(libro, cambios, usuarioId, t)
  if (!cupon) return
  const { id: transaccionId, descuentoCentavos, estado, effAt } = t
  const ahorro = descuentoCentavos > 0 ? { ahorro: { transaccionId, cuponId: cupon.definicion.id, descuentoCentavos, estado, effAt } } : {}
  const cuerpo = { historial: null, saldo: null, venta: null, cupon, ...ahorro, lifetime: null, recibidoAt: entrada.recibidoAt }
  cambios.eventos.push({ hechoId: entrada.sobre.id, usuarioId, cuerpo })
}
