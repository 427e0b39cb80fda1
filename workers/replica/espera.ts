import type { Codigo } from '../../schema/core/codigos.ts'
import { Rechazo } from '../../schema/core/rechazo.ts'

/** A refusal that ends by itself, in `esperaMs`. */
export class RechazoConEspera extends Rechazo {
  readonly esperaMs: number
  constructor(codigo: Codigo, esperaMs: number) {
    super(codigo)
    this.esperaMs = esperaMs
  }
}
