import { ImagePlus, X } from 'lucide-react'
import { type DragEvent, useId, useRef, useState } from 'react'
import { Foto } from '../../../domain/articulos/foto.tsx'
import { agregarFoto, esDeEsteEquipo } from '../../../domain/articulos/fotos.ts'
import { textoDe } from '../../../lib/i18n.ts'
import { useStudio, useStudioVivo } from '../../../replica/studio.ts'
import { t } from './textos.ts'

/** One picture: by the picker, dropped or pasted. It waits for the network as the pictures of artículos do. */
export function Imagen({ hash, poner }: { hash: string | null; poner: (hash: string | null) => void }) {
  const { replica, negocio } = useStudio()
  const { estado } = useStudioVivo()
  const entrada = useRef<HTMLInputElement>(null)
  const id = useId()
  const [preparando, setPreparando] = useState(false)
  const [error, setError] = useState<string | null>(null)
  const agregar = async (archivo: File | undefined) => {
    if (!archivo) return
    setPreparando(true)
    const r = await agregarFoto(replica, archivo)
    setPreparando(false)
    setError(r.ok ? null : textoDe(r.codigo))
    if (r.ok) poner(r.valor.hash)
  }
  const alSoltar = (evento: DragEvent) => {
    evento.preventDefault()
    void agregar(evento.dataTransfer.files[0])
  }
  const espera = hash !== null && estado?.fase === 'sin_conexion' && esDeEsteEquipo(hash)
  return (
    <fieldset
      className="field"
      aria-label={t.imagen}
      onDragOver={(e) => e.preventDefault()}
      onDrop={alSoltar}
      onPaste={(e) => void agregar(e.clipboardData.files[0])}
    >
      <span className="lb">{t.imagen}</span>
      <div className="fm-imagen">
        {hash !== null && <Foto replica={replica} negocioId={negocio.negocioId} hash={hash} clase="ph" alt={t.imagen} />}
        <button type="button" className="btn s" aria-describedby={id} onClick={() => entrada.current?.click()}>
          <ImagePlus className="i" aria-hidden="true" />
          {preparando ? t.preparando : hash === null ? t.agregarImagen : t.cambiarImagen}
        </button>
        {hash !== null && (
          <button type="button" className="btn s g" onClick={() => poner(null)}>
            <X className="i" aria-hidden="true" />
            {t.quitarImagen}
          </button>
        )}
      </div>
      <input
        ref={entrada}
        type="file"
        accept="image/*"
        hidden
        onChange={(e) => {
          void agregar(e.target.files?.[0])
          e.target.value = ''
        }}
      />
      <span id={id} className={error ? 'em' : 'hint'} role="status">
        {error ?? (espera ? t.esperaLaRed : '')}
      </span>
    </fieldset>
  )
}
