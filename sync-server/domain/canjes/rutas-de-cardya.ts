/** What points buy and what becomes of it, for the shopper's app (CARD-24, 31, 36..39). A session of a person; a device or an empleado gets SIN_PERMISO. */
import { etag } from 'hono/etag'
import { z } from 'zod'
import { uuid } from '../../../schema/domain/hechos/sobre.ts'
import { miCanje, misCanjes, pedidoDeCanje, recompensasDeNegocio } from '../../../schema/protocol/canjes.ts'
import { limiteDe } from '../../auth/limites.ts'
import { exigirCuenta, requiereCuenta } from '../../auth/middleware.ts'
import type { Deps } from '../../context.ts'
import type { App } from '../../http/entorno.ts'
import { ruta } from '../../http/ruta.ts'
import { leerRecompensas } from '../recompensas/leer.ts'
import { leerRepetible } from '../scanya/repetible.ts'
import { cancelarCanje } from './cancelar.ts'
import { atadoA, canjear } from './crear.ts'
import { EJEMPLO_MI_CANJE, EJEMPLO_PEDIDO, EJEMPLO_RECOMPENSAS } from './ejemplos.ts'
import { listarMisCanjes } from './listar.ts'

const COMUN = { grupo: 'cardya', sesion: true, paraQuien: ['cuenta'] } as const
const HORA_S = 3_600
const consulta = z.object({
  negocioId: uuid.optional(),
  page: z.coerce.number().int().min(1).max(100_000).default(1),
  limit: z.coerce.number().int().min(1).max(100).default(20),
})

export function montarCanjesDeCardya(app: App, deps: Deps): void {
  const antes = [requiereCuenta(deps)]
  ruta(
    app,
    {
      ...COMUN,
      metodo: 'get',
      camino: '/api/cardya/recompensas/:negocioId',
      resumen: 'What points buy in a negocio, and which of it the shopper’s reach (CARD-37). With an ETag',
      datos: recompensasDeNegocio,
      ejemplo: { datos: EJEMPLO_RECOMPENSAS },
      codigos: ['SIN_PERMISO'],
      antes: [...antes, etag()],
    },
    ({ c, param }) => leerRecompensas(deps, exigirCuenta(c.get('sesion')).usuarioId, param('negocioId')),
  )
  montarCanjear(app, deps)
  ruta(
    app,
    {
      ...COMUN,
      metodo: 'get',
      camino: '/api/cardya/canjes',
      resumen: 'The shopper’s canjes, newest first',
      consulta,
      datos: misCanjes,
      ejemplo: { datos: { canjes: [EJEMPLO_MI_CANJE], page: 1, limit: 20, total: 1 } },
      codigos: ['DATO_INVALIDO', 'SIN_PERMISO'],
      antes,
    },
    ({ c, consulta }) => listarMisCanjes(deps, exigirCuenta(c.get('sesion')).usuarioId, consulta),
  )
  ruta(
    app,
    {
      ...COMUN,
      metodo: 'post',
      camino: '/api/cardya/canjes/:id/cancelar',
      resumen: 'A canje that is not wanted any more (SCAN-33): its points go back, at the latest when no till can have given it',
      datos: miCanje,
      ejemplo: { datos: { ...EJEMPLO_MI_CANJE, estado: 'cancelado', apartado: false, cerradoAt: EJEMPLO_MI_CANJE.creadoAt + 90_000 } },
      codigos: ['SIN_PERMISO', 'CANJE_YA_ENTREGADO', 'CANJE_VENCIDO', 'HECHO_EN_PROCESO'],
      antes,
    },
    ({ c, param }) => cancelarCanje(deps, exigirCuenta(c.get('sesion')).usuarioId, param('id')),
  )
}

function montarCanjear(app: App, deps: Deps): void {
  const porTarjeta = limiteDe(deps.env.limites.canjesPorHora, HORA_S)
  ruta(
    app,
    {
      ...COMUN,
      metodo: 'post',
      camino: '/api/cardya/canjear',
      resumen: 'Set points apart for a recompensa (CARD-36): a code and a signed QR, good for 15 minutes. With an Idempotency-Key, once',
      cabeceras: z.object({ 'idempotency-key': z.string().min(8).max(100).optional() }),
      cuerpo: pedidoDeCanje,
      datos: miCanje,
      ejemplo: { cuerpo: EJEMPLO_PEDIDO, datos: EJEMPLO_MI_CANJE },
      codigos: [
        ...(['SIN_PERMISO', 'RECOMPENSA_NO_DISPONIBLE', 'PUNTOS_INSUFICIENTES', 'DEMASIADAS_PETICIONES'] as const),
        ...(['IDEMPOTENCIA_DISTINTA', 'HECHO_EN_PROCESO'] as const),
      ],
      antes: [requiereCuenta(deps)],
    },
    async ({ c, cuerpo }) => {
      const { usuarioId } = exigirCuenta(c.get('sesion'))
      const quien = { ...atadoA(cuerpo.negocioId, usuarioId), clase: 'cuenta', sucursalId: null } as const
      const repetible = await leerRepetible(deps, c, quien, { operacion: 'canje', ...cuerpo })
      return canjear(deps, usuarioId, cuerpo, repetible, porTarjeta)
    },
  )
}
