/** Notas on an IndexedDB database of their own, so that they outlive the journal's store. Strict: a resolved write is on the disk. */
import { Dexie, type Table } from 'dexie'
import type { Cajon } from './puertos.ts'

export function crearNotas(nombre: string): Cajon {
  const base = new Dexie(`anunciaya-notas-${nombre}`, { chromeTransactionDurability: 'strict' })
  base.version(1).stores({ notas: '' })
  const tabla: Table<unknown, string> = base.table('notas')
  const leer = juntas((llaves) => tabla.bulkGet(llaves))
  return {
    leer: <T>(llave: string) => leer(llave) as Promise<T | undefined>,
    escribir: async (llave, valor) => void (await tabla.put(valor, llave)),
    borrar: async (llave) => void (await tabla.delete(llave)),
    llaves: () => tabla.toCollection().primaryKeys(),
  }
}

/** What is asked in one turn is read in one transaction, which costs what reading one does. */
function juntas(leerVarias: (llaves: string[]) => Promise<unknown[]>): (llave: string) => Promise<unknown> {
  let pedidas: string[] = []
  let tanda: Promise<unknown[]> | null = null
  return async (llave) => {
    const lugar = pedidas.push(llave) - 1
    tanda ??= Promise.resolve().then(() => {
      const llaves = pedidas
      pedidas = []
      tanda = null
      return leerVarias(llaves)
    })
    return (await tanda)[lugar]
  }
}
