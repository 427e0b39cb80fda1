import { z } from 'zod'
import { ULTIMO_INSTANTE, uuid } from '../../../schema/domain/hechos/sobre.ts'
import { requierePapel } from '../../auth/middleware.ts'
import type { Deps } from '../../context.ts'
import { EJEMPLO } from '../../http/ejemplos.ts'
import type { App } from '../../http/entorno.ts'
import { ruta } from '../../http/ruta.ts'
import { diaDeCalendario, renglonDeVenta, resumenDelDia, resumirDia, ventasDelDia } from './consultar.ts'
import { leerTurnosDeCaja, turnoDeCaja } from './turnos-de-caja.ts'

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
  ruta(
    app,
    {
      metodo: 'get',
      camino: '/api/negocios/:negocioId/turnos',
      resumen: 'Shifts of the tills, newest first: what the drawer should hold and what was counted',
      grupo: GRUPO,
      sesion: true,
      paraQuien: ['dueno', 'gerente'],
      consulta: z.object({ sucursalId: uuid.optional(), antesDe: z.coerce.number().int().min(0).max(ULTIMO_INSTANTE).optional() }),
      datos: z.array(turnoDeCaja),
      ejemplo: {
        datos: [
          {
            ...{ id: EJEMPLO.usuarioId, sucursalId: EJEMPLO.sucursalId, dispositivoId: EJEMPLO.dispositivoId, caja: 'Caja 1' },
            ...{ abiertoPor: 'María López', cerradoPor: 'María López', abiertoAt: EJEMPLO.ahora - 28_800_000, cerradoAt: EJEMPLO.ahora },
            ...{ fondo: 500, esperado: 3_420, contado: 3_400, ventas: 41, total: 6_180, reembolsado: 120, descuento: 240 },
            ...{ puntos: 618, cupones: 6, canjes: 2, anuladas: 1, nota: 'Faltan $20: se dieron de cambio' },
          },
        ],
      },
      codigos: ['DATO_INVALIDO'],
      antes,
    },
    ({ c, consulta, param }) =>
      leerTurnosDeCaja(deps, param('negocioId'), c.get('papel').sucursalId ?? consulta.sucursalId ?? null, consulta.antesDe),
  )
}
