import { diaLocal } from '../../../../schema/core/tiempo.ts'
import { t as tc } from '../../../domain/clientes/textos.ts'
import { enDecimal } from '../../../domain/puntos/desglose.ts'
import { visiblesPara } from '../../../domain/transacciones/movimientos.ts'
import { EstadoDeVenta, nombreDe } from '../../../domain/transacciones/partes-de-venta.tsx'
import { useMovimientos } from '../../../domain/transacciones/use-movimientos.ts'
import { fechaYHora, hora, pesos } from '../../../lib/formato.ts'
import { useCaja, usePuede, useTurno, useVivo } from '../../../replica/contexto.ts'
import { useAncho } from '../../../ui/use-ancho.ts'
import { t as ts } from '../textos.ts'
import { nombreDeMetodo, t } from './textos.ts'
import type { VentaViva } from './use-venta.ts'

const ESCRITORIO = '(min-width: 64rem)'
const ULTIMAS = 3

/** On a desk: the ticket as it grows, and what was sold last. A phone shows it on the next screen. */
export function PapelVivo({ viva }: { viva: VentaViva }) {
  return useAncho(ESCRITORIO) ? <Papel viva={viva} /> : null
}

function Papel({ viva: { venta, cuenta, cliente, desglose, ahora } }: { viva: VentaViva }) {
  const { alta } = useCaja()
  const { zona } = useVivo()
  const turno = useTurno()
  const donde = [alta.sucursalNombre && ts.sucursal(alta.sucursalNombre), alta.serie && ts.caja(alta.serie)].filter(Boolean).join(' · ')
  return (
    <aside className="paper" aria-label={t.vistaDelTicket}>
      <div className="ticket-wrap">
        <div className="ticket">
          <p className="negocio">{alta.negocioNombre}</p>
          <p className="sm soft">{donde}</p>
          <p className="sm soft num">
            {fechaYHora(ahora, zona)}
            {turno && ` · ${turno.nick ? `@${turno.nick}` : turno.nombre}`}
          </p>
          <hr className="perf" />
          <Linea de={t.cliente} es={cliente?.nombre ?? t.sinClienteTitulo} />
          <Linea de={t.monto} es={pesos(cuenta.totalCentavos)} />
          {venta.cupon?.aplicado && <Linea de={t.cupon} es={`−${pesos(cuenta.descuentoCentavos)}`} />}
          <Linea de={t.pago} es={nombreDeMetodo(venta.metodoPago)} />
          {desglose && cliente?.nivel && (
            <>
              <hr className="perf" />
              <Linea de={t.puntosBase} es={desglose.base.resultado} />
              <Linea de={t.nivel(tc[cliente.nivel])} es={`× ${enDecimal(desglose.multiplicadorPct)}`} />
              <p className="line otorga">
                <span>{t.puntosAOtorgar}</span>
                <span className="num">{desglose.puntos.toLocaleString('es-MX')}</span>
              </p>
            </>
          )}
        </div>
      </div>
      <Ultimas ahora={ahora} />
    </aside>
  )
}

const Linea = ({ de, es }: { de: string; es: string }) => (
  <p className="line">
    <span>{de}</span>
    <span className="num">{es}</span>
  </p>
)

function Ultimas({ ahora }: { ahora: number }) {
  const { zona, estado } = useVivo()
  const turno = useTurno()
  const puede = usePuede()
  const movimientos = useMovimientos(diaLocal(ahora + (estado?.offsetMs ?? 0), zona)) ?? []
  const propias = visiblesPara(movimientos, turno?.operador.id ?? '', puede('verHistorialCompleto'))
  const ultimas = propias.filter((m) => m.tipo === 'venta').slice(0, ULTIMAS)
  if (ultimas.length === 0) return null
  return (
    <section className="recent">
      <h2 className="eyebrow">{t.ultimasVentas}</h2>
      <ul className="list num sm">
        {ultimas.map((venta) => (
          <li key={venta.id}>
            <EstadoDeVenta m={venta} />
            <span className="grow">
              {nombreDe(venta)}
              <br />
              <span className="dim">{hora(venta.at, zona)}</span>
            </span>
            <b>{pesos(venta.montoCentavos)}</b>
          </li>
        ))}
      </ul>
    </section>
  )
}
