import { CircleAlert, CircleCheck, Undo2 } from 'lucide-react'
import { useCallback } from 'react'
import { useLectura } from '../../domain/cuentas/use-sesion.ts'
import { hora, pesos } from '../../lib/formato.ts'
import type { Respuesta } from '../../lib/http.ts'
import { SinDatos } from './sin-datos.tsx'
import type { DeSeccion } from './studio.tsx'
import { t } from './textos.ts'
import { Vigencia } from './vigencia.tsx'

const CADA_MS = 10_000
/** Days are counted by the sucursal's own calendar; the page shows its hours as this machine's zone does. */

interface Resumen {
  ventas: number
  anuladas: number
  reembolsado: number
  total: number
  puntos: number
}
interface Transaccion {
  id: string
  folio: string
  sucursalId: string | null
  cliente: string | null
  clienteId: string | null
  monto: number
  reembolsado: number
  metodoPago: 'efectivo' | 'tarjeta' | 'transferencia'
  puntosOtorgados: number
  puntosDevueltos: number
  acreditada: boolean
  retenida: boolean
  estado: 'completada' | 'reembolsada' | 'anulada'
  effAt: number
  /** Of its sucursal. */
  zonaHoraria: string
}

/** Sales of today as the server has them: what a till still holds is not here, and nothing says it is. */
export function Hoy(props: DeSeccion) {
  return <HoyDe key={props.sucursalId ?? ''} {...props} />
}

/** One sucursal, or all (null). Another one begins empty: numbers of one are never shown under the name of another. */
function HoyDe({ sesion, negocio, sucursalId }: DeSeccion) {
  const leer = useCallback(async (): Promise<Respuesta<{ resumen: Resumen; ventas: Transaccion[] }>> => {
    const base = `/api/negocios/${negocio.negocioId}`
    const cuales = sucursalId ? `?sucursalId=${sucursalId}` : ''
    const [resumen, ventas] = await Promise.all([
      sesion.pedir<Resumen>(`${base}/resumen${cuales}`),
      sesion.pedir<Transaccion[]>(`${base}/transacciones${cuales}`),
    ])
    if (!resumen.ok) return resumen
    return ventas.ok ? { ok: true, valor: { resumen: resumen.valor, ventas: ventas.valor.toReversed() } } : ventas
  }, [sesion, negocio.negocioId, sucursalId])
  const { valor, falla, leidoAt } = useLectura(leer, CADA_MS)
  return (
    <>
      <div className="phead">
        <div className="t">
          <h1>{t.hoy}</h1>
          <p>{negocio.nombre}</p>
        </div>
        <Vigencia falla={falla} leidoAt={leidoAt} />
      </div>
      {valor ? (
        <>
          <Cifras {...valor.resumen} />
          <Tabla ventas={valor.ventas} sucursales={new Map(negocio.sucursales.map((s) => [s.id, s.nombre]))} />
        </>
      ) : (
        <SinDatos falla={falla} />
      )}
    </>
  )
}

function Cifras({ ventas, anuladas, reembolsado, total, puntos }: Resumen) {
  return (
    <section className="card studio-cifras" aria-label={t.hoy}>
      <div className="kpi">
        <span className="lb">{t.total}</span>
        <span className="v">{enPesos(total)}</span>
      </div>
      <div className="kpi">
        <span className="lb">{t.ventas}</span>
        <span className="v">{ventas.toLocaleString('es-MX')}</span>
        {anuladas > 0 && <span className="d">{t.anuladas(anuladas)}</span>}
      </div>
      <div className="kpi">
        <span className="lb">{t.puntos}</span>
        <span className="v">{puntos.toLocaleString('es-MX')}</span>
      </div>
      <div className="kpi">
        <span className="lb">{t.reembolsado}</span>
        <span className="v">{enPesos(reembolsado)}</span>
      </div>
    </section>
  )
}

/** REST gives pesos. */
const enPesos = (monto: number) => pesos(Math.round(monto * 100))

function Tabla({ ventas, sucursales }: { ventas: Transaccion[]; sucursales: Map<string, string> }) {
  if (ventas.length === 0)
    return (
      <section className="card state">
        <h2>{t.aunNoHay}</h2>
        <p>{t.aunNoHayTexto}</p>
      </section>
    )
  return (
    <section className="card tw" aria-label={t.transacciones}>
      <table className="t cards studio-ventas">
        <thead>
          <tr>
            <th>{t.hora}</th>
            <th>{t.folio}</th>
            <th>{t.sucursal}</th>
            <th>{t.cliente}</th>
            <th>{t.metodo}</th>
            <th className="num">{t.puntosCol}</th>
            <th className="num">{t.monto}</th>
            <th>{t.estado}</th>
          </tr>
        </thead>
        <tbody>
          {ventas.map((v) => (
            <tr key={v.id}>
              <td className="n">{hora(v.effAt, v.zonaHoraria)}</td>
              <td className="mono r">{v.folio}</td>
              <td className="sucursal">{sucursales.get(v.sucursalId ?? '') ?? ''}</td>
              <td className="cliente">{v.cliente ?? <span className="mut">{t.sinCliente}</span>}</td>
              <td className="metodo">{t[v.metodoPago]}</td>
              <td className="num puntos" data-l={v.clienteId ? t.puntosCol : undefined}>
                <Puntos de={v} />
              </td>
              <td className="num b monto">{enPesos(v.monto)}</td>
              <td>
                <Estado de={v} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

/** `≈`: on hold, not in anybody's balance. What was refused or lapsed gave none. */
function Puntos({ de: v }: { de: Transaccion }) {
  if (!v.clienteId) return <span className="vh">{t.sinPuntos}</span>
  const netos = v.puntosOtorgados - v.puntosDevueltos
  if (v.retenida && netos !== 0) return `≈ ${netos}`
  return `+${v.acreditada ? netos : 0}`
}

function Estado({ de: v }: { de: Transaccion }) {
  if (v.estado === 'completada' && !v.retenida)
    return (
      <span className="mut nw">
        <CircleCheck className="i s" aria-hidden="true" /> {t.completada}
      </span>
    )
  if (v.estado === 'completada')
    return (
      <span className="tag warn">
        <CircleAlert className="i" aria-hidden="true" /> {t.retenida}
      </span>
    )
  return (
    <span className="tag out">
      <Undo2 className="i" aria-hidden="true" /> {t[v.estado]}
    </span>
  )
}
