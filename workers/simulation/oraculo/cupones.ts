/**
 * R3 a second time: what a cupón should have given, and what a discount that was given cost the merchant. From its description alone: a till says what it took off,
 * nobody is charged again, uses count in order of acceptance, and one comes back with its sale.
 */
import type { CuponUso, Transaccion, Veredicto } from '../../../schema/domain/hechos/libro.ts'
import type { Fold } from './fold.ts'
import type { DefinicionDeEntonces, QrDeTarjeta } from './insumos.ts'
import type { Renglon } from './libro.ts'

// biome-ignore lint/suspicious/noExplicitAny: what a till wrote
type Datos = any
const ESCALA = ['bronce', 'plata', 'oro']

export function usarCupon(fold: Fold, r: Renglon, datos: Datos, v: Veredicto, t: Transaccion, qr: QrDeTarjeta | null): void {
  const { cupon: pedido } = datos
  const { cupon, duenoDelCodigo } = fold.insumos
  const definicion = cupon(pedido.cuponId, t.id)
  const delCodigo = pedido.codigoUnico === null ? null : duenoDelCodigo(pedido.cuponId, pedido.codigoUnico, t.id)
  const deUsuario = qr ? qr.usuarioId : delCodigo
  const motivo = porQueNo(fold, t, pedido, definicion, { deUsuario, delCodigo, nivel: qr?.nivel ?? 'bronce' })
  const debido = definicion && motivo === null ? debidoPor(definicion, pedido, datos.lineas) : 0
  const costoCentavos = pedido.descuentoCentavos > debido ? pedido.descuentoCentavos - debido : 0
  const codigo = motivo ?? (costoCentavos > 0 ? 'cupon_excedido' : null)
  const uso: CuponUso = {
    transaccionId: t.id,
    cuponId: pedido.cuponId,
    deUsuario,
    sucursalId: t.sucursalId,
    descuentoCentavos: pedido.descuentoCentavos,
    costoCentavos,
    motivo: codigo as CuponUso['motivo'],
    estado: motivo === null ? 'usado' : 'excedido',
    cupon: definicion ? sinBorrado(definicion) : null,
    effAt: r.effAt,
  }
  fold.libro.cuponUsos.set(t.id, uso)
  if (motivo === null) sumar(fold, uso, 1)
  if (codigo !== null) fold.cambiar(v, 'en_revision', { regla: 'R3', codigo: codigo as never })
}

const sinBorrado = ({ borrado: _, ...definicion }: DefinicionDeEntonces) => definicion

/** R6. */
export function devolverUso(fold: Fold, t: Transaccion): void {
  const uso = fold.libro.cuponUsos.get(t.id)
  if (uso?.estado !== 'usado') return
  uso.estado = 'devuelto'
  sumar(fold, uso, -1)
}

/** R3 once more: a sale that came back whole has something left again. What it counted by was what the cupón was then. */
export function recontarUso(fold: Fold, t: Transaccion, v: Veredicto): void {
  const uso = fold.libro.cuponUsos.get(t.id)
  const c = uso?.cupon
  if (!uso || !c || uso.estado !== 'devuelto') return
  const suyos = uso.deUsuario === null ? 0 : (fold.libro.cuponUsuarios.get(`${c.id}|${uso.deUsuario}`)?.usados ?? 0)
  const todos = fold.libro.cuponesUsados.get(c.id) ?? 0
  if (suyos >= c.limitePorCliente || (c.limiteTotal !== null && todos >= c.limiteTotal)) {
    uso.estado = 'excedido'
    uso.motivo = 'cupon_repetido'
    uso.costoCentavos = uso.descuentoCentavos
    fold.cambiar(v, 'en_revision', { regla: 'R3', codigo: 'cupon_repetido' })
    return
  }
  uso.estado = 'usado'
  sumar(fold, uso, 1)
}

function sumar({ libro }: Fold, uso: CuponUso, cuantos: number): void {
  libro.cuponesUsados.set(uso.cuponId, (libro.cuponesUsados.get(uso.cuponId) ?? 0) + cuantos)
  if (uso.deUsuario === null) return
  const llave = `${uso.cuponId}|${uso.deUsuario}`
  const antes = libro.cuponUsuarios.get(llave)
  libro.cuponUsuarios.set(llave, {
    cuponId: uso.cuponId,
    usuarioId: uso.deUsuario,
    usados: (antes?.usados ?? 0) + cuantos,
    usadoAt: antes && antes.usadoAt > uso.effAt ? antes.usadoAt : uso.effAt,
  })
}

interface Quien {
  deUsuario: string | null
  delCodigo: string | null
  nivel: string
}

/** The first of the reasons for which it should not have been given. */
function porQueNo(fold: Fold, t: Transaccion, pedido: Datos, c: DefinicionDeEntonces | null, quien: Quien): string | null {
  if (!c) return 'cupon_desconocido'
  const { deUsuario, delCodigo, nivel } = quien
  const suyos = deUsuario === null ? 0 : (fold.libro.cuponUsuarios.get(`${c.id}|${deUsuario}`)?.usados ?? 0)
  const todos = fold.libro.cuponesUsados.get(c.id) ?? 0
  const loTiene = deUsuario !== null && fold.insumos.loTiene(c.id, deUsuario, t.id)
  const razones: [es: boolean, codigo: string][] = [
    [delCodigo !== null && delCodigo !== deUsuario, 'CUPON_AJENO'],
    [c.borrado || !c.activo, 'cupon_inactivo'],
    [!c.publico && !loTiene, 'CUPON_AJENO'],
    [t.effAt < c.desdeAt, 'cupon_no_empieza'],
    [t.effAt > c.venceAt, 'cupon_vencido'],
    [c.sucursales.length > 0 && t.sucursalId !== null && !c.sucursales.includes(t.sucursalId), 'cupon_otra_sucursal'],
    [c.nivelRequerido !== null && ESCALA.indexOf(nivel) < ESCALA.indexOf(c.nivelRequerido), 'cupon_nivel'],
    [pedido.totalCentavos < c.compraMinimaCentavos, 'cupon_minimo'],
    [suyos >= c.limitePorCliente, 'cupon_repetido'],
    [c.limiteTotal !== null && todos >= c.limiteTotal, 'cupon_repetido'],
    [c.soloConConexion && !pedido.conConexion, 'cupon_con_conexion'],
  ]
  return razones.find(([es]) => es)?.[1] ?? null
}

interface Linea {
  articuloId: string
  cantidad: number
  precioCentavos: number
}

/** What it takes off, never more than the total. Without lines, what the cashier said was given. */
function debidoPor(c: DefinicionDeEntonces, pedido: Datos, lineas: Linea[]): number {
  const total = BigInt(pedido.totalCentavos)
  if (c.tipo === 'monto') return Math.min(c.valor, pedido.totalCentavos)
  if (c.tipo === 'porcentaje') {
    const doble = (2n * total * BigInt(c.valor)) / 100n // half centavos, for the client
    return Math.min(pedido.totalCentavos, Number((doble + 1n) / 2n))
  }
  if (lineas.length === 0) return Math.min(pedido.totalCentavos, pedido.regaladoCentavos)
  const precios = lineas
    .filter((l) => c.articulos.length === 0 || c.articulos.includes(l.articuloId))
    .flatMap((l) => Array.from({ length: l.cantidad }, () => l.precioCentavos))
    .sort((a, b) => a - b)
  const gratis = c.tipo === 'regalo' ? precios.slice(0, 1) : precios.reverse().filter((_, i) => i % 2 === 1)
  return Math.min(
    pedido.totalCentavos,
    gratis.reduce((suma, precio) => suma + precio, 0),
  )
}
