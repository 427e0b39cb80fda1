import { textoDe } from '../../../lib/i18n.ts'
import { Icono } from '../../../ui/iconos.tsx'
import type { RegistroDeVenta } from './registro-de-venta.ts'
import { t } from './textos.ts'

/** From so many signs on the points are drawn smaller. */
const LARGOS = 7

/** Settled points stand bare (`+75`), the others wear dashes and say what they wait for. One replaces the other in place. */
export function PuntosDelRecibo({ registro, saldo }: { registro: RegistroDeVenta; saldo: number | null }) {
  const { puntosSon, puntos, motivo } = registro
  const numero = puntos.toLocaleString('es-MX')
  return (
    <>
      {puntosSon !== 'ninguno' && (
        <p className="puntos">
          {puntosSon === 'firmes' ? (
            <>
              <span className={clase(numero, 'pts num')}>+{numero}</span>
              <br />
              <span className="sm soft">
                {t.puntosOtorgados}
                {saldo !== null && (
                  <>
                    {t.ahoraTiene} <b className="num">{saldo.toLocaleString('es-MX')}</b>
                  </>
                )}
              </span>
            </>
          ) : (
            <>
              {puntos > 0 && (
                <>
                  <span className={clase(numero, 'pts num unsettled')}>≈ {numero}</span>
                  <br />
                </>
              )}
              <span className="sm soft">
                {puntosSon === 'retenidos' ? t.retenidos : puntos > 0 ? t.porConfirmar : t.puntosPorConfirmar}
              </span>
            </>
          )}
        </p>
      )}
      {motivo && puntosSon !== 'firmes' && (
        <p className="motivo">
          <Icono de="atencion" />
          {textoDe(motivo)}
        </p>
      )}
    </>
  )
}

const clase = (numero: string, base: string) => (numero.length > LARGOS ? `${base} pts--largo` : base)
