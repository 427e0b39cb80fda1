import { MULTIPLICADORES_PCT, UMBRALES } from '../../../schema/domain/configuracion/configuracion.ts'
import { exigirCuenta, requierePapel } from '../../auth/middleware.ts'
import type { Deps } from '../../context.ts'
import { EJEMPLO } from '../../http/ejemplos.ts'
import type { App } from '../../http/entorno.ts'
import { ruta } from '../../http/ruta.ts'
import { cambiarConfiguracion, cambioDelDueno, configuracionVigente } from './cambiar.ts'

export function montarConfiguraciones(app: App, deps: Deps): void {
  ruta(
    app,
    {
      metodo: 'post',
      camino: '/api/negocios/:negocioId/configuracion',
      resumen: 'A new version of the rules of points that are the dueño’s to choose, in force from now (PTS-03, PTS-24, R12)',
      grupo: 'configuracion',
      sesion: true,
      paraQuien: ['dueno'],
      cuerpo: cambioDelDueno,
      datos: configuracionVigente,
      ejemplo: {
        cuerpo: { valorPuntoCentavos: 500, expiranEnMeses: 12 },
        datos: {
          version: 2,
          participa: true,
          valorPuntoCentavos: 500,
          multiplicadoresPct: MULTIPLICADORES_PCT,
          umbrales: UMBRALES,
          expiranEnMeses: 12,
          vigenteAt: EJEMPLO.ahora,
        },
      },
      codigos: ['SIN_PERMISO'],
      antes: [requierePapel(deps, 'dueno')],
    },
    ({ c, cuerpo, param }) => cambiarConfiguracion(deps, param('negocioId'), exigirCuenta(c.get('sesion')).usuarioId, cuerpo),
  )
}
