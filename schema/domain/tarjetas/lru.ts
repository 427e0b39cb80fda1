/** A Map with a ceiling: the entry used longest ago goes first. */
export class Lru<V> {
  readonly #maximo: number
  readonly #mapa = new Map<string, V>()
  constructor(maximo: number) {
    this.#maximo = maximo
  }

  get(clave: string): V | undefined {
    const valor = this.#mapa.get(clave)
    if (valor === undefined) return undefined
    this.#mapa.delete(clave)
    this.#mapa.set(clave, valor)
    return valor
  }

  set(clave: string, valor: V): void {
    this.#mapa.delete(clave)
    this.#mapa.set(clave, valor)
    const masVieja = this.#mapa.keys().next()
    if (this.#mapa.size > this.#maximo && !masVieja.done) this.#mapa.delete(masVieja.value)
  }

  get size(): number {
    return this.#mapa.size
  }
}
