import { Clock } from 'lucide-react'
import type { Cupon } from '../../../schema/domain/cupones/cupon.ts'
import { fecha } from '../../lib/formato.ts'
import { condicionesDe, loQueQuita } from './en-palabras.ts'
import './talon.css'

/** A cupón as the shopper has it on the card: the stub, its title and conditions, its end (CUP-14). */
export function Talon({
  cupon,
  negocio,
  zona,
  sinTitulo,
}: {
  cupon: Omit<Cupon, 'id' | 'borrado' | 'sellos'>
  negocio: string
  zona: string
  /** In place of a title that nobody wrote yet. */
  sinTitulo: string
}) {
  return (
    <article className="talon">
      <b className="talon__quita n">{loQueQuita(cupon).replace('−', '')}</b>
      <div className="talon__cuerpo">
        <h4>{cupon.titulo.trim() || sinTitulo}</h4>
        <p>
          {negocio}
          {condicionesDe({ ...cupon, quedan: cupon.limitePorCliente }).map((condicion) => (
            <span key={condicion}>{condicion}</span>
          ))}
        </p>
        {Number.isFinite(cupon.venceAt) && (
          <span className="talon__fin n">
            <Clock className="i s" aria-hidden="true" />
            {fecha(cupon.venceAt, zona)}
          </span>
        )}
        {cupon.codigo !== '' && <span className="talon__codigo mono">{cupon.codigo}</span>}
      </div>
    </article>
  )
}
