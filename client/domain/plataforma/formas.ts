/** The shapes of the Panel (schema/protocol/SPEC.md, SH6): what their rows are and how they are told apart. */
import type { z } from 'zod'
import {
  equipoDePlataforma,
  type Filtro,
  negocioDePlataforma,
  nodoDePlataforma,
  puntoDePulso,
  veredictoDeNota,
} from '../../../schema/protocol/plataforma.ts'

export interface FormaViva<F> {
  tabla: 'dispositivos' | 'negocios' | 'veredictos' | 'nodos' | 'pulso'
  /** Constants by which the server narrows it. */
  filtros: Readonly<Record<string, string>>
  fila: z.ZodType<F>
  clave: (fila: F) => string
  /** No rows at the beginning, only those that change from now on: beside a list that is read by pages. */
  desdeAhora: boolean
}

interface Alcance {
  desdeAhora?: boolean
  /** `todos` asks for no filter. */
  filtro?: Filtro
  negocio?: string
  dispositivo?: string
  regla?: string
}

function filtrosDe({ filtro, negocio, dispositivo, regla }: Alcance): Record<string, string> {
  const todos = { ...(filtro && filtro !== 'todos' ? { filtro } : {}), ...(negocio ? { negocio } : {}) }
  return { ...todos, ...(dispositivo ? { dispositivo } : {}), ...(regla ? { regla } : {}) }
}

const forma =
  <F>(tabla: FormaViva<F>['tabla'], fila: z.ZodType<F>, clave: (fila: F) => string) =>
  (alcance: Alcance = {}): FormaViva<F> => ({ tabla, fila, clave, filtros: filtrosDe(alcance), desdeAhora: alcance.desdeAhora ?? false })

export const dispositivosEnVivo = forma('dispositivos', equipoDePlataforma, (fila) => fila.id)
export const negociosEnVivo = forma('negocios', negocioDePlataforma, (fila) => fila.negocioId)
export const veredictosEnVivo = forma('veredictos', veredictoDeNota, (fila) => fila.id)
export const nodosEnVivo = forma('nodos', nodoDePlataforma, (fila) => fila.id)
export const pulsoEnVivo = forma('pulso', puntoDePulso, (fila) => String(fila.at))
