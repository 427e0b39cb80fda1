/** What a dueño or a gerente looks at before deciding on points that wait. */
import { revision } from '../../../schema/protocol/revision.ts'
import { requiereSesion } from '../../auth/middleware.ts'
import type { Deps } from '../../context.ts'
import type { App } from '../../http/entorno.ts'
import { ruta } from '../../http/ruta.ts'
import { portadorDelCatalogo } from '../articulos/portador.ts'
import { EJEMPLO_DE_REVISION } from './ejemplo.ts'
import { evidenciaDe } from './evidencia.ts'

export function montarRevision(app: App, deps: Deps): void {
  ruta(
    app,
    {
      metodo: 'get',
      camino: '/api/negocios/:negocioId/revision/:transaccionId',
      resumen: 'The evidence behind a verdict: both hechos, what the rule looked at, and until when its points wait',
      grupo: 'revision',
      sesion: true,
      paraQuien: ['dueno', 'gerente', 'studio'],
      datos: revision,
      ejemplo: { datos: EJEMPLO_DE_REVISION },
      codigos: ['SIN_PERMISO'],
      antes: [requiereSesion(deps)],
    },
    async ({ c, param }) => {
      const { negocioId, sucursalId } = await portadorDelCatalogo(deps, c.get('sesion'), param('negocioId'))
      return evidenciaDe(deps, negocioId, { hechoId: param('transaccionId') }, sucursalId)
    },
  )
}
