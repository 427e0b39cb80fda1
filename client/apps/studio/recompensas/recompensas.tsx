import { Ellipsis, Eye, Gift, Pencil, Plus, Trash2 } from 'lucide-react'
import { useMemo, useState } from 'react'
import { DIA } from '../../../../schema/core/tiempo.ts'
import { estaBorrado } from '../../../../schema/merge/campos.ts'
import type { CanjeDoc, RecompensaDoc } from '../../../../schema/protocol/documentos.ts'
import { Foto } from '../../../domain/articulos/foto.tsx'
import { entregadosPorRecompensa } from '../../../domain/recompensas/forma.ts'
import { pesos } from '../../../lib/formato.ts'
import { useStudio } from '../../../replica/studio.ts'
import { useColeccion } from '../../../replica/use-consulta.ts'
import { Desplegable } from '../../../ui/escritorio/desplegable.tsx'
import { Huesos, Vacio } from '../../../ui/escritorio/estados.tsx'
import { Interruptor } from '../../../ui/escritorio/interruptor.tsx'
import { Pestanas } from '../../../ui/escritorio/pestanas.tsx'
import { useTeclas } from '../../../ui/escritorio/tecla.ts'
import { EstadoDeDocumento, NoEsta, useAjeno } from '../forma/hoja-de-forma.tsx'
import { useAbierto } from '../forma/use-abierto.ts'
import { useEscribir } from '../forma/use-escribir.ts'
import { Canjes } from './canjes.tsx'
import { HojaDeRecompensa } from './hoja-de-recompensa.tsx'
import { t } from './textos.ts'
import './recompensas.css'

const DIAS_DE_CANJES = 35

/** CARD-31. What points buy, and the canjes of the last 35 days, both as this device has them. */
export function Recompensas() {
  const { replica, sucursalId } = useStudio()
  const docs = useColeccion<RecompensaDoc>(replica, 'recompensas')
  const [desde] = useState(() => Date.now() - DIAS_DE_CANJES * DIA)
  const canjes = useColeccion<CanjeDoc>(replica, 'canjes', { selector: { creadoAt: { $gte: desde } } })
  const { abierto, abrir, cerrar } = useAbierto('recompensas')
  const [parte, setParte] = useState<'recompensas' | 'canjes'>('recompensas')
  useTeclas({ n: () => abrir('nuevo') })
  const vivas = useMemo(() => (docs ?? []).filter((r) => !estaBorrado(r)), [docs])
  const deAqui = vivas
    .filter((r) => sucursalId === null || r.sucursales.length === 0 || r.sucursales.includes(sucursalId))
    .sort((a, b) => a.puntos - b.puntos || a.nombre.localeCompare(b.nombre))
  const suyos = useMemo(
    () => (canjes ?? []).filter((c) => sucursalId === null || c.sucursalId === null || c.sucursalId === sucursalId),
    [canjes, sucursalId],
  )
  const laAbierta = vivas.find((r) => r.id === abierto) ?? null
  return (
    <>
      <div className="phead">
        <div className="t">
          <h1>{t.titulo}</h1>
          <p>{t.lema}</p>
        </div>
        <button type="button" className="btn p" onClick={() => abrir('nuevo')}>
          <Plus className="i" aria-hidden="true" />
          {t.nueva}
        </button>
      </div>
      <Pestanas
        panel="recompensas"
        etiqueta={t.secciones}
        pestanas={[
          { id: 'recompensas', texto: t.recompensas, cuenta: deAqui.length },
          { id: 'canjes', texto: t.canjes, cuenta: suyos.length },
        ]}
        activa={parte}
        alCambiar={setParte}
      />
      <div id="recompensas" className="re-panel" role="tabpanel" aria-labelledby={`recompensas-${parte}`} aria-busy={docs === null}>
        {parte === 'canjes' && <Canjes canjes={canjes && suyos} />}
        {parte === 'recompensas' && docs === null && <Huesos filas={4} />}
        {parte === 'recompensas' && docs !== null && deAqui.length === 0 && (
          <section className="card">
            <Vacio icono={Gift} titulo={t.ninguna} texto={t.ningunaTexto}>
              <button type="button" className="btn p" onClick={() => abrir('nuevo')}>
                <Plus className="i" aria-hidden="true" />
                {t.nueva}
              </button>
            </Vacio>
          </section>
        )}
        {parte === 'recompensas' && deAqui.length > 0 && <Tabla recompensas={deAqui} canjes={suyos} alAbrir={abrir} />}
      </div>
      {abierto !== null && abierto !== 'nuevo' && docs !== null && !laAbierta && <NoEsta alCerrar={cerrar} />}
      {(abierto === 'nuevo' || laAbierta) && <HojaDeRecompensa key={abierto} recompensa={laAbierta} alCerrar={cerrar} />}
    </>
  )
}

function Tabla({ recompensas, canjes, alAbrir }: { recompensas: RecompensaDoc[]; canjes: CanjeDoc[]; alAbrir: (id: string) => void }) {
  const entregados = useMemo(() => entregadosPorRecompensa(canjes), [canjes])
  return (
    <section className="card tw" aria-label={t.titulo}>
      <table className="t cards re-tabla">
        <thead>
          <tr>
            <th>{t.recompensa}</th>
            <th className="num">{t.puntos}</th>
            <th className="num">{t.valor}</th>
            <th className="num">{t.entregados}</th>
            <th>{t.activa}</th>
            <th>
              <span className="vh">{t.acciones}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {recompensas.map((r) => (
            <Fila key={r.id} recompensa={r} entregadas={entregados.get(r.id) ?? 0} alAbrir={() => alAbrir(r.id)} />
          ))}
        </tbody>
      </table>
    </section>
  )
}

function Fila({ recompensa: r, entregadas, alAbrir }: { recompensa: RecompensaDoc; entregadas: number; alAbrir: () => void }) {
  const { replica, negocio } = useStudio()
  const escribir = useEscribir()
  const ajeno = useAjeno(r)
  const activar = (activa: boolean) =>
    void escribir([{ coleccion: 'recompensas', id: r.id, cambios: { activa } }], (activa ? t.seActivo : t.sePauso)(r.nombre))
  const eliminar = () => void escribir([{ coleccion: 'recompensas', id: r.id, cambios: { borrado: true } }], t.seElimino(r.nombre))
  return (
    <tr data-recompensa={r.id}>
      <td className="re-nombre">
        <span className="row">
          <Foto replica={replica} negocioId={negocio.negocioId} hash={r.imagen ?? undefined} clase="re-foto" />
          <button type="button" className="b re-abrir" onClick={alAbrir}>
            {r.nombre}
          </button>
          <EstadoDeDocumento coleccion="recompensas" id={r.id} />
        </span>
      </td>
      <td className="num r" data-l={t.puntos}>
        {r.puntos.toLocaleString('es-MX')}
      </td>
      <td className="num" data-l={t.valor}>
        {r.valorCentavos > 0 ? pesos(r.valorCentavos) : <span className="mut">{t.sinValor}</span>}
      </td>
      <td className="num r" data-l={t.entregados}>
        {entregadas.toLocaleString('es-MX')}
      </td>
      <td>
        <Interruptor si={r.activa} etiqueta={`${t.activa}: ${r.nombre}`} alCambiar={activar} inerte={ajeno !== null} />
      </td>
      <td className="r">
        <Desplegable
          etiqueta={t.masDe(r.nombre)}
          clase="btn s ic g"
          opciones={[
            { id: 'editar', texto: t.editar, icono: ajeno === null ? Pencil : Eye, alElegir: alAbrir },
            ...(ajeno === null
              ? [{ id: 'eliminar', texto: t.eliminar, icono: Trash2, peligro: true, raya: true, alElegir: eliminar }]
              : []),
          ]}
        >
          <Ellipsis className="i" aria-hidden="true" />
        </Desplegable>
      </td>
    </tr>
  )
}
