/** Cupones as the shopper reads and keeps them (CUP-08..17, 26, 27; CARD-12..14), and the page of one that anybody may open (CUP-28). */
import { etag } from 'hono/etag'
import { z } from 'zod'
import { FORMA_DE_CODIGO } from '../../../schema/domain/cupones/cupon.ts'
import { uuid } from '../../../schema/domain/hechos/sobre.ts'
import { limitador } from '../../auth/limites.ts'
import { exigirCuenta, requiereCuenta } from '../../auth/middleware.ts'
import type { Deps } from '../../context.ts'
import { EJEMPLO } from '../../http/ejemplos.ts'
import type { App } from '../../http/entorno.ts'
import { ruta } from '../../http/ruta.ts'
import { EJEMPLO_DE_CUPON } from '../scanya/cupones.ts'
import { miCuponRest } from './forma.ts'
import { guardarCupon } from './guardar.ts'
import { cuponesDisponibles, leerDisponibles, leerMisCupones, misCupones } from './mios.ts'
import { cuponPublico, leerCuponPublico } from './publico.ts'

const { soloConConexion: _c, sucursales: _s, ...DE_UNO } = EJEMPLO_DE_CUPON
const MIO = {
  ...{
    ...DE_UNO,
    negocioId: EJEMPLO.negocioId,
    negocioNombre: 'Pizzería Roma',
    estado: 'vigente' as const,
    codigoUnico: 'PIZZA30-7X9K2MQ',
  },
  ...{ usados: 0, guardadoAt: EJEMPLO.ahora, usadoAt: null },
}
const COMUN = { grupo: 'cardya', sesion: true, paraQuien: ['cuenta'] } as const

export function montarCuponesDeCardya(app: App, deps: Deps): void {
  const antes = [requiereCuenta(deps)]
  ruta(
    app,
    {
      ...COMUN,
      metodo: 'get',
      camino: '/api/cardya/cupones',
      resumen: 'The shopper’s cupones: in force, used, over, and what they saved in all (CUP-08, 13, 17)',
      datos: misCupones,
      ejemplo: { datos: { vigentes: [MIO], usados: [], expirados: [], ahorroTotal: 340 } },
      codigos: ['SIN_PERMISO'],
      antes,
    },
    ({ c }) => leerMisCupones(deps, exigirCuenta(c.get('sesion')).usuarioId),
  )
  ruta(
    app,
    {
      ...COMUN,
      metodo: 'get',
      camino: '/api/cardya/cupones/disponibles/:negocioId',
      resumen: 'What a negocio offers to everybody of the shopper’s nivel, plata a day and oro three before it begins (CUP-26, 27)',
      datos: cuponesDisponibles,
      ejemplo: { datos: { nivel: 'plata', cupones: [{ ...EJEMPLO_DE_CUPON, guardado: false }] } },
      codigos: ['SIN_PERMISO'],
      antes: [...antes, etag()],
    },
    ({ c, param }) => leerDisponibles(deps, exigirCuenta(c.get('sesion')).usuarioId, param('negocioId')),
  )
  ruta(
    app,
    {
      ...COMUN,
      metodo: 'post',
      camino: '/api/cardya/cupones/:id/guardar',
      resumen: 'Keeps a cupón that is for everybody; twice is once (CUP-16)',
      cuerpo: z.strictObject({ negocioId: uuid }),
      datos: miCuponRest,
      ejemplo: { cuerpo: { negocioId: EJEMPLO.negocioId }, datos: MIO },
      codigos: ['SIN_PERMISO', 'cupon_inactivo', 'cupon_vencido', 'cupon_repetido', 'cupon_no_empieza', 'cupon_nivel'],
      antes,
    },
    ({ c, cuerpo, param }) => guardarCupon(deps, exigirCuenta(c.get('sesion')).usuarioId, cuerpo.negocioId, param('id')),
  )
  ruta(
    app,
    {
      metodo: 'get',
      camino: '/api/negocios/publico/:codigo/cupones/:codigoDeCupon',
      formas: { codigo: /^[a-z0-9]+(-[a-z0-9]+)*$/, codigoDeCupon: FORMA_DE_CODIGO },
      resumen: 'The public page of a cupón (CUP-28); with If-None-Match, 304 while it is the same',
      grupo: 'negocios',
      sesion: false,
      paraQuien: ['nadie'],
      datos: cuponPublico,
      ejemplo: {
        datos: {
          negocioId: EJEMPLO.negocioId,
          negocioNombre: 'Pizzería Roma',
          ciudad: 'San Miguel de Allende',
          cupon: EJEMPLO_DE_CUPON,
          sucursales: ['Centro'],
          estado: 'vigente' as const,
          vigente: true,
        },
      },
      codigos: ['DEMASIADAS_PETICIONES'],
      antes: [limitador(deps.env.limites.publicoPorMinuto, 60), etag()],
    },
    ({ param }) => leerCuponPublico(deps, param('codigo'), param('codigoDeCupon')),
  )
}
