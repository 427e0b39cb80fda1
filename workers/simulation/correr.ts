/** One seed from beginning to end: make the world, let things happen, close the accounts. */
import type { DbDePrueba } from '../../sync-server/testing/db.ts'
import { cerrarCuentas } from './cierre.ts'
import type { Hallazgo } from './invariantes.ts'
import { createWorld, type Mundo } from './mundo.ts'
import { sortear } from './operaciones.ts'

export interface Corrida {
  seed: number
  ops: number
  /** Hechos a screen confirmed and the server acknowledged. */
  hechos: number
  hallazgos: Hallazgo[]
  cuentas: [string, number][]
  ms: number
}

/** `traza`: prints every operation, for repeating a failing seed. */
export async function correr(seed: number, ops: number, db: DbDePrueba, traza = false): Promise<Corrida> {
  const inicio = performance.now()
  let mundo: Mundo | undefined
  try {
    mundo = await createWorld({ seed, db })
    for (let i = 0; i < ops; i++) await paso(mundo, i, traza)
    const hallazgos = await cerrarCuentas(mundo, seed % 2 === 1 ? 0 : seed % 4 === 0 ? 45 : 15)
    await contarHechos(mundo)
    return informe(mundo, seed, ops, hallazgos, inicio)
  } catch (error) {
    const que = error instanceof Error ? (error.stack ?? error.message) : String(error)
    return informe(mundo, seed, ops, [{ clase: 'divergent', que: `the world broke: ${que}` }], inicio)
  } finally {
    mundo?.cerrar()
  }
}

async function paso(mundo: Mundo, i: number, traza: boolean): Promise<void> {
  const [nombre, operacion] = sortear(mundo)
  if (traza) console.log(`${String(i).padStart(4)} ${new Date(mundo.tiempo.ahora).toISOString()} ${nombre}`)
  await operacion(mundo)
  // Sometimes the next thing happens while this one is still on its way.
  if (mundo.azar.probable(0.25)) return
  await mundo.tiempo.quieto()
  if (mundo.azar.probable(0.5)) await mundo.tiempo.avanzar(mundo.azar.entre(50, 20_000))
}

/** What the worlds were made of: every kind of hecho, and every reason of a verdict. */
async function contarHechos({ db, cuentas }: Mundo): Promise<void> {
  const tipos = await db.superusuario`select tipo, count(*)::int as n from hechos_recibidos where tipo is not null group by 1`
  for (const { tipo, n } of tipos) cuentas.mas(`hecho: ${tipo}`, n)
  const motivos = await db.superusuario`
    select coalesce(m ->> 'regla', '-') || ' ' || (m ->> 'codigo') as motivo, count(*)::int as n from veredictos, jsonb_array_elements(motivos) as m group by 1`
  for (const { motivo, n } of motivos) cuentas.mas(`verdict: ${motivo}`, n)
}

function informe(mundo: Mundo | undefined, seed: number, ops: number, hallazgos: Hallazgo[], inicio: number): Corrida {
  const hechos = mundo?.confirmados.filter((c) => !c.perdido).length ?? 0
  return { seed, ops, hechos, hallazgos, cuentas: mundo?.cuentas.todas() ?? [], ms: performance.now() - inicio }
}
