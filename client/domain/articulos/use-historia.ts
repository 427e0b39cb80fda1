import { useEffect, useState } from 'react'
import type { EdicionDeCampo } from '../../../schema/protocol/catalogo.ts'
import type { Peticion, Respuesta } from '../../lib/http.ts'

type Pedir = <T>(ruta: string, peticion?: Peticion) => Promise<Respuesta<T>>
export interface Historia {
  /** Null: not read yet. What was read stays while a later try gets no answer. */
  ediciones: EdicionDeCampo[] | null
  codigo: string | null
  leidoAt: number | null
  releer: () => void
}

/** The history that the server keeps of an artículo; read again when `version` changes. `id` null: it has none yet. */
export function useHistoria(pedir: Pedir, negocioId: string, id: string | null, version: string): Historia {
  const [estado, setEstado] = useState<Omit<Historia, 'releer'>>({ ediciones: null, codigo: null, leidoAt: null })
  const [vuelta, setVuelta] = useState(0)
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new version of the document reads again
  useEffect(() => {
    if (id === null) return
    let vivo = true
    void pedir<{ ediciones: EdicionDeCampo[] }>(`/api/articulos/${id}/historia?negocioId=${negocioId}`).then((r) => {
      if (!vivo) return
      if (r.ok) setEstado({ ediciones: r.valor.ediciones, codigo: null, leidoAt: Date.now() })
      else setEstado((antes) => ({ ...antes, codigo: r.codigo }))
    })
    return () => {
      vivo = false
    }
  }, [pedir, negocioId, id, version, vuelta])
  return { ...estado, releer: () => setVuelta((n) => n + 1) }
}
