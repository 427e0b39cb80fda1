import { Star, Wrench } from 'lucide-react'
import type { ReactNode } from 'react'
import { pesos } from '../../lib/formato.ts'
import { t } from './textos.ts'
import './tarjeta-publica.css'

export interface ArticuloPublico {
  nombre: string
  descripcion: string
  precioCentavos: number
  tipo: 'producto' | 'servicio'
  destacado: boolean
  desde: boolean
  agotado: boolean
}

/** CAT-15. An artículo as anybody sees it; also the preview in its sheet. `foto`: the picture, drawn by whoever knows where it is. */
export function TarjetaPublica({
  articulo: a,
  foto,
  nivel: Titulo = 'h3',
}: {
  articulo: ArticuloPublico
  foto: ReactNode
  nivel?: 'h3' | 'h4'
}) {
  return (
    <article className="tpub" data-agotado={a.agotado}>
      <div className="tpub__foto">
        {foto}
        {a.destacado && (
          <span className="tag tpub__destacado">
            <Star className="i f" aria-hidden="true" />
            {t.destacado}
          </span>
        )}
        {a.agotado && <span className="tag tpub__agotado">{t.agotado}</span>}
      </div>
      <div className="tpub__texto">
        <Titulo>{a.nombre || t.sinNombre}</Titulo>
        {a.descripcion && <p className="tpub__descripcion">{a.descripcion}</p>}
        <p className="tpub__pie">
          <span className="tpub__precio n">
            {a.desde && <span className="mut">{t.desde} </span>}
            {pesos(a.precioCentavos)}
          </span>
          {a.tipo === 'servicio' && (
            <span className="tag out">
              <Wrench className="i" aria-hidden="true" />
              {t.servicio}
            </span>
          )}
        </p>
      </div>
    </article>
  )
}
