import { Copy } from 'lucide-react'
import { useState } from 'react'
import { hora } from '../../lib/formato.ts'
import { CodigoQr } from '../../ui/codigo-qr.tsx'
import { t } from './textos.ts'

const ZONA = Intl.DateTimeFormat().resolvedOptions().timeZone

export interface Enlace {
  url: string
  venceAt: number
}

/** PWA-14. The one-use link that enrols a till, as a QR for its camera and as text to send. */
export function EnlaceDeAlta({ enlace, titulo, alCerrar }: { enlace: Enlace; titulo: string; alCerrar: () => void }) {
  const [copiada, setCopiada] = useState(false)
  const copiar = () =>
    navigator.clipboard.writeText(enlace.url).then(
      () => setCopiada(true),
      () => {},
    )
  return (
    <section className="card studio-enlace" aria-label={titulo}>
      <h2>{titulo}</h2>
      <p>{t.escanea}</p>
      <CodigoQr texto={enlace.url} titulo={titulo} />
      <output className="mono">{enlace.url}</output>
      <p className="mut sm">{t.vence(hora(enlace.venceAt, ZONA))}</p>
      <div className="row">
        <button type="button" className="btn" onClick={() => void copiar()}>
          <Copy className="i" aria-hidden="true" />
          {t.copiar}
        </button>
        <button type="button" className="btn g" onClick={alCerrar}>
          {t.cerrar}
        </button>
        <span role="status" className="ok sm">
          {copiada ? t.copiada : ''}
        </span>
      </div>
    </section>
  )
}
