import { CircleAlert, CircleCheck, FileUp } from 'lucide-react'
import { type DragEvent, useRef, useState } from 'react'
import type { Codigo } from '../../../../schema/core/codigos.ts'
import type { RespuestaArchivo } from '../../../../schema/protocol/archivo.ts'
import type { SesionDeCuenta } from '../../../domain/cuentas/sesion.ts'
import { textoDe } from '../../../lib/i18n.ts'
import { leerArchivo, type Resultado, resultadoDe } from './archivo.ts'
import { t } from './textos.ts'
import './cajas.css'

/** Ten thousand entries are judged one by one. */
const PLAZO_MS = 180_000

type Paso =
  | { en: 'eleccion'; falla: 'ilegible' | 'grande' | 'vacio' | null }
  | { en: 'lectura' }
  | { en: 'envio'; renglones: number /** Its id. */; caja: string }
  | { en: 'listo'; resultado: Resultado; caja: string }
  | { en: 'rechazo'; codigo: Codigo; caja: string }

/** A till's pending entries, carried here by a person: chosen or dropped, sent whole, and what became of them. Sending it again changes nothing. */
export function SubirArchivo({
  sesion,
  nombreDe,
  alCerrar,
}: {
  sesion: SesionDeCuenta
  /** Name of a till by its id. */
  nombreDe: (dispositivoId: string) => string
  alCerrar: () => void
}) {
  const campo = useRef<HTMLInputElement>(null)
  const [paso, setPaso] = useState<Paso>({ en: 'eleccion', falla: null })
  const [encima, setEncima] = useState(false)
  const subir = async (archivo: File | undefined) => {
    if (!archivo) return
    setPaso({ en: 'lectura' })
    const leido = leerArchivo(await archivo.text(), archivo.size)
    if ('falla' in leido) return setPaso({ en: 'eleccion', falla: leido.falla })
    const caja = leido.archivo.dispositivoId
    setPaso({ en: 'envio', renglones: leido.renglones, caja })
    const r = await sesion.pedir<RespuestaArchivo>('/sync/diario/archivo', { cuerpo: leido.archivo, plazoMs: PLAZO_MS })
    setPaso(r.ok ? { en: 'listo', resultado: resultadoDe(leido, r.valor), caja } : { en: 'rechazo', codigo: r.codigo, caja })
  }
  const alSoltar = (evento: DragEvent) => {
    evento.preventDefault()
    setEncima(false)
    void subir(evento.dataTransfer.files[0])
  }
  const ocupado = paso.en === 'lectura' || paso.en === 'envio'
  return (
    <section
      className="card state ca-subir"
      aria-label={t.subir}
      data-encima={encima}
      onDragOver={(e) => {
        e.preventDefault()
        setEncima(true)
      }}
      onDragLeave={() => setEncima(false)}
      onDrop={alSoltar}
    >
      <Dicho paso={paso} encima={encima} nombreDe={nombreDe} />
      <input
        ref={campo}
        type="file"
        hidden
        accept=".json,application/json"
        data-pendientes
        onChange={(e) => {
          const [archivo] = e.target.files ?? []
          e.target.value = '' // the same file may be chosen again
          void subir(archivo)
        }}
      />
      {!ocupado && (
        <div className="row wrap ca-salidas">
          <button type="button" className="btn p" onClick={() => campo.current?.click()}>
            {paso.en === 'eleccion' ? t.elegir : t.otroArchivo}
          </button>
          <button type="button" className="btn" onClick={alCerrar}>
            {t.cerrar}
          </button>
        </div>
      )}
    </section>
  )
}

function Dicho({ paso, encima, nombreDe }: { paso: Paso; encima: boolean; nombreDe: (dispositivoId: string) => string }) {
  if (paso.en === 'lectura' || paso.en === 'envio')
    return (
      <div role="status" className="col ca-dicho">
        <h2>{paso.en === 'lectura' ? t.leyendo : t.enviando(paso.renglones)}</h2>
        <progress aria-label={t.subir} />
        <p>{paso.en === 'envio' ? `${t.deCaja(nombreDe(paso.caja))}. ${t.noCierres}` : t.noCierres}</p>
      </div>
    )
  if (paso.en === 'listo')
    return (
      <div role="status" className="col ca-dicho">
        <CircleCheck className="i ok" aria-hidden="true" />
        <h2>{t.listo}</h2>
        <p>{[t.deCaja(nombreDe(paso.caja)), t.nuevos(paso.resultado.nuevos), t.yaEstaban(paso.resultado.yaEstaban)].join(' · ')}</p>
        {paso.resultado.incompletas > 0 && <p className="bad">{t.incompletas(paso.resultado.incompletas)}</p>}
      </div>
    )
  if (paso.en === 'rechazo')
    return (
      <div role="alert" className="col ca-dicho">
        <CircleAlert className="i bad" aria-hidden="true" />
        <h2>{t.rechazado}</h2>
        <p>{`${t.deCaja(nombreDe(paso.caja))}. ${textoDe(paso.codigo)}`}</p>
      </div>
    )
  return (
    <>
      <FileUp className="i" aria-hidden="true" />
      <h2>{encima ? t.sueltalo : t.subir}</h2>
      <p>{t.subirTexto}</p>
      {paso.falla && (
        <p className="bad" role="alert">
          {t[paso.falla]}
        </p>
      )}
    </>
  )
}
