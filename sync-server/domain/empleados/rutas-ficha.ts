/** EMP-02, 14. The card of one empleado, from Business Studio. */
import { z } from 'zod'
import { SUPERVISOR } from '../../../schema/domain/empleados/permisos.ts'
import { instante } from '../../../schema/domain/hechos/sobre.ts'
import { requierePapel } from '../../auth/middleware.ts'
import type { Deps } from '../../context.ts'
import { EJEMPLO } from '../../http/ejemplos.ts'
import type { App } from '../../http/entorno.ts'
import { ruta } from '../../http/ruta.ts'
import { borrarEmpleado } from './borrar.ts'
import { fichaDeEmpleado } from './documento.ts'
import { editarEmpleado, pedidoEdicion, reactivarEmpleado } from './editar.ts'
import { EJEMPLO_FICHA } from './ejemplo.ts'
import { darPermisosAGerente, fichaDeGerente, listarGerentes, pedidoPermisosDeGerente } from './gerentes.ts'

const COMUN = { grupo: 'empleados', sesion: true, paraQuien: ['dueno', 'gerente'] } as const
const UNO = '/api/negocios/:negocioId/empleados/:id'

export function montarFicha(app: App, deps: Deps): void {
  const antes = [requierePapel(deps, 'dueno', 'gerente')]
  ruta(
    app,
    {
      ...COMUN,
      metodo: 'patch',
      camino: UNO,
      resumen: 'Edit an employee (EMP-14): name, nick, phone, position, sucursal, permissions; tills hear of it',
      cuerpo: pedidoEdicion,
      datos: fichaDeEmpleado,
      ejemplo: {
        cuerpo: { puesto: 'Supervisora', sucursalId: EJEMPLO.sucursalId, permisosScanYA: SUPERVISOR },
        datos: { ...EJEMPLO_FICHA, puesto: 'Supervisora', permisosScanYA: SUPERVISOR },
      },
      codigos: ['SIN_PERMISO', 'NICK_EN_USO'],
      antes,
    },
    ({ c, cuerpo, param }) => editarEmpleado(deps, param('negocioId'), param('id'), cuerpo, c.get('papel')),
  )
  ruta(
    app,
    {
      ...COMUN,
      metodo: 'post',
      camino: `${UNO}/reactivar`,
      resumen: 'Take an employee back (EMP-14): enters again with the PIN they had',
      datos: fichaDeEmpleado,
      ejemplo: { datos: EJEMPLO_FICHA },
      codigos: ['SIN_PERMISO'],
      antes,
    },
    ({ c, param }) => reactivarEmpleado(deps, param('negocioId'), param('id'), c.get('papel').sucursalId),
  )
  ruta(
    app,
    {
      ...COMUN,
      metodo: 'delete',
      camino: UNO,
      resumen: 'Delete an employee (EMP-14): off every list for good; the ledger goes on naming them',
      datos: z.object({ borradoAt: instante }),
      ejemplo: { datos: { borradoAt: EJEMPLO.ahora } },
      codigos: ['SIN_PERMISO'],
      antes,
    },
    ({ c, param }) => borrarEmpleado(deps, param('negocioId'), param('id'), c.get('papel').sucursalId),
  )
  montarGerentes(app, deps)
}

/** SCAN-05. Only the dueño says what a gerente may do. */
function montarGerentes(app: App, deps: Deps): void {
  const antes = [requierePapel(deps, 'dueno')]
  const comun = { ...COMUN, paraQuien: ['dueno'] as const, codigos: ['SIN_PERMISO' as const], antes }
  const ejemplo = { usuarioId: EJEMPLO.usuarioId, nombre: 'Norma Díaz', sucursalId: EJEMPLO.sucursalId, permisosScanYA: SUPERVISOR }
  ruta(
    app,
    {
      ...comun,
      metodo: 'get',
      camino: '/api/negocios/:negocioId/gerentes',
      resumen: 'Gerentes and what they may do at a till (SCAN-05); null: everything',
      datos: z.array(fichaDeGerente),
      ejemplo: { datos: [ejemplo] },
    },
    ({ param }) => listarGerentes(deps, param('negocioId')),
  )
  ruta(
    app,
    {
      ...comun,
      metodo: 'patch',
      camino: '/api/negocios/:negocioId/gerentes/:usuarioId',
      resumen: 'What a gerente may do at a till (SCAN-05); null: everything',
      cuerpo: pedidoPermisosDeGerente,
      datos: fichaDeGerente,
      ejemplo: { cuerpo: { permisosScanYA: SUPERVISOR }, datos: ejemplo },
    },
    ({ cuerpo, param }) => darPermisosAGerente(deps, param('negocioId'), param('usuarioId'), cuerpo),
  )
}
