import { useEffect } from 'react'
import type { Codigo } from '../../../../schema/core/codigos.ts'
import { type SaldoVisto, visitaHace } from '../../../domain/clientes/cliente-en-palabras.ts'
import { t as tc } from '../../../domain/clientes/textos.ts'
import { sirve } from '../../../domain/cupones/cuenta.ts'
import { enDecimal } from '../../../domain/puntos/desglose.ts'
import { hora } from '../../../lib/formato.ts'
import { textoDe } from '../../../lib/i18n.ts'
import { usePuede, useVivo } from '../../../replica/contexto.ts'
import { Icono } from '../../../ui/iconos.tsx'
import { Rombos } from '../../../ui/nivel.tsx'
import { useIr } from '../ir.ts'
import { Marco } from '../marco.tsx'
import { AvisoDeQr, ValidoPor } from './aviso-de-qr.tsx'
import type { ClienteVisto } from './cliente-visto.ts'
import { CuponesDelCliente, useCupones } from './cupones-del-cliente.tsx'
import { LeAlcanza } from './le-alcanza.tsx'
import { t } from './textos.ts'
import { useAplicarCupon } from './use-aplicar-cupon.ts'
import { useEnter } from './use-enter.ts'
import { useVenta } from './use-venta.ts'
import type { Validez } from './validez.ts'
import './cliente.css'

/** SCAN-15: who was identified, as this negocio knows them. */
export function Cliente() {
  const ir = useIr()
  const puede = usePuede()
  const { venta, cambiar, cliente, validez, ahora } = useVenta()
  const falta = cliente === null
  useEffect(() => {
    if (falta) ir('/escanear', { reemplazar: true })
  }, [falta, ir])
  const tarjeta = venta.cliente?.como === 'leido' ? venta.cliente.tarjeta : null
  const traido = venta.cupon?.visto ?? null
  const { cupones, elegido, elegir } = useCupones(tarjeta, traido)
  const { aplicar, ocupado, problema } = useAplicarCupon(elegido, elegido?.cuponId === traido?.cuponId ? venta.cupon : null)
  const noSirve = traido && !elegido && !sirve(traido) ? `${traido.titulo}: ${textoDe(traido.motivo as Codigo)}` : null
  const aviso = problema ?? noSirve
  const sinCupon = () => {
    cambiar({ cupon: null })
    ir('/cobrar')
  }
  const seguir = elegido ? aplicar : sinCupon
  useEnter(seguir, !falta && !ocupado)
  if (!cliente || !validez) return null
  return (
    <Marco titulo={t.cliente} atras="/escanear" etiquetaAtras={t.volverALaCamara} clase="cliente">
      <Presentacion cliente={cliente} validez={validez} />
      <AvisoDeQr validez={validez} />
      {cliente.nivel && (cliente.aqui === null || puede('verInfoCliente')) && <Datos cliente={cliente} ahora={ahora} />}
      {tarjeta?.cupon === null && puede('validarCupones') && (
        <p className="sm soft" role="status">
          {textoDe('cupon_desconocido')}
        </p>
      )}
      {cupones && <CuponesDelCliente cupones={cupones} elegido={elegido} alElegir={elegir} />}
      {puede('verInfoCliente') && <LeAlcanza puntos={tarjeta?.cliente?.puntosDisponibles ?? 0} />}
      <div className="dock">
        {aviso && (
          <p className="mal" role="alert">
            <Icono de="atencion" />
            {aviso}
          </p>
        )}
        <div className={`actions ${elegido ? 'actions--pila' : ''}`}>
          <button type="button" className="btn btn--primary btn--lg" aria-disabled={ocupado} onClick={seguir}>
            {elegido && <Icono de="cupon" />}
            {elegido ? (ocupado ? t.preguntando : t.aplicarYCobrar) : t.cobrar}
            {!elegido && <Icono de="flecha" />}
          </button>
          {elegido && (
            <button type="button" className="btn btn--secondary" onClick={sinCupon}>
              {t.continuarSinCupon}
            </button>
          )}
        </div>
      </div>
    </Marco>
  )
}

/** The card in the metal of its nivel; dashed and without one while only the typed numbers are known. */
function Presentacion({ cliente, validez }: { cliente: ClienteVisto; validez: Validez }) {
  const { nivel, multiplicadorPct } = cliente
  if (!nivel || multiplicadorPct === null)
    return (
      <section className="hero hero--escrito" aria-label={tc.identificado}>
        <p className="sm soft row">
          <span>{tc.escritaAMano}</span>
          <span className="num">{tc.tarjetaTerminada(cliente.terminacion ?? '')}</span>
        </p>
        <h2>{cliente.nombre}</h2>
        <p className="sm soft">{tc.puntosEsperan}</p>
      </section>
    )
  return (
    <section className={`tarjeta tarjeta--${nivel} hero`} aria-label={tc.identificado}>
      <div className="row">
        <span className="rank">
          <Rombos de={nivel} />
          {tc[nivel].toUpperCase()}
        </span>
        <span className="row num sm b">
          <Icono de="circulo" />
          <ValidoPor validez={validez} si={tc.qrLeido} />
        </span>
      </div>
      <h2>{cliente.nombre}</h2>
      <div className="row">
        <span className="m">{tc.seMultiplican}</span>
        <span className="x num">{`× ${enDecimal(multiplicadorPct)}`}</span>
      </div>
    </section>
  )
}

function Datos({ cliente, ahora }: { cliente: ClienteVisto; ahora: number }) {
  const { zona } = useVivo()
  const puede = usePuede()
  const { aqui, datosAt } = cliente
  const porConfirmar = puede('verInfoCliente') ? cliente.porConfirmar : 0
  const sinHistoria = datosAt === null ? tc.sinDatos : tc.primeraVez
  return (
    <section className="panel" aria-label={tc.enTuNegocio}>
      {aqui ? (
        <dl className="stats num">
          <div>
            <dt>{tc.puntosAqui}</dt>
            <dd>
              <Saldo de={aqui.puntos} />
            </dd>
          </div>
          <div>
            <dt>{tc.visitas(aqui.visitas)}</dt>
            <dd>{aqui.visitas.toLocaleString('es-MX')}</dd>
          </div>
          <div>
            <dt>{tc.ultimaVisita}</dt>
            <dd>{visitaHace(aqui.ultimaVisitaAt, ahora, zona)}</dd>
          </div>
        </dl>
      ) : (
        <p className="sm primera">{porConfirmar > 0 ? tc.vanPorConfirmar(porConfirmar.toLocaleString('es-MX')) : sinHistoria}</p>
      )}
      {datosAt !== null && <p className="xs dim num">{tc.datosAl(hora(datosAt, zona))}</p>}
    </section>
  )
}

/** The sign means little to who hears it. */
function Saldo({ de: { texto, dicho } }: { de: SaldoVisto }) {
  if (dicho === null) return texto
  return (
    <>
      <span aria-hidden="true">{texto}</span>
      <span className="sr">{dicho}</span>
    </>
  )
}
