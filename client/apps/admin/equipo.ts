/** What the Panel says of a device, apart from how it is drawn. Everything a device says of itself is as old as its last contact. */
import type { Atencion, EquipoDePlataforma } from '../../../schema/protocol/plataforma.ts'
import { numero } from './palabras.ts'

export type SituacionDeEquipo = 'baja' | 'sin_estrenar' | 'atencion' | 'sin_senal' | 'enviando' | 'al_dia'

/** What a person must know first. */
export function situacionDe(e: EquipoDePlataforma): SituacionDeEquipo {
  if (e.bajaAt !== null) return 'baja'
  if (e.ultimoContactoAt === null) return 'sin_estrenar'
  if (e.atencion.length > 0) return 'atencion'
  if (!e.enLinea) return 'sin_senal'
  return (e.pendientes ?? 0) > 0 ? 'enviando' : 'al_dia'
}

/** Entries lost, doubled or unreadable: a person must act, waiting does not cure them. */
const GRAVES: ReadonlySet<Atencion> = new Set(['sin_procesar', 'bifurcada'])
export const esGrave = (e: Pick<EquipoDePlataforma, 'atencion'>): boolean => e.atencion.some((a) => GRAVES.has(a))

/**
 * `14`, or `≥ 14` when the device is out of contact: it may have sold more since, also one whose last word was that nothing waited. Null: it never
 * said.
 */
export function porEnviar(e: Pick<EquipoDePlataforma, 'pendientes' | 'enLinea'>): string | null {
  return e.pendientes === null ? null : cuantosEsperan(e.pendientes, !e.enLinea)
}
/** A count, `lejos`: some of those it was counted from are out of contact, and it is the least there can be. */
export const cuantosEsperan = (pendientes: number, lejos: boolean): string => (lejos ? `≥ ${numero(pendientes)}` : numero(pendientes))

/** Length of the bar beside a count, px: 4 for one, 44 for the largest of the table. */
export const barra = (pendientes: number, mayor: number): number =>
  pendientes <= 0 ? 0 : Math.round(4 + 40 * Math.min(1, (pendientes - 1) / Math.max(1, mayor - 1)))

/** Share of its room that is used, 0 to 1; null: it never said. */
export const ocupado = ({ almacenBytes, cuotaBytes }: Pick<EquipoDePlataforma, 'almacenBytes' | 'cuotaBytes'>): number | null =>
  almacenBytes === null || cuotaBytes === null || cuotaBytes === 0 ? null : Math.min(1, almacenBytes / cuotaBytes)

/** The devices of a tenant under their sucursal, in the order they came; those of none (a Studio that sees all) last. */
export function porSucursal(equipos: readonly EquipoDePlataforma[]): { sucursal: string | null; equipos: EquipoDePlataforma[] }[] {
  const grupos = new Map<string | null, EquipoDePlataforma[]>()
  for (const e of equipos) grupos.set(e.sucursal, [...(grupos.get(e.sucursal) ?? []), e])
  const sinSucursal = grupos.get(null)
  grupos.delete(null)
  if (sinSucursal) grupos.set(null, sinSucursal)
  return [...grupos].map(([sucursal, suyos]) => ({ sucursal, equipos: suyos }))
}
