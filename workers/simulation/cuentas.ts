/** What was injected and what came of it, by kind: printed by the command, written into docs/evidence.md. */
export class Cuentas {
  readonly #porClase = new Map<string, number>()

  mas(clase: string, cuantos = 1): void {
    this.#porClase.set(clase, (this.#porClase.get(clase) ?? 0) + cuantos)
  }
  sumar(otras: [string, number][]): void {
    for (const [clase, cuantos] of otras) this.mas(clase, cuantos)
  }
  de(clase: string): number {
    return this.#porClase.get(clase) ?? 0
  }
  todas(): [string, number][] {
    return [...this.#porClase].sort(([a], [b]) => a.localeCompare(b))
  }
}
