import { Flashlight, SwitchCamera, X } from 'lucide-react'
import { siguienteCamara } from '../../lib/camara/reglas.ts'
import type { Camara, EstadoDeCamara } from '../../lib/camara.ts'
import { t } from './textos.ts'

interface Props {
  titulo: string
  alCerrar?: (() => void) | undefined
  camara: Camara | null
  estado: EstadoDeCamara | null
}

/** The bar over the picture: way out, title, and only what this camera has: another one, a light. */
export function Cabeza({ titulo, alCerrar, camara, estado }: Props) {
  const luz = estado?.luz ?? null
  return (
    <header className="top lector__cabeza">
      <div className="lector__lado">
        {alCerrar && (
          <button type="button" className="icon-btn lector__vidrio" aria-label={t.cerrar} onClick={alCerrar}>
            <X className="i" aria-hidden="true" />
          </button>
        )}
      </div>
      <h1>{titulo}</h1>
      <div className="lector__lado lector__lado--fin">
        <OtraCamara camara={camara} estado={estado} />
        {luz !== null && (
          <button type="button" className="lector__vidrio lector__luz" aria-pressed={luz} onClick={() => void camara?.ponerLuz(!luz)}>
            <Flashlight className="i" aria-hidden="true" />
            {t.luz}
          </button>
        )}
      </div>
    </header>
  )
}

function OtraCamara({ camara, estado }: Pick<Props, 'camara' | 'estado'>) {
  const camaras = estado?.camaras ?? []
  const otra = siguienteCamara(camaras, estado?.camaraId ?? null)
  const i = camaras.findIndex(({ id }) => id === estado?.camaraId)
  if (!otra) return null
  return (
    <>
      <button type="button" className="icon-btn lector__vidrio" aria-label={t.cambiar} onClick={() => void camara?.usarCamara(otra)}>
        <SwitchCamera className="i" aria-hidden="true" />
      </button>
      <span className="sr" role="status">
        {i >= 0 && t.usando(camaras[i]?.nombre || t.camaraSinNombre(i + 1))}
      </span>
    </>
  )
}
