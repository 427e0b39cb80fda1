/** The cupones that only the server can answer for: a client's own code, and those that are taken online only (SCAN-41, CUP-24, 27). */
import { pesosDesdeCentavos } from '../../schema/core/dinero.ts'
import { leerQr } from '../../schema/domain/tarjetas/qr.ts'
import { pedir } from './http.ts'
import type { Puertos } from './puertos.ts'
import type { Sesion } from './sesion.ts'

export interface CuponesEnRed {
  /** Whose code that is; `codigoUnico` null: anybody's. @throws FalloDeRed */
  buscar(codigo: string): Promise<{ cuponId: string; codigoUnico: string | null; cliente: string | null }>
  /** @throws FalloDeRed with the reason it does not count, or SIN_CONEXION */
  consultar(uso: { cuponId: string; codigo: string; qr: string | null; totalCentavos: number }): Promise<void>
}

/** What is read of the answer (sync-server/domain/scanya/cupones.ts). */
interface Validado {
  cuponId: string
  codigoUnico: string | null
  cliente: { nombre: string } | null
}
const tal = <T>() => ({ parse: (valor: unknown) => valor as T })

export function cuponesEnRed(puertos: Puertos, sesion: Pick<Sesion, 'con'>): CuponesEnRed {
  const publicar = <T>(camino: string, cuerpo: object) =>
    sesion.con((token) => pedir(puertos, camino, tal<T>(), { metodo: 'POST', cuerpo, token }))
  const validar = (cuerpo: object) => publicar<Validado>('/api/scanya/validar-cupon', cuerpo)
  /** Who is at the counter: the QR of a cupón says so by itself, that of a card is shown first. */
  async function quien(cuponId: string, qr: string): Promise<object> {
    if (leerQr(qr).cupon) return { qr }
    const { identificacionId } = await publicar<{ identificacionId: string }>('/api/scanya/identificar-cliente', { qrPayload: qr })
    return { cuponId, identificacionId }
  }
  return {
    async buscar(codigo) {
      const { cuponId, codigoUnico, cliente } = await validar({ codigo })
      return { cuponId, codigoUnico, cliente: cliente?.nombre ?? null }
    },
    async consultar({ cuponId, codigo, qr, totalCentavos }) {
      const cual = qr === null ? { codigo } : await quien(cuponId, qr)
      await validar({ ...cual, total: pesosDesdeCentavos(totalCentavos) })
    },
  }
}
