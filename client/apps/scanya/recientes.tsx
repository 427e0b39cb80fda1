import { FilaDeVenta } from '../../domain/transacciones/fila-de-venta.tsx'
import type { Movimiento } from '../../domain/transacciones/movimientos.ts'
import { useVivo } from '../../replica/contexto.ts'
import { useIr } from './ir.ts'
import { dia as d } from './textos.ts'

const RECIENTES = 6

/** A desk has room for what was sold before the last one. */
export function Recientes({ movimientos }: { movimientos: Movimiento[] }) {
  const { zona } = useVivo()
  const ir = useIr()
  const anteriores = movimientos.filter((m) => m.tipo === 'venta').slice(1, 1 + RECIENTES)
  if (anteriores.length === 0) return null
  return (
    <section className="recientes" aria-labelledby="recientes">
      <h2 className="eyebrow" id="recientes">
        {d.anteriores}
      </h2>
      <ul className="sales">
        {anteriores.map((m) => (
          <li key={m.id}>
            <button type="button" className="sale" onClick={() => ir(`/venta/${m.id}`)}>
              <FilaDeVenta m={m} zona={zona} />
            </button>
          </li>
        ))}
      </ul>
    </section>
  )
}
