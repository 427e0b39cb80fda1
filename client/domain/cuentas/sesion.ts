/**
 * The session of a person on the desk (Studio, Panel). The access token lives in memory, ten minutes; what keeps a person in is the refresh cookie of
 * the app, which no script sees. A note says only that there may be one, so that a page nobody entered from asks the server nothing.
 */
import { type Peticion, pedirJson, type Respuesta } from '../../lib/http.ts'

export type AppDeCuenta = 'tienda' | 'panel'

/** `GET /api/auth/yo` */
export interface Yo {
  id: string
  correo: string
  nombre: string
  apellidos: string
  esSuperadmin: boolean
  negocios: {
    negocioId: string
    nombre: string
    papel: 'dueno' | 'gerente'
    /** Of a gerente: the only one they see. */
    sucursalId: string | null
    sucursales: { id: string; nombre: string }[]
  }[]
}

export type EstadoDeSesion =
  | { en: 'abriendo' }
  /** `sinRed`: there may be a session, and the server does not answer. */
  | { en: 'fuera'; sinRed: boolean }
  | { en: 'dentro'; yo: Yo }

interface Token {
  token: string
  venceAt: number
}

export class SesionDeCuenta {
  readonly #app: AppDeCuenta
  #token: string | null = null
  #estado: EstadoDeSesion = { en: 'abriendo' }
  #oyentes = new Set<() => void>()
  #refresco: Promise<Respuesta<null>> | null = null

  constructor(app: AppDeCuenta) {
    this.#app = app
  }

  readonly estado = (): EstadoDeSesion => this.#estado
  readonly suscribir = (oyente: () => void): (() => void) => {
    this.#oyentes.add(oyente)
    return () => this.#oyentes.delete(oyente)
  }

  /** Takes up the session of the cookie, if there is one. */
  async abrir(): Promise<void> {
    if (this.#estado.en === 'dentro') return
    if (!recordada(this.#app)) return this.#poner({ en: 'fuera', sinRed: false })
    const r = await this.#refrescar()
    if (r.ok) await this.#presentarse()
    else this.#poner({ en: 'fuera', sinRed: r.codigo === 'SIN_CONEXION' })
  }

  /** CREDENCIALES, CUENTA_BLOQUEADA, DEMASIADAS_PETICIONES, SIN_CONEXION. */
  async entrar(correo: string, contrasena: string): Promise<Respuesta<null>> {
    const r = await pedirJson<Token>('/api/auth/login', { cuerpo: { correo, contrasena, app: this.#app } })
    if (!r.ok) {
      if (this.#estado.en === 'abriendo') this.#poner({ en: 'fuera', sinRed: false })
      return r
    }
    this.#token = r.valor.token
    recordar(this.#app, true)
    return this.#presentarse()
  }

  /** A request as this person. A token that ended is renewed once; a session that ended shows the login again. */
  async pedir<T>(ruta: string, peticion: Peticion = {}): Promise<Respuesta<T>> {
    const r = await this.#conToken<T>(ruta, peticion)
    if (r.ok || !terminada(r.codigo)) return r
    const renovada = await this.#refrescar()
    if (renovada.ok) return this.#conToken<T>(ruta, peticion)
    if (renovada.codigo !== 'SIN_CONEXION') this.#olvidar()
    return renovada
  }

  /** Ends it on the server too; without connection this page forgets it all the same. */
  async salir(): Promise<void> {
    await this.#conToken('/api/auth/logout', { cuerpo: { app: this.#app } })
    this.#olvidar()
  }

  #conToken<T>(ruta: string, peticion: Peticion): Promise<Respuesta<T>> {
    return pedirJson<T>(ruta, { ...peticion, ...(this.#token ? { token: this.#token } : {}) })
  }

  async #presentarse(): Promise<Respuesta<null>> {
    const yo = await this.#conToken<Yo>('/api/auth/yo', {})
    if (yo.ok) this.#poner({ en: 'dentro', yo: yo.valor })
    else this.#poner({ en: 'fuera', sinRed: yo.codigo === 'SIN_CONEXION' })
    return yo.ok ? { ok: true, valor: null } : yo
  }

  /** One at a time: two renewals at once would look like two holders of one cookie. */
  #refrescar(): Promise<Respuesta<null>> {
    this.#refresco ??= pedirJson<Token>('/api/auth/refresh', { cuerpo: { app: this.#app } })
      .then((r): Respuesta<null> => {
        if (r.ok) this.#token = r.valor.token
        else if (terminada(r.codigo)) recordar(this.#app, false)
        return r.ok ? { ok: true, valor: null } : r
      })
      .finally(() => {
        this.#refresco = null
      })
    return this.#refresco
  }

  #olvidar(): void {
    this.#token = null
    recordar(this.#app, false)
    this.#poner({ en: 'fuera', sinRed: false })
  }

  #poner(estado: EstadoDeSesion): void {
    this.#estado = estado
    for (const oyente of this.#oyentes) oyente()
  }
}

const terminada = (codigo: string) => codigo === 'SESION_REQUERIDA' || codigo === 'SESION_VENCIDA'

const llaveDe = (app: AppDeCuenta) => `cya:sesion:${app}`
/** Storage may be forbidden: then every page asks the server. */
function recordada(app: AppDeCuenta): boolean {
  try {
    return localStorage.getItem(llaveDe(app)) !== null
  } catch {
    return true
  }
}
function recordar(app: AppDeCuenta, dentro: boolean): void {
  try {
    if (dentro) localStorage.setItem(llaveDe(app), '1')
    else localStorage.removeItem(llaveDe(app))
  } catch {
    // nothing depends on it
  }
}

const sesiones: Record<AppDeCuenta, SesionDeCuenta> = { tienda: new SesionDeCuenta('tienda'), panel: new SesionDeCuenta('panel') }
/** The session of an app: one per document. */
export const sesionDe = (app: AppDeCuenta): SesionDeCuenta => sesiones[app]
