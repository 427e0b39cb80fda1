/** Whether somebody is seen for the first time today, per node and in memory: a brake on counting twice, kept nowhere. */
import type { Context } from 'hono'
import { DIA } from '../../../schema/core/tiempo.ts'
import { ipDe } from '../../auth/limites.ts'
import type { Deps } from '../../context.ts'

const RECORDADAS = 50_000

/** True once a day (UTC) for each address and name. */
export function unaVez(deps: Pick<Deps, 'now'>): (c: Context, que: string) => boolean {
  let dia = -1
  let vistas = new Set<string>()
  return (c, que) => {
    const hoy = Math.floor(deps.now() / DIA)
    if (hoy !== dia || vistas.size >= RECORDADAS) {
      dia = hoy
      vistas = new Set()
    }
    const quien = `${ipDe(c)}|${que}`
    if (vistas.has(quien)) return false
    vistas.add(quien)
    return true
  }
}
