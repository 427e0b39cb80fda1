import { CircleAlert, CircleCheck, Download, HardDrive, Image, RefreshCw, Scale } from 'lucide-react'
import { type ReactNode, useEffect, useState } from 'react'
import type { Coleccion } from '../../../../schema/protocol/pull.ts'
import { nombreDeCampo } from '../../../domain/articulos/campos.ts'
import { descargar } from '../../../lib/descargar.ts'
import { hace, hora } from '../../../lib/formato.ts'
import { textoDe } from '../../../lib/i18n.ts'
import { type EdicionPendiente, useStudio, useStudioVivo } from '../../../replica/studio.ts'
import { useReloj } from '../../../replica/use-reloj.ts'
import { avisar } from '../../../ui/escritorio/avisos-cola.ts'
import { Hoja } from '../../../ui/escritorio/hoja.tsx'
import { t } from './textos.ts'

interface Props {
  alCerrar: () => void
  /** To the screen where this document is corrected. */
  alCorregir: (edicion: EdicionPendiente) => void
}

/** Behind the status chip: refused edits with their reason and the ways out, then what is still only here, with its age (design 05). */
export function LoPendiente({ alCerrar, alCorregir }: Props) {
  const { replica } = useStudio()
  const { estado, ediciones, zona } = useStudioVivo()
  const hechos = useHechosPorEnviar()
  const [ocupado, setOcupado] = useState(false)
  const [dicho, setDicho] = useState<string | null>(null)
  const rechazadas = ediciones.filter((e) => e.codigo !== null)
  const sinMandar = ediciones.filter((e) => e.codigo === null)
  const esperan = sinMandar.filter((e) => !esFoto(e))
  const fotos = sinMandar.length - esperan.length
  const intentar = async () => {
    setOcupado(true)
    const r = await replica.sincronizarAhora()
    setDicho(r.ok ? null : textoDe(r.codigo))
    setOcupado(false)
  }
  const exportar = async () => {
    if (ediciones.length > 0) descargar('cambios', JSON.stringify(await conValores(replica, ediciones), null, 2))
    if (hechos === 0) return
    const r = await replica.exportarPendientes()
    if (r.ok) descargar('pendientes', r.valor)
    else setDicho(textoDe(r.codigo))
  }
  const nada = ediciones.length === 0 && hechos === 0 && fotos === 0
  return (
    <Hoja
      titulo={t.loPendiente}
      alCerrar={alCerrar}
      ancho="angosta"
      clase="lo-pendiente"
      pie={
        <>
          <button type="button" className="btn" disabled={nada} onClick={() => void exportar()}>
            <Download className="i" aria-hidden="true" />
            {t.exportar}
          </button>
          <span className="sp" />
          <button type="button" className="btn p" disabled={ocupado} onClick={() => void intentar()}>
            <RefreshCw className="i" aria-hidden="true" />
            {t.intentarAhora}
          </button>
        </>
      }
    >
      <p className="mut sm" role="status">
        {dicho ?? (estado?.ultimoIntercambioAt ? t.ultimoIntercambio(hora(estado.ultimoIntercambioAt, zona)) : t.nuncaHubo)}
      </p>
      {nada && (
        <p className="row">
          <CircleCheck className="i ok" aria-hidden="true" />
          {t.nadaPendiente}
        </p>
      )}
      {(estado?.edicionesSinEntregar ?? 0) > 0 && <SinEntregar cuantas={estado?.edicionesSinEntregar ?? 0} />}
      {rechazadas.length > 0 && (
        <Grupo titulo={t.rechazados}>
          {rechazadas.map((e) => (
            <Rechazada key={`${e.coleccion}|${e.id}`} edicion={e} alCorregir={() => alCorregir(e)} />
          ))}
        </Grupo>
      )}
      {(esperan.length > 0 || hechos > 0 || fotos > 0) && (
        <Grupo titulo={t.porEnviar}>
          {esperan.map((e) => (
            <EnEspera key={`${e.coleccion}|${e.id}`} edicion={e} />
          ))}
          {hechos > 0 && <Renglon icono={<Scale className="i" aria-hidden="true" />} titulo={t.decisiones(hechos)} />}
          {fotos > 0 && <Renglon icono={<Image className="i" aria-hidden="true" />} titulo={t.fotos(fotos)} />}
        </Grupo>
      )}
    </Hoja>
  )
}

function Grupo({ titulo, children }: { titulo: string; children: ReactNode }) {
  return (
    <section>
      <h3>{titulo}</h3>
      <ul>{children}</ul>
    </section>
  )
}

function Renglon({ icono, titulo, detalle, children }: { icono: ReactNode; titulo: string; detalle?: string; children?: ReactNode }) {
  return (
    <li className="li lo-pendiente__renglon">
      {icono}
      <div className="sp">
        <b>{titulo}</b>
        {detalle && <p className="mut sm">{detalle}</p>}
        {children}
      </div>
    </li>
  )
}

/** What this device could not hand in when its rights were taken away, until somebody saves or discards it (decision 0014). */
function SinEntregar({ cuantas }: { cuantas: number }) {
  const { replica } = useStudio()
  const guardar = async () => {
    const r = await replica.exportarEdicionesSinEntregar()
    if (r.ok) descargar('cambios', r.valor)
  }
  return (
    <div className="banner warn">
      <span className="sp">{t.sinEntregar(cuantas)}</span>
      <button type="button" className="btn s" onClick={() => void guardar()}>
        {t.guardarCopia}
      </button>
      <button type="button" className="btn s d" onClick={() => void replica.descartarEdicionesSinEntregar()}>
        {t.descartar}
      </button>
    </div>
  )
}

/** A picture has no name and no fields: it waits, or is refused whole. */
const esFoto = (e: EdicionPendiente) => e.coleccion === 'imagenes'
const nombreDe = (e: EdicionPendiente) => (esFoto(e) ? t.unaFoto : e.coleccion === 'avisos' ? t.aviso : e.nombre)
const camposDe = (e: EdicionPendiente) => (e.coleccion === 'articulos' ? t.campos(e.campos.map(nombreDeCampo).join(', ')) : '')

function EnEspera({ edicion }: { edicion: EdicionPendiente }) {
  const ahora = useReloj()
  const detalle = [camposDe(edicion), hace(ahora - edicion.desdeAt)].filter(Boolean).join(' · ')
  return <Renglon icono={<HardDrive className="i" aria-hidden="true" />} titulo={nombreDe(edicion)} detalle={detalle} />
}

function Rechazada({ edicion, alCorregir }: { edicion: EdicionPendiente; alCorregir: () => void }) {
  const { replica } = useStudio()
  const coleccion = edicion.coleccion as Coleccion
  const reintentar = async () => {
    const [con] = await conValores(replica, [edicion])
    const r = await replica.editar(coleccion, edicion.id, con?.cambios ?? {})
    if (!r.ok) avisar(textoDe(r.codigo), { tono: 'mal' })
  }
  const descartar = async () => {
    const r = await replica.descartarEdicion?.(coleccion, edicion.id)
    if (r) avisar(r.ok ? t.descartado : textoDe(r.codigo), r.ok ? {} : { tono: 'mal' })
  }
  return (
    <Renglon
      icono={<CircleAlert className="i bad" aria-hidden="true" />}
      titulo={nombreDe(edicion)}
      detalle={[camposDe(edicion), edicion.codigo && textoDe(edicion.codigo)].filter(Boolean).join('. ')}
    >
      <div className="row wrap lo-pendiente__salidas">
        {!esFoto(edicion) && (
          <>
            <button type="button" className="btn s" onClick={alCorregir}>
              {t.corregir}
            </button>
            <button type="button" className="btn s" onClick={() => void reintentar()}>
              {t.reintentar}
            </button>
          </>
        )}
        <button type="button" className="btn s d" onClick={() => void descartar()}>
          {t.descartar}
        </button>
      </div>
    </Renglon>
  )
}

/** The edits with what they say, as a person may keep them or have them sent again. */
async function conValores(replica: ReturnType<typeof useStudio>['replica'], ediciones: readonly EdicionPendiente[]) {
  return Promise.all(
    ediciones.map(async ({ coleccion, id, campos, desdeAt, codigo }) => {
      const r = await replica.consultar({ coleccion: coleccion as Coleccion, selector: { id } })
      const documento = (r.ok ? r.valor[0] : undefined) as Record<string, unknown> | undefined
      return { coleccion, id, desdeAt, codigo, cambios: Object.fromEntries(campos.map((campo) => [campo, documento?.[campo]])) }
    }),
  )
}

/** Decisions on held points (R2, R10, R11, R15, R16) that are in this device's journal only. */
function useHechosPorEnviar(): number {
  const { replica } = useStudio()
  const { estado } = useStudioVivo()
  const [cuantos, setCuantos] = useState(0)
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new state makes the count old
  useEffect(() => {
    let vivo = true
    void replica.pendientes().then((r) => vivo && r.ok && setCuantos(r.valor.length))
    return () => {
      vivo = false
    }
  }, [replica, estado])
  return cuantos
}
