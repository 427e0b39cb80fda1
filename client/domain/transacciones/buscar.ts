/** Search in a list of movements, as people type it: a name without accents, the end of a folio, an amount. Pure. */
import { pesosDesdeCentavos } from '../../../schema/core/dinero.ts'
import type { Movimiento } from './movimientos.ts'

export function buscarEn(movimientos: readonly Movimiento[], texto: string): Movimiento[] {
  const palabras = sinAcentos(texto).split(/\s+/).filter(Boolean)
  return movimientos.filter((m) => {
    const donde = sinAcentos([m.folio, m.clienteNombre, m.descripcion, m.metodoPago, pesosDesdeCentavos(m.montoCentavos)].join(' '))
    return palabras.every((palabra) => donde.includes(palabra.replace(/^\$/, '').replaceAll(',', '')))
  })
}

const sinAcentos = (texto: string): string => texto.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase()
