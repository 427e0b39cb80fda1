/** SCAN-22. A confirmed sale whose monto was wrong: what was charged is what is said now, and its points are those of that monto. */
import type { Codigo } from '../../core/codigos.ts'
import { cruzaNivelSola } from '../niveles/niveles.ts'
import { calcularPuntos, puntosPorDevolver, puntosSegun } from '../puntos/puntos.ts'
import { avisar, cadenaDe, motivar, veredictoDe } from './dictamen.ts'
import { padreOEspera } from './espera.ts'
import { contarloAQuienLoTiene, devolverUso, recontarUso } from './juzgar-cupon.ts'
import { reportarSobregiro } from './juzgar-reembolso.ts'
import { corregirVisita } from './juzgar-venta.ts'
import type { Cambios, Libro, Transaccion } from './libro.ts'
import { corregirPuntos, emitir } from './mover-puntos.ts'
import { licenciaValida, motivoDeBaja, muyPorEncima, umbralesEn } from './retener.ts'
import type { Entrada } from './sobre.ts'
import type { CambioMonto, Regla } from './tipos.ts'

/**
 * Judge of `cambio_monto`. The points are computed again by the version and the nivel of the sale. Points that would rise beyond what the rules let a sale
 * earn by itself (R10, R15, R16), or from nothing, do not: the monto stands, the dueño is told. Less than what was refunded already: no effect, to review.
 */
export function juzgarCambioDeMonto(libro: Libro, cambios: Cambios, entrada: Entrada): void {
  const datos = entrada.sobre.datos as CambioMonto
  const t = padreOEspera(libro, cambios, entrada, datos.transaccionId)
  if (!t) return
  if (t.estado === 'anulada') motivar(veredictoDe(cambios, entrada), 'R1', 'ya_anulada')
  else if (datos.montoCentavos < t.reembolsadoCentavos) reportar(cambios, entrada, t, 'R6', 'cambio_excedido')
  else if (datos.montoCentavos !== t.montoCentavos) corregir(libro, cambios, entrada, t, datos)
}

function corregir(libro: Libro, cambios: Cambios, entrada: Entrada, t: Transaccion, { montoCentavos, motivo }: CambioMonto): void {
  const vale = valeAhora(libro, t, montoCentavos)
  const freno =
    vale.puntosOtorgados > t.puntosOtorgados ? frenoDelAlza(libro, entrada, cambios, t, montoCentavos, vale.puntosOtorgados) : null
  registrarMonto(libro, cambios, t, montoCentavos)
  t.motivo = motivo
  t.estado = t.reembolsadoCentavos === t.montoCentavos ? 'reembolsada' : 'completada'
  if (t.estado === 'reembolsada') devolverUso(libro, cambios, t)
  else recontarUso(libro, cambios, entrada, t)
  const otorgados = freno ? { puntosBase: t.puntosBase, puntosOtorgados: t.puntosOtorgados } : vale
  const puntosDevueltos = puntosPorDevolver(otorgados.puntosOtorgados, t.reembolsadoCentavos, montoCentavos)
  const { quitados, sobregiro, historial } = corregirPuntos(libro, cambios, entrada, t, { ...otorgados, puntosDevueltos })
  veredictoDe(cambios, entrada).puntos = 0 - quitados
  if (freno) reportar(cambios, entrada, t, ...freno)
  if (sobregiro > 0) reportarSobregiro(cambios, entrada, t, sobregiro)
  const lifetime =
    t.acreditada && !freno ? ({ tipo: 'corregido', puntos: t.puntosOtorgados, effAt: veredictoDe(cambios, entrada).effAt } as const) : null
  emitir(libro, cambios, entrada, t, historial, lifetime)
  contarloAQuienLoTiene(libro, cambios, entrada, t)
}

/** By the rules the sale was computed with. Without a client, nothing. */
function valeAhora(libro: Libro, t: Transaccion, montoCentavos: number): Pick<Transaccion, 'puntosBase' | 'puntosOtorgados'> {
  const version = libro.configuraciones.find((c) => c.version === t.configVersion)
  if (t.nivelCliente === null || !version) return { puntosBase: 0, puntosOtorgados: 0 }
  const puntosBase = version.participa ? calcularPuntos(montoCentavos, version.valorPuntoCentavos, 100) : 0
  return { puntosBase, puntosOtorgados: puntosSegun(version, montoCentavos, t.nivelCliente) }
}

function frenoDelAlza(
  libro: Libro,
  entrada: Entrada,
  cambios: Cambios,
  t: Transaccion,
  montoCentavos: number,
  puntos: number,
): [Regla, Codigo] | null {
  const { effAt } = veredictoDe(cambios, entrada)
  const cadena = cadenaDe(libro, entrada)
  const { operador, licenciaId } = entrada.sobre
  const empleadoId = operador?.tipo === 'empleado' ? operador.id : null
  const baja = motivoDeBaja(libro, { empleadoId, dispositivoId: cadena.dispositivoId, effAt, recibidoAt: entrada.recibidoAt })
  if (baja) return ['R10', baja]
  if (!licenciaValida(libro, cadena, licenciaId, effAt)) return ['R15', 'sin_licencia']
  if (nuncaValio(libro, t)) return ['R16', 'limite']
  const cruza = t.nivelCliente !== null && cruzaNivelSola(t.nivelCliente, puntos, umbralesEn(libro, t.effAt))
  return cruza || muyPorEncima(montoCentavos, libro.ultimosMontos) ? ['R16', 'limite'] : null
}

/** A sale worth nothing is held by no rule: what a used QR, a wrong clock or the seventh sale of a day would have held must not come in by a correction. */
const nuncaValio = (libro: Libro, t: Transaccion): boolean =>
  t.puntosOtorgados === 0 && valeAhora(libro, t, t.montoOriginalCentavos ?? t.montoCentavos).puntosOtorgados === 0

function registrarMonto(libro: Libro, cambios: Cambios, t: Transaccion, montoCentavos: number): void {
  corregirVisita(libro, cambios, t, montoCentavos - t.montoCentavos)
  t.montoOriginalCentavos ??= t.montoCentavos
  t.montoCentavos = montoCentavos
}

function reportar(cambios: Cambios, entrada: Entrada, t: Transaccion, regla: Regla, codigo: Codigo): void {
  motivar(veredictoDe(cambios, entrada), regla, codigo, 'en_revision')
  avisar(cambios, entrada, { tipo: 'revision', regla, codigo, datos: { transaccionId: t.id, folio: t.folio } })
}
