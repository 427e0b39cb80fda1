import { escalones, type PrecioEnElTiempo } from '../../../../domain/articulos/historia.ts'
import { t as ta } from '../../../../domain/articulos/textos.ts'
import { fecha, pesos } from '../../../../lib/formato.ts'

const ANCHO = 244
const ALTO = 48
/** Around the line: prices above it, days below, px. */
const ARRIBA = 24
const ABAJO = 26
const ORILLA = 8
/** Prices nearer than this would write over each other, px. */
const ENTRE_ROTULOS = 56

/** The price in steps up to today; what is only on this device is dashed (mockup studio-articulo). The list below says the same in words. */
export function Grafica({ precios, pendiente, zona }: { precios: PrecioEnElTiempo[]; pendiente: number | null; zona: string }) {
  const ahora = Date.now()
  const conPendiente = pendiente === null ? precios : [{ ...precios[0]!, centavos: pendiente, effAt: ahora }, ...precios]
  const puntos = escalones(conPendiente, ahora, { ancho: ANCHO, alto: ALTO }).map((p) => ({ ...p, x: p.x + ORILLA, y: p.y + ARRIBA }))
  const firmes = pendiente === null ? puntos : puntos.slice(0, -1)
  const primero = puntos[0]!
  const ultimo = puntos.at(-1)!
  const fin = ORILLA + ANCHO
  const trazo = `${firmes.map((p, i) => (i === 0 ? `M${p.x} ${p.y}` : `H${p.x}V${p.y}`)).join('')}H${fin}`
  const rotulos = puntos.filter((p, i) => i === puntos.length - 1 || (puntos[i + 1]!.x - p.x > ENTRE_ROTULOS && fin - p.x > ENTRE_ROTULOS))
  const resumen = ta.grafica(pesos(primero.centavos), pesos(ultimo.centavos), puntos.length - 1)
  return (
    <svg className="grafica" viewBox={`0 0 ${ANCHO + 2 * ORILLA} ${ARRIBA + ALTO + ABAJO}`} role="img" aria-label={resumen}>
      <line x1={0} x2={ANCHO + 2 * ORILLA} y1={ARRIBA + ALTO + 8} y2={ARRIBA + ALTO + 8} stroke="var(--chart-grid)" />
      <path d={trazo} fill="none" stroke="var(--chart-ink)" strokeWidth={1.5} />
      {pendiente !== null && (
        <line
          x1={fin}
          x2={fin}
          y1={firmes.at(-1)?.y ?? 0}
          y2={ultimo.y}
          stroke="var(--color-accent-ink)"
          strokeWidth={1.5}
          strokeDasharray="3 3"
        />
      )}
      <circle cx={fin} cy={ultimo.y} r={3} fill="var(--color-accent-ink)" />
      {rotulos.map((p) => (
        <text
          key={p.x}
          x={p === ultimo ? fin : p.x}
          y={p.y - 7}
          textAnchor={p === ultimo ? 'end' : 'start'}
          fontSize={11}
          fontWeight={p === ultimo ? 700 : 400}
          fill={p === ultimo ? 'var(--color-accent-ink)' : 'var(--chart-ink)'}
        >
          {pesos(p.centavos)}
        </text>
      ))}
      <text x={0} y={ARRIBA + ALTO + 23} fontSize={11} fill="var(--color-ink-3)">
        {fecha(precios.at(-1)!.effAt, zona)}
      </text>
      <text x={ANCHO + 2 * ORILLA} y={ARRIBA + ALTO + 23} fontSize={11} textAnchor="end" fill="var(--color-ink-3)">
        {ta.hoy}
      </text>
    </svg>
  )
}
