/** Small tools of the judges: where an entry stands, what its verdict says, what the dueño is told. */
import type { Codigo } from '../../core/codigos.ts'
import { assert } from '../../core/rechazo.ts'
import type { Aviso, CadenaEstado, Cambios, EstadoVeredicto, Libro, Veredicto } from './libro.ts'
import type { Entrada } from './sobre.ts'
import { REGLAS, type Regla } from './tipos.ts'

/** Key of an entry: `${cadenaId}|${seq}`. */
export const lugar = (entrada: { cadenaId: string; seq: number }): string => `${entrada.cadenaId}|${entrada.seq}`

/** The chain an entry belongs to; one not loaded is new. */
export function cadenaDe(libro: Libro, entrada: Entrada): CadenaEstado {
  let cadena = libro.cadenas.get(entrada.cadenaId)
  if (!cadena) {
    cadena = { cadenaId: entrada.cadenaId, dispositivoId: entrada.sobre.dispositivoId, ultimoEffAt: 0, hueco: false }
    libro.cadenas.set(entrada.cadenaId, cadena)
  }
  return cadena
}

/** A first verdict, `aceptado`; the judges change it. It replaces an earlier one of the same entry. */
export function abrirVeredicto(libro: Libro, cambios: Cambios, entrada: Entrada, effAt: number): Veredicto {
  const cadena = cadenaDe(libro, entrada)
  const veredicto: Veredicto = {
    cadenaId: entrada.cadenaId,
    seq: entrada.seq,
    hechoId: entrada.sobre.id,
    tipo: entrada.sobre.tipo,
    dispositivoId: cadena.dispositivoId,
    estado: 'aceptado',
    motivos: [],
    puntos: 0,
    effAt,
    hueco: cadena.hueco,
  }
  cambios.veredictos.set(lugar(entrada), veredicto)
  return veredicto
}

/** The verdict being written for an entry. A judge runs only after it was opened. */
export function veredictoDe(cambios: Cambios, entrada: Entrada): Veredicto {
  const veredicto = cambios.veredictos.get(lugar(entrada))
  assert(veredicto, 'a verdict is opened before its judge runs')
  return veredicto
}

/** Adds a reason, kept in rule order (those without a rule first); `estado` when the reason changes the state. */
export function motivar(veredicto: Veredicto, regla: Regla | null, codigo: Codigo, estado: EstadoVeredicto = veredicto.estado): void {
  veredicto.motivos.push({ regla, codigo })
  veredicto.motivos.sort((a, b) => orden(a.regla) - orden(b.regla))
  veredicto.estado = estado
}
const orden = (regla: Regla | null) => (regla === null ? -1 : REGLAS.indexOf(regla))

/**
 * Something for the dueño, dated at the receipt of the entry that causes it. One per (hecho, codigo). It says in which sucursal that was, so that a
 * gerente sees what concerns the own one.
 */
export function avisar(
  cambios: Cambios,
  entrada: Entrada,
  aviso: Pick<Aviso, 'tipo' | 'regla' | 'codigo'> & Partial<Pick<Aviso, 'costoCentavos' | 'puntos' | 'datos'>>,
): void {
  const id = `${entrada.sobre.id}:${aviso.codigo}`
  const { sucursalId } = entrada.sobre
  const datos = { ...aviso.datos, ...(sucursalId === null ? {} : { sucursalId }) }
  cambios.avisos.push({ costoCentavos: null, puntos: null, ...aviso, datos, id, creadoAt: entrada.recibidoAt })
}

/**
 * DI8. The entry stays, without effect, and the dueño is told: what a till claims to have sold is never dropped in silence. A kind this release
 * does not know is only marked: the release that knows it judges it.
 */
export function noProcesar(cambios: Cambios, entrada: Entrada, codigo: Codigo): void {
  motivar(veredictoDe(cambios, entrada), null, codigo, 'sin_procesar')
  if (codigo === 'HECHO_DESCONOCIDO') return
  const { cadenaId, seq, n, sobre } = entrada
  avisar(cambios, entrada, { tipo: 'alerta', regla: null, codigo, datos: { cadenaId, seq, n, tipo: sobre.tipo } })
}
