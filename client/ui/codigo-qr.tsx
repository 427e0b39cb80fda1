import { create, type QRCodeErrorCorrectionLevel } from 'qrcode'
import { useMemo } from 'react'

/** Clear modules around the code that readers need. */
const MARGEN = 4

/** A QR, always black on white with its quiet zone, in both themes. Level L: fewer modules read better than more correction (design 04 §2). */
export function CodigoQr({ texto, titulo, nivel = 'L' }: { texto: string; titulo: string; nivel?: QRCodeErrorCorrectionLevel }) {
  const { lado, trazo } = useMemo(() => dibujar(texto, nivel), [texto, nivel])
  return (
    <svg viewBox={`0 0 ${lado} ${lado}`} className="codigo-qr" role="img" aria-label={titulo} shapeRendering="crispEdges">
      <path d={`M0 0h${lado}v${lado}h-${lado}z`} fill="#fff" />
      <path d={trazo} fill="#000" />
    </svg>
  )
}

function dibujar(texto: string, errorCorrectionLevel: QRCodeErrorCorrectionLevel): { lado: number; trazo: string } {
  const { modules } = create(texto, { errorCorrectionLevel })
  const { size, data } = modules
  let trazo = ''
  for (let y = 0; y < size; y++)
    for (let x = 0; x < size; x++) {
      let ancho = 0
      while (x + ancho < size && data[y * size + x + ancho]) ancho++
      if (ancho === 0) continue
      trazo += `M${x + MARGEN} ${y + MARGEN}h${ancho}v1h-${ancho}z`
      x += ancho
    }
  return { lado: size + 2 * MARGEN, trazo }
}
