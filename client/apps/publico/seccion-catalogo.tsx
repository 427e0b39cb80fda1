import { ChevronLeft, ChevronRight, PackageOpen, SearchX } from 'lucide-react'
import { useState } from 'react'
import { TarjetaPublica } from '../../domain/articulos/tarjeta-publica.tsx'
import { t as ta } from '../../domain/articulos/textos.ts'
import '../../domain/articulos/foto.css'
import { pesos } from '../../lib/formato.ts'
import { Busqueda } from '../../ui/escritorio/busqueda.tsx'
import { Vacio } from '../../ui/escritorio/estados.tsx'
import { Hoja } from '../../ui/escritorio/hoja.tsx'
import { type ArticuloDelPerfil, contarVista, filtrar, type Perfil, porCategoria } from './perfil.ts'
import { t } from './textos.ts'

/** CAT-15. The catálogo as cards, by category; opening one counts a view (CAT-08). */
export function SeccionCatalogo({ perfil }: { perfil: Perfil }) {
  const [categoria, setCategoria] = useState<string | null>(null)
  const [texto, setTexto] = useState('')
  const [abierto, setAbierto] = useState<ArticuloDelPerfil | null>(null)
  const encontrados = filtrar(perfil.articulos, categoria, texto)
  const abrir = (a: ArticuloDelPerfil) => {
    setAbierto(a)
    contarVista(a.id)
  }
  if (perfil.articulos.length === 0)
    return (
      <section id="catalogo" tabIndex={-1} className="card" aria-label={t.catalogo}>
        <Vacio icono={PackageOpen} titulo={t.vacio} texto={t.vacioTexto} />
      </section>
    )
  return (
    <section id="catalogo" tabIndex={-1} aria-labelledby="catalogo-t" className="pub__catalogo">
      <div className="row g12 wrap">
        <h2 id="catalogo-t" className="sp">
          {t.catalogo}
        </h2>
        <Busqueda etiqueta={t.buscar} valor={texto} alCambiar={setTexto} conDiagonal clase="pub__buscar" />
      </div>
      <fieldset className="tabs" aria-label={t.categorias}>
        {[{ nombre: null, cuantos: perfil.articulos.length }, ...conCuentas(perfil)].map(({ nombre, cuantos }) => (
          <button key={nombre ?? ''} type="button" aria-pressed={nombre === categoria} onClick={() => setCategoria(nombre)}>
            {nombre ?? t.todo} <span className="n">{cuantos}</span>
          </button>
        ))}
      </fieldset>
      {encontrados.length === 0 && <Vacio icono={SearchX} titulo={t.nada} />}
      {categoria === null && texto === '' ? (
        <>
          <Grupo nombre={t.destacados} articulos={encontrados.filter((a) => a.destacado)} abrir={abrir} />
          {porCategoria(encontrados.filter((a) => !a.destacado)).map((grupo) => (
            <Grupo key={grupo.nombre} {...grupo} abrir={abrir} />
          ))}
        </>
      ) : (
        <Grupo nombre={null} articulos={encontrados} abrir={abrir} />
      )}
      {abierto && <Detalle articulo={abierto} perfil={perfil} alCerrar={() => setAbierto(null)} />}
    </section>
  )
}

const conCuentas = (perfil: Perfil) =>
  porCategoria(perfil.articulos).map((c) => ({ nombre: c.nombre as string | null, cuantos: c.articulos.length }))

function Grupo({
  nombre,
  articulos,
  abrir,
}: {
  nombre: string | null
  articulos: ArticuloDelPerfil[]
  abrir: (a: ArticuloDelPerfil) => void
}) {
  if (articulos.length === 0) return null
  return (
    <>
      {nombre !== null && <h3 className="pub__grupo">{nombre}</h3>}
      <ul className="pub__rejilla">
        {articulos.map((a) => (
          <li key={a.id}>
            <button type="button" className="pub__tarjeta" onClick={() => abrir(a)}>
              <TarjetaPublica articulo={enCentavos(a)} nivel="h4" foto={<Imagen src={a.imagenes[0]} alt="" />} />
            </button>
          </li>
        ))}
      </ul>
    </>
  )
}

const enCentavos = (a: ArticuloDelPerfil) => ({ ...a, precioCentavos: Math.round(a.precio * 100) })

function Imagen({ src, alt }: { src: string | undefined; alt: string }) {
  const [falla, setFalla] = useState(false)
  if (src === undefined || falla)
    return (
      <span className="foto-vacia">
        <PackageOpen className="i" aria-hidden="true" />
      </span>
    )
  return <img src={src} alt={alt} loading="lazy" decoding="async" onError={() => setFalla(true)} />
}

function Detalle({ articulo: a, perfil, alCerrar }: { articulo: ArticuloDelPerfil; perfil: Perfil; alCerrar: () => void }) {
  const [cual, setCual] = useState(0)
  const donde = perfil.sucursales.filter((s) => a.sucursales.includes(s.id)).map((s) => s.nombre)
  const mover = (paso: number) => setCual((cual + paso + a.imagenes.length) % a.imagenes.length)
  return (
    <Hoja titulo={a.nombre} alCerrar={alCerrar} ancho="angosta" clase="pub__detalle">
      {a.imagenes.length > 0 && (
        <div className="pub__foto">
          <Imagen key={a.imagenes[cual]} src={a.imagenes[cual]} alt={t.foto(cual + 1, a.imagenes.length)} />
          {a.imagenes.length > 1 && (
            <div className="row pub__flechas">
              <button
                type="button"
                className="btn ic"
                aria-label={t.foto(((cual - 1 + a.imagenes.length) % a.imagenes.length) + 1, a.imagenes.length)}
                onClick={() => mover(-1)}
              >
                <ChevronLeft className="i" aria-hidden="true" />
              </button>
              <button
                type="button"
                className="btn ic"
                aria-label={t.foto(((cual + 1) % a.imagenes.length) + 1, a.imagenes.length)}
                onClick={() => mover(1)}
              >
                <ChevronRight className="i" aria-hidden="true" />
              </button>
            </div>
          )}
        </div>
      )}
      <p className="pub__precio n">
        {a.desde && <span className="mut">{ta.desde} </span>}
        {pesos(Math.round(a.precio * 100))}
      </p>
      {a.descripcion && <p>{a.descripcion}</p>}
      {donde.length > 0 && <p className="mut">{t.seVendeEn(donde.join(', '))}</p>}
    </Hoja>
  )
}
