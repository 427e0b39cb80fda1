/** PWA-14, 15. From Studio: the links that install ScanYA, and the tills that wait behind them. */
import { z } from 'zod'
import { instante } from '../../../schema/domain/hechos/sobre.ts'
import { enlaceEmitido, pedidoAprobar, pedidoEnlace, respuestaEnlace } from '../../../schema/protocol/dispositivos.ts'
import { exigirCuenta, exigirSucursal, requierePapel } from '../../auth/middleware.ts'
import type { Deps } from '../../context.ts'
import { EJEMPLO } from '../../http/ejemplos.ts'
import type { App } from '../../http/entorno.ts'
import { ruta } from '../../http/ruta.ts'
import { aprobarEnlace, cancelarEnlace, listarEnlaces } from './enlaces.ts'
import { crearEnlace } from './enlazar.ts'

const COMUN = { grupo: 'dispositivos', sesion: true, paraQuien: ['dueno', 'gerente'] } as const
const ENLACES = '/api/negocios/:negocioId/dispositivos/enlaces'

export function montarEnlaces(app: App, deps: Deps): void {
  const antes = [requierePapel(deps, 'dueno', 'gerente')]
  ruta(
    app,
    {
      ...COMUN,
      metodo: 'post',
      camino: ENLACES,
      resumen: 'A one-use link that enrols a till or a Studio, good for 24 h; of an empleado (PWA-14), the till waits to be approved',
      cuerpo: pedidoEnlace,
      datos: respuestaEnlace,
      ejemplo: {
        cuerpo: { tipo: 'caja', nombre: 'Caja 1', sucursalId: EJEMPLO.sucursalId },
        datos: { id: EJEMPLO.licencia.id, token: EJEMPLO.enlace, url: `https://anunciaya.mx/i#${EJEMPLO.enlace}`, venceAt: EJEMPLO.manana },
      },
      codigos: ['SIN_PERMISO'],
      antes,
    },
    ({ c, cuerpo, param }) => {
      exigirSucursal(c.get('papel'), cuerpo.sucursalId)
      return crearEnlace(deps, param('negocioId'), exigirCuenta(c.get('sesion')).usuarioId, cuerpo, c.get('papel').sucursalId)
    },
  )
  ruta(
    app,
    {
      ...COMUN,
      metodo: 'get',
      camino: ENLACES,
      resumen: 'Links of the last days and what became of them (PWA-15); the tills that wait, with their four digits',
      datos: z.array(enlaceEmitido),
      ejemplo: {
        datos: [
          {
            ...{ id: EJEMPLO.licencia.id, nombre: 'ScanYA Carlos Ruiz', sucursalId: EJEMPLO.sucursalId, empleadoId: EJEMPLO.usuarioId },
            ...{ creadoAt: EJEMPLO.ahora, venceAt: EJEMPLO.manana, estado: 'por_aprobar', modelo: 'Moto G34 · Chrome 156', cotejo: '4712' },
          },
        ],
      },
      antes,
    },
    ({ c, param }) => listarEnlaces(deps, param('negocioId'), c.get('papel').sucursalId),
  )
  ruta(
    app,
    {
      ...COMUN,
      metodo: 'post',
      camino: `${ENLACES}/:id/aprobar`,
      resumen: 'Let the till in whose screen shows these four digits (PWA-14)',
      cuerpo: pedidoAprobar,
      datos: z.object({ aprobadoAt: instante }),
      ejemplo: { cuerpo: { cotejo: '4712' }, datos: { aprobadoAt: EJEMPLO.ahora } },
      codigos: ['SIN_PERMISO'],
      antes,
    },
    ({ c, cuerpo, param }) => aprobarEnlace(deps, param('negocioId'), param('id'), cuerpo.cotejo, c.get('papel').sucursalId),
  )
  ruta(
    app,
    {
      ...COMUN,
      metodo: 'post',
      camino: `${ENLACES}/:id/cancelar`,
      resumen: 'Take a link back that nobody used (PWA-15)',
      datos: z.object({ canceladoAt: instante }),
      ejemplo: { datos: { canceladoAt: EJEMPLO.ahora } },
      codigos: ['SIN_PERMISO'],
      antes,
    },
    ({ c, param }) => cancelarEnlace(deps, param('negocioId'), param('id'), c.get('papel').sucursalId),
  )
}
