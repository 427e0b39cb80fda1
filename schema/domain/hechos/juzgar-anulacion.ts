/** SCAN-51. The sale never was: all its remaining points go, wherever they are, its lifetime points if they had not settled, and the visit of its client. */
import { motivar, veredictoDe } from './dictamen.ts'
import { padreOEspera } from './espera.ts'
import { contarloAQuienLoTiene, devolverUso } from './juzgar-cupon.ts'
import { reportarSobregiro } from './juzgar-reembolso.ts'
import { corregirVisita } from './juzgar-venta.ts'
import type { Cambios, Libro, Transaccion } from './libro.ts'
import { emitir, puntosRestantes, quitar, retencionesActivas } from './mover-puntos.ts'
import type { Entrada } from './sobre.ts'
import type { Anulacion } from './tipos.ts'

/** Judge of `anulacion`. A second one changes nothing (R1). */
export function juzgarAnulacion(libro: Libro, cambios: Cambios, entrada: Entrada): void {
  const datos = entrada.sobre.datos as Anulacion
  const t = padreOEspera(libro, cambios, entrada, datos.transaccionId)
  if (!t) return
  if (t.estado === 'anulada') motivar(veredictoDe(cambios, entrada), 'R1', 'ya_anulada')
  else anular(libro, cambios, entrada, t, datos.motivo)
}

function anular(libro: Libro, cambios: Cambios, entrada: Entrada, t: Transaccion, motivo: string): void {
  const veredicto = veredictoDe(cambios, entrada)
  const { quitados, sobregiro, historial } = quitar(libro, cambios, entrada, t, puntosRestantes(t), 'anulado')
  for (const retencion of retencionesActivas(libro, t)) {
    retencion.estado = 'rechazada'
    cambios.retenciones.add(`${t.id}|${retencion.regla}`)
  }
  t.estado = 'anulada'
  corregirVisita(libro, cambios, t, t.reembolsadoCentavos - t.montoCentavos, -1)
  devolverUso(libro, cambios, t)
  t.motivo = motivo
  veredicto.puntos = 0 - quitados
  if (sobregiro > 0) reportarSobregiro(cambios, entrada, t, sobregiro)
  // The projector knows when the sale was and whether its points settled (24 h rule).
  const ganoLifetime = t.acreditada && t.puntosOtorgados > 0
  emitir(libro, cambios, entrada, t, historial, ganoLifetime ? { tipo: 'anulado', effAt: veredicto.effAt } : null)
  contarloAQuienLoTiene(libro, cambios, entrada, t)
}
