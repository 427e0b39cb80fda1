/**
 * The write that may be called "guardado": committed, and read back past every cache. A platform may commit and then fail to say so, so after an
 * error the disk is asked too.
 */
import { Rechazo } from '../../schema/core/rechazo.ts'
import type { Almacen, Escritura } from './almacen.ts'
import type { ColeccionLocal } from './esquemas.ts'
import type { Puertos } from './puertos.ts'

export type Resultado = 'guardado' | 'ocupado'

/**
 * Writes one document (over `previa`, or new) and proves it with `campo`, a text. 'ocupado': that id holds something else, written by another tab.
 * @throws Rechazo DISCO_LLENO, GUARDADO_FALLIDO
 */
export async function guardarYLeer(
  puertos: Puertos,
  almacen: Almacen,
  coleccion: ColeccionLocal,
  escritura: Escritura,
  campo: string,
): Promise<Resultado> {
  return (await guardarVarios(puertos, almacen, coleccion, [escritura], campo)).size > 0 ? 'ocupado' : 'guardado'
}

/**
 * The same of many: one transaction. Gives the ids that hold something else, written by another tab in the same instant: those of them were not written.
 * @throws Rechazo DISCO_LLENO, GUARDADO_FALLIDO: none was written, or what is on disk is not what was
 */
export async function guardarVarios(
  puertos: Puertos,
  almacen: Almacen,
  coleccion: ColeccionLocal,
  escrituras: Escritura[],
  campo: string,
): Promise<ReadonlySet<string>> {
  let fallo: unknown
  let chocaron: string[] = []
  try {
    chocaron = await almacen.escribir(coleccion, escrituras)
  } catch (error) {
    fallo = error
  }
  const faltan = await queFalta(puertos, coleccion, escrituras, campo)
  const ocupados = new Set(chocaron)
  if (faltan.every((id) => ocupados.has(id))) return new Set(faltan)
  if (fallo) puertos.anotarFallo?.(`writing ${faltan[0]}${faltan.length > 1 ? ` and ${faltan.length - 1} more` : ''}`, fallo)
  throw rechazoDeGuardado(fallo)
}

/** Ids of what is not on disk as it was written. */
async function queFalta(puertos: Puertos, coleccion: string, escrituras: Escritura[], campo: string): Promise<string[]> {
  const ids = escrituras.map(({ nueva }) => nueva.id)
  try {
    const enDisco = await leerVarios(puertos, coleccion, ids)
    return ids.filter((_, i) => enDisco[i]?.[campo] !== escrituras[i]?.nueva[campo])
  } catch {
    return ids
  }
}
function leerVarios(puertos: Puertos, coleccion: string, ids: string[]): Promise<(Record<string, unknown> | undefined)[]> {
  if (puertos.leerVariosDeDisco && ids.length > 1) return puertos.leerVariosDeDisco(coleccion, ids)
  return Promise.all(ids.map((id) => puertos.leerDeDisco(coleccion, id)))
}

export const rechazoDeGuardado = (error: unknown): Rechazo => new Rechazo(esDiscoLleno(error) ? 'DISCO_LLENO' : 'GUARDADO_FALLIDO')

/** Dexie wraps the platform's QuotaExceededError in its own AbortError, some browsers only say so in the message. */
export function esDiscoLleno(error: unknown): boolean {
  for (let e = error, vueltas = 0; e && vueltas < 5; vueltas++) {
    const { name, message, inner, cause } = e as { name?: unknown; message?: unknown; inner?: unknown; cause?: unknown }
    if (name === 'QuotaExceededError' || (typeof message === 'string' && /quota|disk is full/i.test(message))) return true
    e = inner ?? cause
  }
  return false
}
