import { Ban, CircleCheck, CircleOff, Clock, Gift, Search, SearchX } from 'lucide-react'
import { useMemo, useState } from 'react'
import { ESTADOS_DE_CANJE, type EstadoDeCanje } from '../../../../schema/domain/canjes/canje.ts'
import type { CanjeDoc, ClienteDoc, ConfigDoc } from '../../../../schema/protocol/documentos.ts'
import { fechaYHora } from '../../../lib/formato.ts'
import { useStudio, useStudioVivo } from '../../../replica/studio.ts'
import { useColeccion } from '../../../replica/use-consulta.ts'
import { Huesos, Vacio } from '../../../ui/escritorio/estados.tsx'
import { Etiqueta } from '../../../ui/escritorio/etiqueta.tsx'
import { t } from './textos.ts'

const POR_VEZ = 100
const ESTADOS = {
  pendiente: ['warn', Clock],
  confirmado: ['ok', CircleCheck],
  expirado: ['out', CircleOff],
  cancelado: ['out', Ban],
} as const satisfies Record<EstadoDeCanje, unknown>

/** The canjes of the last 35 days, newest first: what, whose, where, by whom, and what became of it. Null: not read yet. */
export function Canjes({ canjes }: { canjes: CanjeDoc[] | null }) {
  const { replica } = useStudio()
  const [texto, setTexto] = useState('')
  const [estado, setEstado] = useState<EstadoDeCanje | null>(null)
  const [cuantos, setCuantos] = useState(POR_VEZ)
  const ids = useMemo(() => [...new Set((canjes ?? []).map((c) => c.usuarioId))].sort(), [canjes])
  const clientes = useColeccion<ClienteDoc>(replica, 'clientes', { selector: { id: { $in: ids } } })
  const nombres = useMemo(() => new Map((clientes ?? []).map((c) => [c.id, c.alias])), [clientes])
  if (canjes === null) return <Huesos filas={6} />
  if (canjes.length === 0)
    return (
      <section className="card">
        <Vacio icono={Gift} titulo={t.ningunCanje} texto={t.ningunCanjeTexto} />
      </section>
    )
  const buscado = sinAcentos(texto)
  const vistos = canjes
    .filter((c) => estado === null || c.estado === estado)
    .filter((c) => sinAcentos(`${c.nombre} ${nombres.get(c.usuarioId) ?? ''}`).includes(buscado))
    .sort((a, b) => b.creadoAt - a.creadoAt)
  return (
    <>
      <div className="row wrap re-filtros">
        <span className="in q sp">
          <Search className="i" aria-hidden="true" />
          <input aria-label={t.buscarCanje} placeholder={t.buscarCanje} value={texto} onChange={(e) => setTexto(e.target.value)} />
        </span>
        <fieldset className="seg re-estados" aria-label={t.estado}>
          <button type="button" aria-pressed={estado === null} onClick={() => setEstado(null)}>
            {t.todos}
          </button>
          {ESTADOS_DE_CANJE.map((cual) => (
            <button key={cual} type="button" aria-pressed={estado === cual} onClick={() => setEstado(cual)}>
              {t[cual]}
            </button>
          ))}
        </fieldset>
      </div>
      <p role="status" className="sm mut">
        {t.nCanjes(vistos.length)}
      </p>
      <section className="card tw" aria-label={t.canjes}>
        {vistos.length === 0 ? (
          <Vacio icono={SearchX} titulo={t.nCanjes(0)} />
        ) : (
          <Tabla canjes={vistos.slice(0, cuantos)} nombres={nombres} />
        )}
      </section>
      {vistos.length > cuantos && (
        <button type="button" className="btn" onClick={() => setCuantos(cuantos + POR_VEZ)}>
          {t.verMas}
        </button>
      )}
    </>
  )
}

const sinAcentos = (texto: string): string =>
  texto
    .normalize('NFD')
    .replace(/[\u0300-\u036f]/g, '')
    .toLowerCase()
    .trim()

function Tabla({ canjes, nombres }: { canjes: CanjeDoc[]; nombres: ReadonlyMap<string, string> }) {
  const { negocio } = useStudio()
  const { config, zona } = useStudioVivo()
  const sucursales = new Map(negocio.sucursales.map((s) => [s.id, s.nombre]))
  const empleados = new Map(config.flatMap((c: ConfigDoc) => ('empleadoId' in c ? [[c.empleadoId, c.nombre] as const] : [])))
  return (
    <table className="t cards">
      <thead>
        <tr>
          <th>{t.recompensa}</th>
          <th>{t.estado}</th>
          <th>{t.cliente}</th>
          <th className="num">{t.puntos}</th>
          <th>{t.pedido}</th>
          <th>{t.donde}</th>
          <th>{t.entrego}</th>
        </tr>
      </thead>
      <tbody>
        {canjes.map((c) => {
          const [tono, icono] = ESTADOS[c.estado]
          return (
            <tr key={c.id} data-canje={c.id}>
              <td className="b">{c.nombre}</td>
              <td className="r">
                <Etiqueta tono={tono} icono={icono}>
                  {t[c.estado]}
                </Etiqueta>
              </td>
              <td>{nombres.get(c.usuarioId) ?? '—'}</td>
              <td className="num r" data-l={t.puntos}>
                {c.puntos.toLocaleString('es-MX')}
                {c.apartado && c.estado !== 'pendiente' && <span className="mut sm">{` ${t.apartados}`}</span>}
              </td>
              <td className="n" data-l={t.pedido}>
                {fechaYHora(c.creadoAt, zona)}
              </td>
              <td className="r">{c.sucursalId === null ? t.cualquierSucursal : (sucursales.get(c.sucursalId) ?? '—')}</td>
              <td data-l={c.empleadoId ? t.entrego : undefined}>{c.empleadoId ? (empleados.get(c.empleadoId) ?? '—') : ''}</td>
            </tr>
          )
        })}
      </tbody>
    </table>
  )
}
