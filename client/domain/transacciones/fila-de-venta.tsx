import { hora, pesos } from '../../lib/formato.ts'
import { tituloDeMotivo } from './motivos.ts'
import type { Movimiento } from './movimientos.ts'
import { EstadoDeVenta, puntosDe, QuienCompro } from './partes-de-venta.tsx'
import { nombreDeMetodo, t } from './textos.ts'

/** One line of a list: state, who and when, how much and its points. */
export function FilaDeVenta({ m, zona, detalle }: { m: Movimiento; zona: string; detalle?: string }) {
  return (
    <>
      <EstadoDeVenta m={m} />
      <span className="grow">
        <QuienCompro m={m} />
        <span className="sm dim num fila__detalle">{detalle ?? detalleDe(m, zona)}</span>
      </span>
      <span className="end num">
        <b className={m.estado === 'anulada' || m.estado === 'reembolsada' ? 'struck' : undefined}>{montoDe(m)}</b>
        <br />
        <span className="sm soft">{puntosDe(m)}</span>
      </span>
    </>
  )
}

export function montoDe(m: Movimiento): string {
  if (m.tipo === 'anulacion' || m.tipo === 'canje_confirmado') return ''
  return m.tipo === 'reembolso' ? `−${pesos(m.montoCentavos)}` : pesos(m.montoCentavos)
}

function detalleDe(m: Movimiento, zona: string): string {
  const partes = [hora(m.at, zona)]
  if (m.aspecto === 'atencion') partes.push(m.motivo ? t.enRevision(tituloDeMotivo(m.motivo)) : t.atencion)
  else if (m.estado !== 'completada') partes.push(t[m.estado])
  else if (m.metodoPago) partes.push(nombreDeMetodo(m.metodoPago))
  else if (m.descripcion) partes.push(m.descripcion)
  if (m.aspecto === 'aqui') partes.push(t.guardadaAqui)
  if (!m.propio) partes.push(t.otraCaja)
  return partes.join(' · ')
}
