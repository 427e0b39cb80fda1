/** A canje at the counter over HTTP, and which till of a sucursal confirms them without it (SCAN-30..33, 43, 44; R4, R5). */
import type { MiddlewareHandler } from 'hono'
import { z } from 'zod'
import type { Codigo } from '../../../schema/core/codigos.ts'
import {
  arriendoDeCanjes,
  canjeEnMostrador,
  pedidoDeArriendo,
  pedidoDeEntrega,
  pedidoDeValidacion,
} from '../../../schema/protocol/canjes.ts'
import { limiteDe } from '../../auth/limites.ts'
import { requiereSesion } from '../../auth/middleware.ts'
import type { Deps } from '../../context.ts'
import type { App, Entorno } from '../../http/entorno.ts'
import { type Quien, ruta } from '../../http/ruta.ts'
import { enMostrador } from '../scanya/mostrador.ts'
import { leerRepetible } from '../scanya/repetible.ts'
import { cajaDe, leerArriendo, moverArriendo } from './arriendo.ts'
import { confirmarCanje } from './confirmar.ts'
import { EJEMPLO_ARRIENDO, EJEMPLO_EN_MOSTRADOR } from './ejemplos.ts'
import { conOperador } from './operador.ts'
import { validarCanje } from './validar.ts'

const MINUTO_S = 60
const GRUPO = 'scanya'
const enSucursal = z.object({ sucursalId: z.uuid().optional() })
const MOTIVOS = ['CANJE_INVALIDO', 'CANJE_YA_ENTREGADO', 'CANJE_CANCELADO', 'CANJE_VENCIDO', 'CANJE_OTRA_SUCURSAL'] as const

export function montarCanjesDeScanya(app: App, deps: Deps): void {
  montarEntrega(app, deps)
  montarArriendo(app, deps)
}

function montarEntrega(app: App, deps: Deps): void {
  const porTecleo = limiteDe(deps.env.limites.canjesTecleadosPorMinuto, MINUTO_S)
  const comun = {
    metodo: 'post',
    grupo: GRUPO,
    sesion: true,
    paraQuien: ['dueno', 'gerente', 'empleado', 'caja'],
    consulta: enSucursal,
  } as const
  ruta(
    app,
    {
      ...comun,
      camino: '/api/scanya/validar-canje',
      resumen: 'Which canje a code (as typed) or a QR is, and whether it may be given here now (SCAN-31, 43). Nothing is written',
      cuerpo: pedidoDeValidacion,
      datos: canjeEnMostrador,
      ejemplo: { cuerpo: { codigo: 'CANJE-7X9K2M' }, datos: EJEMPLO_EN_MOSTRADOR },
      codigos: ['SIN_PERMISO', 'DISPOSITIVO_REVOCADO', 'DEMASIADAS_PETICIONES', ...MOTIVOS],
      antes: [enMostrador(deps, 'validarCanjes', { equipo: true })],
    },
    ({ c, cuerpo }) => validarCanje(deps, c.get('mostrador'), cuerpo, porTecleo),
  )
  ruta(
    app,
    {
      ...comun,
      camino: '/api/scanya/confirmar-canje',
      resumen:
        'The reward was given (SCAN-33, 44): its points are spent, once. Idempotency-Key required for an empleado and for a till, which says who is at it',
      cabeceras: z.object({ 'idempotency-key': z.string().min(8).max(100).optional() }),
      cuerpo: pedidoDeEntrega,
      datos: canjeEnMostrador,
      ejemplo: {
        cuerpo: { canjeId: EJEMPLO_EN_MOSTRADOR.canjeId },
        datos: { ...EJEMPLO_EN_MOSTRADOR, estado: 'confirmado', restanteMs: 0, entregadoAt: EJEMPLO_EN_MOSTRADOR.venceAt - 872_000 },
      },
      codigos: [
        ...(['SIN_PERMISO', 'DISPOSITIVO_REVOCADO', ...MOTIVOS] as const),
        ...(['IDEMPOTENCIA_REQUERIDA', 'IDEMPOTENCIA_DISTINTA', 'HECHO_EN_PROCESO'] as const),
      ],
      antes: [enMostrador(deps, 'validarCanjes', { equipo: true })],
    },
    async ({ c, cuerpo }) => {
      const m = await conOperador(deps, c.get('mostrador'), cuerpo.operador)
      const repetible = await leerRepetible(deps, c, m, { operacion: 'confirmar-canje', canjeId: cuerpo.canjeId })
      return confirmarCanje(deps, m, cuerpo, repetible)
    },
  )
}

/** @throws Rechazo SIN_PERMISO: it is between tills */
const soloCajas: MiddlewareHandler<Entorno> = async (c, next) => {
  cajaDe(c.get('sesion'))
  await next()
}

function montarArriendo(app: App, deps: Deps): void {
  const comun = {
    camino: '/api/scanya/arriendo-canjes',
    grupo: GRUPO,
    sesion: true,
    paraQuien: ['empleado', 'caja'] satisfies Quien[],
    datos: arriendoDeCanjes,
    codigos: ['SIN_PERMISO', 'DISPOSITIVO_REVOCADO'] satisfies Codigo[],
    antes: [requiereSesion(deps), soloCajas, enMostrador(deps, 'validarCanjes', { equipo: true })],
  }
  ruta(
    app,
    {
      ...comun,
      metodo: 'get',
      resumen: 'Which till of this sucursal confirms canjes with no network (R5)',
      ejemplo: { datos: EJEMPLO_ARRIENDO },
    },
    ({ c }) => leerArriendo(deps, cajaDe(c.get('sesion'))),
  )
  ruta(
    app,
    {
      ...comun,
      metodo: 'post',
      resumen: 'A till asks to be the one, or lets go for the one that asked (R5). It passes when its holder lets go or its 24 h end',
      cuerpo: pedidoDeArriendo,
      ejemplo: { cuerpo: { accion: 'pedir' }, datos: EJEMPLO_ARRIENDO },
    },
    ({ c, cuerpo }) => moverArriendo(deps, cajaDe(c.get('sesion')), cuerpo.accion),
  )
}
