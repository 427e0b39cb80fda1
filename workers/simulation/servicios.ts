/** What a dueño and the server's own jobs do, as the product's verbs: one place that knows their names. */
import type { Deps } from '../../sync-server/context.ts'
import { cambiarConfiguracion } from '../../sync-server/domain/configuraciones/cambiar.ts'
import { darDeBajaDispositivo } from '../../sync-server/domain/dispositivos/baja.ts'
import { darDeBajaEmpleado } from '../../sync-server/domain/empleados/baja.ts'
import { crearEmpleado } from '../../sync-server/domain/empleados/crear.ts'
import { emitirTarjeta, type TarjetaEmitida } from '../../sync-server/domain/tarjetas/emitir.ts'
import { darUnaVuelta } from '../../sync-server/jobs/index.ts'
import { juzgarPendientes, reprocesar } from '../../sync-server/jobs/reprocess.ts'
import { iniciarProyector } from '../../sync-server/sync/projector.ts'
import type { Ordenar } from './nodo.ts'

export interface Servicios {
  crearEmpleados(negocioId: string, sucursalId: string | null, ids: string[]): Promise<string[]>
  configurar(negocioId: string, duenoId: string, cambio: object): Promise<void>
  bajaDeEmpleado(negocioId: string, empleadoId: string): Promise<void>
  bajaDeDispositivo(negocioId: string, dispositivoId: string): Promise<void>
  emitirTarjeta(usuarioId: string, clavePublica: string): Promise<TarjetaEmitida>
  /** What a server does first when it comes back. */
  alArrancar(): Promise<void>
  /** Every periodic job, once. */
  trabajos(): Promise<void>
  /** A corrected release judges what could not be judged. */
  reprocesar(negocioId: string): Promise<void>
}

/** `ordenar` runs an order on a server that may die over it. */
export function crearServicios(deps: Deps, ordenar: Ordenar): Servicios {
  const verbos = verbosDe(deps)
  const mortales = Object.entries(verbos).map(([nombre, verbo]) => [
    nombre,
    (...args: unknown[]) => ordenar(() => (verbo as (...a: unknown[]) => Promise<unknown>)(...args)),
  ])
  return Object.fromEntries(mortales)
}

function verbosDe(deps: Deps): Servicios {
  return {
    async crearEmpleados(negocioId, sucursalId, ids) {
      for (const [i, id] of ids.entries())
        await crearEmpleado(deps, negocioId, { id, nombre: `Cajero ${i + 1}`, nick: `cajero_${i + 1}`, sucursalId })
      return ids
    },
    configurar: async (negocioId, duenoId, cambio) => void (await cambiarConfiguracion(deps, negocioId, duenoId, cambio)),
    bajaDeEmpleado: async (negocioId, empleadoId) => void (await darDeBajaEmpleado(deps, negocioId, empleadoId)),
    bajaDeDispositivo: async (negocioId, dispositivoId) => void (await darDeBajaDispositivo(deps, negocioId, dispositivoId, 'robado')),
    emitirTarjeta: (usuarioId, clavePublica) => emitirTarjeta(deps, usuarioId, clavePublica),
    async alArrancar() {
      await juzgarPendientes(deps)
      iniciarProyector(deps)
    },
    trabajos: () => darUnaVuelta(deps),
    reprocesar: async (negocioId) => void (await reprocesar(deps, negocioId)),
  }
}
