/**
 * EMP-08, 17. What empleados try at this till while no server sees it (entering, leaving, what their permissions refused) is kept in a note and told at the next
 * exchange. Each has an id: told twice, it is one row. What they do is in the journal and needs no telling.
 */
import { uuidv7 } from '../../schema/core/ids.ts'
import { type ActividadDeCaja, respuestaActividad } from '../../schema/protocol/turnos.ts'
import { pedir } from './http.ts'
import type { Puertos } from './puertos.ts'
import type { RelojLocal } from './reloj-local.ts'
import type { Sesion } from './sesion.ts'

const NOTA = 'actividad'
/** A till nobody reaches keeps the newest of them. */
const MAXIMAS = 500
const POR_ENVIO = 100

export type Suceso = Omit<ActividadDeCaja, 'id' | 'at'>

export interface Actividad {
  anotar(suceso: Suceso): Promise<void>
  /** @throws FalloDeRed; what was not taken stays */
  contar(): Promise<void>
  olvidar(): Promise<void>
}

export function crearActividad({ puertos, reloj, sesion }: { puertos: Puertos; reloj: RelojLocal; sesion: Sesion }): Actividad {
  const { notas } = puertos
  const leer = async () => (await notas.leer<ActividadDeCaja[]>(NOTA)) ?? []
  const escribir = (todas: ActividadDeCaja[]) => (todas.length > 0 ? notas.escribir(NOTA, todas.slice(-MAXIMAS)) : notas.borrar(NOTA))
  /** Two tabs share the note. */
  const aSolas = <T>(fn: () => Promise<T>) => puertos.candados.pedir(`${puertos.nombre}-actividad`, {}, fn)

  return {
    async anotar(suceso) {
      const at = reloj.ahora()
      await aSolas(async () => escribir([...(await leer()), { ...suceso, id: uuidv7(at, puertos.azar), at }]))
    },
    async contar() {
      for (let tanda = (await leer()).slice(0, POR_ENVIO); tanda.length > 0; tanda = (await leer()).slice(0, POR_ENVIO)) {
        const peticion = { metodo: 'POST' as const, cuerpo: { actividad: tanda } }
        await sesion.con((token) => pedir(puertos, '/api/scanya/actividad', respuestaActividad, { ...peticion, token }))
        const dichas = new Set(tanda.map((a) => a.id))
        await aSolas(async () => escribir((await leer()).filter((a) => !dichas.has(a.id))))
      }
    },
    olvidar: () => aSolas(() => notas.borrar(NOTA)),
  }
}
