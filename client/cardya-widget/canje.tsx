/** @jsxImportSource preact */
/**
 * The code of a canje (CARD-38, SCAN-30, 32): big, bright and with its countdown by the server's clock, from what is stored on the phone; then what the till made
 * of it, as it happens. Loaded when it opens.
 */
import { useEffect, useMemo, useRef, useState } from 'preact/hooks'
import { MINUTO } from '../../schema/core/tiempo.ts'
import { ESPERA_DEL_CANJE_MS, VIDA_DEL_CANJE_MS } from '../../schema/domain/canjes/canje.ts'
import type { MiCanje } from '../../schema/protocol/canjes.ts'
import { minutosYSegundos } from '../domain/tarjeta/plantilla.ts'
import './canjes.css'
import { dibujar } from './codigo.ts'
import { dia, hora } from './cuando.ts'
import type { Foto } from './foto.ts'
import { usePantallaDespierta, useSegundero } from './ganchos.ts'
import { Icono, type NombreDeIcono } from './iconos.tsx'
import { type CanjeEnFoto, type FaseDeCanje, faseDeCanje } from './mis-canjes.ts'
import { numero } from './numeros.ts'
import { comoCanje, enPalabras } from './pedir-canje.ts'
import type { Sincronia } from './sincronia.ts'
import { t } from './textos-de-canjes.ts'

interface Propiedades {
  canjeId: string
  foto: Foto | null
  /** Corrected ms. */
  ahora: () => number
  enLinea: boolean
  sincronia: Sincronia | null
}

export function Canje({ canjeId, foto, ahora, enLinea, sincronia }: Propiedades) {
  const canje = foto?.canjes?.find(({ id }) => id === canjeId)
  const fase = canje ? faseDeCanje(canje, ahora()) : null
  useSegundero(fase === 'vivo')
  if (!canje || !fase)
    return (
      <div class="empty panel" role="status">
        <Icono de="regalo" />
        <b>{t.noEsta}</b>
        <p>{t.noEstaPorque}</p>
      </div>
    )
  if (fase !== 'vivo') return <Terminado canje={canje} fase={fase} ahora={ahora()} />
  return <Pase canje={canje} ahora={ahora()} enLinea={enLinea} sincronia={sincronia} />
}

function Pase({ canje, ahora, enLinea, sincronia }: { canje: CanjeEnFoto; ahora: number; enLinea: boolean; sincronia: Sincronia | null }) {
  usePantallaDespierta()
  const { trazo, lado } = useMemo(() => dibujar(canje.qr), [canje.qr])
  const puntos = numero(canje.puntos)
  return (
    <>
      <div class="pase-sombra">
        <section class="pase" aria-label={t.canjeDe(canje.nombre)} data-canje={canje.codigo}>
          <div class="pase__cabeza">
            <div class="pase__que">
              <p class="m">{canje.negocioNombre}</p>
              <h2>{canje.nombre}</h2>
              <p class="cifras m">{t.puntosApartados(puntos)}</p>
            </div>
            <Reloj quedan={canje.venceAt - ahora} />
          </div>
          <div class="pase__corte" aria-hidden="true" />
          <div class="pase__cuerpo">
            <div class="qr-plate pase__placa">
              <svg viewBox={`0 0 ${lado} ${lado}`} role="img" aria-label={t.codigoQr} class="codigo">
                <path d={trazo} class="codigo__modulos" />
              </svg>
            </div>
            <p class="pase__codigo num">
              <small>{t.diEsteCodigo}</small>
              {canje.codigo}
            </p>
          </div>
        </section>
      </div>
      <ul class="donde">
        <li>
          <Icono de="tienda" />
          <span>
            {t.muestralo}{' '}
            <b>
              {canje.negocioNombre}
              {canje.lugar && `, ${canje.lugar}`}
            </b>
            .{canje.lugar && ` ${t.sinRedTambien}`}
          </span>
        </li>
        <li>
          <Icono de="regresa" />
          <span class="cifras">{t.siNo(hora(canje.venceAt), puntos)}</span>
        </li>
      </ul>
      <Cancelar canje={canje} enLinea={enLinea} sincronia={sincronia} />
    </>
  )
}

/** The ring drains with the quarter of an hour; what is said aloud changes once a minute. */
function Reloj({ quedan }: { quedan: number }) {
  const parte = Math.min(100, Math.max(0, (quedan / VIDA_DEL_CANJE_MS) * 100))
  return (
    <div class="pase__reloj" role="timer" aria-label={t.venceEn(Math.max(1, Math.ceil(quedan / MINUTO)))}>
      <svg viewBox="0 0 92 92" aria-hidden="true">
        <circle class="pase__pista" cx="46" cy="46" r="41" />
        <circle class="pase__resto" cx="46" cy="46" r="41" pathLength="100" style={{ strokeDasharray: `${parte} 100` }} />
      </svg>
      <span aria-hidden="true">
        <b class="num">{minutosYSegundos(quedan)}</b>
        <br />
        {t.minutos}
      </span>
    </div>
  )
}

function Cancelar({ canje, enLinea, sincronia }: { canje: CanjeEnFoto; enLinea: boolean; sincronia: Sincronia | null }) {
  const [paso, setPaso] = useState<'nada' | 'preguntando' | 'cancelando'>('nada')
  const [fallo, setFallo] = useState<string | null>(null)
  const pregunta = useRef<HTMLElement>(null)
  useEffect(() => {
    if (paso === 'preguntando') pregunta.current?.scrollIntoView({ block: 'nearest' })
  }, [paso])
  async function cancelar(): Promise<void> {
    if (!sincronia) return
    setPaso('cancelando')
    const hecho = await sincronia.pedir(`/api/cardya/canjes/${canje.id}/cancelar`, { metodo: 'POST' })
    setPaso(hecho.ok ? 'nada' : 'preguntando')
    setFallo(hecho.ok ? null : enPalabras(hecho))
    if (hecho.ok) await sincronia.anotarCanje(comoCanje(hecho.valor as MiCanje, canje.lugar))
  }
  if (paso === 'nada')
    return (
      <div class="dock pase__pie">
        {!enLinea && <p class="sm soft">{t.cancelarConRed}</p>}
        <button type="button" class="btn btn--secondary" disabled={!enLinea} onClick={() => setPaso('preguntando')}>
          {t.cancelarCanje}
        </button>
      </div>
    )
  return (
    <section class="salida panel pase__pregunta" aria-label={t.seguroCancelar} ref={pregunta}>
      <p class="sm">
        <b>{t.seguroCancelar}</b> {t.alCancelar}
      </p>
      {fallo && (
        <p class="aviso" role="alert">
          <Icono de="atencion" />
          <span>{fallo}</span>
        </p>
      )}
      <div class="actions">
        <button type="button" class="btn btn--sm btn--quiet" disabled={paso === 'cancelando'} onClick={() => setPaso('nada')}>
          {t.noCancelar}
        </button>
        <button type="button" class="btn btn--sm btn--danger" disabled={paso === 'cancelando'} onClick={() => void cancelar()}>
          {paso === 'cancelando' ? t.cancelando : t.siCancelar}
        </button>
      </div>
    </section>
  )
}

const ASPECTO: Record<Exclude<FaseDeCanje, 'vivo'>, NombreDeIcono> = { entregado: 'palomita', cancelado: 'regresa', vencido: 'reloj' }

/** What became of it: given, cancelled, or its time is over; and where its points are. */
function Terminado({ canje, fase, ahora }: { canje: CanjeEnFoto; fase: Exclude<FaseDeCanje, 'vivo'>; ahora: number }) {
  return (
    <section class="empty panel fin" role="status" data-fin={fase}>
      <span class={`fin__sello fin__sello--${fase}`}>
        <Icono de={ASPECTO[fase]} />
      </span>
      <h2>{t[fase]}</h2>
      <p>{t.entregadoDe(canje.nombre, canje.negocioNombre)}</p>
      <p class="cifras soft">{puntosDe(canje, fase, ahora)}</p>
      <div class="actions">
        <a class="btn btn--sm btn--secondary" href={`#recompensas=${canje.negocioId}`}>
          {t.otroCanje}
        </a>
        <a class="btn btn--sm btn--tint" href="#puntos">
          {t.verPuntos}
        </a>
      </div>
    </section>
  )
}

function puntosDe({ puntos, apartado, estado, venceAt }: CanjeEnFoto, fase: FaseDeCanje, ahora: number): string {
  if (fase === 'entregado') return t.usaste(numero(puntos))
  if (!apartado) return t.regresaron(numero(puntos))
  // The till that holds the lease may have given it without network (R5): its points wait for its word, a day at most.
  if (estado === 'pendiente') return t.regresanPronto(numero(puntos))
  return t.regresan(numero(puntos), dia(venceAt + ESPERA_DEL_CANJE_MS, ahora))
}
