import { useEffect, useState, useSyncExternalStore } from 'react'
import { actualizar, observarVersion, ocupar, seOfreceVersion } from '../lib/actualizacion.ts'
import { t } from '../lib/textos.ts'
import './aviso.css'

/** Says quietly that there is a newer release; one tap takes it. Shows nothing while something is open (design 05 §9). */
export function AvisoDeVersion() {
  const seOfrece = useSyncExternalStore(observarVersion, seOfreceVersion)
  const [otraOcupada, ponerOtraOcupada] = useState(false)
  return (
    <div role="status" className="aviso-de-version">
      {seOfrece && (
        <p className="toast">
          <span className="grow">{otraOcupada ? t.otraOcupada : t.hayVersion}</span>
          <button type="button" onClick={() => void actualizar().then((hecho) => ponerOtraOcupada(!hecho))}>
            {t.actualizar}
          </button>
        </p>
      )}
    </div>
  )
}

/** While `si`, no update is offered: a sale is open, a write is in flight. */
export function useOcupado(motivo: string, si: boolean): void {
  useEffect(() => (si ? ocupar(motivo) : undefined), [motivo, si])
}
