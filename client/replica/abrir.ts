/** Starts the replica's worker and opens the till's store. Bounded: a worker that does not load answers REPLICA_NO_ABRE, it never hangs. */
import { type Alta, conectarReplica, type ReplicaApi, type Respuesta } from '../../workers/replica/api.ts'
import { direccionDeScript } from '../lib/trusted-types.ts'

let conexion: Promise<ReplicaApi> | null = null

export async function abrirReplica(): Promise<Respuesta<{ replica: ReplicaApi; alta: Alta | null }>> {
  try {
    conexion ??= conectarReplica({ app: 'scanya', direccion: direccionDeScript })
    const replica: ReplicaApi = await conexion
    const abierta = await replica.abrir()
    if (!abierta.ok && abierta.codigo === 'REPLICA_CAIDA') conexion = null // the next try starts a worker of its own
    return abierta.ok ? { ok: true, valor: { replica, alta: abierta.valor.alta } } : abierta
  } catch {
    conexion = null
    return { ok: false, codigo: 'REPLICA_NO_ABRE' }
  }
}
