/** @jsxImportSource preact */
import { Icono } from './iconos.tsx'

interface Espera {
  /** It was asked for and did not come. */
  fallo: boolean
  t: { cargando: string; noSePudo: string; otraVez: string }
  clase?: string
  alPedir: () => Promise<void>
}

/** In place of what only the server has, until it comes. */
export function Esperando({ fallo, t, clase = '', alPedir }: Espera) {
  if (!fallo)
    return (
      <p class={`soft sm ${clase}`} aria-busy="true">
        {t.cargando}
      </p>
    )
  return (
    <div class="empty panel" role="alert">
      <Icono de="atencion" />
      <p>{t.noSePudo}</p>
      <button type="button" class="btn btn--sm btn--secondary" onClick={() => void alPedir()}>
        {t.otraVez}
      </button>
    </div>
  )
}
