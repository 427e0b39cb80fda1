/**
 * The judge: a fold. Entries go in in acceptance order; the libro is changed and `cambios` says what to write. Nothing here waits, reads a clock
 * or refuses: a hecho is judged, never turned away. Verdicts are AND-ed: a later rule never re-enables what an earlier one held.
 */
import { JUECES } from '../../registry.ts'
import { cadenaDe, lugar } from './dictamen.ts'
import { dictaminar, horaDe } from './dictaminar.ts'
import type { Cambios, Libro, RegistroDeJueces } from './libro.ts'
import type { Entrada } from './sobre.ts'

/** An empty ledger of a negocio. */
export const nuevoLibro = (negocioId: string): Libro => ({
  negocioId,
  zonas: new Map(),
  configuraciones: [],
  duenos: new Set(),
  cadenas: new Map(),
  dispositivos: new Map(),
  licencias: new Map(),
  empleados: new Map(),
  articulos: new Map(),
  evidencias: new Map(),
  escritas: new Map(),
  transacciones: new Map(),
  retenciones: new Map(),
  clientes: new Map(),
  saldos: new Map(),
  cupones: new Map(),
  cuponUsuarios: new Map(),
  cuponUsos: new Map(),
  canjes: new Map(),
  turnos: new Map(),
  usosQr: new Map(),
  ventasDelDia: new Map(),
  escritasDelDia: new Map(),
  erradasDelDia: new Map(),
  ultimosMontos: [],
  enEspera: new Map(),
  nombradas: new Map(),
  vistos: new Map(),
})

export const nuevosCambios = (): Cambios => ({
  transacciones: new Set(),
  retenciones: new Set(),
  clientes: new Set(),
  saldos: new Set(),
  cadenas: new Set(),
  licencias: new Set(),
  cupones: new Set(),
  cuponUsuarios: new Set(),
  cuponUsos: new Set(),
  canjes: new Set(),
  turnos: new Set(),
  usosQr: new Map(),
  ventasDelDia: new Set(),
  escritas: [],
  historial: [],
  veredictos: new Map(),
  avisos: [],
  eventos: [],
  esperas: new Map(),
})

/**
 * Judges one entry. Mutates `libro`, adds to `cambios`. The same entry at the same place again changes nothing; the same hecho id at
 * another place is a `duplicado` without effect (R1). Every entry moves its chain's effAt, never backwards (R11).
 * @throws only on a bug; the entry is then stored as `sin_procesar` by the caller
 */
export function juzgar(libro: Libro, cambios: Cambios, entrada: Entrada, registro: RegistroDeJueces = JUECES): void {
  const visto = libro.vistos.get(entrada.sobre.id)
  if ((visto && lugar(visto) === lugar(entrada)) || cambios.veredictos.has(lugar(entrada))) return
  if (!visto) libro.vistos.set(entrada.sobre.id, { cadenaId: entrada.cadenaId, seq: entrada.seq })
  const hora = horaDe(libro, entrada)
  cadenaDe(libro, entrada).ultimoEffAt = hora
  cambios.cadenas.add(entrada.cadenaId)
  dictaminar(libro, cambios, entrada, hora, registro)
}
