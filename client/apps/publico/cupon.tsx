import { CircleCheck, Clock, WalletCards } from 'lucide-react'
import type { ReactNode } from 'react'
import {
  type CuponPublico,
  condicionesDe,
  type EstadoPublico,
  enMiTarjeta,
  estadoAhora,
  fraseDe,
  seOfreceGuardar,
  talonDe,
} from './cupon-en-palabras.ts'
import './cupon.css'
import { useLectura } from './lectura.ts'
import { DeCopia, MarcoPublico, SinLeer, ZONA } from './marco.tsx'
import { t } from './textos-de-cupon.ts'

interface DeDireccion {
  /** Of the negocio, as its tills say it. */
  negocio: string
  /** The merchant's own of the cupón. */
  codigo: string
}

/** CUP-28. The page of a cupón, for anybody: what it takes off, where, until when; kept with one tap in one's card, which is where one logs in. */
export function CuponPantalla({ negocio, codigo }: DeDireccion) {
  // As people type it.
  const ruta = `/api/negocios/publico/${encodeURIComponent(negocio.toLowerCase())}/cupones/${encodeURIComponent(codigo.toUpperCase())}`
  const { lectura, otraVez } = useLectura<CuponPublico>(ruta)
  const titulo = lectura.en === 'leido' ? t.cuponDe(lectura.valor.cupon.titulo, lectura.valor.negocioNombre) : null
  return (
    <MarcoPublico titulo={titulo}>
      {lectura.en !== 'leido' ? (
        <SinLeer lectura={lectura} noEsta={{ titulo: t.noEsta, texto: t.noEstaTexto }} otraVez={otraVez} />
      ) : (
        <Contenido publico={lectura.valor} negocio={negocio.toLowerCase()}>
          {lectura.deAt !== null && <DeCopia at={lectura.deAt} />}
        </Contenido>
      )}
    </MarcoPublico>
  )
}

function Contenido({ publico, negocio, children }: { publico: CuponPublico; negocio: string; children: ReactNode }) {
  const { cupon: c, negocioNombre, ciudad } = publico
  const ahora = Date.now()
  const estado = estadoAhora(publico, ahora)
  const [grande, chico] = talonDe(c)
  const { texto, pronto } = fraseDe(publico, ahora, ZONA)
  return (
    <main className="pub__main cup" data-estado={estado}>
      {children}
      <article className="cup__papel">
        <div className="cup__talon">
          <b className="n">{grande}</b>
          <span>{chico}</span>
        </div>
        <div className="cup__cuerpo">
          <h1>{c.titulo}</h1>
          <p className="cup__de">
            <a href={`/p/${negocio}`}>{negocioNombre}</a>
            {ciudad && ` · ${ciudad}`}
          </p>
          <p className={pronto ? 'cup__fin cup__fin--pronto n' : 'cup__fin n'}>
            <Clock className="i" aria-hidden="true" />
            {texto}
          </p>
          {c.descripcion && <p className="cup__dicho">{c.descripcion}</p>}
        </div>
        {c.imagen && <img className="cup__foto" src={c.imagen} alt="" />}
      </article>
      <Guardar publico={publico} estado={estado} />
      <section className="cup__condiciones">
        <h2>{t.condiciones}</h2>
        <ul>
          {condicionesDe(publico, ZONA).map((condicion) => (
            <li key={condicion} className="n">
              <CircleCheck className="i" aria-hidden="true" />
              {condicion}
            </li>
          ))}
        </ul>
        <p className="mut">
          {t.codigo} <b className="mono">{c.codigo}</b>
        </p>
      </section>
      <a className="btn cup__negocio" href={`/p/${negocio}`}>
        {t.verNegocio(negocioNombre)}
      </a>
    </main>
  )
}

/** A real link: another document, the card's, takes it from here. */
function Guardar({ publico, estado }: { publico: CuponPublico; estado: EstadoPublico }) {
  if (!seOfreceGuardar(estado)) return <p className="banner">{t.yaNo}</p>
  return (
    <div className="cup__guardar">
      <a className="btn p" href={enMiTarjeta(publico)}>
        <WalletCards className="i" aria-hidden="true" />
        {t.guardar}
      </a>
      <p className="sm mut">{estado === 'no_empieza' ? t.antes : t.guardarComo}</p>
    </div>
  )
}
