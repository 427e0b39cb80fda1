/** What a dueño and the server's own jobs do, as the product's verbs: one place that knows their names. */
import { uuidv7 } from '../../schema/core/ids.ts'
import type { Cupon } from '../../schema/domain/cupones/cupon.ts'
import type { Recompensa } from '../../schema/domain/recompensas/recompensa.ts'
import type { MiCanje, PedidoDeCanje } from '../../schema/protocol/canjes.ts'
import type { Deps } from '../../sync-server/context.ts'
import { cancelarCanje } from '../../sync-server/domain/canjes/cancelar.ts'
import { canjear } from '../../sync-server/domain/canjes/crear.ts'
import { cambiarConfiguracion } from '../../sync-server/domain/configuraciones/cambiar.ts'
import { guardarCupon } from '../../sync-server/domain/cupones/guardar.ts'
import { darDeBajaDispositivo } from '../../sync-server/domain/dispositivos/baja.ts'
import { darDeBajaEmpleado } from '../../sync-server/domain/empleados/baja.ts'
import { crearEmpleado } from '../../sync-server/domain/empleados/crear.ts'
import { reclamarTicket } from '../../sync-server/domain/reclamos/reclamar.ts'
import { crearRecompensas } from '../../sync-server/domain/recompensas/crear.ts'
import { cambiarMonto } from '../../sync-server/domain/scanya/corregir.ts'
import { emitirTarjeta, type TarjetaEmitida } from '../../sync-server/domain/tarjetas/emitir.ts'
import { darUnaVuelta } from '../../sync-server/jobs/index.ts'
import { juzgarPendientes, reprocesar } from '../../sync-server/jobs/reprocess.ts'
import { iniciarProyector } from '../../sync-server/sync/projector.ts'
import { crearCupones } from './cupones.ts'
import type { Ordenar } from './nodo.ts'

export interface Servicios {
  crearEmpleados(negocioId: string, sucursalId: string | null, ids: string[]): Promise<string[]>
  configurar(negocioId: string, duenoId: string, cambio: object): Promise<void>
  bajaDeEmpleado(negocioId: string, empleadoId: string): Promise<void>
  bajaDeDispositivo(negocioId: string, dispositivoId: string): Promise<void>
  /** Two that a few sales reach. */
  crearRecompensas(negocioId: string, duenoId: string): Promise<Recompensa[]>
  /** One of each kind and limit. */
  crearCupones(negocioId: string, duenoId: string): Promise<Cupon[]>
  canjear(usuarioId: string, pedido: PedidoDeCanje): Promise<MiCanje>
  cancelarCanje(usuarioId: string, canjeId: string): Promise<MiCanje>
  reclamar(usuarioId: string, ticket: string): Promise<unknown>
  guardarCupon(usuarioId: string, negocioId: string, cuponId: string): Promise<unknown>
  cambiarMonto(
    negocio: { negocioId: string; duenoId: string; sucursales: string[] },
    transaccionId: string,
    montoCentavos: number,
  ): Promise<unknown>
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
    crearRecompensas: (negocioId, duenoId) =>
      crearRecompensas(deps, negocioId, duenoId, [
        { nombre: 'Café', puntos: 2, valorCentavos: 3_500 },
        { nombre: 'Pizza', puntos: 25, valorCentavos: 15_000 },
      ]),
    crearCupones: (negocioId, duenoId) => crearCupones(deps, negocioId, duenoId),
    canjear: (usuarioId, pedido) => canjear(deps, usuarioId, pedido, unaVez(deps)),
    cancelarCanje: (usuarioId, canjeId) => cancelarCanje(deps, usuarioId, canjeId),
    reclamar: (usuarioId, ticket) => reclamarTicket(deps, usuarioId, ticket),
    guardarCupon: (usuarioId, negocioId, cuponId) => guardarCupon(deps, usuarioId, negocioId, cuponId),
    cambiarMonto({ negocioId, duenoId, sucursales }, id, montoCentavos) {
      const operador = { tipo: 'usuario', id: duenoId } as const
      const donde = { negocioId, sucursalId: sucursales[0] ?? '', operador, permisos: null, soloSuSucursal: false }
      const mostrador = { ...donde, atadura: `cuenta:${duenoId}`, clase: 'cuenta' } as const
      return cambiarMonto(deps, mostrador, id, { motivo: 'se tecleó mal', monto: montoCentavos / 100 }, unaVez(deps))
    },
    emitirTarjeta: (usuarioId, clavePublica) => emitirTarjeta(deps, usuarioId, clavePublica),
    async alArrancar() {
      await juzgarPendientes(deps)
      iniciarProyector(deps)
    },
    trabajos: () => darUnaVuelta(deps),
    reprocesar: async (negocioId) => void (await reprocesar(deps, negocioId)),
  }
}

/** A request that nobody repeats. */
const unaVez = (deps: Deps) => ({ hechoId: uuidv7(deps.now(), deps.azar), llave: null, huella: '' })
