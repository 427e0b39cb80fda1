import { CircleAlert } from 'lucide-react'
import { type InputHTMLAttributes, type ReactNode, useId } from 'react'

interface DeCampo {
  rotulo: string
  ayuda?: string
  error?: string | null
}

/** A labelled field; its error is tied to it, and goes before the words that say what is allowed. */
export function Campo({ rotulo, ayuda, error, ...input }: DeCampo & InputHTMLAttributes<HTMLInputElement>) {
  const id = useId()
  return (
    <div className={error ? 'field err' : 'field'}>
      <label htmlFor={id}>{rotulo}</label>
      <span className="in">
        <input {...input} id={id} aria-describedby={`${id}a`} aria-invalid={error ? true : undefined} />
      </span>
      <span id={`${id}a`} className={error ? 'em' : 'hint'}>
        {error ? (
          <>
            <CircleAlert className="i" aria-hidden="true" />
            {[error, ayuda].filter(Boolean).join(' ')}
          </>
        ) : (
          ayuda
        )}
      </span>
    </div>
  )
}

export function Eleccion({
  rotulo,
  name,
  children,
  defaultValue,
}: {
  rotulo: string
  name: string
  children: ReactNode
  defaultValue?: string | undefined
}) {
  const id = useId()
  return (
    <div className="field">
      <label htmlFor={id}>{rotulo}</label>
      <span className="in">
        <select id={id} name={name} defaultValue={defaultValue}>
          {children}
        </select>
      </span>
      <span className="hint" />
    </div>
  )
}

export interface Falla {
  campo: string | null
  texto: string
}

/** What a form could not do, when it belongs to no field. */
export function FallaDeForma({ falla, campos }: { falla: Falla | null; campos: readonly string[] }) {
  if (!falla || (falla.campo && campos.includes(falla.campo))) return null
  return (
    <p className="field err" role="alert">
      <span className="em">
        <CircleAlert className="i" aria-hidden="true" />
        {falla.texto}
      </span>
    </p>
  )
}

/** The message of the field `campo`, when the failure is that field's. */
export const errorDe = (falla: Falla | null, campo: string): string | null => (falla?.campo === campo ? falla.texto : null)
