import { useEffect } from 'react'
import { t as tc } from '../../../domain/clientes/textos.ts'
import { fechaYHora, pesos } from '../../../lib/formato.ts'
import { textoDe } from '../../../lib/i18n.ts'
import { useCaja, usePuede, useVivo } from '../../../replica/contexto.ts'
import { Icono } from '../../../ui/iconos.tsx'
import { Nivel } from '../../../ui/nivel.tsx'
import { useIr } from '../ir.ts'
import { Marco } from '../marco.tsx'
import { t as ts } from '../textos.ts'
import { AvisoDeQr } from './aviso-de-qr.tsx'
import { faltaDeMonto } from './monto.ts'
import { nombreDeMetodo, t } from './textos.ts'
import { type Problema, useConfirmar } from './use-confirmar.ts'
import { useEnter } from './use-enter.ts'
import { useVenta, type VentaViva } from './use-venta.ts'
import './confirmar.css'

/** From so many digits on the points are drawn smaller. */
const PUNTOS_LARGOS = 6

/** SCAN-18: what will be charged and granted, line by line, before it exists. */
export function Confirmar() {
  const ir = useIr()
  const viva = useVenta()
  const { confirmar, ocupada, problema } = useConfirmar()
  const incompleta = (faltaDeMonto(viva.venta.montoCentavos) ?? viva.cuenta.falta) !== null && !ocupada
  useEffect(() => {
    if (incompleta) ir('/cobrar', { reemplazar: true })
  }, [incompleta, ir])
  useEnter(confirmar, !ocupada && !incompleta)
  if (incompleta) return null
  return (
    <Marco titulo={t.confirmarVenta} atras="/cobrar" etiquetaAtras={t.volverACobrar} clase="confirmar">
      <div className="ticket-wrap">
        <section className="ticket" aria-label={t.resumen}>
          <Cabeza viva={viva} />
          <hr className="perf" />
          <p className="line">
            <span>{viva.venta.descripcion.trim() || t.venta}</span>
            <span className="num">{pesos(viva.cuenta.totalCentavos)}</span>
          </p>
          <Cupon viva={viva} />
          <p className="line cobras">
            <span>{t.cobrasEn(nombreDeMetodo(viva.venta.metodoPago))}</span>
            <span className="num">{pesos(viva.cuenta.porCobrarCentavos)}</span>
          </p>
          <hr className="perf" />
          <Calculo viva={viva} />
        </section>
      </div>
      <AvisoDeQr validez={viva.validez} />
      <div className="dock">
        {problema ? (
          <p className="mal" role="alert">
            <Icono de="atencion" />
            {enPalabras(problema)}
          </p>
        ) : (
          <p className="row sm soft promesa">
            <Icono de="equipo" />
            {t.alConfirmar}
          </p>
        )}
        <div className="actions">
          <button type="button" className="btn btn--secondary btn--lg" disabled={ocupada} onClick={() => ir('/cobrar')}>
            {t.modificar}
          </button>
          <button type="button" className="btn btn--primary btn--lg wide" aria-disabled={ocupada} onClick={confirmar}>
            <Icono de="palomita" />
            {t.confirmarVenta}
          </button>
        </div>
      </div>
    </Marco>
  )
}

/** What of a sale that was not confirmed the person must know: whether it is in the journal, and if they can help it, why it is not. */
function enPalabras(problema: Problema): string {
  if (problema.como === 'sin_respuesta') return t.sinRespuesta
  const deLaCaja = problema.codigo === 'REPLICA_CAIDA' || problema.codigo === 'GUARDADO_FALLIDO' || problema.codigo === 'INTERNAL'
  return deLaCaja ? t.noQuedo : textoDe(problema.codigo)
}

function Cabeza({ viva: { cliente, ahora } }: { viva: VentaViva }) {
  const { alta } = useCaja()
  const { zona } = useVivo()
  return (
    <>
      <div className="row quien">
        <b>{cliente?.nombre ?? t.sinClienteTitulo}</b>
        {cliente?.nivel && <Nivel de={cliente.nivel} />}
      </div>
      <p className="sm soft num">{[alta.serie && ts.caja(alta.serie), fechaYHora(ahora, zona)].filter(Boolean).join(' · ')}</p>
    </>
  )
}

/** SCAN-27: which one, and what it takes off. */
function Cupon({ viva: { venta, cuenta } }: { viva: VentaViva }) {
  const puede = usePuede()
  const titulo = venta.cupon?.aplicado ? venta.cupon.visto.titulo : null
  if (titulo === null && !puede('validarCupones')) return null
  return (
    <p className="line cupon-linea">
      <span>{titulo ? `${t.cupon}: ${titulo}` : t.cupon}</span>
      <span className="num">{titulo ? `−${pesos(cuenta.descuentoCentavos)}` : t.sinCupon}</span>
    </p>
  )
}

/** Every number of the rule, so that the client can follow it (SCAN-20, SCAN-21). */
function Calculo({ viva: { cliente, cuenta, desglose } }: { viva: VentaViva }) {
  const porQueNo =
    cuenta.porCobrarCentavos === 0
      ? t.nadaQuePagar
      : !cliente
        ? t.ventaSinCliente
        : !desglose
          ? t.puntosAlConfirmar
          : desglose.participa
            ? null
            : t.sinPuntos
  if (porQueNo || !desglose || !cliente?.nivel) return <p className="sm soft">{porQueNo}</p>
  const puntos = desglose.puntos.toLocaleString('es-MX')
  return (
    <>
      <h2>{t.calculo}</h2>
      <p className="line">
        <span>{t.valorDelPunto}</span>
        <span className="num">{pesos(desglose.valorPuntoCentavos)}</span>
      </p>
      <Cuenta de={t.puntosBase} {...desglose.base} />
      <Cuenta de={t.multiplicador(tc[cliente.nivel])} {...desglose.conMultiplicador} />
      <hr className="perf" />
      <p className="give">
        <b>{t.puntosAOtorgar}</b>
        <span className={`pts num ${puntos.length > PUNTOS_LARGOS ? 'pts--largo' : ''}`}>{puntos}</span>
      </p>
      {desglose.redondeado && <p className="xs soft">{t.seRedondea}</p>}
    </>
  )
}

const Cuenta = ({ de, cuenta, resultado }: { de: string; cuenta: string; resultado: string }) => (
  <p className="line">
    <span>{de}</span>
    <span className="num">
      <span className="eq">{cuenta}</span> <b>{resultado}</b>
    </span>
  </p>
)
