/** uPlot's options of a chart: no axes, legend or cursor of its own; what is around the data is drawn by pinceles.ts. */
import uPlot from 'uplot'
import { solos, ultimo } from './escala.ts'
import type { DatosDeGrafica, Serie } from './grafica.tsx'
import { dibujarHoras, dibujarNota, dibujarRejilla, dibujarRemates, type Medida, medidaDe, type Tinta } from './pinceles.ts'

const SIN_REMATE = 2
/** Between a label and the plot, and a little to the edge. */
const HOLGURA = 10

/** Room at the right for the longest label, as it is drawn. */
function margenDerecho({ series }: DatosDeGrafica, medir: Medida): number {
  const anchos = series.map(({ valores, remate }) => {
    const fin = remate && ultimo(valores)
    return fin ? medir(remate(fin.valor), true) : 0
  })
  const mayor = Math.max(0, ...anchos)
  return mayor === 0 ? SIN_REMATE : Math.ceil(HOLGURA + mayor)
}

/** Room at the left for the longest value of the axis, as it is drawn. */
const margenIzquierdo = ({ tope, decirY }: DatosDeGrafica, medir: Medida): number =>
  Math.ceil(HOLGURA + Math.max(...[0, tope / 2, tope].map((valor) => medir(decirY(valor), false))))

/** `datos` is read at every drawing. Sizes in px. */
export function opcionesDe(
  datos: () => DatosDeGrafica,
  { ancho, alto, tinta }: { ancho: number; alto: number; tinta: Tinta },
): uPlot.Options {
  const { series } = datos()
  return {
    width: ancho,
    height: alto,
    padding: [8, (u) => margenDerecho(datos(), medidaDe(u, tinta)), 22, (u) => margenIzquierdo(datos(), medidaDe(u, tinta))],
    legend: { show: false },
    cursor: { show: false },
    axes: [{ show: false }, { show: false }],
    scales: {
      x: {
        time: true,
        range: (u) =>
          extremos(
            u.data[0],
            series.some((s) => s.como === 'barras'),
          ),
      },
      y: { range: () => [0, datos().tope] },
    },
    series: [{}, ...series.flatMap((serie) => trazosDe(serie, tinta))],
    hooks: {
      drawClear: [(u) => dibujarRejilla(u, tinta, datos().tope, datos().decirY)],
      draw: [(u) => dibujarPalabras(u, tinta, datos())],
    },
  }
}

/** A bar has its moment in the middle: the first and the last one need half of theirs. */
function extremos(x: ArrayLike<number> | undefined, conBarras: boolean): [number, number] {
  const [primero = 0, segundo = 1] = [x?.[0], x?.[1]]
  const medio = conBarras ? (segundo - primero) / 2 : 0
  return [primero - medio, (x?.[x.length - 1] ?? 1) + medio]
}

function trazosDe({ como }: Serie, tinta: Tinta): uPlot.Series[] {
  if (como === 'barras') {
    const paths = uPlot.paths.bars?.({ size: [0.72, 24] })
    const barra = (color: string): uPlot.Series => ({ fill: color, width: 0, points: { show: false }, ...(paths ? { paths } : {}) })
    return [barra(tinta.barra), barra(tinta.acento)]
  }
  const color = como === 'acento' ? tinta.acento : tinta.trazo
  const filter = (u: uPlot, indice: number) => solos([...(u.data[indice] ?? [])])
  return [{ stroke: color, width: como === 'acento' ? 2 : 1.5, points: { show: true, size: 5, fill: color, filter } }]
}

function dibujarPalabras(u: uPlot, tinta: Tinta, datos: DatosDeGrafica): void {
  dibujarHoras(u, tinta, datos.decirX)
  const remates = datos.series.flatMap(({ valores, remate, como }) => {
    const fin = remate && ultimo(valores)
    if (!fin) return []
    const color = como === 'acento' ? tinta.acento : tinta.fuerte
    return [{ at: datos.x[fin.donde] ?? 0, valor: fin.valor, texto: remate(fin.valor), color, conPunto: como === 'acento' }]
  })
  dibujarRemates(u, tinta, remates)
  if (datos.nota) dibujarNota(u, tinta, { ...datos.nota, at: datos.x[datos.nota.donde] ?? 0 })
}
