/** The phone's key: P-256, proven by a round trip through the card's own store. */
import { asegurarLlave as asegurar, type LlaveGuardada } from '../../schema/core/llave-guardada.ts'
import type { Almacen } from './almacen.ts'

/** A key that can be exported: the QR says so (flag bit 0). */
export const esExtraible = (llave: LlaveGuardada): boolean => 'jwk' in llave

/** The key of this phone, made now if there is none. */
export const asegurarLlave = (almacen: Almacen): Promise<LlaveGuardada> =>
  asegurar({ leer: () => almacen.leerLlave(), escribir: (llave) => almacen.poner('llave', llave) }, 'CYA1|llave')
