/**
 * The right to pull. Tokens live in memory only: a device proves itself with its key each time, a shopper's account with the cookie the browser
 * keeps. A 401 asks for a new session once; it never touches what is pending.
 */
import { z } from 'zod'
import { respuestaReto, respuestaSesion } from '../../schema/protocol/dispositivos.ts'
import { FalloDeRed, pedir } from './http.ts'
import type { Identidad } from './identidad.ts'
import type { Puertos } from './puertos.ts'
import type { RelojLocal } from './reloj-local.ts'

const respuestaToken = z.object({ token: z.string() })
/** The account app of CardYA's refresh cookie. */
const APP_DE_CUENTA = 'tarjeta'

export interface Sesion {
  /** Whether there is somebody to ask as: an enrolled device, or an account that entered. */
  posible(): boolean
  /** Runs with a token; on a 401 once more with a new one. @throws FalloDeRed */
  con<T>(accion: (token: string) => Promise<T>): Promise<T>
  /** @throws FalloDeRed CREDENCIALES, CUENTA_BLOQUEADA */
  entrar(correo: string, contrasena: string): Promise<void>
  olvidar(): void
}

export function crearSesion(puertos: Puertos, identidad: Identidad, reloj: RelojLocal): Sesion {
  let token: string | null = null
  /** An account may come back by its cookie until the server says otherwise. */
  let cuentaViva = puertos.app === 'cardya'

  async function deDispositivo(dispositivoId: string): Promise<string> {
    const { reto } = await pedir(puertos, '/api/dispositivos/reto', respuestaReto, { metodo: 'POST', cuerpo: { dispositivoId } })
    const firma = await identidad.firmar('CYA1|sesion', `${dispositivoId}|${reto}`)
    const antes = reloj.leer()
    const cuerpo = { dispositivoId, reto, firma }
    const dada = await pedir(puertos, '/api/dispositivos/sesion', respuestaSesion, { metodo: 'POST', cuerpo })
    reloj.aprender(dada.hora, antes)
    await identidad.renovar(dada.licencia, dada.llaves)
    return dada.token
  }
  async function deCuenta(): Promise<string> {
    if (!cuentaViva) throw new FalloDeRed('SESION_REQUERIDA', 401)
    try {
      return (await pedir(puertos, '/api/auth/refresh', respuestaToken, { metodo: 'POST', cuerpo: { app: APP_DE_CUENTA } })).token
    } catch (error) {
      if (!(error instanceof FalloDeRed) || error.status !== 401) throw error
      cuentaViva = false
      throw new FalloDeRed('SESION_REQUERIDA', 401)
    }
  }
  async function tomarToken(): Promise<string> {
    if (token) return token
    const alta = identidad.alta()
    token = alta ? await deDispositivo(alta.dispositivoId) : await deCuenta()
    return token
  }

  return {
    posible: () => identidad.alta() !== null || token !== null || cuentaViva,
    async con(accion) {
      try {
        return await accion(await tomarToken())
      } catch (error) {
        if (!(error instanceof FalloDeRed) || error.status !== 401 || !token || error.codigo === 'DISPOSITIVO_REVOCADO') throw error
        token = null
        return accion(await tomarToken())
      }
    },
    async entrar(correo, contrasena) {
      const cuerpo = { correo, contrasena, app: APP_DE_CUENTA }
      token = (await pedir(puertos, '/api/auth/login', respuestaToken, { metodo: 'POST', cuerpo })).token
      cuentaViva = true
    },
    olvidar() {
      token = null
      cuentaViva = false
    },
  }
}
