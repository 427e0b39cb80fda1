import { type ReactNode, useEffect, useRef, useState } from 'react'
import { ChipDeEstado } from '../../domain/sincronizacion/chip-de-estado.tsx'
import { useTurno, useVivo } from '../../replica/contexto.ts'
import { AvisoDeVersion } from '../../ui/aviso-de-version.tsx'
import { Icono } from '../../ui/iconos.tsx'
import { perezosa } from '../../ui/perezosa.tsx'
import { Avisos } from './avisos.tsx'
import { useIr } from './ir.ts'
import { t } from './textos.ts'
import './marco.css'

const LoQueFalta = perezosa(async () => (await import('./lo-que-falta.tsx')).LoQueFalta)

/**
 * The frame of every screen of the counter: a top bar with the way back, the title and the status chip. What cannot wait is told under the bar.
 * `atras`: the path behind, or what the arrow does; without it the brand stands there.
 */
export function Marco({
  titulo,
  atras,
  etiquetaAtras = t.volverAlInicio,
  clase = '',
  cabeza,
  enReposo = false,
  children,
}: {
  titulo?: ReactNode
  atras?: string | (() => void)
  etiquetaAtras?: string
  /** Class of <main>, for a screen's own layout. */
  clase?: string
  /** Under the bar, still in the header. */
  cabeza?: ReactNode
  /** Nothing is open here: a newer release may be offered. */
  enReposo?: boolean
  children?: ReactNode
}) {
  const ir = useIr()
  const turno = useTurno()
  return (
    <div className={`app ${clase && `app--${clase}`}`}>
      <header>
        <div className={`top ${titulo === undefined ? 'top--marca' : ''}`}>
          {atras !== undefined && (
            <button
              type="button"
              className="icon-btn"
              aria-label={etiquetaAtras}
              onClick={() => (typeof atras === 'string' ? ir(atras) : atras())}
            >
              <Icono de="atras" />
            </button>
          )}
          {titulo === undefined ? turno ? <MarcaAlInicio /> : <Marca /> : <Titulo>{titulo}</Titulo>}
          <ChipVivo />
        </div>
        {cabeza}
      </header>
      <Avisos />
      {enReposo && <AvisoDeVersion />}
      <main className={`cuerpo ${clase}`}>{children}</main>
    </div>
  )
}

/** What a new screen is called: in the tab, and the first thing a screen reader says when nothing else has the focus. */
function Titulo({ children }: { children: ReactNode }) {
  const titulo = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    document.title = `${titulo.current?.textContent} · ${t.scan}${t.ya}`
    if (document.activeElement === document.body) titulo.current?.focus()
    return () => {
      document.title = `${t.scan}${t.ya}`
    }
  }, [])
  return (
    <h1 ref={titulo} className="grow" tabIndex={-1}>
      {children}
    </h1>
  )
}

function MarcaAlInicio() {
  const ir = useIr()
  return (
    <button type="button" className="marca" onClick={() => ir('/inicio')}>
      <Marca />
      <span className="sr">{t.irAlInicio}</span>
    </button>
  )
}

export function Marca() {
  return (
    <div className="brand">
      <span className="mark">
        <svg className="i" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
          <path d="M4 8.5V6a2 2 0 0 1 2-2h2.5M15.5 4H18a2 2 0 0 1 2 2v2.5M20 15.5V18a2 2 0 0 1-2 2h-2.5M8.5 20H6a2 2 0 0 1-2-2v-2.5M8 12.3l2.8 2.7L16 9.5" />
        </svg>
      </span>
      <span translate="no">
        {t.scan}
        <b>{t.ya}</b>
      </span>
    </div>
  )
}

/** The status chip, and the sheet it opens (design 05). */
export function ChipVivo() {
  const { estado, zona } = useVivo()
  const [abierta, setAbierta] = useState(false)
  return (
    <>
      <ChipDeEstado estado={estado} zona={zona} alTocar={() => setAbierta(true)} />
      {abierta && estado && <LoQueFalta alCerrar={() => setAbierta(false)} />}
    </>
  )
}
