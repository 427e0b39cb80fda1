/** What the table says of a device, apart from how it is drawn. */

/** `GET /api/admin/dispositivos` */
export interface Equipo {
  id: string
  negocioId: string
  negocio: string
  sucursal: string | null
  nombre: string
  tipo: 'caja' | 'studio'
  serie: string
  bajaAt: number | null
  ultimoContactoAt: number | null
  pendientes: number | null
  masAntiguoAt: number | null
  offsetMs: number | null
  versionApp: string | null
  recibidos: number
  sinProcesar: number
}
export interface Plataforma {
  hora: number
  motor: 'pglite' | 'postgres'
  equipos: Equipo[]
  nodos: { id: string; version: string; iniciadoAt: number; latidoAt: number }[]
}

/** A device speaks at least every minute while it has network. */
export const EN_LINEA_MS = 90_000
/** A clock further off than this makes sales look wrong (R11). */
export const RELOJ_SOSPECHOSO_MS = 60_000

export type SituacionDeEquipo = 'baja' | 'sin_estrenar' | 'errores' | 'reloj' | 'sin_senal' | 'enviando' | 'al_dia'

/** What a person must know first. `ahora` by the server's clock, ms. */
export function situacionDe(e: Equipo, ahora: number): SituacionDeEquipo {
  if (e.bajaAt !== null) return 'baja'
  if (e.ultimoContactoAt === null) return 'sin_estrenar'
  if (e.sinProcesar > 0) return 'errores'
  if (Math.abs(e.offsetMs ?? 0) > RELOJ_SOSPECHOSO_MS) return 'reloj'
  if (ahora - e.ultimoContactoAt > EN_LINEA_MS) return 'sin_senal'
  return (e.pendientes ?? 0) > 0 ? 'enviando' : 'al_dia'
}

export interface Cuenta {
  vivos: number
  enLinea: number
  porEnviar: number
  masViejoAt: number | null
  masViejoDe: string
  recibidos: number
  sinProcesar: number
}

/** The figures of the head. Revoked devices count only for what was received. */
export function contar(equipos: readonly Equipo[], ahora: number): Cuenta {
  const vivos = equipos.filter((e) => e.bajaAt === null)
  const viejo = vivos.reduce<Equipo | null>(
    (peor, e) => (e.masAntiguoAt !== null && e.masAntiguoAt < (peor?.masAntiguoAt ?? Infinity) ? e : peor),
    null,
  )
  const suma = (de: (e: Equipo) => number) => equipos.reduce((total, e) => total + de(e), 0)
  return {
    vivos: vivos.length,
    enLinea: vivos.filter((e) => e.ultimoContactoAt !== null && ahora - e.ultimoContactoAt <= EN_LINEA_MS).length,
    porEnviar: vivos.reduce((total, e) => total + (e.pendientes ?? 0), 0),
    masViejoAt: viejo?.masAntiguoAt ?? null,
    masViejoDe: viejo?.nombre ?? '',
    recibidos: suma((e) => e.recibidos),
    sinProcesar: suma((e) => e.sinProcesar),
  }
}

/** `+0.4 s`, `−11 min 20 s`: how far the device's clock is from the server's. */
export function desfase(offsetMs: number): string {
  const signo = offsetMs < 0 ? '−' : '+'
  const segundos = Math.abs(offsetMs) / 1_000
  if (segundos < 60) return `${signo}${segundos.toFixed(1)} s`
  return `${signo}${Math.floor(segundos / 60)} min ${Math.round(segundos % 60)} s`
}
