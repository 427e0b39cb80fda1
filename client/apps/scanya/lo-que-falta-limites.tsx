import { VENTAS_POR_LICENCIA } from '../../../schema/domain/dispositivos/limites.ts'
import type { EstadoSync } from '../../../workers/replica/api.ts'
import { type Limite, limitesDe } from '../../domain/sincronizacion/limites.ts'
import { diaYHora } from '../../lib/formato.ts'
import { useTurno, useVivo } from '../../replica/contexto.ts'
import { useReloj } from '../../replica/use-reloj.ts'
import { Icono } from '../../ui/iconos.tsx'
import { t } from './textos.ts'
import { falta as f } from './textos-de-lo-que-falta.ts'

/** R15: how long and how much this till may go on without the server, always to be seen, and marked before it ends. */
export function Limites() {
  const { estado, zona } = useVivo()
  const turno = useTurno()
  const ahora = useReloj() + (estado?.offsetMs ?? 0)
  if (!estado) return null
  const limites = limitesDe(estado, turno, ahora)
  const grave = estado.relojSospechoso || limites.some(({ como }) => como !== 'bien')
  return (
    <details className="limites" open={grave}>
      <summary>{f.limites}</summary>
      <ul className="panel">
        {limites.map((limite) => (
          <li key={limite.cual} data-como={limite.como}>
            <span className={`state ${limite.como === 'bien' ? 'state--received' : 'state--review'}`}>
              <Icono de={limite.como === 'bien' ? 'palomita' : 'atencion'} />
            </span>
            <span className="grow">
              {enPalabras(limite, estado, zona)}
              <meter min={0} max={1} low={0.5} high={0.8} optimum={0} value={Math.min(1, limite.usado)} aria-hidden="true" />
            </span>
            {limite.como !== 'bien' && <b className="sm">{limite.como === 'pasado' ? f.limitePasado : f.limiteCerca}</b>}
          </li>
        ))}
        {estado.relojSospechoso && (
          <li data-como="pasado">
            <span className="state state--review">
              <Icono de="reloj" />
            </span>
            <span className="grow">
              <b>{t.relojSospechoso}</b>
              <br />
              <span className="sm soft">{t.relojSospechosoTexto}</span>
            </span>
          </li>
        )}
      </ul>
    </details>
  )
}

function enPalabras({ cual, usado, venceAt }: Limite, estado: EstadoSync, zona: string): string {
  if (cual === 'ventas') return f.limite_ventas(estado.pendientes.toLocaleString('es-MX'), VENTAS_POR_LICENCIA.toLocaleString('es-MX'))
  if (cual === 'almacen') return f.limite_almacen(String(Math.round(usado * 100)))
  const cuando = diaYHora(venceAt ?? 0, zona)
  return cual === 'licencia' ? f.limite_licencia(cuando) : f.limite_turno(cuando)
}
