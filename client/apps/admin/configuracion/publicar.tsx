/** Beside the form: what changes, why, and the button. */
import { ArrowRight, CircleAlert } from 'lucide-react'
import { useId } from 'react'
import type { Codigo } from '../../../../schema/core/codigos.ts'
import { textoDe } from '../../../lib/i18n.ts'
import { type Campo, enTexto, NUMEROS, type Numero, type Propuesta } from './borrador.ts'
import { t } from './textos.ts'

export type FallaAlPublicar = Codigo | 'falta' | 'corrige'
interface Props {
  siguiente: number
  propuesta: Propuesta
  motivo: string
  ocupado: boolean
  falla: FallaAlPublicar | null
  /** There is something written, right or wrong. */
  hayBorrador: boolean
  alEscribirMotivo: (motivo: string) => void
  alPublicar: () => void
  alDescartar: () => void
}

const comoTexto = (campo: Campo, valor: number | boolean): string =>
  campo in NUMEROS ? enTexto(campo as Numero, Number(valor)) : valor ? t.encendido : t.apagado

export function Publicar({ siguiente, propuesta, motivo, ocupado, falla, hayBorrador, ...al }: Props) {
  const id = useId()
  const titulo = t.publicarVersion(siguiente)
  return (
    <>
      <h2>{titulo}</h2>
      {propuesta.cambios.length === 0 && <p className="sm mut">{t.sinCambios}</p>}
      {propuesta.cambios.map(({ campo, antes, despues }) => (
        <p key={campo} className="conf-cambio">
          <span className="sm">{t[campo]}</span>
          <span className="n nw">
            <span className="vh">{t.deAntes}</span> <del>{comoTexto(campo, antes)}</del>{' '}
            <ArrowRight className="i s" role="img" aria-label={t.despues} /> <b>{comoTexto(campo, despues)}</b>
          </span>
        </p>
      ))}
      <div className={falla === 'falta' ? 'field err' : 'field'}>
        <label htmlFor={id}>{t.motivo}</label>
        <textarea
          id={id}
          className="in"
          rows={2}
          maxLength={300}
          value={motivo}
          aria-describedby={`${id}a ${id}e`}
          aria-invalid={falla === 'falta'}
          onChange={(evento) => al.alEscribirMotivo(evento.target.value)}
        />
        <p className="hint" id={`${id}a`}>
          {t.motivoAyuda}
        </p>
        <p className="em" id={`${id}e`} role="alert">
          {falla && (
            <>
              <CircleAlert className="i" aria-hidden="true" />
              {falla === 'falta' ? t.motivoFalta : falla === 'corrige' ? t.corrige : textoDe(falla)}
            </>
          )}
        </p>
      </div>
      <div className="conf-botones">
        <button type="button" className="btn p" disabled={ocupado || propuesta.cambios.length === 0} onClick={al.alPublicar}>
          {ocupado ? t.publicando : titulo}
          <span className="kbd">{'Ctrl ↵'}</span>
        </button>
        {hayBorrador && (
          <button type="button" className="btn" disabled={ocupado} onClick={al.alDescartar}>
            {t.descartar}
          </button>
        )}
      </div>
    </>
  )
}
