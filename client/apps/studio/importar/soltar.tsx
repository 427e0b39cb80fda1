import { FileDown, FileUp } from 'lucide-react'
import { type DragEvent, useRef, useState } from 'react'
import { bajarCsv, PLANTILLA } from './archivo.ts'
import { t } from './textos.ts'

/** A file is chosen, or dropped anywhere on it. */
export function Soltar({ alElegir }: { alElegir: (archivo: File) => void }) {
  const campo = useRef<HTMLInputElement>(null)
  const [encima, setEncima] = useState(false)
  const alSoltar = (evento: DragEvent) => {
    evento.preventDefault()
    setEncima(false)
    const [archivo] = evento.dataTransfer.files
    if (archivo) alElegir(archivo)
  }
  return (
    <section
      className="card state imp__soltar"
      aria-label={t.elige}
      data-encima={encima}
      onDragOver={(e) => {
        e.preventDefault()
        setEncima(true)
      }}
      onDragLeave={() => setEncima(false)}
      onDrop={alSoltar}
    >
      <FileUp className="i" aria-hidden="true" />
      <h2>{encima ? t.sueltalo : t.elige}</h2>
      <p>{t.eligeTexto}</p>
      <input
        ref={campo}
        type="file"
        hidden
        accept=".csv,text/csv,text/plain"
        onChange={(e) => {
          const [archivo] = e.target.files ?? []
          e.target.value = '' // the same file may be chosen again
          if (archivo) alElegir(archivo)
        }}
      />
      <div className="row wrap imp__salidas">
        <button type="button" className="btn" onClick={() => bajarCsv('plantilla-catalogo', PLANTILLA)}>
          <FileDown className="i" aria-hidden="true" />
          {t.plantilla}
        </button>
        <button type="button" className="btn p" onClick={() => campo.current?.click()}>
          {t.elegirArchivo}
        </button>
      </div>
    </section>
  )
}
