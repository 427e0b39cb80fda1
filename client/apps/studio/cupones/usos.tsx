import { CircleCheck, TicketPercent, TriangleAlert, Undo2 } from 'lucide-react'
import { useCallback, useState } from 'react'
import type { CuponDoc } from '../../../../schema/protocol/documentos.ts'
import { useLectura } from '../../../domain/cuentas/use-sesion.ts'
import { fechaYHora, pesos } from '../../../lib/formato.ts'
import { useStudio, useStudioVivo } from '../../../replica/studio.ts'
import { Vacio } from '../../../ui/escritorio/estados.tsx'
import { Etiqueta } from '../../../ui/escritorio/etiqueta.tsx'
import { Hoja } from '../../../ui/escritorio/hoja.tsx'
import { SinDatos } from '../sin-datos.tsx'
import { t } from './textos.ts'

const CADA_MS = 30_000
const POR_PAGINA = 25
/** What one answer of the server may hold. */
const COMO_MUCHO = 100

interface Uso {
  transaccionId: string
  folio: string
  cliente: string | null
  sucursalId: string | null
  fecha: number
  descuento: number
  pagado: number
  estado: 'usado' | 'excedido' | 'devuelto'
}
interface Estadisticas {
  enviados: number
  canjeados: number
  tasa: number | null
  costo: number
  usos: Uso[]
  totalDeUsos: number
}

/** CUP-05. What became of a cupón and who used it, newest first. The server counts it. */
export function Usos({ cupon, alCerrar }: { cupon: CuponDoc; alCerrar: () => void }) {
  const { pedir, negocio } = useStudio()
  const [cuantos, setCuantos] = useState(POR_PAGINA)
  const leer = useCallback(
    () => pedir<Estadisticas>(`/api/cupones/${cupon.id}/estadisticas?negocioId=${negocio.negocioId}&limit=${cuantos}`),
    [pedir, cupon.id, negocio.negocioId, cuantos],
  )
  const { valor, falla } = useLectura(leer, CADA_MS)
  return (
    <Hoja titulo={t.usosDe(cupon.titulo)} alCerrar={alCerrar} clase="cu-usos">
      {!valor && <SinDatos falla={falla} />}
      {valor && (
        <>
          <dl className="cu__cifras">
            <Cifra rotulo={t.enviados} valor={valor.enviados.toLocaleString('es-MX')} />
            <Cifra rotulo={t.canjeados} valor={valor.canjeados.toLocaleString('es-MX')} />
            <Cifra rotulo={t.tasa} valor={valor.tasa === null ? t.sinDato : `${valor.tasa}%`} />
            <Cifra rotulo={t.costo} valor={enPesos(valor.costo)} />
          </dl>
          {valor.usos.length === 0 ? <Vacio icono={TicketPercent} titulo={t.nadieTodavia} /> : <Tabla usos={valor.usos} />}
          {valor.totalDeUsos > valor.usos.length && cuantos < COMO_MUCHO && (
            <button type="button" className="btn" onClick={() => setCuantos(COMO_MUCHO)}>
              {t.verMas}
            </button>
          )}
        </>
      )}
    </Hoja>
  )
}

const Cifra = ({ rotulo, valor }: { rotulo: string; valor: string }) => (
  <div>
    <dt>{rotulo}</dt>
    <dd className="n">{valor}</dd>
  </div>
)
/** REST gives pesos. */
const enPesos = (monto: number) => pesos(Math.round(monto * 100))

const ESTADOS = { usado: ['ok', CircleCheck], excedido: ['warn', TriangleAlert], devuelto: ['out', Undo2] } as const

function Tabla({ usos }: { usos: Uso[] }) {
  const { negocio } = useStudio()
  const { zona } = useStudioVivo()
  const sucursales = new Map(negocio.sucursales.map((s) => [s.id, s.nombre]))
  return (
    <table className="t cards">
      <thead>
        <tr>
          <th>{t.cliente}</th>
          <th>{t.fecha}</th>
          <th>{t.sucursal}</th>
          <th>{t.folio}</th>
          <th className="num">{t.descuento}</th>
          <th className="num">{t.pagado}</th>
          <th>{t.estado}</th>
        </tr>
      </thead>
      <tbody>
        {usos.map((uso) => {
          const [tono, icono] = ESTADOS[uso.estado]
          return (
            <tr key={uso.transaccionId}>
              <td className="b">{uso.cliente ?? <span className="mut">{t.sinCliente}</span>}</td>
              <td className="n r">{fechaYHora(uso.fecha, zona)}</td>
              <td>{sucursales.get(uso.sucursalId ?? '') ?? ''}</td>
              <td className="mono r">{uso.folio}</td>
              <td className="num" data-l={t.descuento}>
                {enPesos(uso.descuento)}
              </td>
              <td className="num r" data-l={t.pagado}>
                {enPesos(uso.pagado)}
              </td>
              <td>
                <Etiqueta tono={tono} icono={icono}>
                  {t[uso.estado]}
                </Etiqueta>
              </td>
            </tr>
          )
        })}
      </tbody>
    </table>
  )
}
