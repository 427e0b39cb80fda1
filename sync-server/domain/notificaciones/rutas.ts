/** What a shopper is told and where (SCAN-25, CARD-21). A session of a person; a device or an empleado gets SIN_PERMISO. */
import type { MiddlewareHandler } from 'hono'
import { z } from 'zod'
import { instante } from '../../../schema/domain/hechos/sobre.ts'
import { limitador } from '../../auth/limites.ts'
import { exigirCuenta, requiereCuenta } from '../../auth/middleware.ts'
import type { Deps } from '../../context.ts'
import { EJEMPLO } from '../../http/ejemplos.ts'
import type { App, Entorno } from '../../http/entorno.ts'
import { ruta } from '../../http/ruta.ts'
import { darDeBaja, suscribir } from '../../push/suscripciones.ts'
import { llavePushDe } from '../../push/vapid.ts'
import {
  leerNotificaciones,
  marcaDeLectura,
  marcarLeidas,
  paginaDeNotificaciones,
  ponerPreferencias,
  preferencias,
  preferenciasDe,
} from './leer.ts'

const idioma = z.enum(['es', 'en']).default('es')
/** As `PushSubscription.toJSON()` gives them. */
const pedidoDeSuscripcion = z.object({
  endpoint: z.string().max(2_000),
  llaves: z.object({ p256dh: z.string().max(120), auth: z.string().max(40) }),
  idioma,
})
const ENDPOINT = 'https://updates.push.services.mozilla.com/wpush/v2/gAAAAABn'
const QUIERE = { puntos: true, nivel: true, canjes: true, cupones: false }

export function montarNotificaciones(app: App, deps: Deps): void {
  const porCuenta = limitador(deps.env.limites.avisosPorMinuto, 60, (c) => exigirCuenta(c.get('sesion')).usuarioId)
  const antes = [requiereCuenta(deps), porCuenta]
  montarPush(app, deps, antes)
  montarLista(app, deps, antes)
  montarPreferencias(app, deps, antes)
}

const COMUN = { sesion: true, paraQuien: ['cuenta'] } as const

function montarPush(app: App, deps: Deps, antes: MiddlewareHandler<Entorno>[]): void {
  ruta(
    app,
    {
      ...COMUN,
      metodo: 'get',
      camino: '/api/push/llave',
      resumen: 'The public key a browser subscribes to notifications with (RFC 8292)',
      grupo: 'push',
      datos: z.object({ publica: z.string() }),
      ejemplo: { datos: { publica: `B${'A'.repeat(86)}` } },
      codigos: ['DEMASIADAS_PETICIONES', 'SIN_PERMISO'],
      antes,
    },
    async () => ({ publica: (await llavePushDe(deps)).publica }),
  )
  ruta(
    app,
    {
      ...COMUN,
      metodo: 'post',
      camino: '/api/push/suscripciones',
      resumen: 'This browser wants to be told. The same again changes nothing; at most ten per person, the oldest gives way.',
      grupo: 'push',
      cuerpo: pedidoDeSuscripcion,
      datos: z.object({ id: z.string() }),
      ejemplo: {
        cuerpo: { endpoint: ENDPOINT, llaves: { p256dh: `B${'A'.repeat(86)}`, auth: 'BTBZMqHH6r4Tts7J_aSIgg' }, idioma: 'es' },
        datos: { id: EJEMPLO.imagen },
      },
      codigos: ['DATO_INVALIDO', 'NO_ENCONTRADO', 'DEMASIADAS_PETICIONES', 'SIN_PERMISO'],
      antes,
    },
    ({ c, cuerpo: { endpoint, llaves, idioma } }) => suscribir(deps, exigirCuenta(c.get('sesion')), { endpoint, ...llaves, idioma }),
  )
  ruta(
    app,
    {
      ...COMUN,
      metodo: 'delete',
      camino: '/api/push/suscripciones',
      resumen: 'This browser is told no more. `habia`: whether it was.',
      grupo: 'push',
      cuerpo: z.object({ endpoint: z.string().max(2_000) }),
      datos: z.object({ habia: z.boolean() }),
      ejemplo: { cuerpo: { endpoint: ENDPOINT }, datos: { habia: true } },
      codigos: ['DEMASIADAS_PETICIONES', 'SIN_PERMISO'],
      antes,
    },
    async ({ c, cuerpo }) => ({ habia: await darDeBaja(deps, exigirCuenta(c.get('sesion')).usuarioId, cuerpo.endpoint) }),
  )
}

function montarLista(app: App, deps: Deps, antes: MiddlewareHandler<Entorno>[]): void {
  ruta(
    app,
    {
      ...COMUN,
      metodo: 'get',
      camino: '/api/cardya/notificaciones',
      resumen: 'What the shopper was told in 90 days, newest first, in words',
      grupo: 'cardya',
      consulta: z.object({
        page: z.coerce.number().int().min(1).max(10_000).default(1),
        limit: z.coerce.number().int().min(1).max(100).default(20),
        idioma,
      }),
      datos: paginaDeNotificaciones,
      ejemplo: {
        datos: {
          notificaciones: [
            {
              id: `historial:${EJEMPLO.usuarioId}`,
              tipo: 'puntos_ganados',
              titulo: '+62 puntos',
              cuerpo: 'Ganaste 62 puntos en Pizzería Roma.',
              negocioId: EJEMPLO.negocioId,
              negocioNombre: 'Pizzería Roma',
              puntos: 62,
              leida: false,
              fecha: EJEMPLO.ahora,
            },
          ],
          page: 1,
          limit: 20,
          total: 1,
          sinLeer: 1,
        },
      },
      codigos: ['DATO_INVALIDO', 'DEMASIADAS_PETICIONES', 'SIN_PERMISO'],
      antes,
    },
    ({ c, consulta }) => leerNotificaciones(deps, exigirCuenta(c.get('sesion')).usuarioId, consulta),
  )
  ruta(
    app,
    {
      ...COMUN,
      metodo: 'post',
      camino: '/api/cardya/notificaciones/leidas',
      resumen: 'All up to this instant was read, on every phone of the shopper',
      grupo: 'cardya',
      cuerpo: z.object({ hasta: instante }),
      datos: marcaDeLectura,
      ejemplo: { cuerpo: { hasta: EJEMPLO.ahora }, datos: { leidasHasta: EJEMPLO.ahora, sinLeer: 0 } },
      codigos: ['DEMASIADAS_PETICIONES', 'SIN_PERMISO'],
      antes,
    },
    ({ c, cuerpo }) => marcarLeidas(deps, exigirCuenta(c.get('sesion')).usuarioId, cuerpo.hasta),
  )
}

function montarPreferencias(app: App, deps: Deps, antes: MiddlewareHandler<Entorno>[]): void {
  const camino = '/api/cardya/notificaciones/preferencias'
  ruta(
    app,
    {
      ...COMUN,
      metodo: 'get',
      camino,
      resumen: 'What the shopper wants a push for; all of it until the shopper says otherwise',
      grupo: 'cardya',
      datos: preferencias,
      ejemplo: { datos: QUIERE },
      codigos: ['DEMASIADAS_PETICIONES', 'SIN_PERMISO'],
      antes,
    },
    ({ c }) => preferenciasDe(deps, exigirCuenta(c.get('sesion')).usuarioId),
  )
  ruta(
    app,
    {
      ...COMUN,
      metodo: 'post',
      camino,
      resumen: 'Says what the shopper wants a push for. The list in CardYA has everything all the same.',
      grupo: 'cardya',
      cuerpo: preferencias,
      datos: preferencias,
      ejemplo: { cuerpo: QUIERE, datos: QUIERE },
      codigos: ['DEMASIADAS_PETICIONES', 'SIN_PERMISO'],
      antes,
    },
    ({ c, cuerpo }) => ponerPreferencias(deps, exigirCuenta(c.get('sesion')).usuarioId, cuerpo),
  )
}
