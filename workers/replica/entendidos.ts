/**
 * What the server said that a person must see, and what somebody at this device has already said "Entendido" to. That is a view of this device alone:
 * it deletes nothing, tells nobody, and a verdict that changes is to be seen anew.
 */
import { DIA } from '../../schema/core/tiempo.ts'
import type { EstadoVeredicto } from '../../schema/domain/hechos/libro.ts'
import type { Almacen } from './almacen.ts'
import { crearCola } from './cola.ts'
import type { Notas } from './puertos.ts'

const POR_ATENDER: EstadoVeredicto[] = ['en_revision', 'huerfano', 'sin_procesar', 'retenido']
/** Verdicts of the last day are shown; a mark has nothing left to hide well after it. */
const VENTANA_MS = DIA
const NOTA = 'entendidos'
const GUARDA_MS = 2 * DIA

/** When each was marked, corrected ms, by verdict and its estado. */
type Marcas = Record<string, number>
interface PorAtender {
  id: string
  estado: string
  hechoId: string
}
export interface Entendidos {
  /** How many verdicts of the last day wait for a person, and the hechoIds somebody understood. `ahora`: corrected ms. */
  contar(almacen: Almacen, ahora: number): Promise<{ faltan: number; entendidos: string[] }>
  /** `si` false: as if it had never been marked. */
  marcar(almacen: Almacen, hechoId: string, si: boolean, ahora: number): Promise<void>
}

export function crearEntendidos(notas: Notas): Entendidos {
  const enCola = crearCola()
  const leer = async (): Promise<Marcas> => (await notas.leer<Marcas>(NOTA)) ?? {}

  return {
    async contar(almacen, ahora) {
      const [filas, marcas] = [await porAtender(almacen, ahora), await leer()]
      const entendidas = filas.filter((fila) => llaveDe(fila) in marcas)
      return { faltan: filas.length - entendidas.length, entendidos: entendidas.map(({ hechoId }) => hechoId) }
    },
    marcar: (almacen, hechoId, si, ahora) =>
      enCola(async () => {
        const suyas = (await porAtender(almacen, ahora)).filter((fila) => fila.hechoId === hechoId).map(llaveDe)
        const otras = Object.entries(await leer()).filter(([llave, at]) => ahora - at < GUARDA_MS && !suyas.includes(llave))
        await notas.escribir(NOTA, Object.fromEntries([...otras, ...(si ? suyas.map((llave) => [llave, ahora] as const) : [])]))
      }),
  }
}

const llaveDe = ({ id, estado }: PorAtender): string => `${id}|${estado}`

async function porAtender(almacen: Almacen, ahora: number): Promise<PorAtender[]> {
  if (!almacen.tiene('veredictos')) return []
  const desde = Math.max(0, Math.floor(ahora - VENTANA_MS))
  const halladas: unknown[] = []
  for (const estado of POR_ATENDER)
    halladas.push(...(await almacen.buscar('veredictos', { estado, effAt: { $gt: desde } }, ['estado', 'effAt'])))
  return sinLasDecididas(almacen, halladas as PorAtender[])
}

/** Whoever decides on held points changes the sale and never its verdict: a sale that is held no more asks for nobody. */
async function sinLasDecididas(almacen: Almacen, filas: PorAtender[]): Promise<PorAtender[]> {
  const retenidas = filas.filter(({ estado }) => estado === 'retenido').map(({ hechoId }) => hechoId)
  if (retenidas.length === 0 || !almacen.tiene('transacciones')) return filas
  const ventas = await almacen.porId('transacciones', retenidas)
  return filas.filter(({ estado, hechoId }) => estado !== 'retenido' || ventas.get(hechoId)?.retenida !== false)
}
