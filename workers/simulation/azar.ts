/** Seeded chance (mulberry32): one stream per owner, so that a new draw in one place does not shift the choices of another. */
export interface Azar {
  /** In [0, 1). */
  siguiente(): number
  /** Integer in [0, n). */
  entero(n: number): number
  /** Integer in [desde, hasta]. */
  entre(desde: number, hasta: number): number
  probable(p: number): boolean
  elegir<T>(lista: readonly T[]): T
  /** Draws by weight. */
  pesar<T>(pesos: readonly (readonly [peso: number, valor: T])[]): T
  bytes(n: number): Uint8Array
  uuid(): string
  /** An independent stream, named. */
  rama(nombre: string): Azar
}

export function crearAzar(semilla: number): Azar {
  let estado = semilla >>> 0
  const siguiente = () => {
    estado = (estado + 0x6d2b79f5) >>> 0
    let t = estado
    t = Math.imul(t ^ (t >>> 15), t | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
  const entero = (n: number) => Math.floor(siguiente() * n)
  const bytes = (n: number) => Uint8Array.from({ length: n }, () => entero(256))
  return {
    siguiente,
    entero,
    entre: (desde, hasta) => desde + entero(hasta - desde + 1),
    probable: (p) => siguiente() < p,
    elegir: (lista) => lista[entero(lista.length)] as (typeof lista)[number],
    pesar: (pesos) => {
      let punto = siguiente() * pesos.reduce((suma, [peso]) => suma + peso, 0)
      for (const [peso, valor] of pesos) {
        punto -= peso
        if (punto < 0) return valor
      }
      return (pesos.at(-1) as (typeof pesos)[number])[1]
    },
    bytes,
    uuid: () => {
      const hex = [...bytes(16)]
        .map((b, i) => (i === 6 ? 0x40 | (b & 15) : i === 8 ? 0x80 | (b & 63) : b).toString(16).padStart(2, '0'))
        .join('')
      return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
    },
    rama: (nombre) => crearAzar(Math.imul(semilla ^ 0x9e3779b9, 0x85ebca6b) ^ mezclar(nombre)),
  }
}

/** FNV-1a. */
function mezclar(texto: string): number {
  let h = 0x811c9dc5
  for (let i = 0; i < texto.length; i++) h = Math.imul(h ^ texto.charCodeAt(i), 0x01000193)
  return h >>> 0
}
