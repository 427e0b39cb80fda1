import { pesos } from '../../../lib/formato.ts'
import { t } from './textos.ts'

/** As the server adds it up; `total` in pesos. */
export interface Sumas {
  empleadoId: string
  nombre: string
  nick: string
  ventas: number
  total: number
  clientes: number
  puntosOtorgados: number
  cupones: number
  canjes: number
  reembolsos: number
  rechazados: number
  sesionMs: number
}

const enPesos = (monto: number) => pesos(Math.round(monto * 100))
const enHoras = (ms: number) => t.horasMin(Math.floor(ms / 3_600_000), Math.floor(ms / 60_000) % 60)

/** EMP-16, "resumen del día". */
export function ResumenPropio({ sumas }: { sumas: Sumas | null }) {
  const cifras: [string, string][] = [
    [t.ventas, String(sumas?.ventas ?? 0)],
    [t.total, enPesos(sumas?.total ?? 0)],
    [t.clientes, String(sumas?.clientes ?? 0)],
    [t.puntos, (sumas?.puntosOtorgados ?? 0).toLocaleString('es-MX')],
    [t.cupones, String(sumas?.cupones ?? 0)],
    [t.canjes, String(sumas?.canjes ?? 0)],
    [t.devoluciones, String(sumas?.reembolsos ?? 0)],
    [t.rechazados, String(sumas?.rechazados ?? 0)],
    [t.tiempo, enHoras(sumas?.sesionMs ?? 0)],
  ]
  return (
    <section aria-label={t.resumen}>
      <dl className="em-cifras">
        {cifras.map(([rotulo, cifra]) => (
          <div key={rotulo}>
            <dt>{rotulo}</dt>
            <dd className="n">{cifra}</dd>
          </div>
        ))}
      </dl>
    </section>
  )
}

/** EMP-14: the sums of each. */
export function ResumenDelEquipo({ sumas }: { sumas: Sumas[] }) {
  if (sumas.length === 0) return null
  return (
    <section className="tw" aria-label={t.resumen}>
      <table className="t cards em-sumas">
        <thead>
          <tr>
            <th>{t.quien}</th>
            <th className="num">{t.ventas}</th>
            <th className="num">{t.total}</th>
            <th className="num">{t.clientes}</th>
            <th className="num">{t.puntos}</th>
            <th className="num">{t.devoluciones}</th>
            <th className="num">{t.rechazados}</th>
            <th className="num">{t.tiempo}</th>
          </tr>
        </thead>
        <tbody>
          {sumas.map((s) => (
            <tr key={s.empleadoId}>
              <td>
                <b>{s.nombre}</b> <span className="mut">{`@${s.nick}`}</span>
              </td>
              <td className="num" data-l={t.ventas}>
                {s.ventas}
              </td>
              <td className="num b" data-l={t.total}>
                {enPesos(s.total)}
              </td>
              <td className="num" data-l={t.clientes}>
                {s.clientes}
              </td>
              <td className="num" data-l={t.puntos}>
                {s.puntosOtorgados.toLocaleString('es-MX')}
              </td>
              <td className="num" data-l={t.devoluciones}>
                {s.reembolsos}
              </td>
              <td className="num" data-l={t.rechazados}>
                {s.rechazados}
              </td>
              <td className="num nw" data-l={t.tiempo}>
                {enHoras(s.sesionMs)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
