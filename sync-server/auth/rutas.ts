import type { Context, MiddlewareHandler } from 'hono'
import { deleteCookie, getCookie, setCookie } from 'hono/cookie'
import { z } from 'zod'
import { Rechazo } from '../../schema/core/rechazo.ts'
import { instante, uuid } from '../../schema/domain/hechos/sobre.ts'
import { contrasena, correo, LARGO_MINIMO_DE_CONTRASENA } from '../../schema/domain/usuarios/usuario.ts'
import type { Deps } from '../context.ts'
import { crearUsuario } from '../domain/usuarios/crear.ts'
import { EJEMPLO } from '../http/ejemplos.ts'
import type { App, Entorno } from '../http/entorno.ts'
import { ruta } from '../http/ruta.ts'
import { APPS, type AppDeCuenta, abrirFamilia, type Entrada, entrar, REFRESH_MS, refrescar, salir } from './entrar.ts'
import { limitador } from './limites.ts'
import { exigirCuenta, portadorDe, requiereCuenta } from './middleware.ts'
import { SESION_MS } from './sesiones.ts'
import { leerYo, yo } from './yo.ts'

const GRUPO = 'auth'
const app4 = z.enum(APPS)
const pedidoLogin = z.object({ correo: z.string().max(254), contrasena: z.string().max(200), app: app4.default('tienda') })
const pedidoRegistro = z.object({
  correo,
  contrasena: z.string().max(200),
  nombre: z.string().trim().min(1).max(100),
  apellidos: z.string().trim().max(100).default(''),
  app: app4.default('tienda'),
})
const pedidoDeApp = z.object({ app: app4.default('tienda') })
/** The access token lives in memory of the page, 10 minutes; the refresh token only in its cookie. `hora`: the server's, so that the page learns its clock. */
const respuestaToken = z.object({ token: z.string(), venceAt: instante, usuarioId: uuid, hora: instante })
const EJEMPLO_TOKEN = { token: EJEMPLO.token, venceAt: EJEMPLO.manana, usuarioId: EJEMPLO.usuarioId, hora: EJEMPLO.ahora }

/** One per app: four apps of one origin do not log each other out. */
const cookieDe = (app: AppDeCuenta) => `__Host-rt-${app}`
const OPCIONES = { httpOnly: true, secure: true, sameSite: 'Strict', path: '/' } as const

function responder(c: Context<Entorno>, app: AppDeCuenta, { token, venceAt, usuarioId, refresh }: Entrada) {
  setCookie(c, cookieDe(app), refresh, { ...OPCIONES, maxAge: REFRESH_MS / 1_000 })
  return { token, venceAt, usuarioId, hora: venceAt - SESION_MS }
}

export function montarAuth(app: App, deps: Deps): void {
  const freno = limitador(deps.env.limites.accesoPorMinuto, 60)
  montarEntrada(app, deps, freno)
  montarPermanencia(app, deps, freno)
}

function montarEntrada(app: App, deps: Deps, freno: MiddlewareHandler<Entorno>): void {
  ruta(
    app,
    {
      metodo: 'post',
      camino: '/api/auth/registro',
      resumen: 'A new account: one correo, one account (AUTH-01)',
      grupo: GRUPO,
      sesion: false,
      paraQuien: ['nadie'],
      cuerpo: pedidoRegistro,
      datos: respuestaToken,
      ejemplo: {
        cuerpo: { correo: 'ana@example.mx', contrasena: 'una frase larga', nombre: 'Ana', apellidos: 'López', app: 'tarjeta' },
        datos: EJEMPLO_TOKEN,
      },
      codigos: ['CORREO_EN_USO', 'CONTRASENA_DEBIL', 'DEMASIADAS_PETICIONES'],
      antes: [freno],
    },
    async ({ c, cuerpo }) => {
      if (!contrasena.safeParse(cuerpo.contrasena).success || cuerpo.contrasena.length < LARGO_MINIMO_DE_CONTRASENA)
        throw new Rechazo('CONTRASENA_DEBIL', 'contrasena')
      const usuarioId = await crearUsuario(deps, cuerpo)
      return responder(c, cuerpo.app, await abrirFamilia(deps, usuarioId, cuerpo.app))
    },
  )
  ruta(
    app,
    {
      metodo: 'post',
      camino: '/api/auth/login',
      resumen: 'Log in: the token is usable as Authorization: Bearer, the refresh cookie is set for the app',
      grupo: GRUPO,
      sesion: false,
      paraQuien: ['nadie'],
      cuerpo: pedidoLogin,
      datos: respuestaToken,
      ejemplo: { cuerpo: { correo: 'dueno@pizzeriaroma.mx', contrasena: 'una frase larga', app: 'tienda' }, datos: EJEMPLO_TOKEN },
      codigos: ['CREDENCIALES', 'CUENTA_BLOQUEADA', 'DEMASIADAS_PETICIONES'],
      antes: [freno],
    },
    async ({ c, cuerpo }) => {
      const limpio = { ...cuerpo, correo: cuerpo.correo.trim().toLowerCase() }
      return responder(c, cuerpo.app, await entrar(deps, limpio))
    },
  )
}

function montarPermanencia(app: App, deps: Deps, freno: MiddlewareHandler<Entorno>): void {
  ruta(
    app,
    {
      metodo: 'post',
      camino: '/api/auth/refresh',
      resumen: 'A new access token for the refresh cookie of the app, which is rotated',
      grupo: GRUPO,
      sesion: false,
      paraQuien: ['nadie'],
      cuerpo: pedidoDeApp,
      datos: respuestaToken,
      ejemplo: { cuerpo: { app: 'tienda' }, datos: EJEMPLO_TOKEN },
      codigos: ['SESION_REQUERIDA', 'SESION_VENCIDA', 'DISPOSITIVO_REVOCADO', 'ORIGEN_AJENO'],
      antes: [freno],
    },
    async ({ c, cuerpo }) => responder(c, cuerpo.app, await refrescar(deps, getCookie(c, cookieDe(cuerpo.app)), cuerpo.app)),
  )
  ruta(
    app,
    {
      metodo: 'post',
      camino: '/api/auth/logout',
      resumen: 'End this login: its tokens stop working at once',
      grupo: GRUPO,
      sesion: false,
      paraQuien: ['nadie'],
      cuerpo: pedidoDeApp,
      datos: z.null(),
      ejemplo: { cuerpo: { app: 'tienda' }, datos: null },
    },
    async ({ c, cuerpo }) => {
      await salir(deps, getCookie(c, cookieDe(cuerpo.app)), portadorDe(c))
      deleteCookie(c, cookieDe(cuerpo.app), OPCIONES)
      return null
    },
  )
  ruta(
    app,
    {
      metodo: 'get',
      camino: '/api/auth/yo',
      resumen: 'The person of this session and its negocios (AUTH-46)',
      grupo: GRUPO,
      sesion: true,
      paraQuien: ['cuenta'],
      datos: yo,
      ejemplo: {
        datos: {
          id: EJEMPLO.usuarioId,
          correo: 'dueno@pizzeriaroma.mx',
          nombre: 'Rosa',
          apellidos: 'Romano',
          nivelCardya: 'bronce',
          puntosLifetime: 0,
          esSuperadmin: false,
          negocios: [
            {
              negocioId: EJEMPLO.negocioId,
              nombre: 'Pizzería Roma',
              papel: 'dueno',
              sucursalId: null,
              permisosScanYA: null,
              sucursales: [{ id: EJEMPLO.sucursalId, nombre: 'Centro' }],
            },
          ],
        },
      },
      antes: [requiereCuenta(deps)],
    },
    ({ c }) => leerYo(deps, exigirCuenta(c.get('sesion')).usuarioId),
  )
}
