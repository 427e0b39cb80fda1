import { useCallback } from 'react'
import type { CambioDeDocumento } from '../../../../workers/replica/api.ts'
import { textoDe } from '../../../lib/i18n.ts'
import { useStudio } from '../../../replica/studio.ts'
import { avisar } from '../../../ui/escritorio/avisos-cola.ts'
import { t } from './textos.ts'

/** Writes edits on this device, tells it and offers the way back. Whether they were written. */
export function useEscribir(): (cambios: CambioDeDocumento[], dicho: string) => Promise<boolean> {
  const { replica } = useStudio()
  return useCallback(
    async (cambios, dicho) => {
      const escribir = async (cuales: CambioDeDocumento[]) => {
        const r = await replica.editarVarios?.(cuales)
        if (r?.ok) return r.valor.deshacer
        avisar(textoDe(r?.codigo ?? 'REPLICA_NO_ABRE'), { tono: 'mal' })
        return null
      }
      const vuelta = await escribir(cambios)
      if (!vuelta) return false
      avisar(dicho, { deshacer: () => void escribir(vuelta).then((si) => si && avisar(t.seDeshizo)) })
      return true
    },
    [replica],
  )
}
