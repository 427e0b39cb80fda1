/** The demo world's helpers, there only while the server says it is a demo. Every call may fail: the apps work without them. */
import { pedirJson, type Respuesta } from '../../lib/http.ts'

export const SHOPPERS = [
  { id: 'juan', nombre: 'Juan' },
  { id: 'ana', nombre: 'Ana' },
  { id: 'maria', nombre: 'María' },
] as const

/** The negocio whose story the front page tells. */
export const NEGOCIO_DEMO = 'pizzeria-roma'

export interface CuentaDemo {
  /** Its key in the demo world: `roma`, `norte`, `juan`, `admin`… */
  clave: string
  papel: string
  nombre: string
  correo: string
  contrasena: string
}

export interface MundoDemo {
  cuentas: CuentaDemo[]
  negocios: {
    codigoCaja: string
    nombre: string
    sucursales: string[]
    empleados: { nick: string; pin: string; sucursal: string }[]
  }[]
  shoppers: string[]
}

/** Whether the server answers till and card. `vuelveAt`: when a network that was switched off comes back by itself, ms. */
export interface RedDemo {
  encendida: boolean
  vuelveAt: number | null
}

/** NO_ENCONTRADO where there is no demo world. */
export const leerDemo = (): Promise<Respuesta<MundoDemo>> => pedirJson('/api/demo')
/** A real one-use enrolment link for a till of the demo's first negocio. */
export const pedirEnlace = (sucursal = 'Centro'): Promise<Respuesta<{ token: string }>> =>
  pedirJson('/api/demo/enlace', { cuerpo: { negocio: NEGOCIO_DEMO, sucursal } })
/** A freshly signed QR, as that shopper's phone would show it now. */
export const pedirQr = (shopper: string): Promise<Respuesta<{ qr: string }>> => pedirJson('/api/demo/qr', { cuerpo: { shopper } })
export const leerRed = (): Promise<Respuesta<RedDemo>> => pedirJson('/api/demo/red')
export const cambiarRed = (encendida: boolean): Promise<Respuesta<RedDemo>> => pedirJson('/api/demo/red', { cuerpo: { encendida } })
