import { useCallback, useEffect, useState } from 'react'
import type { Codigo } from '../../../../schema/core/codigos.ts'
import type { Revision } from '../../../../schema/protocol/revision.ts'
import { useStudio } from '../../../replica/studio.ts'

/** Seen while there was a network: shown again without one. Only while the page lives. */
const vistas = new Map<string, Revision>()

export interface Evidencia {
  revision: Revision | null
  /** Why it is not here; null while it is being asked for, or once it came. */
  codigo: Codigo | null
  releer: () => void
}

/** Both sides of a held sale, as the server tells them. */
export function useEvidencia(transaccionId: string): Evidencia {
  const { pedir, negocio } = useStudio()
  const camino = `/api/negocios/${negocio.negocioId}/revision/${transaccionId}`
  const [revision, setRevision] = useState<Revision | null>(vistas.get(camino) ?? null)
  const [codigo, setCodigo] = useState<Codigo | null>(null)
  const [vez, setVez] = useState(0)
  // biome-ignore lint/correctness/useExhaustiveDependencies: another turn asks again
  useEffect(() => {
    let vivo = true
    void pedir<Revision>(camino).then((r) => {
      if (r.ok) vistas.set(camino, r.valor)
      if (!vivo) return
      setCodigo(r.ok ? null : r.codigo)
      if (r.ok) setRevision(r.valor)
    })
    return () => {
      vivo = false
    }
  }, [pedir, camino, vez])
  return { revision, codigo, releer: useCallback(() => setVez((n) => n + 1), []) }
}
