/** EMP-08, 14, 16. What the people at the tills did and tried, from Business Studio. */
import { z } from 'zod'
import { Rechazo } from '../../../schema/core/rechazo.ts'
import { requierePapel } from '../../auth/middleware.ts'
import type { Deps } from '../../context.ts'
import { EJEMPLO } from '../../http/ejemplos.ts'
import type { App, Papel } from '../../http/entorno.ts'
import { ruta } from '../../http/ruta.ts'
import { consultaDeActividad, consultaDeResumen, leerActividad, paginaDeActividad } from './consultar-actividad.ts'
import { exportarActividad } from './exportar-actividad.ts'
import { resumenDeEmpleado, resumirActividad } from './resumir-actividad.ts'

const COMUN = { metodo: 'get', grupo: 'empleados', sesion: true } as const
const ACTIVIDAD = '/api/negocios/:negocioId/actividad'

export function montarActividad(app: App, deps: Deps): void {
  const deLaCasa = [requierePapel(deps, 'dueno', 'gerente')]
  ruta(
    app,
    {
      ...COMUN,
      camino: ACTIVIDAD,
      resumen: 'What employees did and tried (EMP-08, 16, 17), newest first, by page; a gerente sees the own sucursal',
      paraQuien: ['dueno', 'gerente'],
      consulta: consultaDeActividad,
      datos: paginaDeActividad,
      ejemplo: {
        datos: {
          renglones: [
            {
              ...{
                id: EJEMPLO.licencia.id,
                at: EJEMPLO.ahora,
                empleadoId: EJEMPLO.usuarioId,
                tipo: 'venta',
                resultado: 'ok',
                folio: 'C1-000123',
              },
              ...{ monto: 500, puntos: 75, cliente: 'Juan P.', equipo: 'Caja 1', detalle: null, offline: false },
            },
          ],
          siguiente: null,
          zona: 'America/Mexico_City',
        },
      },
      codigos: ['SIN_PERMISO', 'DATO_INVALIDO'],
      antes: deLaCasa,
    },
    ({ c, consulta, param }) => leerActividad(deps, param('negocioId'), donde(c.get('papel'), consulta)),
  )
  ruta(
    app,
    {
      ...COMUN,
      camino: `${ACTIVIDAD}/resumen`,
      resumen: 'What each employee sold, gave back and was refused (EMP-14, 16), and how long they were at a till',
      paraQuien: ['dueno', 'gerente'],
      consulta: consultaDeResumen,
      datos: z.array(resumenDeEmpleado),
      ejemplo: {
        datos: [
          {
            ...{
              empleadoId: EJEMPLO.usuarioId,
              nombre: 'Carlos Ruiz',
              nick: 'carlos',
              ventas: 12,
              total: 4_580,
              clientes: 9,
              puntosOtorgados: 458,
            },
            ...{ cupones: 2, canjes: 1, reembolsos: 1, rechazados: 0, sesionMs: 28_800_000 },
          },
        ],
      },
      codigos: ['SIN_PERMISO', 'DATO_INVALIDO'],
      antes: deLaCasa,
    },
    ({ c, consulta, param }) => resumirActividad(deps, param('negocioId'), donde(c.get('papel'), consulta)),
  )
  ruta(
    app,
    {
      ...COMUN,
      camino: `${ACTIVIDAD}/exportar`,
      resumen: 'The log as CSV (EMP-16), for the dueño: at most 20,000 rows, the newest',
      paraQuien: ['dueno'],
      consulta: consultaDeActividad.omit({ antesDe: true, limit: true }),
      datos: z.object({ csv: z.string() }),
      ejemplo: { datos: { csv: 'dia,hora,empleado,nick,tipo,resultado,folio,monto,puntos,cliente,equipo,detalle,sin_red\r\n' } },
      codigos: ['SIN_PERMISO', 'DATO_INVALIDO'],
      antes: [requierePapel(deps, 'dueno')],
    },
    async ({ consulta, param }) => ({ csv: await exportarActividad(deps, param('negocioId'), consulta) }),
  )
}

/** A gerente looks at the own sucursal. @throws Rechazo SIN_PERMISO: another one was asked for */
function donde<Q extends { sucursalId?: string | undefined }>({ papel, sucursalId }: Papel, q: Q): Q {
  if (papel === 'dueno' || sucursalId === null) return q
  if (q.sucursalId !== undefined && q.sucursalId !== sucursalId) throw new Rechazo('SIN_PERMISO')
  return { ...q, sucursalId }
}
