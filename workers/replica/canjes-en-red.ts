/** The canjes of a till that asks the server: where it holds no lease, or a typed code is not known here (SCAN-43, 44; R5). */
import { arriendoDeCanjes, canjeEnMostrador, type PedidoDeValidacion } from '../../schema/protocol/canjes.ts'
import { llaveDeEntrega } from '../../schema/protocol/repetible.ts'
import type { CanjeLeido, Operador } from './api.ts'
import { type Lector, pedir } from './http.ts'
import type { Puertos } from './puertos.ts'
import type { Sesion } from './sesion.ts'

export interface CanjesEnRed {
  /** @throws FalloDeRed */
  validar(pedido: PedidoDeValidacion): Promise<CanjeLeido>
  /** Once, however often it is asked. `qr` null: its code was typed. `operador`: who is at the till. @throws FalloDeRed */
  confirmar(canjeId: string, qr: string | null, operador: Operador | null): Promise<{ entregadoAt: number | null }>
  /** The lease of this sucursal's canjes: asks for it, or hands it over. @throws FalloDeRed */
  arriendo(accion: 'pedir' | 'ceder'): Promise<void>
}

export function canjesEnRed(puertos: Puertos, sesion: Pick<Sesion, 'con'>): CanjesEnRed {
  const publicar = <T>(camino: string, lector: Lector<T>, cuerpo: object, llave?: string) =>
    sesion.con((token) => pedir(puertos, camino, lector, { metodo: 'POST', cuerpo, token, ...(llave ? { llave } : {}) }))
  return {
    async validar(pedido) {
      const { canjeId, codigo, cliente, recompensa, puntos, venceAt, restanteMs } = await publicar(
        '/api/scanya/validar-canje',
        canjeEnMostrador,
        pedido,
      )
      const de = { cliente: cliente.nombre, nivel: cliente.nivel, nombre: recompensa.nombre }
      return { canjeId, codigo, ...de, puntos, venceAt, restanMs: restanteMs, medio: 'red' }
    },
    // The key names the canje: an answer that was lost is asked for again, and it is given once.
    confirmar: (canjeId, qr, operador) =>
      publicar('/api/scanya/confirmar-canje', canjeEnMostrador, { canjeId, qr, operador }, llaveDeEntrega(canjeId)),
    arriendo: async (accion) => void (await publicar('/api/scanya/arriendo-canjes', arriendoDeCanjes, { accion })),
  }
}
