import type { EstadoSync, ReplicaApi } from '../../../workers/replica/api.ts'
import { descargar } from '../../lib/descargar.ts'
import { Banda } from './banda.tsx'
import { t } from './textos.ts'

/** The dueño revoked this device: what happened to what it held, and the edits that nobody took (decision 0014). */
export function Revocado({ replica, estado }: { replica: ReplicaApi; estado: EstadoSync }) {
  const guardar = async () => {
    const r = await replica.exportarEdicionesSinEntregar()
    if (r.ok) descargar('cambios', r.valor)
  }
  return (
    <Banda titulo={t.revocado} urgente>
      <p>{estado.pendientes > 0 ? t.revocadoPendiente : t.revocadoEntregado}</p>
      {estado.edicionesSinEntregar > 0 && (
        <>
          <p>{t.edicionesSinEntregar(estado.edicionesSinEntregar)}</p>
          <div className="row banda__acciones">
            <button type="button" className="btn btn--sm btn--secondary" onClick={() => void guardar()}>
              {t.guardarCambios}
            </button>
            <button type="button" className="btn btn--sm btn--quiet" onClick={() => void replica.descartarEdicionesSinEntregar()}>
              {t.descartarCambios}
            </button>
          </div>
        </>
      )}
    </Banda>
  )
}
