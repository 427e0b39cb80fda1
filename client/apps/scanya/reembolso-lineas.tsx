import type { Movimiento } from '../../domain/transacciones/movimientos.ts'
import { type Elegidas, montoDeLineas, quedanDe } from '../../domain/transacciones/por-lineas.ts'
import { pesos } from '../../lib/formato.ts'
import { Icono } from '../../ui/iconos.tsx'
import { correccion as c } from './textos-de-correccion.ts'
import { venta as v } from './textos-de-venta.ts'

/** SCAN-40: what came back, piece by piece, and what it is worth. */
export function PorArticulo({
  venta,
  elegidas,
  alElegir,
}: {
  venta: Movimiento
  elegidas: Elegidas
  alElegir: (elegidas: Elegidas) => void
}) {
  return (
    <fieldset className="grupo por-articulo">
      <legend>{c.queVolvio}</legend>
      <ul className="panel">
        {venta.lineas.map((linea, i) => {
          const { nombre = '', articuloId, precioCentavos = 0 } = linea
          const cuantas = elegidas[i] ?? 0
          const poner = (n: number) => alElegir({ ...elegidas, [i]: n })
          return (
            <li key={articuloId}>
              <span className="grow">
                <b>{nombre}</b>
                <br />
                <span className="sm soft num">{pesos(precioCentavos)}</span>
              </span>
              <button
                type="button"
                className="icon-btn"
                aria-label={c.menos(nombre)}
                disabled={cuantas === 0}
                onClick={() => poner(cuantas - 1)}
              >
                <Icono de="menos" />
              </button>
              <output className="num" aria-live="polite" aria-label={nombre}>
                {cuantas}
                <span className="sm soft">/{quedanDe(linea)}</span>
              </output>
              <button
                type="button"
                className="icon-btn"
                aria-label={c.mas(nombre)}
                disabled={cuantas >= quedanDe(linea)}
                onClick={() => poner(cuantas + 1)}
              >
                <Icono de="mas" />
              </button>
            </li>
          )
        })}
      </ul>
      <p className="line">
        <span>{v.montoADevolver}</span>
        <b className="num">{pesos(montoDeLineas(venta, elegidas))}</b>
      </p>
    </fieldset>
  )
}
