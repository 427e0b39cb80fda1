/** `npm run sim -- --seeds N --ops M [--seed S] [--fresh]` */
import { randomInt } from 'node:crypto'
import { parseArgs } from 'node:util'
import type { Corrida } from './correr.ts'
import { correrSemillas } from './flota.ts'
import { contarFalla, resumir } from './informe.ts'
import { semillasFijas } from './semillas.ts'

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      seeds: { type: 'string', default: '20' },
      ops: { type: 'string', default: '200' },
      /** The first seed. */
      seed: { type: 'string' },
      /** Seeds nobody ran before. */
      fresh: { type: 'boolean', default: false },
      /** Prints every operation. */
      trace: { type: 'boolean', default: false },
      /** Findings printed for each failing seed. */
      show: { type: 'string', default: '1' },
    },
  })
  const [cuantas, ops] = [entero(values.seeds, 'seeds'), entero(values.ops, 'ops')]
  const primera = values.fresh ? randomInt(1_000_000, 2_000_000_000) : entero(values.seed ?? '1', 'seed')
  const semillas = values.seed || values.fresh ? Array.from({ length: cuantas }, (_, i) => primera + i) : semillasFijas(cuantas)
  if (values.fresh) console.log(`fresh seeds from ${primera}`)
  const inicio = performance.now()
  const terminadas: Corrida[] = []
  // A long run that is stopped still says what it saw.
  process.once('SIGINT', () => {
    console.log(resumir(terminadas, performance.now() - inicio).tabla)
    console.log(`stopped after ${terminadas.length} of ${semillas.length} seeds`)
    process.exit(130)
  })
  const corridas = await correrSemillas({
    semillas,
    ops,
    traza: values.trace,
    alTerminar: (corrida) => {
      const hechas = terminadas.push(corrida)
      if (corrida.hallazgos.length > 0) console.log(contarFalla(corrida, entero(values.show, 'show')))
      else if (hechas % 10 === 0 || process.stdout.isTTY)
        console.log(`${hechas}/${semillas.length} seeds (last ${corrida.seed}: ${corrida.hechos} hechos, ${Math.round(corrida.ms)} ms)`)
    },
  })
  const resumen = resumir(corridas, performance.now() - inicio)
  console.log(resumen.tabla)
  console.log(resumen.linea)
  return resumen.limpio ? 0 : 1
}

function entero(texto: string, que: string): number {
  const n = Number(texto)
  if (!Number.isInteger(n) || n < 0) throw new Error(`--${que} takes a whole number`)
  return n
}

main().then(
  (codigo) => process.exit(codigo),
  (error) => {
    console.error(error instanceof Error ? error.message : error)
    process.exit(2)
  },
)
