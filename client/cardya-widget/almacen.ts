/**
 * The card's own small store, apart from the replica's: what the first QR needs is read in one transaction, before anything else is loaded. The key and
 * the counter live in the same database, so they are lost together: a counter never starts again under the same key.
 */
import { type DBSchema, type IDBPDatabase, openDB } from 'idb'
import type { LlaveGuardada } from '../../schema/core/llave-guardada.ts'
import type { ReglasDeLaPlataforma } from '../../schema/domain/configuracion-app/reglas.ts'
import type { Nivel } from '../../schema/domain/niveles/nivel.ts'
import { CTR_MAXIMO } from '../../schema/domain/tarjetas/qr.ts'
import type { Foto } from './foto.ts'
import { type NotaDeReloj, SIN_RELOJ } from './reloj.ts'
import type { TicketGuardado } from './tickets.ts'

export interface TarjetaGuardada {
  usuarioId: string
  correo: string
  nombre: string
  cardId: string
  /** 8 digits. */
  numero: string
  /** 114 bytes. */
  certificado: Uint8Array
  /** Name of this phone's key, 32 hex. */
  llave: string
  nivel: Nivel
  /** Until when this phone may sign, server ms. */
  venceAt: number
  emitidaAt: number
  /** The secret of the typed code as a key, or its 32 bytes where the platform does not store keys. */
  clave: CryptoKey | Uint8Array | null
  /** CARD-19: the platform's numbers as of its last certificate; a phone of before them shows by those of always. */
  reglas?: ReglasDeLaPlataforma | undefined
}

interface Notas {
  llave: LlaveGuardada
  tarjeta: TarjetaGuardada
  ctr: number
  reloj: NotaDeReloj
  foto: Foto
  /** Hints that were read and put away. */
  vistos: string[]
  /** Up to when notices were read on this phone, server ms; nothing before its first exchange. */
  avisosLeidos: number
}
interface Esquema extends DBSchema {
  notas: { key: string; value: Notas[keyof Notas] }
  tickets: { key: string; value: TicketGuardado }
}

export interface Guardado {
  llave: LlaveGuardada | undefined
  tarjeta: TarjetaGuardada | undefined
  reloj: NotaDeReloj
  foto: Foto | undefined
  vistos: string[]
  avisosLeidos: number | undefined
  tickets: TicketGuardado[]
}

export interface Almacen {
  leer(): Promise<Guardado>
  poner<K extends keyof Notas>(nota: K, valor: Notas[K]): Promise<void>
  leerLlave(): Promise<LlaveGuardada | undefined>
  /** A number that this key never used, committed before anybody sees it; the hour goes with it. */
  siguienteUso(hora: number): Promise<number>
  ponerTicket(ticket: TicketGuardado): Promise<void>
  quitarTickets(hechoIds: string[]): Promise<void>
  /** Nothing stays: the key, the counter, the snapshot. */
  borrarTodo(): Promise<void>
  cerrar(): void
}

const NOMBRE = 'cardya'
const ESTRICTA = { durability: 'strict' } as const

/** @throws whatever the platform throws when it has no storage for this page */
export async function abrirAlmacen(nombre = NOMBRE): Promise<Almacen> {
  const db: IDBPDatabase<Esquema> = await openDB<Esquema>(nombre, 1, {
    upgrade(base) {
      base.createObjectStore('notas')
      base.createObjectStore('tickets', { keyPath: 'hechoId' })
    },
    // Another tab erases or renews the database: this connection must not stand in its way.
    blocking: () => db.close(),
  })
  return {
    async leer() {
      const tx = db.transaction(['notas', 'tickets'])
      const nota = <K extends keyof Notas>(k: K) => tx.objectStore('notas').get(k) as Promise<Notas[K] | undefined>
      const [llave, tarjeta, reloj, foto, vistos, avisosLeidos, tickets] = await Promise.all([
        nota('llave'),
        nota('tarjeta'),
        nota('reloj'),
        nota('foto'),
        nota('vistos'),
        nota('avisosLeidos'),
        tx.objectStore('tickets').getAll(),
      ])
      return { llave, tarjeta, reloj: reloj ?? SIN_RELOJ, foto, vistos: vistos ?? [], avisosLeidos, tickets }
    },
    async poner(nota, valor) {
      const tx = db.transaction('notas', 'readwrite', ESTRICTA)
      await Promise.all([tx.store.put(valor, nota), tx.done])
    },
    leerLlave: () => db.get('notas', 'llave') as Promise<LlaveGuardada | undefined>,
    siguienteUso: (hora) => conCandado(`${nombre}-uso`, () => contarUso(db, hora)),
    async ponerTicket(ticket) {
      await db.put('tickets', ticket)
    },
    async quitarTickets(hechoIds) {
      const tx = db.transaction('tickets', 'readwrite')
      await Promise.all([...hechoIds.map((id) => tx.store.delete(id)), tx.done])
    },
    async borrarTodo() {
      const tx = db.transaction(['notas', 'tickets'], 'readwrite', ESTRICTA)
      await Promise.all([tx.objectStore('notas').clear(), tx.objectStore('tickets').clear(), tx.done])
    },
    cerrar: () => db.close(),
  }
}

/** One transaction reads, counts and writes; strict, so that a phone that dies now does not show the number twice. */
async function contarUso(db: IDBPDatabase<Esquema>, hora: number): Promise<number> {
  const tx = db.transaction('notas', 'readwrite', ESTRICTA)
  const [ctr, reloj] = await Promise.all([tx.store.get('ctr'), tx.store.get('reloj')])
  const siguiente = ((ctr as number | undefined) ?? 0) + 1
  if (siguiente > CTR_MAXIMO) throw new Error('this key has no number left')
  const previo = (reloj as NotaDeReloj | undefined) ?? SIN_RELOJ
  const nota: NotaDeReloj = { ...previo, ultimaHora: Math.max(previo.ultimaHora, hora) }
  await Promise.all([tx.store.put(siguiente, 'ctr'), tx.store.put(nota, 'reloj'), tx.done])
  return siguiente
}

/** Two tabs one after the other. A browser without locks has the transaction alone, which is enough for the number. */
const conCandado = <T>(nombre: string, fn: () => Promise<T>): Promise<T> =>
  (globalThis.navigator?.locks ? navigator.locks.request(nombre, fn) : fn()) as Promise<T>
