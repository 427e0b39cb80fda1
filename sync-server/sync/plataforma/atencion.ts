/** When a device needs a person, and when time alone changes the answer. Pure: the flusher writes what this says. */
import { DIA, HORA, MINUTO } from '../../../schema/core/tiempo.ts'
import { ATENCIONES, type Atencion } from '../../../schema/protocol/plataforma.ts'
import { VERSION } from '../../../schema/protocol/version.ts'

/** A till in contact is heard of at least once in 80 s (a ping of its stream every 20 s, noted once a minute). */
export const EN_LINEA_MS = 2 * MINUTO
/** Silent this long with something to hand in: somebody should look. */
export const SIN_CONTACTO_MS = HORA
export const RELOJ_MS = 10 * MINUTO
/** More versions of the wire behind than this: the next release may not talk to it. */
export const VERSIONES_DETRAS = 1
export const ALMACEN_LLENO = 0.8
/** A gap or a fork is news for as long as points wait for a person. */
export const NOVEDAD_MS = 14 * DIA

export interface LoQueSeSabe {
  bajaAt: number | null
  ultimoContactoAt: number | null
  pendientes: number | null
  offsetMs: number | null
  almacenBytes: number | null
  cuotaBytes: number | null
  protocolo: number | null
  sinProcesar: number
  huecoAt: number | null
  bifurcadaAt: number | null
}

const reciente = (at: number | null, ahora: number, ms: number): boolean => at !== null && ahora < at + ms

const REGLAS: Record<Atencion, (e: LoQueSeSabe, ahora: number) => boolean> = {
  sin_procesar: (e) => e.sinProcesar > 0,
  hueco: (e, ahora) => reciente(e.huecoAt, ahora, NOVEDAD_MS),
  bifurcada: (e, ahora) => reciente(e.bifurcadaAt, ahora, NOVEDAD_MS),
  reloj: (e) => e.offsetMs !== null && Math.abs(e.offsetMs) > RELOJ_MS,
  sin_contacto: (e, ahora) =>
    (e.pendientes ?? 0) > 0 && e.ultimoContactoAt !== null && !reciente(e.ultimoContactoAt, ahora, SIN_CONTACTO_MS),
  version: (e) => e.protocolo !== null && e.protocolo < VERSION - VERSIONES_DETRAS,
  almacen: (e) => e.almacenBytes !== null && !!e.cuotaBytes && e.almacenBytes > ALMACEN_LLENO * e.cuotaBytes,
}
/** What is wrong with a device nobody may sell with any more stays wrong only where somebody else may have its key or its sales. */
const DE_UN_REVOCADO: readonly Atencion[] = ['sin_procesar', 'bifurcada']

/** In the order of ATENCIONES. `ahora`: ms of the server. */
export const atencionDe = (e: LoQueSeSabe, ahora: number): Atencion[] =>
  (e.bajaAt === null ? ATENCIONES : DE_UN_REVOCADO).filter((cual) => REGLAS[cual](e, ahora))

export const enLinea = (e: Pick<LoQueSeSabe, 'ultimoContactoAt' | 'bajaAt'>, ahora: number): boolean =>
  e.bajaAt === null && reciente(e.ultimoContactoAt, ahora, EN_LINEA_MS)

/** The next instant at which one of the two above answers otherwise by itself; null: none. */
export function revisarAt(e: LoQueSeSabe, ahora: number): number | null {
  const plazos = [
    e.ultimoContactoAt !== null && e.bajaAt === null ? e.ultimoContactoAt + EN_LINEA_MS : 0,
    e.ultimoContactoAt !== null && (e.pendientes ?? 0) > 0 ? e.ultimoContactoAt + SIN_CONTACTO_MS : 0,
    e.huecoAt === null ? 0 : e.huecoAt + NOVEDAD_MS,
    e.bifurcadaAt === null ? 0 : e.bifurcadaAt + NOVEDAD_MS,
  ].filter((at) => at > ahora)
  return plazos.length > 0 ? Math.min(...plazos) : null
}
