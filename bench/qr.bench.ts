/**
 * The till's decoder with the till's options on frames as a till's camera sees them (workers/scanner/testing/escenas.ts): how many of each kind it reads
 * and how long it looks. Frames are drawn from seeds, no two alike; each run has its own. In Node: the same wasm as in the browser's worker.
 */
import { aBase45 } from '../schema/domain/tarjetas/base45.ts'
import { azar } from '../schema/testing/azar.ts'
import { platoDe } from '../workers/scanner/testing/dibujar-qr.ts'
import { cuadroDe, ESCENAS, type Escena } from '../workers/scanner/testing/escenas.ts'
import { aImagen } from '../workers/scanner/testing/gris.ts'
import { leerTodos } from '../workers/scanner/testing/leer-qr.ts'
import { type Ask, percentile, type Row, rowOf } from './row.ts'

/** As many as a signed card has. */
const CARD_BYTES = 186
const FRAMES = 20
const RATE_BAR = { atLeast: 98 }

interface Look {
  read: boolean
  ms: number
}

export async function rows({ runs, say }: Ask): Promise<Row[]> {
  const made: Row[] = []
  await look(ESCENAS[0] as Escena, 0)
  for (const [i, scene] of ESCENAS.entries()) {
    say(scene.nombre)
    const looks: Look[][] = []
    for (let run = 0; run < runs; run++) {
      const of: Look[] = []
      for (let frame = 0; frame < FRAMES; frame++) of.push(await look(scene, 1 + frame + FRAMES * (run + runs * i)))
      looks.push(of)
    }
    made.push(...rowsOfScene(scene.nombre, looks))
  }
  return made
}

/** A text that was not on the plate counts as not read. */
async function look(scene: Escena, seed: number): Promise<Look> {
  const text = aBase45(azar(seed).bytes(CARD_BYTES))
  const frame = aImagen(cuadroDe(scene, platoDe(text), seed))
  const from = performance.now()
  const found = await leerTodos(frame)
  return { ms: performance.now() - from, read: found.some(({ texto }) => texto === text) }
}

function rowsOfScene(part: string, runs: Look[][]): Row[] {
  const all = runs.flat()
  const p95 = percentile(
    all.map(({ ms }) => ms),
    0.95,
  )
  const rates = runs.map((looks) => (100 * looks.filter(({ read }) => read).length) / looks.length)
  const whole = (100 * all.filter(({ read }) => read).length) / all.length
  return [
    // Of all frames together: a run alone has too few of them for a share of a hundred.
    { ...rowOf({ part, figure: 'read', unit: '%', bar: RATE_BAR, note: `${all.length} frames` }, rates), median: whole },
    rowOf(
      { part, figure: 'one look, p50', unit: 'ms', note: `p95 ${p95.toFixed(1)}` },
      runs.map((looks) =>
        percentile(
          looks.map(({ ms }) => ms),
          0.5,
        ),
      ),
    ),
  ]
}
