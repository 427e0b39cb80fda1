/** Cupones for the merchant: to whom they are sent, what became of them, a copy (CUP-02, 04, 05). They are made and edited as any editable. */
import { z } from 'zod'
import { uuid } from '../../../schema/domain/hechos/sobre.ts'
import { requiereSesion } from '../../auth/middleware.ts'
import type { Deps } from '../../context.ts'
import { EJEMPLO } from '../../http/ejemplos.ts'
import type { App } from '../../http/entorno.ts'
import { type Llamada, ruta } from '../../http/ruta.ts'
import { type Portador, portadorDelCatalogo } from '../articulos/portador.ts'
import { leerRepetible, type Repetible } from '../scanya/repetible.ts'
import { asignarCupon, envioRest, leerEnvios, pedidoAsignar } from './asignar.ts'
import { duplicarCupon } from './duplicar.ts'
import { consultaDeUsos, estadisticasDe, estadisticasDeCupon, metricasDe, metricasDeCupones } from './estadisticas.ts'

const COMUN = { grupo: 'cupones', sesion: true, paraQuien: ['dueno', 'gerente', 'studio'] } as const
const CODIGOS = ['SIN_PERMISO', 'NO_ENCONTRADO', 'DATO_INVALIDO'] as const
const UNA_VEZ = ['IDEMPOTENCIA_DISTINTA'] as const
/** Of an account in several. */
const enNegocio = z.object({ negocioId: uuid.optional() })
const CON_LLAVE = z.object({ 'Idempotency-Key': z.string().optional() })

const ENVIO = {
  ...{ envioId: EJEMPLO.dispositivoId, cuponId: EJEMPLO.articuloId, a: 'inactivos' as const, estado: 'pendiente' as const },
  ...{ total: 1_240, hechos: 500, nuevos: 500, por: 'Rosa Romano', creadoAt: EJEMPLO.ahora, terminadoAt: null },
}
const CUENTA = { cuponId: EJEMPLO.articuloId, enviados: 45, canjeados: 12, tasa: 26.7, costo: 900, costoDeMas: 0 }

type DelPortador = Llamada<z.ZodType, z.ZodType>

export function montarCupones(app: App, deps: Deps): void {
  const antes = [requiereSesion(deps)]
  const portador = ({ c, consulta }: DelPortador): Promise<Portador> =>
    portadorDelCatalogo(deps, c.get('sesion'), (consulta as { negocioId?: string } | undefined)?.negocioId)
  const unaVez = (llamada: DelPortador, p: Portador): Promise<Repetible> =>
    leerRepetible(
      deps,
      llamada.c,
      { ...p, clase: 'cuenta' },
      { ...(llamada.cuerpo as object), pathname: new URL(llamada.c.req.url).pathname },
    )
  ruta(
    app,
    {
      ...COMUN,
      metodo: 'get',
      camino: '/api/cupones/metricas',
      resumen: 'Of every cupón: sent, redeemed, rate and cost (CUP-02)',
      consulta: enNegocio,
      datos: metricasDeCupones,
      ejemplo: { datos: { cupones: [CUENTA] } },
      codigos: [...CODIGOS],
      antes,
    },
    async (llamada) => metricasDe(deps, await portador(llamada)),
  )
  ruta(
    app,
    {
      ...COMUN,
      metodo: 'get',
      camino: '/api/cupones/:id/estadisticas',
      resumen: 'What became of a cupón and who used it, newest first, in pages (CUP-05); of the own sucursal, for a gerente',
      consulta: consultaDeUsos,
      datos: estadisticasDeCupon,
      ejemplo: {
        datos: {
          ...CUENTA,
          usos: [
            {
              ...{ transaccionId: EJEMPLO.usuarioId, folio: 'C1-000123', clienteId: EJEMPLO.usuarioId, cliente: 'Juan P.' },
              ...{ sucursalId: EJEMPLO.sucursalId, fecha: EJEMPLO.ahora, descuento: 75, pagado: 175, estado: 'usado' },
            },
          ],
          ...{ totalDeUsos: 12, page: 1, limit: 50 },
        },
      },
      codigos: [...CODIGOS],
      antes,
    },
    async (llamada) => estadisticasDe(deps, await portador(llamada), llamada.param('id'), llamada.consulta),
  )
  ruta(
    app,
    {
      ...COMUN,
      metodo: 'get',
      camino: '/api/cupones/:id/envios',
      resumen: 'How its sendings go, newest first',
      consulta: enNegocio,
      datos: z.object({ envios: z.array(envioRest) }),
      ejemplo: { datos: { envios: [ENVIO] } },
      codigos: [...CODIGOS],
      antes,
    },
    async (llamada) => ({ envios: await leerEnvios(deps, await portador(llamada), llamada.param('id')) }),
  )
  ruta(
    app,
    {
      ...COMUN,
      metodo: 'post',
      camino: '/api/cupones/:id/asignar',
      resumen: 'Sends it to all clients, to a nivel, to chosen ones, or to those without a visit in some days (CUP-04); a job does it',
      consulta: enNegocio,
      cabeceras: CON_LLAVE,
      cuerpo: pedidoAsignar,
      datos: envioRest,
      ejemplo: { cuerpo: { a: 'inactivos', dias: 60 }, datos: { ...ENVIO, hechos: 0, nuevos: 0 } },
      codigos: [...CODIGOS, ...UNA_VEZ, 'cupon_inactivo', 'cupon_vencido', 'cupon_repetido'],
      antes,
    },
    async (llamada) => {
      const p = await portador(llamada)
      return asignarCupon(deps, p, llamada.param('id'), llamada.cuerpo, await unaVez(llamada, p))
    },
  )
  ruta(
    app,
    {
      ...COMUN,
      metodo: 'post',
      camino: '/api/cupones/:id/reenviar',
      resumen: 'Tells again whoever holds it and may still use it (CUP-05), once a day',
      consulta: enNegocio,
      cabeceras: CON_LLAVE,
      cuerpo: z.strictObject({}),
      datos: envioRest,
      ejemplo: { cuerpo: {}, datos: { ...ENVIO, a: 'quienes', hechos: 0, nuevos: 0 } },
      codigos: [...CODIGOS, ...UNA_VEZ, 'cupon_inactivo', 'cupon_vencido', 'cupon_repetido', 'DEMASIADAS_PETICIONES'],
      antes,
    },
    async (llamada) => {
      const p = await portador(llamada)
      return asignarCupon(deps, p, llamada.param('id'), { a: 'quienes' }, await unaVez(llamada, p))
    },
  )
  ruta(
    app,
    {
      ...COMUN,
      metodo: 'post',
      camino: '/api/cupones/:id/duplicar',
      resumen: 'A copy with a code of its own, not yet in force (CUP-05)',
      consulta: enNegocio,
      cabeceras: CON_LLAVE,
      cuerpo: z.strictObject({}),
      datos: z.object({ cuponId: uuid }),
      ejemplo: { cuerpo: {}, datos: { cuponId: EJEMPLO.articuloId } },
      codigos: [...CODIGOS, ...UNA_VEZ],
      antes,
    },
    async (llamada) => {
      const p = await portador(llamada)
      return duplicarCupon(deps, p, llamada.param('id'), await unaVez(llamada, p))
    },
  )
}
