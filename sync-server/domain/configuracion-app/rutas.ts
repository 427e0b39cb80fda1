/** The Panel's screen of configuration (ADM-17, 36, 39; CARD-15, 19; EMP-37). */
import { CONFIGURACION_POR_DEFECTO } from '../../../schema/domain/configuracion-app/configuracion-app.ts'
import {
  consultaDeEfecto,
  pedidoDeConfiguracionApp,
  respuestaConfiguracionApp,
  respuestaDeEfecto,
} from '../../../schema/protocol/configuracion-app.ts'
import { exigirCuenta, requiereSuperadmin } from '../../auth/middleware.ts'
import type { Deps } from '../../context.ts'
import { EJEMPLO } from '../../http/ejemplos.ts'
import type { App } from '../../http/entorno.ts'
import { ruta } from '../../http/ruta.ts'
import { leerConfiguracion, leerEfecto } from './leer.ts'
import { publicarConfiguracion } from './publicar.ts'

const CONTENIDO = { ...CONFIGURACION_POR_DEFECTO, umbrales: { plata: 5_000, oro: 12_000 } }
const PUBLICADA = {
  hora: EJEMPLO.ahora,
  version: 1,
  contenido: CONTENIDO,
  historial: [{ version: 1, contenido: CONTENIDO, motivo: 'Temporada navideña', publicadaAt: EJEMPLO.ahora, publicadaPor: 'Super Admin' }],
  negocios: 47,
  alDia: 46,
}

export function montarConfiguracionApp(app: App, deps: Deps): void {
  const comun = {
    grupo: 'admin',
    sesion: true,
    paraQuien: ['superadmin'] as const,
    antes: [requiereSuperadmin(deps)],
  }
  ruta(
    app,
    {
      ...comun,
      metodo: 'get',
      camino: '/api/admin/configuracion',
      resumen: 'What the platform decides for every negocio, its earlier versions, and how far the one in force has reached (CARD-19)',
      datos: respuestaConfiguracionApp,
      ejemplo: { datos: PUBLICADA },
      codigos: ['SIN_PERMISO'],
    },
    () => leerConfiguracion(deps),
  )
  ruta(
    app,
    {
      ...comun,
      metodo: 'put',
      camino: '/api/admin/configuracion',
      resumen:
        'Publish the next version; `version` is the one it was made from, and another one in force meanwhile refuses it (CARD-15, 19, EMP-37)',
      cuerpo: pedidoDeConfiguracionApp,
      datos: respuestaConfiguracionApp,
      ejemplo: { cuerpo: { version: 0, contenido: CONTENIDO, motivo: 'Temporada navideña' }, datos: PUBLICADA },
      codigos: ['SIN_PERMISO', 'CONFIGURACION_CAMBIO'],
    },
    ({ c, cuerpo }) => publicarConfiguracion(deps, exigirCuenta(c.get('sesion')).usuarioId, cuerpo),
  )
  ruta(
    app,
    {
      ...comun,
      metodo: 'get',
      camino: '/api/admin/configuracion/efecto',
      resumen: 'How many shoppers would rise at once by other thresholds; nobody ever falls (CARD-20)',
      consulta: consultaDeEfecto,
      datos: respuestaDeEfecto,
      ejemplo: { datos: { hora: EJEMPLO.ahora, suben: { plata: 0, oro: 318 } } },
      codigos: ['SIN_PERMISO'],
    },
    ({ consulta }) => leerEfecto(deps, consulta),
  )
}
