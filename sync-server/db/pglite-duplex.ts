/**
 * postgres.js speaking the wire protocol to a PGlite in this process.
 *
 * PGlite is one backend: one connection (`max: 1`), and each write hands over whole messages only, so that a half message
 * never waits inside the engine. Bytes that come back are pushed as they come.
 */
import { Duplex } from 'node:stream'
import type { PGlite } from '@electric-sql/pglite'
import { abrirSql, type Sql } from './tipos.ts'

const TERMINATE = 0x58

/** How many bytes at the start of `bytes` are whole messages. The startup message has no type byte. */
function bytesEnteros(bytes: Buffer): { fin: number; adios: boolean } {
  let fin = 0
  while (bytes.length - fin >= 5) {
    if (bytes[fin] === TERMINATE) return { fin, adios: true }
    const largo = bytes[fin] === 0 ? bytes.readInt32BE(fin) : 1 + bytes.readInt32BE(fin + 1)
    if (bytes.length - fin < largo) break
    fin += largo
  }
  return { fin, adios: false }
}

function crearEnchufe(pg: PGlite): Duplex {
  let pendiente: Buffer = Buffer.alloc(0)
  const enchufe = new Duplex({
    // Never "full": here the answer arrives before the write is done, so 'drain' would come when postgres.js believes the connection idle, and it
    // would hand a connection that is inside a transaction to the next one (COMMIT lost, two tenants in one transaction).
    writableHighWaterMark: 2 ** 30,
    read() {},
    write(trozo: Buffer, _codificacion, listo) {
      const bytes = pendiente.length ? Buffer.concat([pendiente, trozo]) : trozo
      const { fin, adios } = bytesEnteros(bytes)
      // A Terminate would end the only backend there is; PGlite is closed by its owner.
      pendiente = adios ? Buffer.alloc(0) : bytes.subarray(fin)
      if (fin === 0) return listo()
      const mensajes = new Uint8Array(bytes.subarray(0, fin))
      const onRawData = (respuesta: Uint8Array) => void enchufe.push(Buffer.from(respuesta))
      pg.runExclusive(() => pg.execProtocolRawStream(mensajes, { onRawData })).then(() => listo(), listo)
    },
    final(listo) {
      enchufe.push(null)
      listo()
    },
  })
  // What postgres.js expects of a net.Socket.
  const nada = () => enchufe
  Object.assign(enchufe, { setKeepAlive: nada, setNoDelay: nada, ref: nada, unref: nada, setTimeout: nada, readyState: 'open' })
  return enchufe
}

/**
 * A postgres.js client over this PGlite: one connection, kept for the life of the process. `reponer`: what a session begins with when the pipe broke
 * and is made again, for the backend behind it is the same one, in the state it was left in.
 */
export function sqlSobrePglite(pg: PGlite, reponer: () => string = () => ''): Sql {
  let abiertos = 0
  const socket = async () => {
    // After a broken pipe the backend may still be inside somebody's transaction, or be the owner's.
    if (abiertos++ > 0) {
      await pg.exec('rollback')
      if (reponer()) await pg.exec(reponer())
    }
    return crearEnchufe(pg)
  }
  const opciones = { user: 'postgres', database: 'postgres', max: 1, ssl: false, max_lifetime: null, idle_timeout: undefined, socket }
  return abrirSql(undefined, opciones)
}
