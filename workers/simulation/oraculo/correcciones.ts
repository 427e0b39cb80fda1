/** SCAN-22 and the claim of a ticket a second time: what is said later of a sale that stands. */
import type { Motivo, Transaccion, Veredicto } from '../../../schema/domain/hechos/libro.ts'
import { devolverUso, recontarUso } from './cupones.ts'
import type { Fold } from './fold.ts'
import type { Renglon } from './libro.ts'
import { devueltosEnTotal, enVigor, puntosDe, seSaleDeLaMediana, valeUnNivel } from './reglas.ts'
import { mover } from './saldos.ts'
import { atender } from './ventas.ts'

// biome-ignore lint/suspicious/noExplicitAny: what a till or the server wrote
type Datos = any
const PLAZO_DEL_TICKET_MS = 86_400_000

export function cambioDeMonto(fold: Fold, r: Renglon, datos: Datos, v: Veredicto): void {
  const t = fold.padre(r, datos.transaccionId, v)
  if (!t) return
  const nuevo: number = datos.montoCentavos
  if (t.estado === 'anulada') return void fold.cambiar(v, v.estado, { regla: 'R1', codigo: 'ya_anulada' })
  if (nuevo < t.reembolsadoCentavos) return void fold.cambiar(v, 'en_revision', { regla: 'R6', codigo: 'cambio_excedido' })
  if (nuevo === t.montoCentavos) return
  const vale = loQueVale(fold, t, nuevo)
  const freno = vale.puntos > t.puntosOtorgados ? porQueNoSube(fold, r, t, nuevo, vale.puntos) : null
  const antes = t.puntosOtorgados - t.puntosDevueltos
  if (t.montoOriginalCentavos === null) t.montoOriginalCentavos = t.montoCentavos
  t.montoCentavos = nuevo
  t.motivo = datos.motivo
  t.estado = nuevo === t.reembolsadoCentavos ? 'reembolsada' : 'completada'
  if (t.estado === 'reembolsada') devolverUso(fold, t)
  else recontarUso(fold, t, v)
  if (!freno) {
    t.puntosBase = vale.base
    t.puntosOtorgados = vale.puntos
  }
  t.puntosDevueltos = devueltosEnTotal(t.puntosOtorgados, t.reembolsadoCentavos, nuevo)
  if (freno) fold.cambiar(v, 'en_revision', freno)
  mover(fold, r, t, t.puntosOtorgados - t.puntosDevueltos - antes, v)
  if (t.clienteId !== null && t.acreditada && !freno)
    fold.libro.vida.push({
      usuarioId: t.clienteId,
      transaccionId: t.id,
      tipo: 'corregido',
      puntos: t.puntosOtorgados,
      effAt: r.effAt,
      ventaEffAt: t.effAt,
      recibidoAt: r.recibidoAt,
    })
}

/** By the version and the nivel of the sale. */
function loQueVale({ insumos }: Fold, t: Transaccion, monto: number): { puntos: number; base: number } {
  const version = insumos.versiones.find((una) => una.version === t.configVersion)
  if (!version || t.nivelCliente === null) return { puntos: 0, base: 0 }
  return { puntos: puntosDe(version, monto, version.multiplicadoresPct[t.nivelCliente]), base: puntosDe(version, monto, 100) }
}

function porQueNoSube(fold: Fold, r: Renglon, t: Transaccion, monto: number, puntos: number): Motivo | null {
  const baja = fold.quienEstaDeBaja(r)
  if (baja) return { regla: 'R10', codigo: baja }
  if (!fold.licenciaCubre(r)) return { regla: 'R15', codigo: 'sin_licencia' }
  const umbrales = enVigor(fold.insumos.versiones, t.effAt)?.umbrales
  const primero = t.montoOriginalCentavos ?? t.montoCentavos
  const deNada = t.puntosOtorgados === 0 && loQueVale(fold, t, primero).puntos === 0
  const unNivel = t.nivelCliente !== null && umbrales !== undefined && valeUnNivel(t.nivelCliente, puntos, umbrales)
  return deNada || unNivel || seSaleDeLaMediana(monto, fold.libro.montos) ? { regla: 'R16', codigo: 'limite' } : null
}

export function reclamo(fold: Fold, r: Renglon, datos: Datos, v: Veredicto): void {
  const t = fold.padre(r, datos.transaccionId, v)
  if (!t) return
  const delCupon = fold.libro.cuponUsos.get(t.id)?.deUsuario ?? null
  const deOtro = delCupon !== null && delCupon !== datos.usuarioId
  if (t.clienteId !== null || t.estado !== 'completada' || deOtro)
    return void fold.cambiar(v, v.estado, { regla: 'R1', codigo: 'reclamo_repetido' })
  if (r.recibidoAt - t.effAt > PLAZO_DEL_TICKET_MS) return void fold.cambiar(v, v.estado, { regla: null, codigo: 'reclamo_tardio' })
  const { usuarioId, cardId, alias, nivel } = datos
  const tarjeta = { usuarioId, cardId, alias, nivel, llave: 'ticket', ctr: t.seq, tsMs: null }
  atender(fold, r, v, t, tarjeta, { conLicencia: !t.sinLicencia, promesa: null })
}
