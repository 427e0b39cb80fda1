import type { SesionDeCuenta } from '../../../domain/cuentas/sesion.ts'

/** A busy till's whole journal takes its time. */
const ESPERA_MS = 120_000

/** The journal of a device as the server has it, a JSON text; null: it did not come, or not whole. */
export async function bajarDiario(sesion: Pick<SesionDeCuenta, 'portador'>, id: string): Promise<string | null> {
  try {
    for (const renovar of [false, true]) {
      const token = await sesion.portador(renovar)
      if (token === null) return null
      const headers = { authorization: `Bearer ${token}` }
      const respuesta = await fetch(`/api/admin/dispositivos/${id}/diario.json`, {
        headers,
        cache: 'no-store',
        signal: AbortSignal.timeout(ESPERA_MS),
      })
      if (respuesta.ok) return entero(await respuesta.text())
      if (respuesta.status !== 401) return null
    }
  } catch {
    // no network, or it was cut half way
  }
  return null
}

/** It is written piece by piece: one that was cut does not parse. */
function entero(texto: string): string {
  JSON.parse(texto)
  return texto
}
