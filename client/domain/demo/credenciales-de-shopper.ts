/** One-tap entry of the card. Free of any framework and of zod: the card's small page takes it as it is. */
export interface CredencialesDeShopper {
  correo: string
  contrasena: string
}

interface RespuestaDeDemo {
  success: boolean
  data: { cuentas: { correo: string; contrasena: string }[]; shoppers: string[] } | null
}

/**
 * What `GET /api/demo` tells of a shopper of the demo world. `nombre`: `juan`, `ana`, `maria`. Null outside the demo, for a name that is
 * nobody's, and without connection: the page then shows its ordinary login.
 */
export async function credencialesDeShopper(nombre: string): Promise<CredencialesDeShopper | null> {
  try {
    const respuesta = await fetch('/api/demo', { headers: { accept: 'application/json' } })
    const { success, data } = (await respuesta.json()) as RespuestaDeDemo
    if (!success || !data?.shoppers.includes(nombre)) return null
    const cuenta = data.cuentas.find(({ correo }) => correo.startsWith(`${nombre}@`))
    return cuenta ? { correo: cuenta.correo, contrasena: cuenta.contrasena } : null
  } catch {
    return null
  }
}
