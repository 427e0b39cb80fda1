import { z } from 'zod'
import { instante } from '../../../schema/domain/hechos/sobre.ts'
import {
  pedidoAlta,
  pedidoReto,
  pedidoSesion,
  respuestaAlta,
  respuestaReto,
  respuestaSesion,
} from '../../../schema/protocol/dispositivos.ts'
import { limitadorDeFallas } from '../../auth/limites.ts'
import { requierePapel } from '../../auth/middleware.ts'
import type { Deps } from '../../context.ts'
import { EJEMPLO } from '../../http/ejemplos.ts'
import type { App } from '../../http/entorno.ts'
import { ruta } from '../../http/ruta.ts'
import { darDeAlta } from './alta.ts'
import { darDeBajaDispositivo } from './baja.ts'
import { fichaDeDispositivo, listarDispositivos } from './listar.ts'
import { crearRetos } from './reto.ts'
import { montarEnlaces } from './rutas-enlaces.ts'
import { abrirSesionDeDispositivo } from './sesion.ts'

const GRUPO = 'dispositivos'

export function montarDispositivos(app: App, deps: Deps): void {
  montarEnlaces(app, deps)
  montarDelNegocio(app, deps)
  montarDelEquipo(app, deps)
}

/** What the dueño does from an account. */
function montarDelNegocio(app: App, deps: Deps): void {
  const deLaCasa = [requierePapel(deps, 'dueno', 'gerente')]
  ruta(
    app,
    {
      metodo: 'get',
      camino: '/api/negocios/:negocioId/dispositivos',
      resumen: 'Devices of the negocio (of the own sucursal, for a gerente)',
      grupo: GRUPO,
      sesion: true,
      paraQuien: ['dueno', 'gerente'],
      datos: z.array(fichaDeDispositivo),
      ejemplo: { datos: [EJEMPLO.ficha] },
      antes: deLaCasa,
    },
    ({ c, param }) => listarDispositivos(deps, param('negocioId'), c.get('papel').sucursalId),
  )
  ruta(
    app,
    {
      metodo: 'post',
      camino: '/api/negocios/:negocioId/dispositivos/:id/baja',
      resumen: 'Revoke a device: its sessions end at once, what it sold is still received',
      grupo: GRUPO,
      sesion: true,
      paraQuien: ['dueno', 'gerente'],
      cuerpo: z.object({ motivo: z.string().min(1).max(200) }),
      datos: z.object({ bajaAt: instante }),
      ejemplo: { cuerpo: { motivo: 'Tableta robada' }, datos: { bajaAt: EJEMPLO.ahora } },
      codigos: ['SIN_PERMISO'],
      antes: deLaCasa,
    },
    ({ c, cuerpo, param }) => darDeBajaDispositivo(deps, param('negocioId'), param('id'), cuerpo.motivo, c.get('papel').sucursalId),
  )
}

/** What the device does with its key. */
function montarDelEquipo(app: App, deps: Deps): void {
  const retos = crearRetos(deps)
  ruta(
    app,
    {
      metodo: 'post',
      camino: '/api/dispositivos/alta',
      resumen: 'Enrol this device with a link and its own key',
      grupo: GRUPO,
      sesion: false,
      paraQuien: ['nadie'],
      cuerpo: pedidoAlta,
      datos: respuestaAlta,
      ejemplo: { cuerpo: EJEMPLO.pedidoAlta, datos: EJEMPLO.respuestaAlta },
      codigos: ['ENLACE_INVALIDO', 'ALTA_POR_APROBAR', 'FIRMA_INVALIDA', 'DEMASIADAS_PETICIONES'],
      antes: [limitadorDeFallas(deps.env.limites.altasFallidasPorHora, 3_600)],
    },
    ({ cuerpo }) => darDeAlta(deps, cuerpo),
  )
  ruta(
    app,
    {
      metodo: 'post',
      camino: '/api/dispositivos/reto',
      resumen: 'A challenge for this device, good for 2 minutes and one use',
      grupo: GRUPO,
      sesion: false,
      paraQuien: ['nadie'],
      cuerpo: pedidoReto,
      datos: respuestaReto,
      ejemplo: { cuerpo: { dispositivoId: EJEMPLO.dispositivoId }, datos: { reto: EJEMPLO.reto } },
    },
    ({ cuerpo }) => ({ reto: retos.crear(cuerpo.dispositivoId) }),
  )
  ruta(
    app,
    {
      metodo: 'post',
      camino: '/api/dispositivos/sesion',
      resumen: 'A session of 10 minutes for whoever signs the challenge, with a fresh lease',
      grupo: GRUPO,
      sesion: false,
      paraQuien: ['nadie'],
      cuerpo: pedidoSesion,
      datos: respuestaSesion,
      ejemplo: { cuerpo: { dispositivoId: EJEMPLO.dispositivoId, reto: EJEMPLO.reto, firma: EJEMPLO.firma }, datos: EJEMPLO.sesion },
      codigos: ['FIRMA_INVALIDA', 'DISPOSITIVO_REVOCADO'],
    },
    ({ cuerpo }) => abrirSesionDeDispositivo(deps, retos, cuerpo),
  )
}
