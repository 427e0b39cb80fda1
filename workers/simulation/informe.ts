/** What a run of many seeds says at its end. */
import type { Corrida } from './correr.ts'
import { Cuentas } from './cuentas.ts'

export interface Resumen {
  /** `N seeds, H hechos acknowledged, 0 lost, 0 doubled, 0 divergent` */
  linea: string
  limpio: boolean
  /** Faults and outcomes by kind. */
  tabla: string
}

export function resumir(corridas: Corrida[], ms: number): Resumen {
  const cuentas = new Cuentas()
  for (const { cuentas: propias } of corridas) cuentas.sumar(propias)
  const hallazgos = corridas.flatMap((c) => c.hallazgos)
  const de = (clase: string) => hallazgos.filter((h) => h.clase === clase).length
  const hechos = corridas.reduce((suma, c) => suma + c.hechos, 0)
  const filas = cuentas.todas().map(([clase, n]) => `  ${clase.padEnd(52)}${String(n).padStart(8)}`)
  const ritmo = `  ${'seeds/min'.padEnd(52)}${((corridas.length * 60_000) / Math.max(1, ms)).toFixed(1).padStart(8)}`
  return {
    linea: `${corridas.length} seeds, ${hechos - de('lost')} hechos acknowledged, ${de('lost')} lost, ${de('doubled')} doubled, ${de('divergent')} divergent`,
    limpio: hallazgos.length === 0,
    tabla: [...filas, ritmo].join('\n'),
  }
}

/** How to see a failing seed again, and the first thing it found. */
export function contarFalla({ seed, ops, hallazgos }: Corrida, cuantos = 1): string {
  const primeros = hallazgos.slice(0, cuantos).map((h) => `  ${h.clase}: ${h.que}`)
  const resto = hallazgos.length - primeros.length
  return [
    `seed ${seed}: npm run sim -- --seeds 1 --ops ${ops} --seed ${seed}`,
    ...primeros,
    ...(resto > 0 ? [`  … and ${resto} more`] : []),
  ].join('\n')
}
