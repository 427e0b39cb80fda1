/** Starts the replica's worker and opens a store. Bounded: a worker that does not load answers REPLICA_NO_ABRE, it never hangs. */
import { type Alta, conectarReplica, type ReplicaApi, type Respuesta } from '../../workers/replica/api.ts'
import { direccionDeScript } from '../lib/trusted-types.ts'

const conexiones = new Map<string, Promise<ReplicaApi>>()

/** `nombre` tells apart the stores of one origin: a till has one, Studio one per account and negocio. Opened once, however often it is asked for. */
export async function abrirReplica(
  app: 'scanya' | 'studio' = 'scanya',
  nombre: string = app,
): Promise<Respuesta<{ replica: ReplicaApi; alta: Alta | null }>> {
  try {
    const conexion = conexiones.get(nombre) ?? conectarReplica({ app, nombre, direccion: direccionDeScript })
    conexiones.set(nombre, conexion)
    const replica: ReplicaApi = await conexion
    const abierta = await replica.abrir()
    if (!abierta.ok && abierta.codigo === 'REPLICA_CAIDA') conexiones.delete(nombre) // the next try starts a worker of its own
    return abierta.ok ? { ok: true, valor: { replica, alta: abierta.valor.alta } } : abierta
  } catch {
    conexiones.delete(nombre)
    return { ok: false, codigo: 'REPLICA_NO_ABRE' }
  }
}

/** Ends the worker of a store; what it holds stays on the device. */
export async function cerrarReplica(nombre: string): Promise<void> {
  const conexion = conexiones.get(nombre)
  conexiones.delete(nombre)
  await conexion?.then((replica) => replica.cerrar()).catch(() => {})
}
