import { type FormEvent, type ReactNode, useId, useRef, useState } from 'react'
import type { TarjetaEscrita } from '../../../../workers/replica/api.ts'
import { enGrupos } from '../../../domain/clientes/cliente-en-palabras.ts'
import { Icono } from '../../../ui/iconos.tsx'
import { t } from './textos.ts'
import './tarjeta-escrita.css'

const DIGITOS = { numero: 8, clave: 6 } as const
type Campo = keyof typeof DIGITOS
const CAMPOS: Campo[] = ['numero', 'clave']
const soloDigitos = (texto: string) => texto.replace(/\D/g, '')

/** SCAN-10: the numbers below the card's QR, for when no camera reads it. Whose card it is, the server says later. */
export function TarjetaEscritaForm({
  alBuscar,
  principal = false,
  children,
}: {
  alBuscar: (tarjeta: TarjetaEscrita) => void
  principal?: boolean
  /** Another way on, beside the button. */
  children?: ReactNode
}) {
  const [valores, setValores] = useState({ numero: '', clave: '' })
  const [revisados, setRevisados] = useState(false)
  const entradas = { numero: useRef<HTMLInputElement>(null), clave: useRef<HTMLInputElement>(null) }
  const faltan = (campo: Campo) => DIGITOS[campo] - soloDigitos(valores[campo]).length

  const alCambiar = (campo: Campo, texto: string) => {
    const valor = enGrupos(texto, DIGITOS[campo])
    setValores((antes) => ({ ...antes, [campo]: valor }))
    // The eighth digit goes on to the code by itself.
    if (campo === 'numero' && soloDigitos(valor).length === DIGITOS.numero && valor !== valores.numero) entradas.clave.current?.focus()
  }
  const alEnviar = (evento: FormEvent) => {
    evento.preventDefault()
    const incompleto = CAMPOS.find((campo) => faltan(campo) > 0)
    setRevisados(true)
    if (incompleto) return entradas[incompleto].current?.focus()
    alBuscar({ numero: soloDigitos(valores.numero), clave: soloDigitos(valores.clave) })
  }
  return (
    <form onSubmit={alEnviar} noValidate>
      <div className="codigos">
        {CAMPOS.map((campo) => (
          <CampoDeDigitos
            key={campo}
            entrada={entradas[campo]}
            etiqueta={campo === 'numero' ? t.numeroDeTarjeta : t.claveDeTarjeta}
            ejemplo={campo === 'numero' ? '4071 8826' : '193 402'}
            valor={valores[campo]}
            faltan={revisados ? faltan(campo) : 0}
            alCambiar={(texto) => alCambiar(campo, texto)}
          />
        ))}
      </div>
      <div className="actions">
        {children}
        <button type="submit" className={`btn wide ${principal ? 'btn--primary btn--lg' : 'btn--secondary'}`}>
          {t.buscarCliente}
        </button>
      </div>
    </form>
  )
}

function CampoDeDigitos({
  entrada,
  etiqueta,
  ejemplo,
  valor,
  faltan,
  alCambiar,
}: {
  entrada: React.RefObject<HTMLInputElement | null>
  etiqueta: string
  ejemplo: string
  valor: string
  faltan: number
  alCambiar: (texto: string) => void
}) {
  const id = useId()
  return (
    <div className={`field ${faltan > 0 ? 'field--error' : ''}`}>
      <label htmlFor={id}>{etiqueta}</label>
      <input
        id={id}
        ref={entrada}
        className="input num"
        inputMode="numeric"
        autoComplete="off"
        placeholder={ejemplo}
        value={valor}
        aria-invalid={faltan > 0}
        aria-describedby={faltan > 0 ? `${id}-mal` : undefined}
        onChange={(evento) => alCambiar(evento.target.value)}
      />
      {faltan > 0 && (
        <span className="error" id={`${id}-mal`} role="alert">
          <Icono de="atencion" />
          {t.faltanDigitos(faltan)}
        </span>
      )}
    </div>
  )
}
