/** The cupones that only the server can answer for: a client's own code, and those that are taken online only (SCAN-41, CUP-24, 27). */

import { esCodigo } from '../../schema/core/codigos.ts'
import { Rechazo } from '../../schema/core/rechazo.ts'
import { pedir } from './http.ts'
import type { Puertos } from './puertos.ts'
import type { Sesion } from './sesion.ts'

export interface CuponesEnRed {
  /** Whose code that is. @throws FalloDeRed */
  buscar(codigoUnico: string): Promise<{ cuponId: string; codigoUnico: string; cliente: string | null }>
  /** @throws FalloDeRed, Rechazo with the reason it does not count */
  consultar(uso: { cuponId: string; codigo: string; qr: string | null; totalCentavos: number }): Promise<void>
}

const CAMINO = '/api/scanya/validar-cupon'
const TAL_CUAL = { parse: (valor: unknown) => valor as Respuesta }
interface Respuesta {
  cuponId: string
  cliente: string | null
  motivo?: unknown
}

export function cuponesEnRed(puertos: Puertos, sesion: Pick<Sesion, 'con'>): CuponesEnRed {
  const preguntar = (cuerpo: object) => sesion.con((token) => pedir(puertos, CAMINO, TAL_CUAL, { metodo: 'POST', cuerpo, token }))
  return {
    async buscar(codigoUnico) {
      const { cuponId, cliente } = await preguntar({ codigoUnico })
      return { cuponId, codigoUnico, cliente }
    },
    async consultar({ codigo, qr, totalCentavos }) {
      const { motivo } = await preguntar({ codigo, ...(qr === null ? {} : { qr }), total: totalCentavos / 100 })
      if (typeof motivo === 'string' && esCodigo(motivo)) throw new Rechazo(motivo)
    },
  }
}
