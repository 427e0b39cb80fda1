/** SCAN-40, 50; R6. Refunds add up to the sale at most; the excess was given away by the merchant and stands as such. */
import { puntosPorDevolver } from '../puntos/puntos.ts'
import { avisar, motivar, veredictoDe } from './dictamen.ts'
import { padreOEspera } from './espera.ts'
import { contarloAQuienLoTiene, devolverUso } from './juzgar-cupon.ts'
import { corregirVisita } from './juzgar-venta.ts'
import type { Cambios, Libro, Transaccion } from './libro.ts'
import { emitir, quitar } from './mover-puntos.ts'
import type { Entrada } from './sobre.ts'
import type { Reembolso } from './tipos.ts'

/** Judge of `reembolso`. Points taken back in total = floor(otorgados × reembolsado / monto), whatever the number of refunds. */
export function juzgarReembolso(libro: Libro, cambios: Cambios, entrada: Entrada): void {
  const datos = entrada.sobre.datos as Reembolso
  const t = padreOEspera(libro, cambios, entrada, datos.transaccionId)
  if (!t) return
  const queda = t.estado === 'anulada' ? 0 : t.montoCentavos - t.reembolsadoCentavos
  const aplicado = Math.min(queda, datos.montoCentavos)
  if (aplicado > 0) aplicar(libro, cambios, entrada, t, aplicado, datos)
  if (aplicado < datos.montoCentavos) reportarExceso(cambios, entrada, t, datos.montoCentavos - aplicado)
}

function aplicar(libro: Libro, cambios: Cambios, entrada: Entrada, t: Transaccion, aplicado: number, datos: Reembolso): void {
  t.reembolsadoCentavos += aplicado
  corregirVisita(libro, cambios, t, -aplicado)
  t.motivo = datos.motivo
  if (datos.lineas) t.lineas = conDevueltas(t.lineas, datos.lineas)
  const delta = puntosPorDevolver(t.puntosOtorgados, t.reembolsadoCentavos, t.montoCentavos) - t.puntosDevueltos
  const { quitados, sobregiro, historial } = quitar(libro, cambios, entrada, t, delta, 'devuelto')
  if (t.reembolsadoCentavos === t.montoCentavos) {
    t.estado = 'reembolsada'
    devolverUso(libro, cambios, t)
  }
  veredictoDe(cambios, entrada).puntos = 0 - quitados
  if (sobregiro > 0) reportarSobregiro(cambios, entrada, t, sobregiro)
  emitir(libro, cambios, entrada, t, historial, null) // lifetime is untouched: it never goes down (SCAN-50)
  contarloAQuienLoTiene(libro, cambios, entrada, t)
}

/** What came back, by line: never more than was sold. */
const conDevueltas = (lineas: Transaccion['lineas'], devueltas: NonNullable<Reembolso['lineas']>): Transaccion['lineas'] =>
  devueltas.reduce<Transaccion['lineas']>((previas, { articuloId, cantidad }) => {
    let resta = cantidad
    return previas.map((linea) => {
      const toma = linea.articuloId === articuloId ? Math.min(resta, linea.cantidad - (linea.devueltas ?? 0)) : 0
      resta -= toma
      return toma > 0 ? { ...linea, devueltas: (linea.devueltas ?? 0) + toma } : linea
    })
  }, lineas)

function reportarExceso(cambios: Cambios, entrada: Entrada, t: Transaccion, excesoCentavos: number): void {
  motivar(veredictoDe(cambios, entrada), 'R6', 'reembolso_excedido', 'en_revision')
  const datos = { transaccionId: t.id, folio: t.folio }
  avisar(cambios, entrada, { tipo: 'revision', regla: 'R6', codigo: 'reembolso_excedido', costoCentavos: excesoCentavos, datos })
}

/** The balance did not cover what was taken back: the facts stand, later points pay it off. */
export function reportarSobregiro(cambios: Cambios, entrada: Entrada, t: Transaccion, puntos: number): void {
  motivar(veredictoDe(cambios, entrada), 'R6', 'sobregiro')
  avisar(cambios, entrada, { tipo: 'revision', regla: 'R6', codigo: 'sobregiro', puntos, datos: { transaccionId: t.id, folio: t.folio } })
}
