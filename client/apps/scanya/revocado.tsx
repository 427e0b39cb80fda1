import type { EstadoSync, ReplicaApi } from '../../../workers/replica/api.ts'
import { descargar } from '../../lib/descargar.ts'
import { Banda } from './banda.tsx'
import { alta as ta } from './textos-de-alta.ts'

/** The dueño revoked this device: what happened to what it held, and the edits that nobody took (decision 0014). */
export function Revocado({ replica, estado }: { replica: ReplicaApi; estado: EstadoSync }) {
  const guardar = async () => {
    const r = await replica.exportarEdicionesSinEntregar()
    if (r.ok) descargar('cambios', r.valor)
  }
  return (
    <Banda titulo={ta.revocado} urgente>
      <p>{estado.pendientes > 0 ? ta.revocadoPendiente : ta.revocadoEntregado}</p>
      {estado.edicionesSinEntregar > 0 && (
        <>
          <p>{ta.edicionesSinEntregar(estado.edicionesSinEntregar)}</p>
          <div className="row banda__acciones">
            <button type="button" className="btn btn--sm btn--secondary" onClick={() => void guardar()}>
              {ta.guardarCambios}
            </button>
            <button type="button" className="btn btn--sm btn--quiet" onClick={() => void replica.descartarEdicionesSinEntregar()}>
              {ta.descartarCambios}
            </button>
          </div>
        </>
      )}
    </Banda>
  )
}
