/** Who is at the till: what a device does for the empleado in front of it. */
import { RateLimiterMemory } from 'rate-limiter-flexible'
import { CAJERO_AVANZADO } from '../../../schema/domain/empleados/permisos.ts'
import {
  pedidoActividad,
  pedidoLicencias,
  pedidoLoginEmpleado,
  pedidoMiPin,
  respuestaActividad,
  respuestaLicencias,
  respuestaLoginEmpleado,
} from '../../../schema/protocol/turnos.ts'
import { limitador, limiteDe } from '../../auth/limites.ts'
import { exigirEmpleado, requiereDispositivo, requiereEmpleado } from '../../auth/middleware.ts'
import type { Deps } from '../../context.ts'
import { EJEMPLO } from '../../http/ejemplos.ts'
import type { App } from '../../http/entorno.ts'
import { ruta } from '../../http/ruta.ts'
import { crearRetos } from '../dispositivos/reto.ts'
import { entrarEmpleado, type FrenosDePin } from './entrar.ts'
import { renovarLicencias } from './licencia.ts'
import { cambiarMiPin } from './mi-pin.ts'
import { recibirActividad } from './recibir-actividad.ts'

const GRUPO = 'scanya'
const HORA_EN_SEGUNDOS = 3_600
/** Refused PINs of one negocio in an hour that somebody should look at. */
const ALARMA_POR_NEGOCIO = 200

const EJEMPLO_ENTRADA = {
  token: EJEMPLO.token,
  venceAt: EJEMPLO.ahora + 600_000,
  empleado: { id: EJEMPLO.usuarioId, nombre: 'Carlos Ruiz', nick: 'carlos', puesto: 'Cajero', permisos: CAJERO_AVANZADO },
  licencia: { id: EJEMPLO.licencia.id, emitidaAt: EJEMPLO.ahora, venceAt: EJEMPLO.licencia.venceAt },
  llave: `${'A'.repeat(43)}=`,
  hora: EJEMPLO.ahora,
}

export function montarTurnos(app: App, deps: Deps): void {
  const retos = crearRetos(deps)
  const frenos = crearFrenos(deps)
  ruta(
    app,
    {
      metodo: 'post',
      camino: '/api/scanya/login-empleado',
      resumen: 'Log in with nick and PIN (SCAN-46), signed by an enrolled till: a session of 10 minutes and a lease of 72 h',
      grupo: GRUPO,
      sesion: false,
      paraQuien: ['nadie'],
      cuerpo: pedidoLoginEmpleado,
      datos: respuestaLoginEmpleado,
      ejemplo: {
        cuerpo: {
          codigoCaja: 'pizzeria-roma',
          nick: 'carlos',
          pin: '482913',
          dispositivoId: EJEMPLO.dispositivoId,
          reto: EJEMPLO.reto,
          firma: EJEMPLO.firma,
        },
        datos: EJEMPLO_ENTRADA,
      },
      codigos: [
        ...(['DISPOSITIVO_REQUERIDO', 'FIRMA_INVALIDA', 'DISPOSITIVO_REVOCADO', 'CREDENCIALES_PIN', 'PIN_BLOQUEADO'] as const),
        ...(['EMPLEADO_INACTIVO', 'SIN_PERMISO', 'DEMASIADAS_PETICIONES'] as const),
      ],
      antes: [limitador(deps.env.limites.pinPorHoraIp, HORA_EN_SEGUNDOS)],
    },
    ({ cuerpo }) => entrarEmpleado(deps, retos, frenos, cuerpo),
  )
  ruta(
    app,
    {
      metodo: 'post',
      camino: '/api/scanya/licencias',
      resumen: 'What became of the leases of empleados this till holds; those that live are renewed',
      grupo: GRUPO,
      sesion: true,
      paraQuien: ['caja', 'studio'],
      cuerpo: pedidoLicencias,
      datos: respuestaLicencias,
      ejemplo: {
        cuerpo: { ids: [EJEMPLO.licencia.id] },
        datos: { licencias: [{ id: EJEMPLO.licencia.id, estado: 'viva', venceAt: EJEMPLO.licencia.venceAt }] },
      },
      codigos: ['DISPOSITIVO_REQUERIDO', 'DISPOSITIVO_REVOCADO'],
      antes: [requiereDispositivo(deps)],
    },
    ({ c, cuerpo }) => renovarLicencias(deps, c.get('dispositivo'), cuerpo.ids),
  )
  ruta(
    app,
    {
      metodo: 'post',
      camino: '/api/scanya/actividad',
      resumen: 'What empleados tried at this till while no server saw it (EMP-08, 17): each is one row, however often it is told',
      grupo: GRUPO,
      sesion: true,
      paraQuien: ['caja', 'studio'],
      cuerpo: pedidoActividad,
      datos: respuestaActividad,
      ejemplo: {
        cuerpo: {
          actividad: [
            { id: EJEMPLO.licencia.id, empleadoId: EJEMPLO.usuarioId, tipo: 'login', resultado: 'CREDENCIALES_PIN', at: EJEMPLO.ahora },
          ],
        },
        datos: { recibidas: 1 },
      },
      codigos: ['DISPOSITIVO_REQUERIDO', 'DISPOSITIVO_REVOCADO'],
      antes: [requiereDispositivo(deps)],
    },
    ({ c, cuerpo }) => recibirActividad(deps, c.get('dispositivo'), cuerpo),
  )
  ruta(
    app,
    {
      metodo: 'post',
      camino: '/api/scanya/mi-pin',
      resumen: 'Change the own PIN with the old one (EMP-15): answers like a login, because everything opened with the old one is over',
      grupo: GRUPO,
      sesion: true,
      paraQuien: ['empleado'],
      cuerpo: pedidoMiPin,
      datos: respuestaLoginEmpleado,
      ejemplo: { cuerpo: { pinActual: '482913', pin: '730182' }, datos: EJEMPLO_ENTRADA },
      codigos: ['SIN_PERMISO', 'DISPOSITIVO_REVOCADO', 'PIN_TRIVIAL', 'PIN_IGUAL', 'CREDENCIALES_PIN', 'PIN_BLOQUEADO'],
      antes: [requiereEmpleado(deps)],
    },
    ({ c, cuerpo }) => cambiarMiPin(deps, exigirEmpleado(c.get('sesion')), cuerpo),
  )
}

/** TU3, design 04 §6: in memory, per node. */
function crearFrenos(deps: Pick<Deps, 'env' | 'log'>): FrenosDePin {
  const admitir = limiteDe(deps.env.limites.pinPorHora, HORA_EN_SEGUNDOS)
  const porNegocio = new RateLimiterMemory({ points: Number.MAX_SAFE_INTEGER, duration: HORA_EN_SEGUNDOS })
  return {
    admitir,
    async alFallar(negocioId) {
      const { consumedPoints } = await porNegocio.consume(negocioId)
      if (consumedPoints === ALARMA_POR_NEGOCIO) deps.log.warn({ negocioId }, 'many wrong PINs in one negocio within an hour')
    },
  }
}
