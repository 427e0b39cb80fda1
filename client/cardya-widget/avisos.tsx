/** @jsxImportSource preact */
/** What a shopper must know now: no network (after 10 s), a clock that looks wrong, a certificate that ends, a new release, installing. */
import { useEffect, useState } from 'preact/hooks'
import { actualizar, observarVersion, seOfreceVersion } from '../lib/actualizacion.ts'
import {
  estadoDeInstalacion,
  instalar,
  observarInstalacion,
  posponerInstalacion,
  seOfreceInstalar,
  textosDeInstalacion,
} from '../lib/instalacion.ts'
import { t as tl } from '../lib/textos.ts'
import { dia } from './cuando.ts'
import { venceAt } from './emisor.ts'
import { type Portador, useSostenida } from './ganchos.ts'
import { Icono } from './iconos.tsx'
import type { Situacion } from './situacion.ts'
import { t } from './textos.ts'

/** Design 05: the chip changes at once, the banner waits. */
const BANDA_TRAS_MS = 10_000
const POR_VENCER_MS = 48 * 3_600_000

interface Propiedades {
  portador: Portador
  situacion: Situacion
  ahora: number
  sospechoso: boolean
}

export function Avisos({ portador, situacion, ahora, sospechoso }: Propiedades) {
  const sinRed = useSostenida(situacion.fase === 'sin_conexion', BANDA_TRAS_MS)
  const finAt = venceAt(portador.tarjeta, portador.llave)
  const porVencer = situacion.fase !== 'al_dia' && finAt > ahora && finAt - ahora < POR_VENCER_MS
  return (
    <>
      {sospechoso && (
        <p class="aviso" role="alert">
          <Icono de="reloj" />
          <span>{t.relojMal}</span>
        </p>
      )}
      {porVencer && (
        <p class="aviso" role="alert">
          <Icono de="atencion" />
          <span>{t.venceProntoAviso(dia(finAt, ahora))}</span>
        </p>
      )}
      {sinRed && finAt > ahora && (
        <section class="banner banda" role="status">
          <p class="ok">
            <Icono de="palomita" />
            <span>
              <b>{t.sirveIgual}</b>
              {t.hastaEl(dia(finAt, ahora))}
            </span>
          </p>
          <p class="soft">
            <Icono de="reloj" />
            <span>{t.esperanLaRed}</span>
          </p>
        </section>
      )}
    </>
  )
}

/** Below the card, beside the points: the code never moves for it. */
export function Version() {
  const hay = useObservado(observarVersion, seOfreceVersion)
  if (!hay) return null
  return (
    <p class="consejo panel" role="status">
      <span class="grow">{t.hayVersion}</span>
      <button type="button" class="link" onClick={() => void actualizar()}>
        {t.actualizar}
      </button>
    </p>
  )
}

/** PWA-26. Below the points, where nobody waits for the code. */
export function Instalar() {
  const ofrecer = useObservado(observarInstalacion, seOfreceInstalar)
  if (!ofrecer) return null
  const [porque, ...pasos] = textosDeInstalacion()
  return (
    <section class="consejo consejo--alto panel">
      <p>{porque}</p>
      {pasos.map((paso) => (
        <p key={paso} class="sm soft">
          {paso}
        </p>
      ))}
      <div class="actions">
        {estadoDeInstalacion() === 'dialogo' && (
          <button type="button" class="btn btn--sm btn--tint" onClick={() => void instalar()}>
            {tl.instalar}
          </button>
        )}
        <button type="button" class="btn btn--sm btn--quiet" onClick={posponerInstalacion}>
          {tl.ahoraNo}
        </button>
      </div>
    </section>
  )
}

function useObservado<T>(observar: (aviso: () => void) => () => void, leer: () => T): T {
  const [, setPulso] = useState(0)
  useEffect(() => {
    const dejar = observar(() => setPulso((n) => n + 1))
    return () => void dejar()
  }, [observar])
  return leer()
}
