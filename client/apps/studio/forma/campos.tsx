/** Fields of a sheet that somebody else holds the value of: text, a number, money, a choice of one, on or off. Each with its label, its error and its help. */
import { CircleAlert } from 'lucide-react'
import { type InputHTMLAttributes, type ReactNode, useId, useState } from 'react'
import { leerPrecio, precioEscrito } from '../../../domain/articulos/precios.ts'
import { Interruptor } from '../../../ui/escritorio/interruptor.tsx'
import './forma.css'

interface DeCampo {
  rotulo: string
  error?: string | null | undefined
  ayuda?: ReactNode
}

function Marco({ id, rotulo, error, ayuda, children }: DeCampo & { id: string; children: ReactNode }) {
  return (
    <div className={error ? 'field err' : 'field'}>
      <label htmlFor={id}>{rotulo}</label>
      {children}
      <span id={`${id}a`} className={error ? 'em' : 'hint'}>
        {error ? (
          <>
            <CircleAlert className="i" aria-hidden="true" />
            {error}
          </>
        ) : (
          ayuda
        )}
      </span>
    </div>
  )
}
const dicho = (id: string, error: string | null | undefined) => ({ id, 'aria-describedby': `${id}a`, 'aria-invalid': Boolean(error) })

type DeTexto = DeCampo & { valor: string; alCambiar: (valor: string) => void; junto?: ReactNode; antes?: ReactNode }
type Propio = Omit<InputHTMLAttributes<HTMLInputElement>, 'value' | 'onChange' | 'id'>

export function Texto({ rotulo, error, ayuda, valor, alCambiar, junto, antes, ...input }: DeTexto & Propio) {
  const id = useId()
  return (
    <Marco id={id} rotulo={rotulo} error={error} ayuda={ayuda}>
      <span className="fm-junto">
        <span className="in">
          {antes}
          <input {...input} {...dicho(id, error)} value={valor} onChange={(e) => alCambiar(e.target.value)} />
        </span>
        {junto}
      </span>
    </Marco>
  )
}

export function TextoLargo({ rotulo, error, ayuda, valor, alCambiar, maximo }: DeTexto & { maximo: number }) {
  const id = useId()
  return (
    <Marco id={id} rotulo={rotulo} error={error} ayuda={ayuda}>
      <textarea
        {...dicho(id, error)}
        className="in"
        rows={2}
        maxLength={maximo}
        value={valor}
        onChange={(e) => alCambiar(e.target.value)}
      />
    </Marco>
  )
}

interface DeNumero extends DeCampo {
  /** NaN: what is written is no number. */
  valor: number
  alCambiar: (valor: number) => void
  antes?: ReactNode
  unidad?: string
}

/** A whole number. What is being written stays as it was written. */
export function Entero({ valor, alCambiar, unidad, ...campo }: DeNumero) {
  const [escrito, setEscrito] = useState<string | null>(null)
  return (
    <Texto
      {...campo}
      valor={escrito !== null && leerEntero(escrito) === valor ? escrito : Number.isNaN(valor) ? (escrito ?? '') : String(valor)}
      inputMode="numeric"
      className="n"
      {...(unidad ? { junto: <span className="mut sm">{unidad}</span> } : {})}
      alCambiar={(texto) => {
        setEscrito(texto)
        alCambiar(leerEntero(texto))
      }}
    />
  )
}
const leerEntero = (texto: string): number => (/^[\d,\s]+$/.test(texto) ? Number(texto.replace(/[,\s]/g, '')) : Number.NaN)

/** Pesos on the screen, centavos behind it. */
export function Dinero({ valor, alCambiar, ...campo }: DeNumero) {
  const [escrito, setEscrito] = useState<string | null>(null)
  const centavosDe = (texto: string) => (texto.trim() === '' ? 0 : (leerPrecio(texto) ?? Number.NaN))
  const sigue = escrito !== null && (centavosDe(escrito) === valor || Number.isNaN(valor))
  return (
    <Texto
      {...campo}
      antes={
        <span className="mut" aria-hidden="true">
          $
        </span>
      }
      valor={sigue ? escrito : valor === 0 ? '' : precioEscrito(valor)}
      inputMode="decimal"
      className="n"
      placeholder="0.00"
      alCambiar={(texto) => {
        setEscrito(texto)
        alCambiar(centavosDe(texto))
      }}
    />
  )
}

/** One of a few, side by side. */
export function UnoDe<V extends string>({
  rotulo,
  opciones,
  valor,
  alCambiar,
}: {
  rotulo: string
  opciones: readonly { id: V; texto: string; icono?: ReactNode }[]
  valor: V
  alCambiar: (valor: V) => void
}) {
  const id = useId()
  return (
    <div className="field">
      <span className="lb" id={id}>
        {rotulo}
      </span>
      <fieldset className="seg full fm-uno" aria-labelledby={id}>
        {opciones.map((o) => (
          <button key={o.id} type="button" aria-pressed={o.id === valor} onClick={() => alCambiar(o.id)}>
            {o.icono}
            {o.texto}
          </button>
        ))}
      </fieldset>
    </div>
  )
}

export function Eleccion({
  rotulo,
  ayuda,
  valor,
  alCambiar,
  children,
}: DeCampo & { valor: string; alCambiar: (valor: string) => void; children: ReactNode }) {
  const id = useId()
  return (
    <Marco id={id} rotulo={rotulo} ayuda={ayuda}>
      <span className="in">
        <select id={id} value={valor} aria-describedby={`${id}a`} onChange={(e) => alCambiar(e.target.value)}>
          {children}
        </select>
      </span>
    </Marco>
  )
}

/** On or off, with what it means under it. */
export function Conmutador({
  icono,
  texto,
  ayuda,
  si,
  alCambiar,
}: {
  icono: ReactNode
  texto: string
  ayuda?: string
  si: boolean
  alCambiar: (si: boolean) => void
}) {
  return (
    <div className="row fm-conmutador">
      {icono}
      <span className="sp">
        {texto}
        {ayuda && <span className="fm-ayuda">{ayuda}</span>}
      </span>
      <Interruptor si={si} etiqueta={texto} alCambiar={alCambiar} />
    </div>
  )
}
