/**
 * A live chart: lines or bars over time, drawn by uPlot. Ink, grey and one accent; labels at the ends, no legend box; a table with the same numbers
 * for who does not see it. It is drawn anew for its width and its theme, never shrunk, and takes new data at most once a second.
 */
import { useEffect, useRef, useState } from 'react'
import uPlot from 'uplot'
import { ultimo } from './escala.ts'
import { opcionesDe } from './opciones.ts'
import { tintaDe } from './pinceles.ts'
import 'uplot/dist/uPlot.min.css'
import './grafica.css'

export interface Serie {
  valores: readonly (number | null)[]
  /** `acento`: the line that matters, with a dot at its end. `barras`: grey, the last one in accent. */
  como: 'acento' | 'tinta' | 'barras'
  /** At the end of its line, given its last value. */
  remate?: (valor: number) => string
}

export interface DatosDeGrafica {
  /** Seconds since the epoch, ascending, one for each value. */
  x: readonly number[]
  series: readonly Serie[]
  /** Top of the axis; the bottom is 0. */
  tope: number
  /** A remark beside one point. */
  nota?: { donde: number; valor: number; texto: string; fuerte: boolean }
  /** A value of the axis. */
  decirY: (valor: number) => string
  /** A moment of the axis, seconds. */
  decirX: (segundos: number) => string
}

interface Props {
  datos: DatosDeGrafica
  /** px */
  alto: number
  /** The chart in one sentence. */
  descripcion: string
  tabla: { titulo: string; cabezas: readonly string[]; filas: readonly (readonly string[])[] }
}

const CADA_MS = 1_000

export function Grafica({ datos, alto, descripcion, tabla }: Props) {
  const vistos = useAPaso(datos, CADA_MS)
  const caja = useRef<HTMLDivElement>(null)
  const plot = useRef<uPlot | null>(null)
  const { ancho, tema } = useLienzo(caja)
  // Drawn anew when its size, its theme or the shape of its data changes; otherwise only the data is set.
  const forma = vistos.series.map((s) => `${s.como}${s.remate ? '+' : ''}`).join()
  const actual = useRef(vistos)
  actual.current = vistos
  // biome-ignore lint/correctness/useExhaustiveDependencies: the shape and the theme are what it depends on; the data is read at each drawing
  useEffect(() => {
    if (!caja.current || ancho === 0) return
    const opciones = opcionesDe(() => actual.current, { ancho, alto, tinta: tintaDe(caja.current) })
    const nueva = new uPlot(opciones, enColumnas(actual.current), caja.current)
    plot.current = nueva
    return () => {
      nueva.destroy()
      plot.current = null
    }
  }, [ancho, alto, tema, forma])
  useEffect(() => {
    const u = plot.current
    u?.batch(() => {
      u.setData(enColumnas(vistos))
      // The room for the words is measured again only with the size, and they may be longer while the axes stay.
      u.setSize({ width: u.width, height: u.height })
    })
  }, [vistos])
  return (
    <div className="grafica">
      <div className="grafica__lienzo" role="img" aria-label={descripcion} ref={caja} />
      {/* Around the table: one by itself does not shrink to nothing. */}
      <div className="vh">
        <table>
          <caption>{tabla.titulo}</caption>
          <thead>
            <tr>
              {tabla.cabezas.map((cabeza) => (
                <th key={cabeza} scope="col">
                  {cabeza}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {tabla.filas.map((fila) => (
              <tr key={fila[0]}>
                {fila.map((celda, i) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: a cell is its column
                  <td key={i}>{celda}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </div>
  )
}

/** Bars have a second column for the one that is being filled. */
function enColumnas({ x, series }: DatosDeGrafica): uPlot.AlignedData {
  const columnas = series.flatMap(({ valores, como }) => {
    if (como !== 'barras') return [[...valores]]
    const fin = ultimo(valores)?.donde
    return [valores.map((v, i) => (i === fin ? null : v)), valores.map((v, i) => (i === fin ? v : null))]
  })
  return [[...x], ...columnas]
}

/** The newest value, at most every `ms`: what comes between is skipped. */
function useAPaso<T>(valor: T, ms: number): T {
  const [visto, setVisto] = useState(valor)
  const desde = useRef(0)
  useEffect(() => {
    const id = setTimeout(
      () => {
        desde.current = Date.now()
        setVisto(valor)
      },
      Math.max(0, desde.current + ms - Date.now()),
    )
    return () => clearTimeout(id)
  }, [valor, ms])
  return visto
}

/** Its width, px, and a count that grows when the page changes its theme. */
function useLienzo(caja: { current: HTMLElement | null }): { ancho: number; tema: number } {
  const [ancho, setAncho] = useState(0)
  const [tema, setTema] = useState(0)
  useEffect(() => {
    const elemento = caja.current
    if (!elemento) return
    const talla = new ResizeObserver(() => setAncho(Math.floor(elemento.clientWidth)))
    talla.observe(elemento)
    const vestido = new MutationObserver(() => setTema((n) => n + 1))
    vestido.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme', 'data-app'] })
    return () => {
      talla.disconnect()
      vestido.disconnect()
    }
  }, [caja])
  return { ancho, tema }
}
