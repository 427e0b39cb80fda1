/** What an address of the Panel holds besides its path: where somebody is survives a reload and a session that ended. */
import { useNavigate, useSearch } from '@tanstack/react-router'
import type { DIAS_DE_REGLAS, Filtro, Rango } from '../../../schema/protocol/plataforma.ts'

// Lists of their own: the shell reads this before the Panel is loaded, and the schemas would come along.
const FILTROS = ['todos', 'atencion', 'sin_conexion'] as const satisfies readonly Filtro[]
export const RANGOS = ['15m', '1h', '24h', '7d'] as const satisfies readonly Rango[]

export const DIAS = ['1', '7', '30'] as const satisfies typeof DIAS_DE_REGLAS
export type Dias = (typeof DIAS)[number]

export interface BusquedaDelPanel {
  /** One-tap entry of the demo world. */
  demo?: string
  rango?: Rango
  filtro?: Filtro
  /** Words of the list's own search. */
  buscar?: string
  negocio?: string
  equipo?: string
  regla?: string
  /** Of Conflictos: the list and its counts. */
  dias?: Dias
}

const uno = <T extends string>(valor: unknown, de: readonly T[]): T | undefined => de.find((v) => v === valor)
const UUID = /^[0-9a-f-]{36}$/
const texto = (valor: unknown, forma: RegExp): string | undefined => {
  const dicho = typeof valor === 'number' ? String(valor) : valor
  return typeof dicho === 'string' && forma.test(dicho) ? dicho : undefined
}

/** Whatever the address says, only this is taken from it. */
export function leerBusqueda(search: Record<string, unknown>): BusquedaDelPanel {
  const leida: Record<keyof BusquedaDelPanel, string | undefined> = {
    demo: texto(search.demo, /^[a-z]{2,20}$/),
    rango: uno(search.rango, RANGOS),
    filtro: uno(search.filtro, FILTROS),
    buscar: texto(search.buscar, /^[\s\S]{1,80}$/),
    negocio: texto(search.negocio, UUID),
    equipo: texto(search.equipo, UUID),
    regla: texto(search.regla, /^R\d{1,2}$/),
    dias: DIAS.find((d) => d === String(search.dias)),
  }
  return Object.fromEntries(Object.entries(leida).filter(([, valor]) => valor !== undefined)) as BusquedaDelPanel
}

/** What the address says now, and a way to change a part of it in place: no new step for the back button. */
export function useBusqueda(): [BusquedaDelPanel, (cambios: Partial<Record<keyof BusquedaDelPanel, string | undefined>>) => void] {
  const actual = useSearch({ strict: false }) as BusquedaDelPanel
  const navegar = useNavigate()
  const cambiar = (cambios: Partial<Record<keyof BusquedaDelPanel, string | undefined>>) =>
    void navegar({
      to: '.',
      search: (antes: Record<string, unknown>) => leerBusqueda({ ...antes, ...cambios }),
      replace: true,
      resetScroll: false,
    } as never)
  return [actual, cambiar]
}

/** `?a=1&b=2` of what is known; '' for nothing. */
export function consulta(partes: Record<string, string | null | undefined>): string {
  const conocidas = Object.entries(partes).flatMap(([nombre, valor]) => (valor ? [[nombre, valor]] : []))
  return conocidas.length === 0 ? '' : `?${new URLSearchParams(conocidas)}`
}
