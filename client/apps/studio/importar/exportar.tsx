import { Download } from 'lucide-react'
import { useState } from 'react'
import type { ConsultaDeCatalogo, ReplicaApi } from '../../../../workers/replica/api.ts'
import { textoDe } from '../../../lib/i18n.ts'
import { useStudio } from '../../../replica/studio.ts'
import { avisar } from '../../../ui/escritorio/avisos-cola.ts'
import { bajarCsv } from './archivo.ts'
import { t } from './textos.ts'

/** CAT-11. The catálogo, or what `consulta` leaves of it, as a file; says what was downloaded. */
export async function bajarCatalogo(replica: ReplicaApi, consulta?: Partial<ConsultaDeCatalogo>): Promise<void> {
  const r = await replica.exportarCatalogo?.(consulta)
  if (r?.ok) avisar(t.exportado(bajarCsv('catalogo', r.valor)))
  else avisar(textoDe(r?.codigo ?? 'REPLICA_NO_ABRE'), { tono: 'mal' })
}

export function Exportar() {
  const { replica } = useStudio()
  const [ocupado, setOcupado] = useState(false)
  const bajar = () => {
    setOcupado(true)
    void bajarCatalogo(replica).finally(() => setOcupado(false))
  }
  return (
    <section className="card imp__exportar" aria-label={t.exportar}>
      <p className="ink2 sp">{t.exportarTexto}</p>
      <button type="button" className="btn" disabled={ocupado} onClick={bajar}>
        <Download className="i" aria-hidden="true" />
        {t.exportar}
      </button>
    </section>
  )
}
