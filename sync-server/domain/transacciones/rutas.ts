import { z } from 'zod'
import { uuid } from '../../../schema/domain/hechos/sobre.ts'
import { requierePapel } from '../../auth/middleware.ts'
import type { Deps } from '../../context.ts'
import { EJEMPLO } from '../../http/ejemplos.ts'
import type { App } from '../../http/entorno.ts'
import { ruta } from '../../http/ruta.ts'
import { diaDeCalendario, renglonDeVenta, resumenDelDia, resumirDia, ventasDelDia } from './consultar.ts'

/** `sucursalId`: that one alone; a gerente gets the own one whatever is asked. */
const consultaDeDia = z.object({ dia: diaDeCalendario.optional(), sucursalId: uuid.optional() })
const GRUPO = 'transacciones'

export function montarTransacciones(app: App, deps: Deps): void {
  const antes = [requierePapel(deps, 'dueno', 'gerente')]
  ruta(
    app,
    {
      metodo: 'get',
      camino: '/api/negocios/:negocioId/transacciones',
      resumen: 'Sales of a day by the calendar of their sucursal; today by default',
      grupo: GRUPO,
      sesion: true,
      paraQuien: ['dueno', 'gerente'],
      consulta: consultaDeDia,
      datos: z.array(renglonDeVenta),
      ejemplo: {
        datos: [
          {
            id: EJEMPLO.usuarioId,
            folio: 'C1-000123',
            sucursalId: EJEMPLO.sucursalId,
            empleadoId: null,
            clienteId: null,
            cliente: null,
            monto: 325.5,
            reembolsado: 0,
            metodoPago: 'efectivo',
            puntosOtorgados: 0,
            puntosDevueltos: 0,
            acreditada: false,
            retenida: false,
            estado: 'completada',
            effAt: EJEMPLO.ahora,
            zonaHoraria: 'America/Mexico_City',
          },
        ],
      },
      codigos: ['DATO_INVALIDO'],
      antes,
    },
    ({ c, consulta, param }) =>
      ventasDelDia(deps, param('negocioId'), consulta.dia, c.get('papel').sucursalId ?? consulta.sucursalId ?? null),
  )
  ruta(
    app,
    {
      metodo: 'get',
      camino: '/api/negocios/:negocioId/resumen',
      resumen: 'The day in four numbers: sales, pesos, refunds, points',
      grupo: GRUPO,
      sesion: true,
      paraQuien: ['dueno', 'gerente'],
      consulta: consultaDeDia,
      datos: resumenDelDia,
      ejemplo: {
        datos: { dia: '2026-11-21', ventas: 220, anuladas: 1, bruto: 48_210.5, reembolsado: 390, total: 47_820.5, puntos: 3_120 },
      },
      codigos: ['DATO_INVALIDO'],
      antes,
    },
    ({ c, consulta, param }) =>
      resumirDia(deps, param('negocioId'), consulta.dia, c.get('papel').sucursalId ?? consulta.sucursalId ?? null),
  )
}
