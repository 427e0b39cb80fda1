/** The chip of Studio: what concerns this device alone. Held points and conflicts have counters of their own in the menu. Pure. */
import type { EstadoSync } from '../../../../workers/replica/api.ts'
import { chipDe } from '../../../domain/sincronizacion/estado-en-palabras.ts'
import type { EdicionPendiente } from '../../../replica/studio.ts'
import type { FormaDeChip } from '../../../ui/chip.tsx'
import { t } from './textos.ts'

/** The status as this device's own: `atencion` counts the edits that the server refused, nothing else. */
export function estadoPropio(estado: EstadoSync, ediciones: readonly EdicionPendiente[]): EstadoSync {
  const atencion = ediciones.filter((e) => e.codigo !== null).length
  // With nothing to attend to, "atencion" says that this release is too old for the server.
  const deOtros = estado.fase === 'atencion' && atencion === 0 && estado.atencion > 0
  const fase = deOtros ? 'al_dia' : estado.fase === 'al_dia' && atencion > 0 ? 'atencion' : estado.fase
  return { ...estado, fase, atencion }
}

/** `Al día (14:02)` and its kind. `zona`: IANA, of the sucursal. */
export function chipDeStudio(
  estado: EstadoSync | null,
  ediciones: readonly EdicionPendiente[],
  zona: string,
): { forma: FormaDeChip; texto: string; fase: string } {
  const propio = estado && estadoPropio(estado, ediciones)
  const { forma, texto, detalle } = chipDe(propio, zona)
  const dicho = propio?.fase === 'caida' ? t.seDetuvo : texto
  return { forma, texto: detalle ? `${dicho} (${detalle})` : dicho, fase: propio?.fase ?? 'abriendo' }
}
