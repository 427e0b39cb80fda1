import { useEffect, useState } from 'react'
import type { ReplicaApi } from '../../../workers/replica/api.ts'
import { descargarBlob } from '../../lib/descargar.ts'
import { hace } from '../../lib/formato.ts'
import { textoDe } from '../../lib/i18n.ts'
import { useCaja, useVivo } from '../../replica/contexto.ts'
import { Icono } from '../../ui/iconos.tsx'
import { falta as f } from './textos-de-lo-que-falta.ts'

type FotoPendiente = Extract<Awaited<ReturnType<NonNullable<ReplicaApi['fotosPendientes']>>>, { ok: true }>['valor'][number]

/** SCAN-17: evidence photos of sales that the server does not have yet. `descartar` says why it could not, or null. */
export function useFotosPendientes(): { fotos: FotoPendiente[]; descartar: (hash: string) => Promise<string | null> } {
  const { replica } = useCaja()
  const { estado } = useVivo()
  const [fotos, setFotos] = useState<FotoPendiente[]>([])
  const [vez, setVez] = useState(0)
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new state of the exchange makes the list old
  useEffect(() => {
    let vivo = true
    replica
      .fotosPendientes?.()
      .then((r) => vivo && r.ok && setFotos(r.valor))
      .catch(() => {}) // a till that is starting again is told of by its own banner
    return () => {
      vivo = false
    }
  }, [replica, estado, vez])
  const descartar = async (hash: string) => {
    const r = await replica.descartarFoto?.(hash)
    setVez((antes) => antes + 1)
    return r && !r.ok ? textoDe(r.codigo) : null
  }
  return { fotos, descartar }
}

export function FotosPorEnviar({ fotos, ahora }: { fotos: FotoPendiente[]; ahora: number }) {
  if (fotos.length === 0) return null
  return (
    <section>
      <h2 className="sec">
        <span className="row">
          <span className="state state--local">
            <Icono de="camara" />
          </span>
          {f.fotos}
        </span>
        <span className="cnt num">{fotos.length}</span>
      </h2>
      <p className="sm soft">{f.fotosExplica}</p>
      <ul className="panel cola">
        {fotos.map(({ hash, desdeAt, bytes, recibidos }) => (
          <li key={hash}>
            <span className="state state--local">
              <Icono de="subir" />
            </span>
            <span className="grow">
              <b className="m">{f.foto}</b>
              <br />
              <span className="sm dim num">{f.avance(Math.floor((100 * recibidos) / Math.max(1, bytes)))}</span>
            </span>
            <span className="end sm dim num">{hace(ahora - desdeAt)}</span>
          </li>
        ))}
      </ul>
    </section>
  )
}

export function FotoRechazada({ foto, alDescartar }: { foto: FotoPendiente; alDescartar: () => void }) {
  const { replica } = useCaja()
  const guardar = async () => {
    const r = await replica.foto?.(foto.hash)
    if (r?.ok && r.valor) descargarBlob(`evidencia-${foto.hash.slice(0, 8)}.webp`, r.valor)
  }
  return (
    <article className="issue">
      <h3>{f.fotoRechazada}</h3>
      <p>
        {foto.codigo && textoDe(foto.codigo)} {f.fotoRechazadaTexto}
      </p>
      <div className="fix">
        <button type="button" className="btn btn--sm btn--secondary" onClick={() => void guardar()}>
          {f.guardarFoto}
        </button>
        <button type="button" className="btn btn--sm btn--secondary" onClick={alDescartar}>
          {f.quitarFoto}
        </button>
      </div>
    </article>
  )
}
