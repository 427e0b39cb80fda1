/** Work in progress, by name: who asks for one that runs waits for it. Nothing is kept once it ends. */
export class EnCurso<V> {
  readonly #mapa = new Map<string, Promise<V>>()

  hacer(nombre: string, trabajo: () => Promise<V>): Promise<V> {
    const previo = this.#mapa.get(nombre)
    if (previo) return previo
    const promesa = trabajo().finally(() => this.#mapa.delete(nombre))
    this.#mapa.set(nombre, promesa)
    return promesa
  }
}
