import { Globe, MapPin, Store } from 'lucide-react'
import type { ReactNode } from 'react'
import { DeCopia, MarcoPublico, SinLeer } from './marco.tsx'
import type { Perfil } from './perfil.ts'
import { usePerfil } from './perfil.ts'
import { SeccionCatalogo } from './seccion-catalogo.tsx'
import { t } from './textos.ts'

/** CAT-15. The public page of a negocio, as far as its catálogo goes; opens from the last copy when there is no network. */
export function PublicoPantalla({ codigo }: { codigo: string }) {
  const { lectura, otraVez } = usePerfil(codigo)
  const nombre = lectura.en === 'leido' ? lectura.valor.nombre : null
  return (
    <MarcoPublico titulo={nombre} saltarA={lectura.en === 'leido' ? { id: 'catalogo', texto: t.saltar } : null}>
      {lectura.en !== 'leido' ? (
        <SinLeer lectura={lectura} noEsta={{ titulo: t.noEsta, texto: t.noEstaTexto }} otraVez={otraVez} />
      ) : (
        <Contenido perfil={lectura.valor}>{lectura.deAt !== null && <DeCopia at={lectura.deAt} />}</Contenido>
      )}
    </MarcoPublico>
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
