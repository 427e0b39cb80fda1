import { type FormEvent, useId, useRef, useState } from 'react'
import { centavosDesdePesos } from '../../../schema/core/dinero.ts'
import { Rechazo } from '../../../schema/core/rechazo.ts'
import { METODOS_DE_PAGO } from '../../../schema/domain/hechos/tipos.ts'
import type { NuevaVenta } from '../../../workers/replica/api.ts'
import { textoDe } from '../../lib/i18n.ts'
import { Icono } from '../../ui/iconos.tsx'
import { t } from './textos.ts'

export interface ClienteLeido {
  nombre: string
  qr: string
}

/** `error.campo` ties the sentence to its field; without one it is about the sale as a whole. */
export interface ErrorDeVenta {
  campo: string | null
  texto: string
}

interface Props {
  cliente: ClienteLeido | null
  ocupada: boolean
  error: ErrorDeVenta | null
  alVender: (venta: NuevaVenta) => void
  alRechazar: (error: ErrorDeVenta) => void
  children: React.ReactNode
}

/** Amount, method, client. A sale with a wrong field never becomes a hecho: it is told beside the field. */
export function VentaForm({ cliente, ocupada, error, alVender, alRechazar, children }: Props) {
  const campo = useId()
  const monto = useRef<HTMLInputElement>(null)
  const [metodoPago, setMetodoPago] = useState<NuevaVenta['metodoPago']>('efectivo')
  const enMonto = error?.campo?.startsWith('monto') ? error.texto : null

  const enviar = (evento: FormEvent<HTMLFormElement>) => {
    evento.preventDefault()
    try {
      const montoCentavos = centavosDesdePesos(sinAdornos(monto.current?.value ?? ''))
      alVender({ montoCentavos, metodoPago, descripcion: null, lineas: [], qr: cliente?.qr ?? null, operador: null })
    } catch (problema) {
      if (!(problema instanceof Rechazo)) throw problema
      alRechazar({ campo: problema.campo ?? null, texto: textoDe(problema.codigo) })
      monto.current?.focus()
    }
  }

  return (
    <form className="tarjeta venta" onSubmit={enviar} noValidate>
      <label className="etiqueta" htmlFor={campo}>
        {t.montoDeLaCompra}
      </label>
      <div className={enMonto ? 'monto monto--mal' : 'monto'}>
        <span aria-hidden="true">$</span>
        <input
          id={campo}
          ref={monto}
          name="monto"
          inputMode="decimal"
          autoComplete="off"
          placeholder="0.00"
          required
          aria-invalid={enMonto !== null}
          aria-describedby={enMonto ? `${campo}-mal` : undefined}
        />
      </div>
      {enMonto && (
        <p id={`${campo}-mal`} className="mal" role="alert">
          <Icono de="atencion" /> {enMonto}
        </p>
      )}
      <fieldset className="opciones">
        <legend className="etiqueta">{t.metodoDePago}</legend>
        {METODOS_DE_PAGO.map((metodo) => (
          <label key={metodo} className="opcion">
            <input type="radio" name="metodo" value={metodo} checked={metodo === metodoPago} onChange={() => setMetodoPago(metodo)} />
            <span>{t[metodo]}</span>
          </label>
        ))}
      </fieldset>
      {children}
      {error && !enMonto && (
        <p className="mal" role="alert">
          <Icono de="atencion" /> {error.texto}
        </p>
      )}
      <button type="submit" className="boton boton--accion" disabled={ocupada}>
        {t.registrarVenta}
      </button>
    </form>
  )
}

/** What a hurried hand adds: a peso sign, blanks, thousands. `1,250.00` is one thing only when the commas stand where they must. */
function sinAdornos(texto: string): string {
  const limpio = texto.trim().replace(/^\$\s*/, '')
  return /^\d{1,3}(,\d{3})+(\.\d+)?$/.test(limpio) ? limpio.replaceAll(',', '') : limpio
}
