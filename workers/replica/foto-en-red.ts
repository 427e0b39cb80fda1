/** An evidence photo that another device handed in, or this one did long ago (SCAN-34). */
import { FalloDeRed, falloDe, leerJson, llamar } from './http.ts'
import type { Puertos } from './puertos.ts'
import type { Sesion } from './sesion.ts'

const ESPERA_MS = 30_000
const NO_ESTA = 404

/** Null: the server does not have it, or not for this till. @throws FalloDeRed */
export const fotoEnRed = (puertos: Puertos, sesion: Pick<Sesion, 'con'>, hash: string): Promise<Blob | null> =>
  sesion.con(async (token) => {
    const corte = new AbortController()
    const alarma = puertos.reloj.setTimeout(() => corte.abort(), ESPERA_MS)
    try {
      const respuesta = await llamar(puertos, `/api/scanya/evidencias/${hash}`, { token }, corte.signal)
      if (respuesta.ok) return await respuesta.blob()
      if (respuesta.status === NO_ESTA) return null
      throw falloDe(respuesta.status, leerJson(await respuesta.text()) as object | null)
    } catch (error) {
      throw error instanceof FalloDeRed ? error : new FalloDeRed('SIN_CONEXION', 0)
    } finally {
      puertos.reloj.clearTimeout(alarma)
    }
  })
