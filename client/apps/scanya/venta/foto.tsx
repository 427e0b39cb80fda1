import { useRef, useState } from 'react'
import { useFotoDeVenta } from '../../../domain/transacciones/use-foto-de-venta.ts'
import { textoDe } from '../../../lib/i18n.ts'
import { useCaja } from '../../../replica/contexto.ts'
import { Hoja } from '../../../ui/hoja.tsx'
import { Icono } from '../../../ui/iconos.tsx'
import { foto as f } from './textos-de-foto.ts'
import './foto.css'

/** SCAN-17: an evidence photo for the open sale, by the camera of the device. It is kept here at once, and never makes the sale wait. */
export function FotoDeVenta({ foto, alCambiar }: { foto: string | null; alCambiar: (hash: string | null) => void }) {
  const { tomar, guardando, problema } = useGuardar(alCambiar)
  const campo = useRef<HTMLInputElement>(null)
  return (
    <div className="foto">
      {foto === null ? (
        <button
          type="button"
          className="btn btn--secondary foto__tomar"
          aria-label={guardando ? f.guardando : f.tomar}
          disabled={guardando}
          onClick={() => campo.current?.click()}
        >
          <Icono de={guardando ? 'reloj' : 'camara'} />
        </button>
      ) : (
        <Tomada hash={foto} alQuitar={() => alCambiar(null)} />
      )}
      <input
        ref={campo}
        type="file"
        className="sr"
        tabIndex={-1}
        aria-hidden="true"
        accept="image/*"
        capture="environment"
        onChange={(evento) => {
          const [archivo] = evento.currentTarget.files ?? []
          evento.currentTarget.value = ''
          if (archivo) tomar(archivo)
        }}
      />
      {problema && (
        <p className="foto__mal" role="alert">
          {problema}
        </p>
      )}
    </div>
  )
}

function Tomada({ hash, alQuitar }: { hash: string; alQuitar: () => void }) {
  const vista = useFotoDeVenta(useCaja().replica, hash)
  const [entera, setEntera] = useState(false)
  const quitar = () => {
    setEntera(false)
    alQuitar()
  }
  return (
    <>
      <button type="button" className="btn btn--secondary foto__tomar" aria-label={f.ver} onClick={() => setEntera(true)}>
        {vista.como === 'esta' ? <img src={vista.src} alt="" /> : <Icono de="palomita" />}
      </button>
      {entera && (
        <Hoja
          titulo={f.titulo}
          alCerrar={() => setEntera(false)}
          pie={
            <div className="actions">
              <button type="button" className="btn btn--secondary" onClick={() => setEntera(false)}>
                {f.dejar}
              </button>
              <button type="button" className="btn btn--danger" onClick={quitar}>
                {f.quitar}
              </button>
            </div>
          }
        >
          {vista.como === 'esta' && <img className="foto__entera" src={vista.src} alt={f.titulo} />}
        </Hoja>
      )}
    </>
  )
}

function useGuardar(alCambiar: (hash: string) => void) {
  const { replica } = useCaja()
  const [guardando, setGuardando] = useState(false)
  const [problema, setProblema] = useState<string | null>(null)
  const tomar = async (archivo: Blob) => {
    setGuardando(true)
    setProblema(null)
    const caida = { ok: false, codigo: 'REPLICA_CAIDA' } as const
    const r = await (replica.guardarFoto?.(archivo) ?? Promise.resolve(caida)).catch(() => caida)
    setGuardando(false)
    if (r.ok) return alCambiar(r.valor)
    setProblema(r.codigo === 'REPLICA_CAIDA' ? f.noQuedo : textoDe(r.codigo))
  }
  return { tomar: (archivo: Blob) => void tomar(archivo), guardando, problema }
}
