/** What a shopper's phone asks of the server, over HTTP: for journeys whose screens are the till's. */
import * as assert from 'uvu/assert'
import { pedir } from './pedir.ts'

const CLAVE = 'Puntos-2026-demo'
const NEGOCIO = 'Pizzería Roma'

interface Recompensas {
  negocioId: string
  puntosDisponibles: number
  sucursales: { id: string; nombre: string }[]
  recompensas: { id: string; nombre: string; puntos: number }[]
}

export class Shopper {
  private readonly origen: string
  private readonly token: string
  private readonly negocioId: string
  private constructor(origen: string, token: string, negocioId: string) {
    this.origen = origen
    this.token = token
    this.negocioId = negocioId
  }

  /** A demo shopper, and the demo's first negocio. */
  static async entrar(origen: string, correo: string): Promise<Shopper> {
    const { token } = await pedir<{ token: string }>(`${origen}/api/auth/login`, null, { correo, contrasena: CLAVE, app: 'tarjeta' })
    const dueno = { correo: 'dueno@pizzeriaroma.mx', contrasena: 'Roma-2026-demo' }
    const suyo = await pedir<{ token: string }>(`${origen}/api/auth/login`, null, dueno)
    const { negocios } = await pedir<{ negocios: { negocioId: string; nombre: string }[] }>(`${origen}/api/auth/yo`, suyo.token)
    const negocio = negocios.find(({ nombre }) => nombre === NEGOCIO) ?? negocios[0]
    assert.ok(negocio, 'the demo has its first negocio')
    return new Shopper(origen, token, negocio.negocioId)
  }

  private recompensas(): Promise<Recompensas> {
    return pedir(`${this.origen}/api/cardya/recompensas/${this.negocioId}`, this.token)
  }

  async puntos(): Promise<number> {
    return (await this.recompensas()).puntosDisponibles
  }

  /** The sum of their movements in this negocio. */
  async sumaDelHistorial(): Promise<number> {
    const camino = `/api/cardya/historial?negocioId=${this.negocioId}&limit=100`
    const { movimientos } = await pedir<{ movimientos: { puntos: number }[] }>(`${this.origen}${camino}`, this.token)
    return movimientos.reduce((suma, m) => suma + m.puntos, 0)
  }

  /** Asks for a reward of the first sucursal, named Centro. */
  async canjear(nombre: string): Promise<{ codigo: string; qr: string }> {
    const { negocioId, sucursales, recompensas } = await this.recompensas()
    const recompensa = recompensas.find((r) => r.nombre === nombre)
    assert.ok(recompensa, `${nombre} is given here`)
    const sucursalId = sucursales.find((s) => s.nombre === 'Centro')?.id
    const cuerpo = { negocioId, recompensaId: recompensa.id, puntos: recompensa.puntos, sucursalId }
    return pedir(`${this.origen}/api/cardya/canjear`, this.token, cuerpo)
  }

  /** CUP-16. By the merchant's code. */
  async guardarCupon(codigo: string): Promise<void> {
    const { negocioId } = this
    const ofrecidos = `${this.origen}/api/cardya/cupones/disponibles/${negocioId}`
    const { cupones } = await pedir<{ cupones: { cuponId: string; codigo: string }[] }>(ofrecidos, this.token)
    const cupon = cupones.find((c) => c.codigo === codigo)
    assert.ok(cupon, `${codigo} is offered here`)
    await pedir(`${this.origen}/api/cardya/cupones/${cupon.cuponId}/guardar`, this.token, { negocioId })
  }

  async estadoDelCanje(codigo: string): Promise<string | undefined> {
    const { canjes } = await pedir<{ canjes: { codigo: string; estado: string }[] }>(`${this.origen}/api/cardya/canjes`, this.token)
    return canjes.find((c) => c.codigo === codigo)?.estado
  }
}
