/** The end of a replayed day: what the ledger says beside what the file says. */
import type { LibroDelDia } from './dia.ts'
import type { Sumas } from './sumas.ts'

const pesos = (centavos: bigint): string => `$${(centavos / 100n).toLocaleString('en-US')}.${String(centavos % 100n).padStart(2, '0')}`

export interface Cuadro {
  texto: string
  iguales: boolean
}

/** Sales, totals, and points by client; a row that differs is marked. */
export function cuadrar(libro: LibroDelDia, sumas: Sumas): Cuadro {
  const filas: [string, string, string][] = [
    ['ventas', String(libro.ventas), String(sumas.ventas)],
    ['total', pesos(BigInt(libro.totalCentavos)), pesos(sumas.totalCentavos)],
    ['reembolsado', pesos(BigInt(libro.reembolsadoCentavos)), pesos(sumas.reembolsadoCentavos)],
  ]
  const nombres = [...new Set([...libro.clientes.keys(), ...sumas.clientes.keys()])].sort((a, b) => a.localeCompare(b, 'es'))
  for (const nombre of nombres) {
    const [real, esperado] = [libro.clientes.get(nombre), sumas.clientes.get(nombre)]
    filas.push([`  ${nombre}`, renglon(real?.ventas, real?.puntos), renglon(esperado?.ventas, esperado?.puntos)])
  }
  const iguales = filas.every(([, a, b]) => a === b)
  const cabeza = linea('', 'libro', 'archivo')
  return { iguales, texto: [cabeza, ...filas.map(([que, a, b]) => linea(que, a, b) + (a === b ? '' : '  ← distinto'))].join('\n') }
}

const renglon = (ventas: number | undefined, puntos: number | bigint | undefined) =>
  ventas === undefined ? '—' : `${ventas} ventas · ${puntos} pts`
const linea = (que: string, a: string, b: string) => `${que.padEnd(22)}${a.padStart(22)}${b.padStart(22)}`
