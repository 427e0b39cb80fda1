/** @jsxImportSource preact */
/** One cupón (CUP-09, 15, 16): its QR, which the phone signs anew every 30 s as it does the card's, its code to say, its conditions and its end. Loaded when it opens. */
import { minutosYSegundos } from '../domain/tarjeta/plantilla.ts'
import { condicionesDe, cuentaAtras, finDe, talonDe } from './cupon-en-palabras.ts'
import './cupones.css'
import { dia, hora } from './cuando.ts'
import type { Foto } from './foto.ts'
import { type Portador, usePantallaDespierta, useSegundero, vidaDe } from './ganchos.ts'
import { Icono } from './iconos.tsx'
import { type CuponEnFoto, estadoDeCupon } from './mis-cupones.ts'
import { useQrDeCupon } from './qr-de-cupon.ts'
import { t } from './textos-de-cupones.ts'

/** An end years away is a date; nobody counts its hours. */
const SE_CUENTA_MS = 100 * 86_400_000

interface Propiedades {
  cuponId: string
  foto: Foto | null
  portador: Portador
}

export function Cupon({ cuponId, foto, portador }: Propiedades) {
  useSegundero(true)
  const cupon = foto?.cupones?.find((c) => c.cuponId === cuponId)
  const ahora = portador.reloj.ahora()
  if (!cupon)
    return (
      <div class="empty panel" role="status">
        <Icono de="cupon" />
        <b>{t.noEsta}</b>
        <p>{t.noEstaPorque}</p>
        <a class="btn btn--sm btn--tint" href="#cupones">
          {t.misCupones}
        </a>
      </div>
    )
  const [grande, chico] = talonDe(cupon)
  const estado = estadoDeCupon(cupon, ahora)
  return (
    <>
      <section class="vale" aria-label={cupon.titulo} data-cupon={cupon.codigo} data-estado={estado}>
        <header class={estado === 'vigente' ? 'vale__cabeza' : 'vale__cabeza vale__cabeza--pasado'}>
          <div class="grow">
            <p class="m">{cupon.negocioNombre}</p>
            <h2>{cupon.titulo}</h2>
          </div>
          <p class="vale__talon num">
            <b>{grande}</b>
            <br />
            <span class="sm">{chico}</span>
          </p>
        </header>
        {estado === 'vigente' ? (
          <Vigente cupon={cupon} portador={portador} ahora={ahora} />
        ) : (
          <p class="vale__fin" role="status">
            <Icono de={estado === 'usado' ? 'palomita' : 'reloj'} />
            <span>
              <b>{estado === 'usado' ? t.yaUsado : t.yaExpirado}</b>
              <br />
              <span class="soft sm">{finDe(cupon, ahora).texto}</span>
            </span>
          </p>
        )}
      </section>
      {cupon.descripcion && <p>{cupon.descripcion}</p>}
      <section aria-label={t.condiciones}>
        <h2 class="titulo">{t.condiciones}</h2>
        <ul class="condiciones panel sm">
          {condicionesDe(cupon, ahora).map((una) => (
            <li key={una}>{una}</li>
          ))}
        </ul>
      </section>
    </>
  )
}

function Vigente({ cupon, portador, ahora }: { cupon: CuponEnFoto; portador: Portador; ahora: number }) {
  if (ahora < cupon.desdeAt)
    return (
      <p class="vale__fin" role="status">
        <Icono de="reloj" />
        <span>{t.empieza(`${dia(cupon.desdeAt, ahora)}, ${hora(cupon.desdeAt)}`)}</span>
      </p>
    )
  return <ConCodigo cupon={cupon} portador={portador} ahora={ahora} />
}

function ConCodigo({ cupon, portador, ahora }: { cupon: CuponEnFoto; portador: Portador; ahora: number }) {
  usePantallaDespierta()
  const qr = useQrDeCupon(portador, cupon.cuponId)
  const { texto, pronto } = finDe(cupon, ahora)
  return (
    <div class="vale__cuerpo">
      <div class="qr-plate vale__placa">
        {qr.fase === 'listo' ? (
          <svg
            viewBox={`0 0 ${qr.qr.codigo.lado} ${qr.qr.codigo.lado}`}
            role="img"
            aria-label={t.codigoQr}
            class="codigo"
            data-lado={qr.qr.codigo.lado}
          >
            <path d={qr.qr.codigo.trazo} class="codigo__modulos" />
          </svg>
        ) : (
          <p class="vale__sin">{qr.fase === 'preparando' ? t.preparando : t.sinCodigo}</p>
        )}
      </div>
      {qr.fase === 'listo' && (
        <p class="xs soft num vale__vida" aria-hidden="true">
          <progress class="avance" max={vidaDe(portador.tarjeta)} value={qr.quedanMs} /> {minutosYSegundos(qr.quedanMs)}
        </p>
      )}
      <p class="vale__codigo num">
        <small>{t.diEsteCodigo}</small>
        {cupon.codigoUnico ?? cupon.codigo}
      </p>
      <p class="vale__pie sm">
        <span class={pronto ? 'due due--soon' : 'due'}>
          <Icono de="reloj" />
          {texto}
        </span>
        {cupon.venceAt - ahora < SE_CUENTA_MS && (
          <span class="soft num" role="timer">
            {t.queda} <b class="fuerte">{cuentaAtras(cupon.venceAt, ahora)}</b>
          </span>
        )}
      </p>
      <p class="sm soft">{t.muestralo}</p>
    </div>
  )
}
