/** The versions of the rules (R12) that this device holds, in order. */
import { type Configuracion, configuracion } from '../../schema/domain/configuracion/configuracion.ts'
import type { Almacen } from './almacen.ts'

export async function leerVersiones(almacen: Almacen): Promise<Configuracion[]> {
  const filas = await almacen.buscar('config', { id: { $gte: 'version:', $lt: 'version;' } }, ['id'])
  const leidas = filas.map((fila) => configuracion.safeParse(fila)).flatMap((leida) => (leida.success ? [leida.data] : []))
  return leidas.sort((a, b) => a.version - b.version)
}

/**
 * The same for whoever asks at every sale: read once, and again when `config` changed, here or in another tab. They say what a sale is estimated to
 * earn; the server judges with its own.
 */
export function crearVersiones(almacen: () => Almacen): () => Promise<Configuracion[]> {
  let de: Almacen | null = null
  let leidas: Promise<Configuracion[]> | null = null
  let dejar = () => {}

  /** A store that was erased is another one when it opens again. */
  function seguir(nuevo: Almacen): void {
    if (nuevo === de) return
    dejar()
    de = nuevo
    leidas = null
    const oido = nuevo.coleccion('config').$.subscribe(() => {
      leidas = null
    })
    dejar = () => oido.unsubscribe()
  }

  return () => {
    seguir(almacen())
    const estas = leidas ?? leerVersiones(almacen())
    leidas = estas
    // One that failed is tried again by the next.
    estas.catch(() => {
      if (leidas === estas) leidas = null
    })
    return estas
  }
}
