/** The counter of Pizzería Roma, in Centro, by its dueño's session over HTTP: for journeys whose screens are the shopper's. */
import * as assert from 'uvu/assert'
import { pedir } from './pedir.ts'

export class MostradorEnLinea {
  private readonly origen: string
  private readonly token: string
  private readonly sucursalId: string
  private constructor(origen: string, token: string, sucursalId: string) {
    this.origen = origen
    this.token = token
    this.sucursalId = sucursalId
  }

  static async abrir(origen: string): Promise<MostradorEnLinea> {
    const cuerpo = { correo: 'dueno@pizzeriaroma.mx', contrasena: 'Roma-2026-demo' }
    const { token } = await pedir<{ token: string }>(`${origen}/api/auth/login`, null, cuerpo)
    const { negocios } = await pedir<{ negocios: { negocioId: string; nombre: string }[] }>(`${origen}/api/auth/yo`, token)
    const negocioId = negocios.find(({ nombre }) => nombre === 'Pizzería Roma')?.negocioId
    const { sucursales } = await pedir<{ sucursales: { id: string; nombre: string }[] }>(
      `${origen}/api/cardya/recompensas/${negocioId}`,
      token,
    )
    return new MostradorEnLinea(origen, token, sucursales.find(({ nombre }) => nombre === 'Centro')?.id ?? '')
  }

  /** To whoever's card this is the QR of, in pesos. */
  async vender(qr: string, monto: number): Promise<void> {
    const { identificacionId } = await this.pedir<{ identificacionId: string }>('identificar-cliente', { qrPayload: qr })
    await this.pedir('venta', { monto, metodoPago: 'efectivo', identificacionId })
  }

  private pedir<T>(camino: string, cuerpo: unknown): Promise<T> {
    return pedir(`${this.origen}/api/scanya/${camino}?sucursalId=${this.sucursalId}`, this.token, cuerpo)
  }

  /** By the QR as a camera read it. */
  async entregar(qr: string): Promise<void> {
    const { canjeId } = await this.pedir<{ canjeId: string }>('validar-canje', { qr })
    await this.pedir('confirmar-canje', { canjeId, qr })
  }

  /** A sale with the cupón whose QR was read, in pesos. Gives what was paid. */
  async cobrarConCupon(qr: string, monto: number, regalado: number): Promise<number> {
    const { cuponId, identificacionId } = await this.pedir<{ cuponId: string; identificacionId: string }>('validar-cupon', { qr })
    assert.ok(identificacionId, 'its QR says who the client is')
    const pedido = { monto, metodoPago: 'efectivo', cuponId, identificacionId, regalado }
    return (await this.pedir<{ monto: number }>('aplicar-cupon', pedido)).monto
  }
}
