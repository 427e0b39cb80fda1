/** The little of the tar format (POSIX ustar) that a backup needs: files and folders by name, readable by any `tar`. */
import type { Entrada } from '../db/imagen.ts'

const BLOQUE = 512
const NOMBRE_MAXIMO = 100
const CARPETA_MAXIMA = 155
const octal = (n: number, cifras: number) => `${n.toString(8).padStart(cifras, '0')}\0`

/** A name longer than its field is cut at a slash, and what comes before it has a field of its own. Ours are of ASCII. */
function partir(nombre: string): { antes: string; resto: string } {
  if (nombre.length <= NOMBRE_MAXIMO) return { antes: '', resto: nombre }
  const corte = nombre.indexOf('/', nombre.length - NOMBRE_MAXIMO - 1)
  if (corte < 1 || corte > CARPETA_MAXIMA || corte === nombre.length - 1) throw new Error(`too long a name for a backup: ${nombre}`)
  return { antes: nombre.slice(0, corte), resto: nombre.slice(corte + 1) }
}

function cabecera(nombre: string, bytes: number, segundos: number): Buffer {
  const carpeta = nombre.endsWith('/')
  const { antes, resto } = partir(nombre)
  const b = Buffer.alloc(BLOQUE)
  b.write(resto, 0)
  b.write(antes, 345)
  b.write(octal(carpeta ? 0o700 : 0o600, 7), 100)
  b.write(octal(0, 7), 108)
  b.write(octal(0, 7), 116)
  b.write(octal(bytes, 11), 124)
  b.write(octal(segundos, 11), 136)
  b.write('        ', 148)
  b.write(carpeta ? '5' : '0', 156)
  b.write('ustar\x0000', 257, 'latin1')
  b.write(`${octal(suma(b), 6)} `, 148)
  return b
}

const suma = (cabecera: Uint8Array): number => cabecera.reduce((total, byte) => total + byte, 0)
const relleno = (bytes: number) => Buffer.alloc((BLOQUE - (bytes % BLOQUE)) % BLOQUE)

/** The bytes of an archive with these entries. `segundos`: the hour of all of them, since 1970. @throws Error when an entry lies about its size */
export async function* empaquetar(entradas: AsyncIterable<Entrada>, segundos: number): AsyncGenerator<Uint8Array> {
  for await (const { nombre, bytes, contenido } of entradas) {
    yield cabecera(nombre, bytes, segundos)
    let escritos = 0
    for await (const trozo of contenido()) {
      escritos += trozo.length
      yield trozo
    }
    if (escritos !== bytes) throw new Error(`${nombre}: ${escritos} bytes instead of ${bytes}`)
    yield relleno(bytes)
  }
  yield Buffer.alloc(2 * BLOQUE)
}

/** Reads exactly so many bytes of a stream that comes in pieces of any size. */
function lectorDe(flujo: AsyncIterable<Uint8Array>) {
  const pedazos = flujo[Symbol.asyncIterator]()
  let resto: Uint8Array = new Uint8Array(0)
  /** At most `maximo` bytes, at least one; undefined at the end. */
  const algo = async (maximo: number): Promise<Uint8Array | undefined> => {
    while (resto.length === 0) {
      const { value, done } = await pedazos.next()
      if (done) return undefined
      resto = value
    }
    const dado = resto.subarray(0, maximo)
    resto = resto.subarray(dado.length)
    return dado
  }
  async function* justo(bytes: number): AsyncGenerator<Uint8Array> {
    for (let faltan = bytes; faltan > 0; ) {
      const dado = await algo(faltan)
      if (!dado) throw new Error('the archive ends in the middle')
      faltan -= dado.length
      yield dado
    }
  }
  const todo = async (bytes: number) => {
    const pedazosSuyos: Uint8Array[] = []
    for await (const pedazo of justo(bytes)) pedazosSuyos.push(pedazo)
    return Buffer.concat(pedazosSuyos)
  }
  return { algo, justo, todo }
}

const texto = (b: Buffer, desde: number, largo: number) => b.toString('utf8', desde, desde + largo).replace(/\0.*$/s, '')

/**
 * The entries of an archive, in order. The content of each is read before the next is asked for, or skipped.
 * @throws Error when the bytes are no archive of ours, or end before it does
 */
export async function* desempaquetar(flujo: AsyncIterable<Uint8Array>): AsyncGenerator<Entrada> {
  const lector = lectorDe(flujo)
  for (;;) {
    const b = await lector.todo(BLOQUE)
    if (b.every((byte) => byte === 0)) {
      // To the end of what it came in: that says whether it is whole.
      while (await lector.algo(BLOQUE));
      return
    }
    const anotada = Number.parseInt(texto(b, 148, 8), 8)
    b.fill(' ', 148, 156)
    if (suma(b) !== anotada || !/^[05]$/.test(texto(b, 156, 1))) throw new Error('not an archive of this product')
    const bytes = Number.parseInt(texto(b, 124, 12), 8)
    const contenido = lector.justo(bytes)
    const antes = texto(b, 345, CARPETA_MAXIMA)
    const resto = texto(b, 0, NOMBRE_MAXIMO)
    yield { nombre: antes ? `${antes}/${resto}` : resto, bytes, contenido: () => contenido }
    for await (const _saltado of contenido);
    for await (const _relleno of lector.justo(relleno(bytes).length));
  }
}
