/**
 * Where this device's own hechos are, by their id. The journal has no index for it, and its schema never changes: the end of the chain is read once and
 * remembered, later only what is new. Who asks for an older one waits for a walk over all of it.
 */
import type { Almacen } from './almacen.ts'
import { leerTramo } from './cadena.ts'
import { type Renglon, renglonDe } from './renglon.ts'

/** Entries at the end of a chain among which an id must be new. Further back the server tells (R1): a second arrival has no effect. */
const RECIENTES = 500

export interface HechosPropios {
  /** Ids in the last entries of a chain, `hasta` included, and all that this run met before. */
  recientes(cadenaId: string, hasta: number): Promise<ReadonlyMap<string, string>>
  /** An entry that was just written here: it need not be read again. */
  anotar(renglon: Pick<Renglon, 'id' | 'cadenaId' | 'seq'>, hechoId: string): void
  /** `fin`: where the chain ends. Entries entered again in another chain are found there. */
  buscar(hechoId: string, fin: { cadenaId: string; seq: number } | null): Promise<Renglon | null>
}

export function crearHechosPropios(almacen: () => Almacen): HechosPropios {
  const lugares = new Map<string, string>()
  const leidoHasta = new Map<string, number>()

  async function recientes(cadenaId: string, hasta: number): Promise<ReadonlyMap<string, string>> {
    const desde = Math.max(0, hasta - RECIENTES, (leidoHasta.get(cadenaId) ?? -1) + 1)
    if (desde <= hasta) {
      for (const { id, cuerpo } of await leerTramo(almacen(), cadenaId, desde)) lugares.set(idDe(cuerpo), id)
      leidoHasta.set(cadenaId, hasta)
    }
    return lugares
  }

  return {
    recientes,
    anotar({ id, cadenaId, seq }, hechoId) {
      lugares.set(hechoId, id)
      // After a gap, which another tab wrote, the rest is read when somebody asks.
      if (leidoHasta.get(cadenaId) === seq - 1) leidoHasta.set(cadenaId, seq)
    },
    async buscar(hechoId, fin) {
      const id = fin ? (await recientes(fin.cadenaId, fin.seq)).get(hechoId) : undefined
      const fila = id === undefined ? undefined : (await almacen().porId('diario', [id])).get(id)
      if (fila) return renglonDe(fila)
      const renglones = (await almacen().buscar('diario', {}, ['id'])).map(renglonDe).filter(({ estado }) => estado !== 'trasladado')
      return renglones.find(({ cuerpo }) => cuerpo.includes(hechoId) && idDe(cuerpo) === hechoId) ?? null
    },
  }
}

/** '' for a text that was torn. */
function idDe(cuerpo: string): string {
  try {
    return String((JSON.parse(cuerpo) as { id?: unknown }).id)
  } catch {
    return ''
  }
}
