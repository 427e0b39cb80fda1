/** The demo world's helpers, there only while the server says it is a demo. Every call may fail: the till works without them. */
export const SHOPPERS = [
  { id: 'juan', nombre: 'Juan' },
  { id: 'ana', nombre: 'Ana' },
  { id: 'maria', nombre: 'María' },
] as const

export type ErrorDemo = 'SIN_CONEXION' | 'NO_ENCONTRADO' | 'INTERNAL'
export type Respuesta<T> = { ok: true; valor: T } | { ok: false; codigo: ErrorDemo }

export const leerDemo = (): Promise<Respuesta<unknown>> => pedir('GET', '/api/demo')
/** A real one-use enrolment link for a till of the demo's first negocio. */
export const pedirEnlace = (): Promise<Respuesta<{ token: string }>> =>
  pedir('POST', '/api/demo/enlace', { negocio: 'pizzeria-roma', sucursal: 'Centro' })
/** A freshly signed QR, as that shopper's phone would show it now. */
export const pedirQr = (shopper: string): Promise<Respuesta<{ qr: string }>> => pedir('POST', '/api/demo/qr', { shopper })

async function pedir<T>(metodo: string, ruta: string, cuerpo?: unknown): Promise<Respuesta<T>> {
  try {
    const respuesta = await fetch(ruta, {
      method: metodo,
      headers: { accept: 'application/json', ...(cuerpo === undefined ? {} : { 'content-type': 'application/json' }) },
      ...(cuerpo === undefined ? {} : { body: JSON.stringify(cuerpo) }),
    })
    const texto = (await respuesta.json()) as { success: boolean; data: T }
    if (texto.success) return { ok: true, valor: texto.data }
    return { ok: false, codigo: respuesta.status === 404 ? 'NO_ENCONTRADO' : 'INTERNAL' }
  } catch {
    return { ok: false, codigo: 'SIN_CONEXION' }
  }
}
