/** A sale the second time: whose it is, what it earns, and which rules hold that (R2, R10, R11, R12, R15, R16). */
import type { Retencion, Transaccion, Veredicto } from '../../../schema/domain/hechos/libro.ts'
import type { Fold } from './fold.ts'
import type { QrDeTarjeta } from './insumos.ts'
import { lugarDe, type Renglon } from './libro.ts'
import {
  calcularVenta,
  devueltosEnTotal,
  diaEn,
  enVigor,
  PLAZO_MS,
  relojesNoCuadran,
  seSaleDeLaMediana,
  valeUnNivel,
  vidaDelQr,
} from './reglas.ts'
import { acreditar } from './saldos.ts'

// biome-ignore lint/suspicious/noExplicitAny: what a till wrote
type Datos = any

/** What a till said a sale would earn, and by which version. */
interface Promesa {
  version: number
  puntos: number
}

export function ventaSinCliente(fold: Fold, r: Renglon, datos: Datos): Transaccion {
  const { sobre } = r
  return {
    id: sobre.id,
    sucursalId: sobre.sucursalId,
    dispositivoId: fold.dispositivo(r),
    cadenaId: r.cadenaId,
    seq: r.seq,
    folio: datos.folio,
    clienteId: null,
    cardId: null,
    empleadoId: sobre.operador?.tipo === 'empleado' ? sobre.operador.id : null,
    montoCentavos: datos.montoCentavos,
    descripcion: datos.descripcion,
    metodoPago: datos.metodoPago,
    lineas: datos.lineas,
    puntosBase: 0,
    multiplicadorPct: 100,
    puntosOtorgados: 0,
    puntosDevueltos: 0,
    acreditada: false,
    nivelCliente: null,
    configVersion: enVigor(fold.insumos.versiones, r.effAt)?.version ?? 0,
    reembolsadoCentavos: 0,
    motivo: null,
    cuponId: datos.cupon ? datos.cupon.cuponId : null,
    descuentoCentavos: datos.cupon ? datos.cupon.descuentoCentavos : 0,
    foto: datos.foto ?? null,
    montoOriginalCentavos: null,
    sinLicencia: false,
    estado: 'completada',
    effAt: r.effAt,
    recibidoAt: r.recibidoAt,
  }
}

/** The sale is of this client from now on: when it is made, or claimed by its ticket with nothing promised. */
export function atender(
  fold: Fold,
  r: Renglon,
  v: Veredicto,
  t: Transaccion,
  qr: QrDeTarjeta,
  de: { conLicencia: boolean; promesa: Promesa | null },
): void {
  const calculo = calcularVenta(fold.insumos.versiones, {
    monto: t.montoCentavos,
    nivel: qr.nivel,
    effAt: t.effAt,
    recibidoAt: t.recibidoAt,
    versionDeCaja: de.promesa?.version ?? 0,
    prometidos: de.promesa?.puntos ?? 0,
    conLicencia: de.conLicencia && de.promesa !== null,
  })
  Object.assign(t, { clienteId: qr.usuarioId, cardId: qr.cardId, nivelCliente: qr.nivel, puntosOtorgados: calculo.puntos })
  Object.assign(t, { puntosBase: calculo.base, multiplicadorPct: calculo.pct, configVersion: calculo.version })
  if (t.reembolsadoCentavos > 0) t.puntosDevueltos = devueltosEnTotal(calculo.puntos, t.reembolsadoCentavos, t.montoCentavos)
  const quedan = t.puntosOtorgados - t.puntosDevueltos
  visita(fold, t, qr)
  const holds = calculo.puntos > 0 ? motivosParaRetener(fold, r, t, qr, de.conLicencia) : []
  contar(fold, t, qr)
  const saldo = fold.saldo(qr.usuarioId)
  saldo.sucursalId = t.sucursalId
  v.puntos = quedan
  if (holds.length === 0) {
    acreditar(fold, r, t)
    return
  }
  fold.libro.retenciones.set(t.id, holds)
  for (const { regla, codigo } of holds) fold.cambiar(v, 'retenido', { regla, codigo })
  saldo.puntosRetenidos += quedan
}

function visita(fold: Fold, t: Transaccion, qr: QrDeTarjeta): void {
  const antes = fold.libro.clientes.get(qr.usuarioId)
  const ultima = antes ? Math.max(antes.ultimaVisitaAt, t.effAt) : t.effAt
  fold.libro.clientes.set(qr.usuarioId, {
    usuarioId: qr.usuarioId,
    cardId: qr.cardId,
    alias: qr.alias,
    nivelUltimaVisita: antes && antes.ultimaVisitaAt > t.effAt ? antes.nivelUltimaVisita : qr.nivel,
    visitas: 0,
    gastadoCentavos: 0,
    primeraVisitaAt: antes ? Math.min(antes.primeraVisitaAt, t.effAt) : t.effAt,
    ultimaVisitaAt: ultima,
  })
}

/** PTS-15, when all is told: how often each client came and what was spent, of the sales as they ended. */
export function contarVisitas({ libro }: Fold): void {
  for (const { clienteId, estado, montoCentavos, reembolsadoCentavos } of libro.transacciones.values()) {
    const cliente = clienteId === null || estado === 'anulada' ? undefined : libro.clientes.get(clienteId)
    if (!cliente) continue
    cliente.visitas++
    cliente.gastadoCentavos += montoCentavos - reembolsadoCentavos
  }
}

function motivosParaRetener(fold: Fold, r: Renglon, t: Transaccion, qr: QrDeTarjeta, conLicencia: boolean): Retencion[] {
  const holds: Retencion[] = []
  const poner = (regla: Retencion['regla'], codigo: Retencion['codigo'], alVencer: Retencion['alVencer']) =>
    holds.push({ transaccionId: t.id, regla, codigo, alVencer, venceAt: r.recibidoAt + PLAZO_MS, estado: 'activa' })
  if (fold.libro.qrUsados.has(`${qr.cardId} ${qr.llave} ${qr.ctr}`)) poner('R2', 'qr_repetido', 'caducar')
  const cajero = t.empleadoId === null ? null : (fold.insumos.empleadosBaja.get(t.empleadoId) ?? null)
  const equipo = t.dispositivoId === null ? null : (fold.insumos.dispositivosBaja.get(t.dispositivoId) ?? null)
  if (cajero !== null && t.effAt > cajero) poner('R10', 'cajero_baja', 'acreditar')
  else if (equipo !== null && t.recibidoAt > equipo) poner('R10', 'dispositivo_revocado', 'acreditar')
  if (qr.tsMs !== null && relojesNoCuadran(r.sobre.tiempo, qr.tsMs, vidaDelQr(fold.insumos.versiones, t.effAt)))
    poner('R11', 'reloj', 'acreditar')
  if (!conLicencia) poner('R15', 'sin_licencia', 'acreditar')
  if (fueraDeLoNormal(fold, t, qr)) poner('R16', 'limite', 'caducar')
  else if (qr.llave === 'manual' && (fold.libro.escritasPorEquipo.get(equipoYDia(fold, r, t)) ?? 0) > 10) poner('R16', 'manual', 'caducar')
  return holds
}

/** A typed card that its digits prove, unless three wrong ones came before it that day. */
export function escrita(fold: Fold, r: Renglon, tarjeta: { numero: string; clave: string }, t: Transaccion): QrDeTarjeta | null {
  const donde = equipoYDia(fold, r, t)
  fold.libro.escritasPorEquipo.set(donde, (fold.libro.escritasPorEquipo.get(donde) ?? 0) + 1)
  const de = fold.insumos.clave(tarjeta, t.effAt)
  const { nivel = null, alias = null } = fold.insumos.escritas.get(lugarDe(r)) ?? {}
  const paso = de?.paso ?? null
  const quien = de && paso !== null ? { deUsuario: de.usuarioId, alias, nivel } : { deUsuario: null, alias: null, nivel: null }
  const [equipo = '', dia = ''] = donde.split(' ')
  fold.libro.escritas.set(lugarDe(r), { cadenaId: r.cadenaId, seq: r.seq, equipo, dia, cardId: de?.cardId ?? null, paso, ...quien })
  if (!de) return null
  const errores = fold.libro.errores.get(`${de.cardId} ${dia}`) ?? 0
  if (paso === null) fold.libro.errores.set(`${de.cardId} ${dia}`, errores + 1)
  if (paso === null || errores > 2 || nivel === null || alias === null) return null
  return { usuarioId: de.usuarioId, alias, cardId: de.cardId, llave: 'manual', ctr: paso, tsMs: null, nivel }
}

function equipoYDia(fold: Fold, r: Renglon, t: Transaccion): string {
  return `${fold.dispositivo(r) ?? r.cadenaId} ${fecha(fold, t)}`
}

function fueraDeLoNormal(fold: Fold, t: Transaccion, qr: QrDeTarjeta): boolean {
  const umbrales = enVigor(fold.insumos.versiones, t.effAt)?.umbrales
  if ((fold.libro.ventasDelDia.get(diaDeLaTarjeta(fold, t, qr)) ?? 0) >= 6 || seSaleDeLaMediana(t.montoCentavos, fold.libro.montos))
    return true
  return umbrales !== undefined && valeUnNivel(qr.nivel, t.puntosOtorgados, umbrales)
}

function contar(fold: Fold, t: Transaccion, qr: QrDeTarjeta): void {
  const uso = `${qr.cardId} ${qr.llave} ${qr.ctr}`
  if (qr.llave !== 'ticket' && !fold.libro.qrUsados.has(uso)) fold.libro.qrUsados.set(uso, t.id)
  const dia = diaDeLaTarjeta(fold, t, qr)
  fold.libro.ventasDelDia.set(dia, (fold.libro.ventasDelDia.get(dia) ?? 0) + 1)
}

function diaDeLaTarjeta(fold: Fold, t: Transaccion, qr: QrDeTarjeta): string {
  return `${qr.cardId} ${fecha(fold, t)}`
}

function fecha(fold: Fold, t: Transaccion): string {
  return diaEn(t.effAt, (t.sucursalId === null ? undefined : fold.insumos.zonas.get(t.sucursalId)) ?? 'America/Mexico_City')
}
