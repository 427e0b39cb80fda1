import { useSyncExternalStore } from 'react'
import {
  estadoDeInstalacion,
  instalar,
  observarInstalacion,
  posponerInstalacion,
  seOfreceInstalar,
  textosDeInstalacion,
} from '../lib/instalacion.ts'
import { t } from '../lib/textos.ts'
import './aviso.css'

/** Offers to install once it helps (PWA-26); on iOS says how, and what may happen to a tab that is not installed. */
export function AvisoDeInstalacion() {
  const seOfrece = useSyncExternalStore(observarInstalacion, seOfreceInstalar)
  if (!seOfrece) return null
  const aMano = estadoDeInstalacion() === 'a_mano'
  return (
    <section className="banner aviso-de-instalacion" aria-label={t.instalar}>
      {textosDeInstalacion().map((renglon) => (
        <p key={renglon}>{renglon}</p>
      ))}
      <div className="aviso-de-instalacion__botones">
        {!aMano && (
          <button type="button" className="btn btn--tint" onClick={() => void instalar()}>
            {t.instalar}
          </button>
        )}
        <button type="button" className="btn btn--quiet" onClick={posponerInstalacion}>
          {aMano ? t.entendido : t.ahoraNo}
        </button>
      </div>
    </section>
  )
}
