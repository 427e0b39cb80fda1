import { hora, pesos } from '../../lib/formato.ts'
import { textoDe } from '../../lib/i18n.ts'
import { Icono } from '../../ui/iconos.tsx'
import type { Movimiento } from './movimientos.ts'
import { nombreDeMetodo, t } from './textos.ts'

/** What the replica confirmed: committed on this device's disk and read back. */
export interface Recibo {
  hechoId: string
  folio: string | null
  montoCentavos: number
  metodoPago: string
  clienteNombre: string | null
  puntosPrometidos: number
  guardadoAt: number
}

/** The paper of a sale that is safe here. What the server has not said yet is drawn dashed and in the future tense. */
export function VentaRegistrada({ recibo, movimiento, zona }: { recibo: Recibo; movimiento: Movimiento | undefined; zona: string }) {
  const recibidoAt = movimiento?.recibidoAt ?? null
  const recibido = movimiento?.recibido ?? false
  return (
    <section className="papel" aria-live="polite" aria-label={t.ultimaVenta}>
      <div className="sello">
        <Icono de="palomita" />
      </div>
      <h2>{t.registrada}</h2>
      <p className="papel__suave">
        {recibo.clienteNombre ?? t.sinCliente} · <b className="cifra">{pesos(recibo.montoCentavos)}</b> ·{' '}
        {nombreDeMetodo(recibo.metodoPago)}
      </p>
      {recibo.clienteNombre && <Puntos prometidos={recibo.puntosPrometidos} movimiento={movimiento} />}
      <ol className="pasos">
        <li className="paso paso--hecho">
          <Icono de="guardado" />
          <span>
            <b>{t.guardadoAqui}</b>
            <small>{t.noSePierde}</small>
          </span>
          <span className="cifra">{hora(recibo.guardadoAt, zona)}</span>
        </li>
        {!recibido ? (
          <li className="paso">
            <Icono de="subir" />
            <span>
              <b>{t.faltaEnviar}</b>
              <small>{t.saleSola}</small>
            </span>
          </li>
        ) : (
          <li className="paso paso--hecho">
            <Icono de="palomita" />
            <span>
              <b>{t.recibido(recibidoAt === null ? '' : hora(recibidoAt, zona))}</b>
              {movimiento?.motivo && <small>{textoDe(movimiento.motivo)}</small>}
            </span>
          </li>
        )}
      </ol>
      {recibo.folio && <p className="papel__folio cifra">{recibo.folio}</p>}
    </section>
  )
}

function Puntos({ prometidos, movimiento }: { prometidos: number; movimiento: Movimiento | undefined }) {
  if (movimiento?.puntosFirmes)
    return (
      <p className="puntos">
        <b className="cifra">+{movimiento.puntos.toLocaleString('es-MX')}</b> {t.puntos}
      </p>
    )
  const retenidos = movimiento?.aspecto === 'atencion'
  return (
    <p className="puntos puntos--porconfirmar">
      <b className="cifra">≈ {(movimiento?.puntos ?? prometidos).toLocaleString('es-MX')}</b>{' '}
      {retenidos ? t.puntosRetenidos : t.puntosSinConfirmar}
    </p>
  )
}
