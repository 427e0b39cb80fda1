/** A cupón in words (SCAN-16, 27). Pure. */
import { DIA, diaLocal } from '../../../schema/core/tiempo.ts'
import type { CuponVisto } from '../../../workers/replica/api.ts'
import { pesos } from '../../lib/formato.ts'
import { nombreDeNivel } from '../clientes/cliente-en-palabras.ts'
import { t } from './textos.ts'

/** Pesos without the cents that are none: `$200`. */
const redondos = (centavos: number): string => pesos(centavos).replace(/\.00$/, '')

/** What it takes off, in the space of a stub: `−20%`, `−$50`, `2x1`, `Regalo`. */
export function loQueQuita({ tipo, valor }: Pick<CuponVisto, 'tipo' | 'valor'>): string {
  if (tipo === 'porcentaje') return `−${valor}%`
  if (tipo === 'monto') return `−${redondos(valor)}`
  return tipo === 'dos_por_uno' ? '2x1' : t.regalo
}

/** More than these are as good as no limit. */
const POCOS_USOS = 20

/** Each on its own: minimum, nivel, network, uses. Empty: none. */
export function condicionesDe(c: Pick<CuponVisto, 'compraMinimaCentavos' | 'nivelRequerido' | 'soloConConexion' | 'quedan'>): string[] {
  return [
    ...(c.compraMinimaCentavos > 0 ? [t.compraMinima(redondos(c.compraMinimaCentavos))] : []),
    ...(c.nivelRequerido ? [t.pideNivel(nombreDeNivel(c.nivelRequerido))] : []),
    ...(c.soloConConexion ? [t.soloConConexion] : []),
    ...(c.quedan > 1 && c.quedan <= POCOS_USOS ? [t.usosN(c.quedan)] : []),
  ]
}

/** `Vence hoy`, `Vence mañana`; null: later. Days of the sucursal. */
export function vencePronto(venceAt: number, ahora: number, zona: string): string | null {
  const dia = diaLocal(venceAt, zona)
  if (dia === diaLocal(ahora, zona)) return t.venceHoy
  return dia === diaLocal(ahora + DIA, zona) ? t.venceManana : null
}
