import { type FormEvent, useId } from 'react'
import { Icono } from '../../ui/iconos.tsx'
import './por-codigo.css'

interface Pedido {
  t: { codigo: string; ejemplo: string; escanear: string; validar: string; validando: string }
  codigo: string
  /** Why the last one will not do; null: nothing wrong. */
  problema: string | null
  ocupado: boolean
  /** In capitals. */
  alEscribir: (codigo: string) => void
  alEnviar: () => void
  alMirar: () => void
}

/** What people read out, typed; or the camera. Of a cupón and of a canje (SCAN-26, 30). */
export function PorCodigo({ t, codigo, problema, ocupado, alEscribir, alEnviar, alMirar }: Pedido) {
  const id = useId()
  const enviar = (evento: FormEvent) => {
    evento.preventDefault()
    alEnviar()
  }
  return (
    <form className="por-codigo" onSubmit={enviar} noValidate>
      <div className={`field ${problema ? 'field--error' : ''}`}>
        <label htmlFor={id}>{t.codigo}</label>
        <input
          id={id}
          className="input num codigo"
          autoComplete="off"
          autoCapitalize="characters"
          spellCheck={false}
          enterKeyHint="go"
          maxLength={40}
          placeholder={t.ejemplo}
          value={codigo}
          aria-invalid={problema !== null}
          aria-describedby={problema ? `${id}-mal` : undefined}
          onChange={(evento) => alEscribir(evento.target.value.toUpperCase())}
        />
        {problema && (
          <span className="error" id={`${id}-mal`} role="alert">
            <Icono de="atencion" />
            {problema}
          </span>
        )}
      </div>
      <div className="actions">
        <button type="button" className="btn btn--secondary btn--lg" onClick={alMirar}>
          <Icono de="qr" />
          {t.escanear}
        </button>
        <button type="submit" className="btn btn--primary btn--lg wide" aria-disabled={ocupado}>
          {ocupado ? t.validando : t.validar}
        </button>
      </div>
    </form>
  )
}
