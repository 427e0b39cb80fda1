import { Smartphone, Undo2 } from 'lucide-react'
import type { Decision, Retenida } from '../../../domain/revision/retenidas.ts'
import { Etiqueta } from '../../../ui/escritorio/etiqueta.tsx'
import { t } from './textos.ts'

interface Props {
  retenida: Pick<Retenida, 'decidida'>
  enEspera: Decision | null
  /** In a row: drawn short, said in full. */
  corta?: boolean
}

/** What was said of a sale that still waits for the server's word. Dashed: only this device knows. */
export function MarcaDeDecision({ retenida, enEspera, corta = false }: Props) {
  const que = (decision: Decision) => (decision === 'aprobar' ? t.decididaAprobada : t.decididaNegada)
  if (enEspera)
    return (
      <Etiqueta tono="local" icono={Undo2}>
        {/* One box: the tag spaces its parts. */}
        <span>
          {que(enEspera)}
          <span className={corta ? 'vh' : undefined}>{`, ${t.deshaciendo}`}</span>
        </span>
      </Etiqueta>
    )
  if (!retenida.decidida) return null
  return (
    <Etiqueta tono="local" icono={Smartphone}>
      {`${que(retenida.decidida.decision)}: ${retenida.decidida.estado === 'por_enviar' ? t.porEnviar : t.enviada}`}
    </Etiqueta>
  )
}
