import { CloudOff, Globe, MapPin, SearchX, Share2, Store, WifiOff } from 'lucide-react'
import { type ReactNode, useEffect, useState } from 'react'
import { fechaYHora } from '../../lib/formato.ts'
import { ColaDeAvisos } from '../../ui/escritorio/avisos.tsx'
import { avisar } from '../../ui/escritorio/avisos-cola.ts'
import { Huesos, Vacio } from '../../ui/escritorio/estados.tsx'
import type { Perfil } from './perfil.ts'
import { usePerfil } from './perfil.ts'
import { SeccionCatalogo } from './seccion-catalogo.tsx'
import { t } from './textos.ts'
import './publico.css'

const ZONA = Intl.DateTimeFormat().resolvedOptions().timeZone

/** CAT-15. The public page of a negocio, as far as its catálogo goes; opens from the last copy when there is no network. */
export function PublicoPantalla({ codigo }: { codigo: string }) {
  const { lectura, otraVez } = usePerfil(codigo)
  const nombre = lectura.en === 'leido' ? lectura.perfil.nombre : null
  useEffect(() => {
    if (nombre) document.title = `${nombre} · ${t.marca}`
  }, [nombre])
  return (
    <div className="pub">
      {lectura.en === 'leido' && (
        <a className="skip" href="#catalogo">
          {t.saltar}
        </a>
      )}
      <header className="pub__cabeza">
        <a href="/" className="pub__marca">
          <span className="logo" aria-hidden="true">
            {'Ya'}
          </span>
          <b>{t.marca}</b>
        </a>
        {nombre && <Compartir nombre={nombre} />}
      </header>
      {lectura.en !== 'leido' && <SinPerfil en={lectura.en} otraVez={otraVez} />}
      {lectura.en === 'leido' && (
        <Contenido perfil={lectura.perfil}>
          {lectura.deAt !== null && (
            <p className="banner" role="status">
              <CloudOff className="i" aria-hidden="true" />
              {t.copiaDe(fechaYHora(lectura.deAt, ZONA))}
            </p>
          )}
        </Contenido>
      )}
      <ColaDeAvisos />
    </div>
  )
}

function SinPerfil({ en, otraVez }: { en: 'leyendo' | 'no_esta' | 'sin_red'; otraVez: () => void }) {
  return (
    <main className="pub__main">
      {en === 'leyendo' && <Huesos texto={t.cargando} />}
      {en === 'no_esta' && (
        <Vacio icono={SearchX} nivel="h1" titulo={t.noEsta} texto={t.noEstaTexto}>
          <a className="btn" href="/">
            {t.irAlInicio}
          </a>
        </Vacio>
      )}
      {en === 'sin_red' && (
        <Vacio icono={WifiOff} nivel="h1" titulo={t.sinRed} texto={t.sinRedTexto}>
          <button type="button" className="btn p" onClick={otraVez}>
            {t.otraVez}
          </button>
        </Vacio>
      )}
    </main>
  )
}

function Contenido({ perfil, children }: { perfil: Perfil; children: ReactNode }) {
  const portada = perfil.articulos.flatMap((a) => a.imagenes.slice(0, 1).map((src) => ({ src, nombre: a.nombre }))).slice(0, 3)
  const principal = perfil.sucursales[0]
  return (
    <main className="pub__main">
      {portada.length === 3 && (
        <div className="pub__portada" aria-hidden="true">
          {portada.map(({ src }) => (
            <img key={src} src={src} alt="" />
          ))}
        </div>
      )}
      {children}
      <div className="pub__cuerpo">
        <div className="pub__izquierda">
          <h1>{perfil.nombre}</h1>
          <p className="pub__donde">
            {perfil.ciudad && <span>{perfil.ciudad}</span>}
            {principal?.direccion && <span>{principal.direccion}</span>}
          </p>
          <SeccionCatalogo perfil={perfil} />
        </div>
        <Informacion perfil={perfil} />
      </div>
    </main>
  )
}

function Informacion({ perfil }: { perfil: Perfil }) {
  return (
    <aside className="card pub__info" aria-label={t.informacion}>
      <h2>{t.informacion}</h2>
      <ul>
        {perfil.sucursales.map((s) => (
          <li key={s.id} className="row">
            <Store className="i" aria-hidden="true" />
            <span>
              <b>{s.nombre}</b>
              {s.direccion && (
                <>
                  <br />
                  {s.direccion}
                  <br />
                  <a href={enElMapa(perfil, s.direccion)} target="_blank" rel="noreferrer">
                    <MapPin className="i s" aria-hidden="true" /> {t.verMapa}
                  </a>
                </>
              )}
            </span>
          </li>
        ))}
        {perfil.sitioWeb && (
          <li className="row">
            <Globe className="i" aria-hidden="true" />
            <a href={conHttps(perfil.sitioWeb)} target="_blank" rel="noreferrer nofollow">
              {perfil.sitioWeb.replace(/^https?:\/\//, '')}
            </a>
          </li>
        )}
      </ul>
    </aside>
  )
}

const enElMapa = ({ ciudad }: Perfil, direccion: string): string =>
  `https://www.openstreetmap.org/search?query=${encodeURIComponent([direccion, ciudad].filter(Boolean).join(', '))}`
/** A site is only ever opened as a web page, whatever was written. */
const conHttps = (sitio: string): string => (/^https?:\/\//.test(sitio) ? sitio : `https://${sitio}`)

function Compartir({ nombre }: { nombre: string }) {
  const [ocupado, setOcupado] = useState(false)
  const compartir = async () => {
    setOcupado(true)
    try {
      if (navigator.share) await navigator.share({ title: nombre, url: location.href })
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
