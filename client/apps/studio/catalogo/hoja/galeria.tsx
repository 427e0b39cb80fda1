import { ArrowLeft, Plus, WifiOff, X } from 'lucide-react'
import { type ClipboardEvent, type DragEvent, useId, useRef, useState } from 'react'
import { IMAGENES_POR_ARTICULO } from '../../../../../schema/domain/articulos/articulo.ts'
import { conImagenes, mover } from '../../../../domain/articulos/forma.ts'
import { Foto } from '../../../../domain/articulos/foto.tsx'
import { agregarFoto, esDeEsteEquipo } from '../../../../domain/articulos/fotos.ts'
import { textoDe } from '../../../../lib/i18n.ts'
import { useStudio, useStudioVivo } from '../../../../replica/studio.ts'
import { t } from './textos.ts'

/** CAT-05, 12; ADM-38. Up to five pictures: by the picker (a phone offers its camera), dropped or pasted; the first is the cover. They wait for the network. */
export function Galeria({ imagenes, poner }: { imagenes: string[]; poner: (imagenes: string[]) => void }) {
  const { replica, negocio } = useStudio()
  const { estado } = useStudioVivo()
  const entrada = useRef<HTMLInputElement>(null)
  const arrastrada = useRef<number | null>(null)
  const id = useId()
  const [preparando, setPreparando] = useState(0)
  const [error, setError] = useState<string | null>(null)
  const actuales = useRef(imagenes)
  actuales.current = imagenes
  const agregar = async (archivos: Iterable<File>) => {
    const caben = IMAGENES_POR_ARTICULO - actuales.current.length
    const nuevos = [...archivos].filter((a) => a.type.startsWith('image/') || a.type === '')
    setError(nuevos.length > caben ? t.muchas : null)
    const elegidos = nuevos.slice(0, Math.max(0, caben))
    setPreparando((n) => n + elegidos.length)
    for (const archivo of elegidos) {
      const r = await agregarFoto(replica, archivo)
      if (r.ok) poner(conImagenes(actuales.current, [r.valor.hash]))
      else setError(textoDe(r.codigo))
      setPreparando((n) => n - 1)
    }
  }
  const alSoltar = (evento: DragEvent) => {
    evento.preventDefault()
    if (evento.dataTransfer.files.length > 0) void agregar(evento.dataTransfer.files)
  }
  const alPegar = (evento: ClipboardEvent) => {
    if (evento.clipboardData.files.length === 0) return
    evento.preventDefault()
    void agregar(evento.clipboardData.files)
  }
  const cambiarDeLugar = (hasta: number) => {
    if (arrastrada.current !== null) poner(mover(imagenes, arrastrada.current, hasta))
    arrastrada.current = null
  }
  const sinRed = estado?.fase === 'sin_conexion' ? imagenes.filter(esDeEsteEquipo).length : 0
  const llena = imagenes.length >= IMAGENES_POR_ARTICULO
  return (
    <fieldset className="field" aria-label={t.fotos} onPaste={alPegar}>
      <ul className="gal" data-cuantas={imagenes.length} onDragOver={(e) => e.preventDefault()} onDrop={alSoltar}>
        {imagenes.map((hash, i) => (
          <li
            key={hash}
            className={i === 0 ? 'g0' : 'g1'}
            draggable
            onDragStart={() => {
              arrastrada.current = i
            }}
            onDrop={() => cambiarDeLugar(i)}
          >
            <Foto replica={replica} negocioId={negocio.negocioId} hash={hash} clase="ph" alt={`${t.fotos} ${i + 1}`} />
            <button
              type="button"
              className="xx"
              aria-label={i === 0 ? t.quitarFoto : t.quitarFotoN(i + 1)}
              onClick={() => poner(imagenes.filter((h) => h !== hash))}
            >
              <X className="i" aria-hidden="true" />
            </button>
            {i > 0 && (
              <button
                type="button"
                className="antes"
                aria-label={i === 1 ? t.portada(2) : t.moverAntes(i + 1)}
                onClick={() => poner(mover(imagenes, i, i - 1))}
              >
                <ArrowLeft className="i" aria-hidden="true" />
              </button>
            )}
          </li>
        ))}
        {!llena && (
          <li className={imagenes.length === 0 ? 'g0' : 'g1'}>
            <button type="button" className="add" aria-describedby={id} onClick={() => entrada.current?.click()}>
              <Plus className="i" aria-hidden="true" />
              <span className="vh">{t.agregarFoto}</span>
              <span>{preparando > 0 ? t.preparando : imagenes.length === 0 ? t.sueltaAqui : t.deCinco(imagenes.length)}</span>
            </button>
          </li>
        )}
      </ul>
      <input
        ref={entrada}
        type="file"
        accept="image/*"
        multiple
        hidden
        data-fotos
        onChange={(evento) => {
          void agregar(evento.target.files ?? [])
          evento.target.value = ''
        }}
      />
      <span id={id} className={error ? 'em' : 'hint'} role="status">
        {error}
        {!error && sinRed > 0 && (
          <>
            <WifiOff className="i s" aria-hidden="true" /> {t.esperaLaRed(sinRed)}
          </>
        )}
      </span>
    </fieldset>
  )
}
