/** The word of the dueño on held points. It lifts (or refuses) only the rule it names; the others go on holding. */
import { cadenaDe, motivar, noProcesar, veredictoDe } from './dictamen.ts'
import { padreOEspera } from './espera.ts'
import type { Cambios, Libro, Transaccion } from './libro.ts'
import { cerrarRetencion, retencionesActivas } from './mover-puntos.ts'
import type { Entrada, Sobre } from './sobre.ts'
import type { AjustePuntos } from './tipos.ts'

/**
 * Judge of `ajuste_puntos`. Anybody but a dueño of the negocio, from a till, or through the Studio of another account: `sin_procesar` SIN_PERMISO.
 */
export function juzgarAjuste(libro: Libro, cambios: Cambios, entrada: Entrada): void {
  if (!esDueno(libro, entrada.sobre.operador) || !puedeDecidir(libro, entrada)) {
    noProcesar(cambios, entrada, 'SIN_PERMISO')
    return
  }
  const datos = entrada.sobre.datos as AjustePuntos
  const t = padreOEspera(libro, cambios, entrada, datos.transaccionId)
  if (t) decidir(libro, cambios, entrada, t, datos)
}

function decidir(libro: Libro, cambios: Cambios, entrada: Entrada, t: Transaccion, datos: AjustePuntos): void {
  const veredicto = veredictoDe(cambios, entrada)
  const retencion = retencionesActivas(libro, t).find((r) => r.regla === datos.regla)
  const estado = datos.decision === 'aprobar' ? 'levantada' : 'rechazada'
  if (retencion) veredicto.puntos = cerrarRetencion(libro, cambios, entrada, t, retencion, estado)
  else motivar(veredicto, datos.regla, 'regla_no_retenida', 'en_revision')
}

const esDueno = (libro: Libro, operador: Sobre['operador']): boolean => operador?.tipo === 'usuario' && libro.duenos.has(operador.id)

/**
 * Who pressed the button is what the device says. A Studio is enrolled by an account for itself and speaks for no other; a till stands where everybody
 * can reach it.
 */
function puedeDecidir(libro: Libro, entrada: Entrada): boolean {
  const { dispositivoId } = cadenaDe(libro, entrada)
  if (dispositivoId === null) return true
  const equipo = libro.dispositivos.get(dispositivoId)
  return equipo?.tipo === 'studio' && (equipo.usuarioId === null || equipo.usuarioId === entrada.sobre.operador?.id)
}
