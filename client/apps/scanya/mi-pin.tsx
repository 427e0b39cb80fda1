import { type FormEvent, useId, useState } from 'react'
import { cuentaAtras } from '../../domain/empleados/entrada.ts'
import { textoDe } from '../../lib/i18n.ts'
import { useCaja } from '../../replica/contexto.ts'
import { Hoja } from '../../ui/hoja.tsx'
import { Icono } from '../../ui/iconos.tsx'
import { pin as p } from './textos-de-pin.ts'

interface Falla {
  campo: string | null
  texto: string
}
const CAMPOS = ['pinActual', 'pin', 'otraVez'] as const

/** EMP-15. Who is at the till changes the own PIN, with the old one, online. */
export function MiPin({ alCerrar }: { alCerrar: () => void }) {
  const { replica } = useCaja()
  const [falla, setFalla] = useState<Falla | null>(null)
  const [en, setEn] = useState<'forma' | 'guardando' | 'hecho'>('forma')
  const guardar = async (evento: FormEvent<HTMLFormElement>) => {
    evento.preventDefault()
    const datos = new FormData(evento.currentTarget)
    const [pinActual, pin, otraVez] = CAMPOS.map((campo) => String(datos.get(campo) ?? '')) as [string, string, string]
    if (pin !== otraVez) return setFalla({ campo: 'otraVez', texto: p.distinto })
    setFalla(null)
    setEn('guardando')
    const r = await replica.cambiarMiPin?.(pinActual, pin).catch(() => null)
    setEn(r?.ok ? 'hecho' : 'forma')
    if (r?.ok) return
    const espera = r?.esperaMs ? ` ${p.esperas(cuentaAtras(r.esperaMs))}` : ''
    const propio = r?.codigo === 'SIN_CONEXION' ? p.sinRed : r?.codigo === 'CREDENCIALES_PIN' ? p.noEs : null
    const texto = (propio ?? textoDe(r?.codigo ?? 'REPLICA_CAIDA')) + espera
    setFalla({ campo: r?.campo ?? null, texto })
  }
  return (
    <Hoja titulo={p.titulo} alCerrar={alCerrar}>
      {en === 'hecho' ? (
        <p className="row" role="status">
          <Icono de="palomita" /> {p.hecho}
        </p>
      ) : (
        <form className="stack" onSubmit={(evento) => void guardar(evento)}>
          <p className="sm soft">{p.texto}</p>
          <CampoDePin rotulo={p.actual} name="pinActual" autoComplete="current-password" falla={falla} />
          <CampoDePin rotulo={p.nuevo} name="pin" autoComplete="new-password" ayuda={p.ayuda} falla={falla} />
          <CampoDePin rotulo={p.otraVez} name="otraVez" autoComplete="new-password" falla={falla} />
          {falla && falla.campo === null && (
            <p className="mal" role="alert">
              <Icono de="atencion" /> {falla.texto}
            </p>
          )}
          <button type="submit" className="btn btn--primary btn--lg" disabled={en === 'guardando'}>
            {en === 'guardando' ? p.guardando : p.guardar}
          </button>
        </form>
      )}
    </Hoja>
  )
}

interface DeCampo {
  rotulo: string
  name: string
  autoComplete: 'current-password' | 'new-password'
  ayuda?: string
  falla: Falla | null
}

function CampoDePin({ rotulo, name, autoComplete, ayuda, falla }: DeCampo) {
  const id = useId()
  const error = falla?.campo === name ? falla.texto : null
  return (
    <div className={`field ${error ? 'field--error' : ''}`}>
      <span>
        <label htmlFor={id}>{rotulo}</label>
      </span>
      <input
        id={id}
        className="input"
        name={name}
        type="password"
        inputMode="numeric"
        pattern="\d{4,6}"
        maxLength={6}
        autoComplete={autoComplete}
        required
        aria-invalid={error !== null}
        aria-describedby={error || ayuda ? `${id}-ayuda` : undefined}
      />
      {(error || ayuda) && (
        <span id={`${id}-ayuda`} role={error ? 'alert' : undefined} className={error ? 'error' : undefined}>
          {error ?? ayuda}
        </span>
      )}
    </div>
  )
}
