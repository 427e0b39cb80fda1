/**
 * The session of a person on the desk (Studio, Panel). The access token lives in memory, ten minutes; what keeps a person in is the refresh cookie of
 * the app, which no script sees. A note says who it may be (names and negocios, no secret): a page nobody entered from asks the server nothing, and one
 * that opens without network knows whose room it is. Whatever needs the server asks it as always; a session that ended shows the login.
 */
import type { PermisosScanYA } from '../../../schema/domain/empleados/permisos.ts'
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
    /** What the dueño left a gerente of the counter (SCAN-05); null: all of it; absent in a note of an earlier release. */
    permisosScanYA?: PermisosScanYA | null
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

const SIN_TOKEN = { ok: false, codigo: 'SESION_REQUERIDA' } as const

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
    const nota = leerNota(this.#app)
    if (nota === null) return this.#poner({ en: 'fuera', sinRed: false })
    const yo = yoDe(nota)
    if (yo) this.#poner({ en: 'dentro', yo })
    const r = await this.#refrescar()
    if (r.ok) await this.#presentarse()
    else if (terminada(r.codigo)) this.#olvidar()
    else if (!yo) this.#poner({ en: 'fuera', sinRed: r.codigo === 'SIN_CONEXION' })
  }

  /** CREDENCIALES, CUENTA_BLOQUEADA, DEMASIADAS_PETICIONES, SIN_CONEXION. */
  async entrar(correo: string, contrasena: string): Promise<Respuesta<null>> {
    const r = await pedirJson<Token>('/api/auth/login', { cuerpo: { correo, contrasena, app: this.#app } })
    if (!r.ok) {
      if (this.#estado.en === 'abriendo') this.#poner({ en: 'fuera', sinRed: false })
      return r
    }
    this.#token = r.valor.token
    escribirNota(this.#app, SOLO_HAY_SESION)
    return this.#presentarse()
  }

  /** A request as this person. A token that ended is renewed once; a session that ended shows the login again. */
  async pedir<T>(ruta: string, peticion: Peticion = {}): Promise<Respuesta<T>> {
    // A page that knows whose it is and has no token yet asks for one before the server says that it is missing.
    const porEstrenar = this.#token === null && this.#estado.en === 'dentro'
    const r: Respuesta<T> = porEstrenar ? SIN_TOKEN : await this.#conToken<T>(ruta, peticion)
    if (r.ok || !terminada(r.codigo)) return r
    const renovada = await this.#refrescar()
    if (renovada.ok) return this.#conToken<T>(ruta, peticion)
    if (renovada.codigo !== 'SIN_CONEXION') this.#olvidar()
    return renovada
  }

  /**
   * The access token, for whoever speaks to the server by itself (live views). `renovar`: the last one was refused. Null: the session ended, and the
   * login is shown. @throws Error when the server cannot be reached
   */
  readonly portador = async (renovar: boolean): Promise<string | null> => {
    if (this.#token !== null && !renovar) return this.#token
    const r = await this.#refrescar()
    if (r.ok) return this.#token
    if (!terminada(r.codigo)) throw new Error(r.codigo)
    this.#olvidar()
    return null
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
    if (yo.ok) {
      escribirNota(this.#app, JSON.stringify(yo.valor))
      this.#poner({ en: 'dentro', yo: yo.valor })
    } else if (this.#estado.en !== 'dentro' || terminada(yo.codigo)) this.#poner({ en: 'fuera', sinRed: yo.codigo === 'SIN_CONEXION' })
    return yo.ok ? { ok: true, valor: null } : yo
  }

  /** One at a time: two renewals at once would look like two holders of one cookie. */
  #refrescar(): Promise<Respuesta<null>> {
    this.#refresco ??= pedirJson<Token>('/api/auth/refresh', { cuerpo: { app: this.#app } })
      .then((r): Respuesta<null> => {
        if (r.ok) this.#token = r.valor.token
        else if (terminada(r.codigo)) borrarNota(this.#app)
        return r.ok ? { ok: true, valor: null } : r
      })
      .finally(() => {
        this.#refresco = null
      })
    return this.#refresco
  }

  #olvidar(): void {
    this.#token = null
    borrarNota(this.#app)
    this.#poner({ en: 'fuera', sinRed: false })
  }

  #poner(estado: EstadoDeSesion): void {
    this.#estado = estado
    for (const oyente of this.#oyentes) oyente()
  }
}

const terminada = (codigo: string) => codigo === 'SESION_REQUERIDA' || codigo === 'SESION_VENCIDA'

const llaveDe = (app: AppDeCuenta) => `cya:sesion:${app}`
/** A note of the first release, and where a name could not be kept: somebody may be in, nobody knows who. */
const SOLO_HAY_SESION = '1'

/** Null: nobody entered. Storage may be forbidden: then every page asks the server. */
function leerNota(app: AppDeCuenta): string | null {
  try {
    return localStorage.getItem(llaveDe(app))
  } catch {
    return SOLO_HAY_SESION
  }
}
function escribirNota(app: AppDeCuenta, nota: string): void {
  try {
    localStorage.setItem(llaveDe(app), nota)
  } catch {
    // nothing depends on it
  }
}
function borrarNota(app: AppDeCuenta): void {
  try {
    localStorage.removeItem(llaveDe(app))
  } catch {
    // nothing depends on it
  }
}
/** Who the note says was in; null when it names nobody this release understands. */
function yoDe(nota: string): Yo | null {
  try {
    const yo = JSON.parse(nota) as Partial<Yo> | number
    return typeof yo === 'object' && typeof yo.id === 'string' && Array.isArray(yo.negocios) ? (yo as Yo) : null
  } catch {
    return null
  }
}

const sesiones: Record<AppDeCuenta, SesionDeCuenta> = { tienda: new SesionDeCuenta('tienda'), panel: new SesionDeCuenta('panel') }
/** The session of an app: one per document. */
export const sesionDe = (app: AppDeCuenta): SesionDeCuenta => sesiones[app]
