import { Check, X } from 'lucide-react'
import { useState } from 'react'
import { finEnPalabras, motivoPrincipal, reglaEnPalabras } from '../../../domain/revision/en-palabras.ts'
import { type Decision, type Retenida, sumaDe } from '../../../domain/revision/retenidas.ts'
import type { Decidir } from '../../../domain/revision/use-decidir.ts'
import { hora, pesos } from '../../../lib/formato.ts'
import { IconoDeRegla } from './icono-de-regla.tsx'
import { MarcaDeDecision } from './marca.tsx'
import { t } from './textos.ts'

interface Props {
  retenidas: Retenida[]
  activa: string
  alVer: (id: string) => void
  enEspera: Decidir['enEspera']
  /** Null: whoever looks at it may not decide. */
  alDecidir: Decidir['decidir'] | null
}

export function ListaDeRetenidas({ retenidas, activa, alVer, enEspera, alDecidir }: Props) {
  const [marcadas, setMarcadas] = useState<ReadonlySet<string>>(new Set())
  const decidibles = retenidas.filter((v) => !v.decidida && !enEspera.has(v.venta.id) && v.reglas.length > 0)
  const elegidas = decidibles.filter((v) => marcadas.has(v.venta.id))
  const marcar = (id: string, si: boolean) => setMarcadas(new Set(si ? [...marcadas, id] : [...marcadas].filter((otra) => otra !== id)))
  const decidir = (decision: Decision) => {
    alDecidir?.(elegidas, decision, '')
    setMarcadas(new Set())
  }
  return (
    <section className="card tw" aria-label={t.porDecidir}>
      <table className="t cards">
        <thead>
          <tr>
            {alDecidir && (
              <th>
                <input
                  className="ck"
                  type="checkbox"
                  aria-label={t.seleccionarTodas}
                  checked={elegidas.length > 0 && elegidas.length === decidibles.length}
                  onChange={(e) => setMarcadas(new Set(e.target.checked ? decidibles.map((v) => v.venta.id) : []))}
                />
              </th>
            )}
            <th>{t.porQueEspera}</th>
            <th>{t.cliente}</th>
            <th>{t.venta}</th>
            <th className="num">{t.monto}</th>
            <th className="num">{t.puntos}</th>
          </tr>
        </thead>
        <tbody>
          {retenidas.map((v) => (
            <Fila
              key={v.venta.id}
              retenida={v}
              activa={v.venta.id === activa}
              alVer={() => alVer(v.venta.id)}
              enEspera={enEspera.get(v.venta.id) ?? null}
              marcada={marcadas.has(v.venta.id)}
              alMarcar={alDecidir && decidibles.includes(v) ? (si) => marcar(v.venta.id, si) : null}
              conCasilla={alDecidir !== null}
            />
          ))}
        </tbody>
      </table>
      {alDecidir && elegidas.length > 0 && (
        <div className="bk">
          <b className="n">{t.elegidas(elegidas.length, sumaDe(elegidas))}</b>
          <span className="sp" />
          <button type="button" className="btn" onClick={() => decidir('rechazar')}>
            <X className="i" aria-hidden="true" />
            {t.noDar}
          </button>
          <button type="button" className="btn p" onClick={() => decidir('aprobar')}>
            <Check className="i" aria-hidden="true" />
            {t.aprobarPuntos(sumaDe(elegidas))}
          </button>
        </div>
      )}
    </section>
  )
}

interface DeFila {
  retenida: Retenida
  activa: boolean
  alVer: () => void
  enEspera: Decision | null
  marcada: boolean
  alMarcar: ((si: boolean) => void) | null
  conCasilla: boolean
}

function Fila({ retenida, activa, alVer, enEspera, marcada, alMarcar, conCasilla }: DeFila) {
  const { venta, cliente, operador, sucursal, zona, puntos, reglas } = retenida
  const motivo = motivoPrincipal(retenida)
  return (
    <tr aria-selected={activa}>
      {conCasilla && (
        <td className="no">
          {alMarcar && (
            <input
              className="ck ck--fila"
              type="checkbox"
              aria-label={t.seleccionar(venta.folio)}
              checked={marcada}
              onChange={(e) => alMarcar(e.target.checked)}
            />
          )}
        </td>
      )}
      <td>
        <span className="cellm">
          <IconoDeRegla codigo={motivo?.codigo ?? ''} />
          <span>
            <button
              type="button"
              className="b rv__ver"
              aria-label={`${reglaEnPalabras(motivo?.codigo ?? '')}. ${t.ver(venta.folio)}`}
              onClick={alVer}
            >
              {reglaEnPalabras(motivo?.codigo ?? '')}
            </button>
            <span className="rv__pie" data-dicha={Boolean(retenida.decidida ?? enEspera)}>
              <span className="sub">
                {reglas.length > 1 ? `${t.masReglas(reglas.length - 1)}. ` : ''}
                {finEnPalabras(retenida)}
              </span>
              <MarcaDeDecision retenida={retenida} enEspera={enEspera} corta />
            </span>
          </span>
        </span>
      </td>
      <td className="full">
        <span className="rv__cliente">{cliente || t.clienteSinNombre}</span>
      </td>
      <td className="full">
        <span className="n">{`${venta.folio}, ${hora(venta.effAt, zona)}`}</span>
        <div className="sub">{[operador, sucursal].filter(Boolean).join(', ')}</div>
      </td>
      <td className="num" data-l={t.monto}>
        {pesos(venta.montoCentavos)}
      </td>
      <td className="num b r">{`+${puntos.toLocaleString('es-MX')}`}</td>
    </tr>
  )
}
