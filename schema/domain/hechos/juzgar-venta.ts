/** A sale always stands: the rules decide what it is worth and whether its points wait (SCAN-01, 20, 21, 34; R2, R10..R13, R15, R16). */
import { assert } from '../../core/rechazo.ts'
import { puntosDeVenta, puntosPorDevolver, versionVigente } from '../puntos/puntos.ts'
import { avisar, cadenaDe, motivar, veredictoDe } from './dictamen.ts'
import { contarloAQuienLoTiene, usarCupon } from './juzgar-cupon.ts'
import type { CadenaEstado, Cambios, Libro, Retencion, Transaccion } from './libro.ts'
import { acreditar, emitir, puntosRestantes, saldoPorMover } from './mover-puntos.ts'
import {
  claveDelDia,
  claveDeUso,
  frenos,
  licenciaValida,
  PLAZO_DE_RETENCION_MS,
  type TarjetaDeVenta,
  type VentaPorRetener,
} from './retener.ts'
import type { Entrada } from './sobre.ts'
import { contarEscrita, tarjetaEscritaDe } from './tarjeta-escrita.ts'
import type { Venta } from './tipos.ts'

/** How many of the last montos the median of R16 looks at. */
export const MONTOS_RECORDADOS = 101
/** In place of a phone's key, where a sale was claimed by its ticket: it is a use of no QR (R2). */
export const LLAVE_DE_TICKET = 'ticket'

/** Judge of `venta`. */
export function juzgarVenta(libro: Libro, cambios: Cambios, entrada: Entrada): void {
  const datos = entrada.sobre.datos as Venta
  const cadena = cadenaDe(libro, entrada)
  const t = transaccionDe(libro, entrada, datos, veredictoDe(cambios, entrada).effAt)
  contarEnLicencia(libro, cambios, entrada, cadena)
  const conLicencia = licenciaValida(libro, cadena, entrada.sobre.licenciaId, t.effAt)
  t.sinLicencia = !conLicencia
  libro.transacciones.set(t.id, t)
  cambios.transacciones.add(t.id)
  const escrita = datos.qr === null && datos.tarjeta !== undefined
  const escritaNumero = escrita ? contarEscrita(libro, entrada, t) : 0
  const qr = escrita ? tarjetaEscritaDe(libro, cambios, entrada, t) : qrDe(libro, cambios, entrada, datos)
  if (datos.cupon) usarCupon(libro, cambios, entrada, t, datos.cupon, qr)
  const { recibidoAt } = entrada
  if (qr) atenderCliente(libro, cambios, entrada, { t, qr, cadena, recibidoAt, conLicencia, escritaNumero, promesa: datos })
  else if (datos.cupon) contarloAQuienLoTiene(libro, cambios, entrada, t)
  if (t.montoCentavos > 0) recordarMonto(libro, t.montoCentavos)
  revisarArticulos(libro, cambios, entrada, datos)
}

const transaccionDe = (libro: Libro, entrada: Entrada, datos: Venta, effAt: number): Transaccion => ({
  id: entrada.sobre.id,
  sucursalId: entrada.sobre.sucursalId,
  dispositivoId: cadenaDe(libro, entrada).dispositivoId,
  cadenaId: entrada.cadenaId,
  seq: entrada.seq,
  folio: datos.folio,
  clienteId: null,
  cardId: null,
  empleadoId: entrada.sobre.operador?.tipo === 'empleado' ? entrada.sobre.operador.id : null, // SCAN-07
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
  configVersion: versionVigente(libro.configuraciones, effAt)?.version ?? 0,
  reembolsadoCentavos: 0,
  motivo: null,
  ...{ cuponId: datos.cupon?.cuponId ?? null, descuentoCentavos: datos.cupon?.descuentoCentavos ?? 0, foto: datos.foto ?? null },
  ...{ montoOriginalCentavos: null, sinLicencia: false },
  estado: 'completada',
  effAt,
  recibidoAt: entrada.recibidoAt,
})

function contarEnLicencia(libro: Libro, cambios: Cambios, entrada: Entrada, cadena: CadenaEstado): void {
  const licencia = entrada.sobre.licenciaId === null ? undefined : libro.licencias.get(entrada.sobre.licenciaId)
  if (!licencia || licencia.dispositivoId !== cadena.dispositivoId) return
  licencia.ventas++
  cambios.licencias.add(licencia.id)
}

/** The card of the sale, or null: no QR at all, or one that was not issued by us, which goes to review. */
function qrDe(libro: Libro, cambios: Cambios, entrada: Entrada, datos: Venta): TarjetaDeVenta | null {
  if (datos.qr === null) return null
  const evidencia = libro.evidencias.get(datos.qr)
  assert(evidencia, 'the QR of every venta is verified before it is judged')
  if (evidencia.valida) return evidencia
  motivar(veredictoDe(cambios, entrada), null, 'qr_invalido', 'en_revision')
  avisar(cambios, entrada, {
    tipo: 'revision',
    regla: null,
    codigo: 'qr_invalido',
    datos: { transaccionId: entrada.sobre.id, folio: datos.folio },
  })
  return null
}

type VentaConCliente = Omit<VentaPorRetener, 'entrada'> & {
  /** What the till promised, by which version (R12); null: nothing, as in a sale that is claimed later. */
  promesa: Pick<Venta, 'configVersion' | 'puntosPrometidos'> | null
}

/** The sale is of this client: points by its nivel, held or credited, and a visit. */
export function atenderCliente(libro: Libro, cambios: Cambios, entrada: Entrada, venta: VentaConCliente): void {
  const { t, qr } = venta
  const { puntos, ...desglose } = calcular(libro, t, venta)
  // What was refunded before a claim earns nothing.
  const puntosDevueltos = t.reembolsadoCentavos > 0 ? puntosPorDevolver(puntos, t.reembolsadoCentavos, t.montoCentavos) : 0
  Object.assign(t, desglose, {
    puntosOtorgados: puntos,
    puntosDevueltos,
    clienteId: qr.usuarioId,
    cardId: qr.cardId,
    nivelCliente: qr.nivel,
  })
  registrarVisita(libro, cambios, t, qr)
  const retenciones = frenos(libro, { ...venta, entrada }).map(
    (freno): Retencion => ({
      // before this sale counts
      ...freno,
      transaccionId: t.id,
      venceAt: entrada.recibidoAt + PLAZO_DE_RETENCION_MS,
      estado: 'activa',
    }),
  )
  const uso = contarUso(libro, cambios, t, qr)
  veredictoDe(cambios, entrada).puntos = puntosRestantes(t)
  saldoPorMover(libro, cambios, qr.usuarioId).sucursalId = t.sucursalId
  if (retenciones.length > 0) retener(libro, cambios, entrada, t, retenciones, uso)
  else acreditar(libro, cambios, entrada, t, uso)
}

const calcular = (libro: Libro, t: Transaccion, { qr, conLicencia, promesa }: VentaConCliente) =>
  puntosDeVenta({
    montoCentavos: t.montoCentavos,
    nivel: qr.nivel,
    effAt: t.effAt,
    recibidoAt: t.recibidoAt,
    configuraciones: libro.configuraciones,
    versionDelDispositivo: promesa?.configVersion ?? 0,
    puntosPrometidos: promesa?.puntosPrometidos ?? 0,
    licenciaValida: conLicencia && promesa !== null,
  })

/** PTS-15: the first sale makes the cliente. Sales of two tills arrive in any order, so the dates are the extremes. */
function registrarVisita(libro: Libro, cambios: Cambios, t: Transaccion, qr: TarjetaDeVenta): void {
  const previo = libro.clientes.get(qr.usuarioId)
  const masReciente = !previo || t.effAt >= previo.ultimaVisitaAt
  libro.clientes.set(qr.usuarioId, {
    usuarioId: qr.usuarioId,
    cardId: qr.cardId,
    alias: qr.alias,
    nivelUltimaVisita: masReciente ? qr.nivel : previo.nivelUltimaVisita,
    visitas: (previo?.visitas ?? 0) + 1,
    // What was refunded before a claim was not spent.
    gastadoCentavos: (previo?.gastadoCentavos ?? 0) + t.montoCentavos - t.reembolsadoCentavos,
    primeraVisitaAt: Math.min(previo?.primeraVisitaAt ?? t.effAt, t.effAt),
    ultimaVisitaAt: Math.max(previo?.ultimaVisitaAt ?? t.effAt, t.effAt),
  })
  cambios.clientes.add(qr.usuarioId)
}

/**
 * PTS-15. What was said later of a sale changes what its client spent: what is left of the sales that stand. `centavos` and `visitas` signed; a sale without a
 * client moves nothing.
 */
export function corregirVisita(libro: Libro, cambios: Cambios, t: Transaccion, centavos: number, visitas = 0): void {
  const cliente = t.clienteId === null ? undefined : libro.clientes.get(t.clienteId)
  if (!cliente) return
  cliente.gastadoCentavos += centavos
  cliente.visitas += visitas
  cambios.clientes.add(cliente.usuarioId)
}

/** Gives the use of the card; null: there was none. */
function contarUso(libro: Libro, cambios: Cambios, t: Transaccion, qr: TarjetaDeVenta): string | null {
  const uso = qr.llave === LLAVE_DE_TICKET ? null : claveDeUso(qr)
  if (uso !== null && !libro.usosQr.has(uso)) {
    libro.usosQr.set(uso, t.id) // the first keeps it (R2)
    cambios.usosQr.set(uso, t.id)
  }
  const dia = claveDelDia(libro, qr.cardId, t.sucursalId, t.effAt)
  libro.ventasDelDia.set(dia, (libro.ventasDelDia.get(dia) ?? 0) + 1)
  cambios.ventasDelDia.add(dia)
  return uso
}

function retener(libro: Libro, cambios: Cambios, entrada: Entrada, t: Transaccion, retenciones: Retencion[], uso: string | null): void {
  libro.retenciones.set(t.id, retenciones)
  const veredicto = veredictoDe(cambios, entrada)
  for (const { regla, codigo } of retenciones) {
    cambios.retenciones.add(`${t.id}|${regla}`)
    motivar(veredicto, regla, codigo, 'retenido')
  }
  assert(t.clienteId !== null, 'only points of a client are held')
  saldoPorMover(libro, cambios, t.clienteId).puntosRetenidos += puntosRestantes(t)
  emitir(libro, cambios, entrada, t, null, null, uso)
}

function recordarMonto(libro: Libro, montoCentavos: number): void {
  libro.ultimosMontos.push(montoCentavos)
  if (libro.ultimosMontos.length > MONTOS_RECORDADOS) libro.ultimosMontos.shift()
}

/** R13. A real sale is never blocked by the catalogue; the dueño gets one task per sale. */
function revisarArticulos(libro: Libro, cambios: Cambios, entrada: Entrada, datos: Venta): void {
  const faltantes = datos.lineas.filter((linea) => !libro.articulos.get(linea.articuloId)?.disponible)
  const primero = faltantes[0]
  if (!primero) return
  motivar(veredictoDe(cambios, entrada), 'R13', 'articulo_no_disponible')
  avisar(cambios, entrada, {
    tipo: 'tarea',
    regla: 'R13',
    codigo: 'articulo_no_disponible',
    datos: {
      transaccionId: entrada.sobre.id,
      folio: datos.folio,
      articuloId: primero.articuloId,
      nombre: primero.nombre,
      lineas: faltantes.length,
    },
  })
}
