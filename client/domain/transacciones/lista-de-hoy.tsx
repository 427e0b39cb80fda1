import { hora, pesos } from '../../lib/formato.ts'
import { textoDe } from '../../lib/i18n.ts'
import { Icono, type Icono as Trazo } from '../../ui/iconos.tsx'
import { type Aspecto, type Movimiento, resumenDelDia } from './movimientos.ts'
import { nombreDeMetodo, t } from './textos.ts'

const ICONOS: Record<Aspecto, Trazo> = { aqui: 'subir', servidor: 'palomita', atencion: 'atencion' }

/** Today's movements, newest first. Dashed: only here. Solid: the server has it. Amber: a person must act. */
export function ListaDeHoy({
  movimientos,
  zona,
  alReembolsar,
}: {
  movimientos: Movimiento[]
  zona: string
  alReembolsar: (venta: Movimiento) => void
}) {
  const { ventas, vendidoCentavos, devueltoCentavos } = resumenDelDia(movimientos)
  return (
    <section className="tarjeta hoy" aria-label={t.ventasDeHoy}>
      <header className="hoy__cabeza">
        <h2>
          {t.hoy} <b className="cifra">{pesos(vendidoCentavos)}</b>
        </h2>
        <p className="suave">
          {t.ventas(ventas)}
          {devueltoCentavos > 0 && t.devuelto(pesos(devueltoCentavos))}
        </p>
      </header>
      {movimientos.length === 0 ? (
        <p className="vacio">{t.vacio}</p>
      ) : (
        <ul className="lista">
          {movimientos.map((m) => (
            <Fila key={m.id} m={m} zona={zona} alReembolsar={alReembolsar} />
          ))}
        </ul>
      )}
    </section>
  )
}

function Fila({ m, zona, alReembolsar }: { m: Movimiento; zona: string; alReembolsar: (venta: Movimiento) => void }) {
  return (
    <li className={`renglon renglon--${m.aspecto}`} data-folio={m.folio} data-aspecto={m.aspecto}>
      <span className={`estado estado--${m.aspecto}`} role="img" aria-label={t[m.aspecto]}>
        <Icono de={m.tipo === 'venta' ? ICONOS[m.aspecto] : 'volver'} />
      </span>
      <span className="renglon__texto">
        <b>{titulo(m)}</b>
        <small>{detalle(m, zona)}</small>
      </span>
      <span className="renglon__lado">
        <b className={m.estado === 'anulada' ? 'cifra tachado' : 'cifra'}>
          {m.tipo === 'reembolso' ? `−${pesos(m.montoCentavos)}` : pesos(m.montoCentavos)}
        </b>
        {m.tipo === 'venta' && m.reembolsableCentavos > 0 && (
          <button type="button" className="boton boton--chico" onClick={() => alReembolsar(m)} aria-label={t.reembolsarFolio(m.folio)}>
            <Icono de="volver" />
            <span className="solo-ancho">{t.reembolsar}</span>
          </button>
        )}
      </span>
      {m.motivo && <small className={m.aspecto === 'atencion' ? 'renglon__motivo aviso' : 'renglon__motivo'}>{textoDe(m.motivo)}</small>}
    </li>
  )
}

function titulo(m: Movimiento): string {
  if (m.tipo === 'reembolso') return t.reembolsoFolio(m.folio)
  if (m.tipo === 'anulacion') return t.anulacion
  return m.folio
}

function detalle(m: Movimiento, zona: string): string {
  const partes = [hora(m.at, zona)]
  if (m.metodoPago) partes.push(nombreDeMetodo(m.metodoPago))
  if (m.conCliente) partes.push(m.puntosFirmes ? t.puntosFirmes(m.puntos) : t.puntosEstimados(m.puntos))
  if (!m.propio) partes.push(t.otraCaja)
  if (m.estado !== 'completada') partes.push(t[m.estado])
  if (m.aspecto === 'aqui') partes.push(t.faltaEnviarla)
  return partes.join(' · ')
}
