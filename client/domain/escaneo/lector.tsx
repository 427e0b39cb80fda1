import { CameraOff } from 'lucide-react'
import { type CSSProperties, type ReactNode, useEffect, useRef, useState } from 'react'
import type { Lectura } from '../../../workers/scanner/api.ts'
import type { MotivoSinCamara } from '../../lib/camara/reglas.ts'
import type { EstadoDeCamara } from '../../lib/camara.ts'
import { sonar } from '../../lib/sonido.ts'
import { Cabeza } from './cabeza.tsx'
import { cajaDe } from './geometria.ts'
import './lector.css'
import { t } from './textos.ts'
import { useCamara } from './use-camara.ts'

/** How long the corners stay on a code when nobody pauses the reader. */
const SOBRE_EL_CODIGO_MS = 700

interface Props {
  /** Each code once; while it stays in sight it is not said again, unless `pausado` was true in between. */
  onCode: (texto: string) => void
  /** Reads nothing and keeps the picture: while what was read is being looked up, or a sheet is open. */
  pausado?: boolean
  /** There is no picture, and why; null when it is back. */
  alError?: (motivo: MotivoSinCamara | null) => void
  alCerrar?: () => void
  titulo?: string
  /** Below the sentence: how long the QR is good for, why it was refused, the typed fallback. */
  children?: ReactNode
}

/**
 * The camera of the till (SCAN-09, SCAN-14): its picture fills the screen behind everything inside, and the corners close on the code that was
 * read. Sound and vibration at each reading. Goes into an `.app`, which it fills.
 */
export function Lector({ onCode, pausado = false, alError, alCerrar, titulo = t.titulo, children }: Props) {
  const video = useRef<HTMLVideoElement>(null)
  const marco = useRef<HTMLDivElement>(null)
  const [cierre, setCierre] = useState<CSSProperties | null>(null)
  const alLeer = (lectura: Lectura, estado: EstadoDeCamara) => {
    setCierre(cierreSobre(lectura, estado.espejo, video.current, marco.current))
    sonar('lectura')
    onCode(lectura.texto)
  }
  const { camara, estado } = useCamara(video, { pausada: pausado, alLeer })
  const motivo = estado?.motivo ?? null

  useEffect(() => alError?.(motivo), [motivo, alError])
  useEffect(() => {
    if (!cierre || pausado) return
    const alarma = setTimeout(() => setCierre(null), SOBRE_EL_CODIGO_MS)
    return () => clearTimeout(alarma)
  }, [cierre, pausado])

  return (
    <section className="lector" data-fase={estado?.fase ?? 'apagada'} data-leido={cierre ? '' : undefined}>
      <video ref={video} className="lector__imagen" muted playsInline aria-label={t.vista} />
      <Cabeza titulo={titulo} alCerrar={alCerrar} camara={camara} estado={estado} />
      <div ref={marco} className="lector__marco" style={cierre ?? undefined}>
        <span className="lector__esquina lector__esquina--ai" />
        <span className="lector__esquina lector__esquina--ad" />
        <span className="lector__esquina lector__esquina--bi" />
        <span className="lector__esquina lector__esquina--bd" />
        {estado?.fase === 'viendo' && !pausado && <span className="lector__haz" />}
        {motivo && <CameraOff className="lector__sin" aria-hidden="true" />}
      </div>
      {motivo ? <SinImagen motivo={motivo} alReintentar={() => void camara?.encender()} /> : <Frase viendo={estado?.fase === 'viendo'} />}
      {children}
    </section>
  )
}

const Frase = ({ viendo }: { viendo: boolean }) => <p className="lector__frase">{viendo ? t.apunta : t.abriendo}</p>

function SinImagen({ motivo, alReintentar }: { motivo: MotivoSinCamara; alReintentar: () => void }) {
  return (
    <div className="lector__motivo" role="alert">
      <p className="lector__frase">{t[motivo]}</p>
      <p>{t[`${motivo}_salida`]}</p>
      {motivo !== 'contexto_inseguro' && (
        <button type="button" className="btn btn--secondary" onClick={alReintentar}>
          {t.otraVez}
        </button>
      )}
    </div>
  )
}

/** How far each corner travels to close on the code, as the CSS variables of lector.css. Null when it cannot be measured. */
function cierreSobre(
  { esquinas }: Lectura,
  espejo: boolean,
  video: HTMLVideoElement | null,
  marco: HTMLDivElement | null,
): CSSProperties | null {
  if (!video || !marco || video.videoWidth === 0) return null
  const imagen = video.getBoundingClientRect()
  const caja = cajaDe(esquinas, {
    cuadro: { ancho: video.videoWidth, alto: video.videoHeight },
    pantalla: { x: imagen.x, y: imagen.y, ancho: imagen.width, alto: imagen.height },
    espejo,
  })
  if (!caja) return null
  const { left, top, right, bottom } = marco.getBoundingClientRect()
  const px = (n: number) => `${Math.round(n)}px`
  return {
    '--izquierda': px(caja.x - left),
    '--arriba': px(caja.y - top),
    '--derecha': px(caja.x + caja.ancho - right),
    '--abajo': px(caja.y + caja.alto - bottom),
  } as CSSProperties
}
