/**
 * The right to pull. Tokens live in memory only: a device proves itself with its key each time, a shopper's account with the cookie the browser
 * keeps. A 401 asks for a new session once; it never touches what is pending.
 *
 * Of an account a note says whose it is: without it nobody entered here, and the server is not asked in vain; with it, what is stored is that person's.
 */
import { z } from 'zod'
import { respuestaReto, respuestaSesion } from '../../schema/protocol/dispositivos.ts'
import { FalloDeRed, pedir } from './http.ts'
import type { Identidad } from './identidad.ts'
import type { Puertos } from './puertos.ts'
import type { RelojLocal } from './reloj-local.ts'

const respuestaToken = z.object({ token: z.string(), usuarioId: z.string(), hora: z.number() })
const NADA = { parse: () => null }
/** Whose login the cookie holds; gone once the server ends it. */
const NOTA_DE_CUENTA = 'cuenta'
/** Whose documents are stored here; stays when a login ends by itself. */
const NOTA_DE_DUENO = 'dueno'
/** The account app of CardYA's refresh cookie. */
const APP_DE_CUENTA = 'tarjeta'

export interface Sesion {
  /** Reads whose account this is. */
  cargar(): Promise<void>
  /** Whether there is somebody to ask as: an enrolled device, or an account that entered. */
  posible(): boolean
  /** Runs with a token; on a 401 once more with a new one. @throws FalloDeRed */
  con<T>(accion: (token: string) => Promise<T>): Promise<T>
  /** `cambio`: the account is another than the one whose documents are here. @throws FalloDeRed CREDENCIALES, CUENTA_BLOQUEADA */
  entrar(correo: string, contrasena: string): Promise<{ usuarioId: string; cambio: boolean }>
  /** Ends the account's login, at the server if it can be reached, and here in any case. */
  salir(): Promise<void>
  olvidar(): void
}

export function crearSesion(puertos: Puertos, identidad: Identidad, reloj: RelojLocal): Sesion {
  let token: string | null = null
  /** Whose account may come back by its cookie, until the server says otherwise. */
  let cuenta: string | null = null
  /** Raised by whoever enters or leaves: a refresh that was under way then says nothing about the session of now. */
  let epoca = 0
  let enCamino: Promise<string> | null = null

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
    if (cuenta === null) throw new FalloDeRed('SESION_REQUERIDA', 401)
    const mia = epoca
    const antes = reloj.leer()
    try {
      const dada = await pedir(puertos, '/api/auth/refresh', respuestaToken, { metodo: 'POST', cuerpo: { app: APP_DE_CUENTA } })
      reloj.aprender(dada.hora, antes)
      return dada.token
    } catch (error) {
      if (!(error instanceof FalloDeRed) || error.status !== 401) throw error
      if (mia !== epoca && token) return token
      cuenta = null
      await puertos.notas.borrar(NOTA_DE_CUENTA)
      // TE1. The phone was taken away from its card: not to be asked to come back, but to forget it.
      throw new FalloDeRed(error.codigo === 'DISPOSITIVO_REVOCADO' ? error.codigo : 'SESION_REQUERIDA', 401)
    }
  }
  /** One refresh at a time: each rotates the cookie. */
  function refrescar(): Promise<string> {
    enCamino ??= deCuenta().finally(() => {
      enCamino = null
    })
    return enCamino
  }
  async function tomarToken(): Promise<string> {
    if (token) return token
    const alta = identidad.alta()
    const mia = epoca
    const nuevo = alta ? await deDispositivo(alta.dispositivoId) : await refrescar()
    if (mia === epoca) token = nuevo
    return nuevo
  }
  async function anotar(usuarioId: string): Promise<boolean> {
    const previa = await puertos.notas.leer<string>(NOTA_DE_DUENO)
    await puertos.notas.escribir(NOTA_DE_CUENTA, usuarioId)
    await puertos.notas.escribir(NOTA_DE_DUENO, usuarioId)
    return previa !== undefined && previa !== usuarioId
  }

  return {
    async cargar() {
      cuenta = puertos.app === 'cardya' ? ((await puertos.notas.leer<string>(NOTA_DE_CUENTA)) ?? null) : null
    },
    posible: () => identidad.alta() !== null || token !== null || cuenta !== null,
    async con(accion) {
      const usado = await tomarToken()
      try {
        return await accion(usado)
      } catch (error) {
        if (!(error instanceof FalloDeRed) || error.status !== 401 || error.codigo === 'DISPOSITIVO_REVOCADO') throw error
        if (token === usado) token = null // somebody else may have renewed it meanwhile
        return accion(await tomarToken())
      }
    },
    async entrar(correo, contrasena) {
      const antes = reloj.leer()
      const cuerpo = { correo, contrasena, app: APP_DE_CUENTA }
      const dada = await pedir(puertos, '/api/auth/login', respuestaToken, { metodo: 'POST', cuerpo })
      reloj.aprender(dada.hora, antes)
      const cambio = await anotar(dada.usuarioId)
      epoca++
      token = dada.token
      cuenta = dada.usuarioId
      return { usuarioId: dada.usuarioId, cambio }
    },
    async salir() {
      const peticion = { metodo: 'POST' as const, cuerpo: { app: APP_DE_CUENTA }, token }
      await pedir(puertos, '/api/auth/logout', NADA, peticion).catch(() => {})
      await puertos.notas.borrar(NOTA_DE_CUENTA)
      await puertos.notas.borrar(NOTA_DE_DUENO)
      this.olvidar()
    },
    olvidar() {
      epoca++
      token = null
      cuenta = null
    },
  }
}
