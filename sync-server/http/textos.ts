/** Bodies with texts that the database cannot keep are refused here. They come in by JSON escapes only: a body without any is not walked. */
import { Rechazo } from '../../schema/core/rechazo.ts'
import { esTextoGuardable } from '../../schema/core/textos.ts'

const SOSPECHOSO = /\\u(?:0000|d[89a-f])/i
/**
 * JSON whose every text and key can be stored.
 * @throws SyntaxError when it is no JSON; Rechazo DATO_INVALIDO with the outermost field when a text cannot be stored
 */
export function leerJsonGuardable(texto: string): unknown {
  const valor: unknown = JSON.parse(texto)
  if (SOSPECHOSO.test(texto)) exigirGuardable(valor)
  return valor
}

/** Without recursion: a body of two megabytes may be a million arrays deep. */
function exigirGuardable(raiz: unknown): void {
  const porVer: { valor: unknown; campo: string | undefined }[] = [{ valor: raiz, campo: undefined }]
  for (let visto = porVer.pop(); visto; visto = porVer.pop()) {
    const { valor, campo } = visto
    if (typeof valor === 'string' && !esTextoGuardable(valor)) throw new Rechazo('DATO_INVALIDO', campo)
    if (typeof valor !== 'object' || valor === null) continue
    for (const [llave, dentro] of Object.entries(valor)) {
      if (!esTextoGuardable(llave)) throw new Rechazo('DATO_INVALIDO', campo)
      porVer.push({ valor: dentro, campo: campo ?? (Array.isArray(valor) ? undefined : llave) })
    }
  }
}
