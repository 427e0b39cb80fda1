import { Check, Clock, Hourglass, X } from 'lucide-react'
import { motivoPrincipal, reglaEnPalabras } from '../../../domain/revision/en-palabras.ts'
import { desenlaceDe, type Retenida } from '../../../domain/revision/retenidas.ts'
import { useYaDecididas } from '../../../domain/revision/use-revision.ts'
import { fechaYHora, pesos } from '../../../lib/formato.ts'
import { Vacio } from '../../../ui/escritorio/estados.tsx'
import { Etiqueta } from '../../../ui/escritorio/etiqueta.tsx'
import { t } from './textos.ts'

/** Sales whose hold ended: approved, refused, or by itself. */
export function YaDecididas() {
  const ventas = useYaDecididas(true)
  if (ventas.length === 0)
    return (
      <section className="card">
        <Vacio icono={Clock} titulo={t.nadaDecidida} />
      </section>
    )
  return (
    <section className="card tw" aria-label={t.yaDecididas}>
      <table className="t cards">
        <thead>
          <tr>
            <th>{t.venta}</th>
            <th>{t.porQueEspero}</th>
            <th>{t.cliente}</th>
            <th className="num">{t.monto}</th>
            <th className="num">{t.puntos}</th>
            <th>{t.desenlace}</th>
          </tr>
        </thead>
        <tbody>
          {ventas.map((v) => (
            <tr key={v.venta.id}>
              <td className="n">
                {v.venta.folio}
                <div className="sub">{fechaYHora(v.venta.effAt, v.zona)}</div>
              </td>
              <td className="r">{reglaEnPalabras(motivoPrincipal(v)?.codigo ?? '')}</td>
              <td className="full">{v.cliente || t.clienteSinNombre}</td>
              <td className="num" data-l={t.monto}>
                {pesos(v.venta.montoCentavos)}
              </td>
              <td className="num b r">{v.puntos.toLocaleString('es-MX')}</td>
              <td className="full">
                <Desenlace de={v} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

function Desenlace({ de }: { de: Retenida }) {
  switch (desenlaceDe(de.venta.retenciones ?? [])) {
    case 'aprobada':
      return (
        <Etiqueta tono="ok" icono={Check}>
          {t.decididaAprobada}
        </Etiqueta>
      )
    case 'rechazada':
      return (
        <Etiqueta tono="bad" icono={X}>
          {t.decididaNegada}
        </Etiqueta>
      )
    default:
      return (
        <Etiqueta tono="out" icono={Hourglass}>
          {t.caducada}
        </Etiqueta>
      )
  }
}
