import type { Codigo } from '../../../../schema/core/codigos.ts'
import { textoDe } from '../../../lib/i18n.ts'
import { Icono } from '../../../ui/iconos.tsx'
import { montoEnTexto } from './monto.ts'
import { t } from './textos.ts'
import type { VentaViva } from './use-venta.ts'

/** From so many digits on the amount is drawn smaller. */
const LARGO = 10

/** What is being charged, what it earns (SCAN-20), and what is wrong with it. */
export function MontoEnPantalla({ viva, error }: { viva: VentaViva; error: Codigo | null }) {
  const texto = montoEnTexto(viva.venta.montoCentavos)
  return (
    <section className="amount">
      <span className="eyebrow" id="monto">
        {t.montoDeLaCompra}
      </span>
      <output
        className={`num ${texto.length > LARGO ? 'largo' : ''}`}
        aria-labelledby="monto"
        aria-describedby={error ? 'monto-mal' : undefined}
      >
        <small>$</small>
        {texto}
      </output>
      {error ? (
        <span className="error" id="monto-mal" role="alert">
          <Icono de="atencion" />
          {textoDe(error)}
        </span>
      ) : (
        <Ganancia viva={viva} />
      )}
    </section>
  )
}

function Ganancia({ viva: { cuenta, cliente, desglose, validez } }: { viva: VentaViva }) {
  if (!cliente || (desglose?.participa && cuenta.porCobrarCentavos === 0)) return null
  if (desglose?.participa && validez?.como === 'verde') {
    const puntos = desglose.puntos.toLocaleString('es-MX')
    return <span className="earn num">{t.puntosPara(puntos, cliente.corto)}</span>
  }
  const espera = !desglose
    ? t.puntosPorConfirmar
    : desglose.participa
      ? t.puntosQueEsperan(desglose.puntos.toLocaleString('es-MX'))
      : t.sinPuntos
  return <span className="earn earn--espera num">{espera}</span>
}
