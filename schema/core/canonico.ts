import canonicalize from 'canonicalize'
import { assert } from './rechazo.ts'

/**
 * RFC 8785 (JCS) text of a value. It is this text that is hashed, stored and sent: jsonb and most parsers rewrite keys and numbers.
 * @throws when the value holds what JSON cannot say (undefined at the top, NaN, cycles)
 */
export function textoCanonico(valor: unknown): string {
  const texto = canonicalize(valor)
  assert(texto !== undefined, 'a hecho is always serializable')
  return texto
}
