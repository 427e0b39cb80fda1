/** What only the platform's own people see: every tenant at once. */
import { requiereSuperadmin } from '../../auth/middleware.ts'
import type { Deps } from '../../context.ts'
import { EJEMPLO } from '../../http/ejemplos.ts'
import type { App } from '../../http/entorno.ts'
import { ruta } from '../../http/ruta.ts'
import { estadoDePlataforma, leerPlataforma } from './equipos.ts'

export function montarPlataforma(app: App, deps: Deps): void {
  ruta(
    app,
    {
      metodo: 'get',
      camino: '/api/admin/dispositivos',
      resumen: 'Every device of every negocio with what it last said of itself, and the nodes that serve them (superadmin)',
      grupo: 'admin',
      sesion: true,
      paraQuien: ['superadmin'],
      datos: estadoDePlataforma,
      ejemplo: {
        datos: {
          hora: EJEMPLO.ahora,
          motor: 'postgres',
          equipos: [
            {
              id: EJEMPLO.dispositivoId,
              negocioId: EJEMPLO.negocioId,
              negocio: 'Pizzería Roma',
              sucursal: 'Centro',
              nombre: 'Caja 1',
              tipo: 'caja',
              serie: 'C1',
              bajaAt: null,
              ultimoContactoAt: EJEMPLO.ahora,
              pendientes: 14,
              masAntiguoAt: EJEMPLO.ahora,
              offsetMs: -120,
              almacenBytes: 1_250_000,
              versionApp: '0.1.0',
              recibidos: 220,
              sinProcesar: 0,
            },
          ],
          nodos: [{ id: '4821-1795284000000', version: '0.1.0', iniciadoAt: EJEMPLO.ahora, latidoAt: EJEMPLO.ahora }],
        },
      },
      codigos: ['SIN_PERMISO'],
      antes: [requiereSuperadmin(deps)],
    },
    () => leerPlataforma(deps),
  )
}
