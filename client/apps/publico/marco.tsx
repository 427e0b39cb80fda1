/** What public pages share: the head with its way to share the address, and what stands there while nothing was read. */
import { CircleAlert, CloudOff, SearchX, Share2, WifiOff } from 'lucide-react'
import { type ReactNode, useEffect, useState } from 'react'
import { fechaYHora } from '../../lib/formato.ts'
import { textoDe } from '../../lib/i18n.ts'
import { ColaDeAvisos } from '../../ui/escritorio/avisos.tsx'
import { avisar } from '../../ui/escritorio/avisos-cola.ts'
import { Huesos, Vacio } from '../../ui/escritorio/estados.tsx'
import type { Lectura } from './lectura.ts'
import './publico.css'
import { t } from './textos.ts'

/** Of whoever looks: a public page is read from anywhere. */
export const ZONA = Intl.DateTimeFormat().resolvedOptions().timeZone

interface DeMarco {
  /** Of what is shown; null while nothing is, and then there is nothing to share. */
  titulo: string | null
  saltarA?: { id: string; texto: string } | null
  children: ReactNode
}

export function MarcoPublico({ titulo, saltarA = null, children }: DeMarco) {
  useEffect(() => {
    if (titulo) document.title = `${titulo} · ${t.marca}`
  }, [titulo])
  return (
    <div className="pub">
      {saltarA && (
        <a className="skip" href={`#${saltarA.id}`}>
          {saltarA.texto}
        </a>
      )}
      <header className="pub__cabeza">
        <a href="/" className="pub__marca">
          <span className="logo" aria-hidden="true">
            {'Ya'}
          </span>
          <b>{t.marca}</b>
        </a>
        {titulo && <Compartir titulo={titulo} />}
      </header>
      {children}
      <ColaDeAvisos />
    </div>
  )
}

function Compartir({ titulo }: { titulo: string }) {
  const [ocupado, setOcupado] = useState(false)
  const compartir = async () => {
    setOcupado(true)
    try {
      if (navigator.share) await navigator.share({ title: titulo, url: location.href })
      else {
        await navigator.clipboard.writeText(location.href)
        avisar(t.copiada)
      }
    } catch {
      // closed without choosing
    }
    setOcupado(false)
  }
  return (
    <button type="button" className="btn g" disabled={ocupado} onClick={() => void compartir()}>
      <Share2 className="i" aria-hidden="true" />
      {t.compartir}
    </button>
  )
}

interface DeSinLeer {
  lectura: Exclude<Lectura<never>, { en: 'leido' }>
  noEsta: { titulo: string; texto: string }
  otraVez: () => void
}

export function SinLeer({ lectura, noEsta, otraVez }: DeSinLeer) {
  const intentar = (
    <button type="button" className="btn p" onClick={otraVez}>
      {t.otraVez}
    </button>
  )
  return (
    <main className="pub__main">
      {lectura.en === 'leyendo' && <Huesos texto={t.cargando} />}
      {lectura.en === 'no_esta' && (
        <Vacio icono={SearchX} nivel="h1" titulo={noEsta.titulo} texto={noEsta.texto}>
          <a className="btn" href="/">
            {t.irAlInicio}
          </a>
        </Vacio>
      )}
      {lectura.en === 'sin_red' && (
        <Vacio icono={WifiOff} nivel="h1" titulo={t.sinRed} texto={t.sinRedTexto}>
          {intentar}
        </Vacio>
      )}
      {lectura.en === 'no_ahora' && (
        <Vacio icono={CircleAlert} nivel="h1" titulo={t.noAhora} texto={textoDe(lectura.codigo)}>
          {intentar}
        </Vacio>
      )}
    </main>
  )
}

/** `at`: when the copy was read, ms. */
export const DeCopia = ({ at }: { at: number }) => (
  <p className="banner" role="status">
    <CloudOff className="i" aria-hidden="true" />
    {t.copiaDe(fechaYHora(at, ZONA))}
  </p>
)
