import { useCallback } from 'react'
import type { CambioDeDocumento } from '../../../../workers/replica/api.ts'
import { textoDe } from '../../../lib/i18n.ts'
import { useStudio } from '../../../replica/studio.ts'
import { avisar } from '../../../ui/escritorio/avisos-cola.ts'

/** Writes edits of several documents at once and tells it, with the way back. Whether they were written. */
export type EditarVarios = (cambios: CambioDeDocumento[], texto: string) => Promise<boolean>

export function useEditarVarios(): EditarVarios {
  const { replica } = useStudio()
  return useCallback(
    async (cambios, texto) => {
      const r = await replica.editarVarios?.(cambios)
      if (!r?.ok) {
        avisar(textoDe(r?.codigo ?? 'REPLICA_NO_ABRE'), { tono: 'mal' })
        return false
      }
      avisar(texto, { deshacer: () => void replica.editarVarios?.(r.valor.deshacer) })
      return true
    },
    [replica],
  )
}
