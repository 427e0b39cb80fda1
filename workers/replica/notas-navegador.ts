/** Notas on an IndexedDB database of their own, so that they outlive the journal's store. Strict: a resolved write is on the disk. */
import { Dexie, type Table } from 'dexie'
import type { Cajon } from './puertos.ts'

export function crearNotas(nombre: string): Cajon {
  const base = new Dexie(`anunciaya-notas-${nombre}`, { chromeTransactionDurability: 'strict' })
  base.version(1).stores({ notas: '' })
  const tabla: Table<unknown, string> = base.table('notas')
  return {
    leer: async <T>(llave: string) => (await tabla.get(llave)) as T | undefined,
    escribir: async (llave, valor) => void (await tabla.put(valor, llave)),
    borrar: async (llave) => void (await tabla.delete(llave)),
    llaves: () => tabla.toCollection().primaryKeys(),
  }
}
