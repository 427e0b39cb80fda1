import type { Codigo } from './codigos.ts'

export { assert } from './assert.ts'

/**
 * An expected refusal: thrown by online verbs and by checks made before a hecho exists. `campo` names the field at fault.
 * Anything else that is thrown is a bug and reaches the caller only as INTERNAL with a request id.
 */
export class Rechazo extends Error {
  readonly codigo: Codigo
  readonly campo: string | undefined
  constructor(codigo: Codigo, campo?: string) {
    super(campo ? `${codigo} (${campo})` : codigo)
    this.name = 'Rechazo'
    this.codigo = codigo
    this.campo = campo
  }
}
