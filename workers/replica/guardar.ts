/**
 * The write that may be called "guardado": committed, and read back past every cache. A platform may commit and then fail to say so, so after an
 * error the disk is asked too.
 */
import { Rechazo } from '../../schema/core/rechazo.ts'
import type { Almacen, Escritura } from './almacen.ts'
import type { ColeccionLocal, Fila } from './esquemas.ts'
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
  { nueva: fila, previa }: Escritura,
  campo: string,
): Promise<Resultado> {
  let fallo: unknown
  try {
    const chocaron = await almacen.escribir(coleccion, [{ nueva: fila, previa }])
    if (chocaron.length > 0) return (await enDisco(puertos, coleccion, fila, campo)) ? 'guardado' : 'ocupado'
  } catch (error) {
    fallo = error
  }
  if (await enDisco(puertos, coleccion, fila, campo)) return 'guardado'
  if (fallo) puertos.anotarFallo?.(`writing ${fila.id}`, fallo)
  throw rechazoDeGuardado(fallo)
}

async function enDisco(puertos: Puertos, coleccion: string, fila: Fila, campo: string): Promise<boolean> {
  try {
    return (await puertos.leerDeDisco(coleccion, fila.id))?.[campo] === fila[campo]
  } catch {
    return false
  }
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
