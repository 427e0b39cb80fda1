/** `cadena.abierta`: the first entry of a journal. A device that lost its journal begins another, and the dueño sees it. */
import { avisar, motivar, veredictoDe } from './dictamen.ts'
import type { Cambios, Libro } from './libro.ts'
import type { Entrada } from './sobre.ts'
import type { CadenaAbierta } from './tipos.ts'

/** Judge of `cadena.abierta`. */
export function juzgarCadenaAbierta(_libro: Libro, cambios: Cambios, entrada: Entrada): void {
  const datos = entrada.sobre.datos as CadenaAbierta
  if (datos.motivo !== 'diario_perdido') return
  motivar(veredictoDe(cambios, entrada), null, 'cadena_nueva')
  const detalle = { cadenaId: entrada.cadenaId, dispositivoId: entrada.sobre.dispositivoId, serie: datos.serie }
  avisar(cambios, entrada, { tipo: 'alerta', regla: null, codigo: 'cadena_nueva', datos: detalle })
}
