import { z } from 'zod'
import { pedidoPin, respuestaPin } from '../../../schema/protocol/turnos.ts'
import { requierePapel } from '../../auth/middleware.ts'
import type { Deps } from '../../context.ts'
import { EJEMPLO } from '../../http/ejemplos.ts'
import type { App } from '../../http/entorno.ts'
import { ruta } from '../../http/ruta.ts'
import { darDeBajaEmpleado } from './baja.ts'
import { cambiarPin } from './cambiar-pin.ts'
import { crearEmpleado, pedidoEmpleado, permisosPedidos } from './crear.ts'
import { fichaDeEmpleado } from './documento.ts'
import { exigirDeLaPropia, exigirQuePuedaDar } from './editar.ts'
import { EJEMPLO_FICHA } from './ejemplo.ts'
import { listarEmpleados } from './listar.ts'
import { montarActividad } from './rutas-actividad.ts'
import { montarFicha } from './rutas-ficha.ts'
import { montarTurnos } from './rutas-turno.ts'

const GRUPO = 'empleados'
export function montarEmpleados(app: App, deps: Deps): void {
  montarTurnos(app, deps)
  montarFicha(app, deps)
  montarActividad(app, deps)
  const antes = [requierePapel(deps, 'dueno', 'gerente')]
  ruta(
    app,
    {
      metodo: 'get',
      camino: '/api/negocios/:negocioId/empleados',
      resumen: 'Employees (EMP-01); a gerente sees those of the own sucursal',
      grupo: GRUPO,
      sesion: true,
      paraQuien: ['dueno', 'gerente'],
      datos: z.array(fichaDeEmpleado),
      ejemplo: { datos: [EJEMPLO_FICHA] },
      antes,
    },
    ({ c, param }) => listarEmpleados(deps, param('negocioId'), c.get('papel').sucursalId),
  )
  ruta(
    app,
    {
      metodo: 'post',
      camino: '/api/negocios/:negocioId/empleados',
      resumen: 'A new employee with nick, PIN and permissions (EMP-06)',
      grupo: GRUPO,
      sesion: true,
      paraQuien: ['dueno', 'gerente'],
      cuerpo: pedidoEmpleado,
      datos: fichaDeEmpleado,
      ejemplo: {
        cuerpo: { nombre: 'Carlos Ruiz', nick: 'carlos', pin: '482913', puesto: 'Cajero', sucursalId: EJEMPLO.sucursalId },
        datos: EJEMPLO_FICHA,
      },
      codigos: ['SIN_PERMISO', 'NICK_EN_USO', 'ID_EN_USO', 'PIN_TRIVIAL', 'LIMITE_DE_EMPLEADOS'],
      antes,
    },
    ({ c, cuerpo, param }) => {
      exigirDeLaPropia(c.get('papel'), cuerpo)
      exigirQuePuedaDar(c.get('papel'), permisosPedidos(cuerpo))
      return crearEmpleado(deps, param('negocioId'), cuerpo)
    },
  )
  ruta(
    app,
    {
      metodo: 'post',
      camino: '/api/negocios/:negocioId/empleados/:id/baja',
      resumen: 'Deactivate an employee (EMP-19): sessions end at once, points of later sales are held (R10)',
      grupo: GRUPO,
      sesion: true,
      paraQuien: ['dueno', 'gerente'],
      datos: fichaDeEmpleado,
      ejemplo: { datos: { ...EJEMPLO_FICHA, activo: false, bajaAt: EJEMPLO.ahora } },
      codigos: ['SIN_PERMISO'],
      antes,
    },
    ({ c, param }) => darDeBajaEmpleado(deps, param('negocioId'), param('id'), c.get('papel').sucursalId),
  )
  ruta(
    app,
    {
      metodo: 'post',
      camino: '/api/negocios/:negocioId/empleados/:id/pin',
      resumen: 'A new PIN for an employee (EMP-14): ends lockouts, sessions, and what tills keep for the old one',
      grupo: GRUPO,
      sesion: true,
      paraQuien: ['dueno', 'gerente'],
      cuerpo: pedidoPin,
      datos: respuestaPin,
      ejemplo: { cuerpo: { pin: '482913' }, datos: { accesoAt: EJEMPLO.ahora, corto: false } },
      codigos: ['SIN_PERMISO', 'PIN_TRIVIAL'],
      antes,
    },
    ({ c, cuerpo, param }) => cambiarPin(deps, param('negocioId'), param('id'), cuerpo.pin, c.get('papel')),
  )
}
