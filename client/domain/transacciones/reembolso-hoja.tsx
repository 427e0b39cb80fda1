import { type FormEvent, useId, useState } from 'react'
import { centavosDesdePesos, pesosDesdeCentavos } from '../../../schema/core/dinero.ts'
import { Rechazo } from '../../../schema/core/rechazo.ts'
import { pesos } from '../../lib/formato.ts'
import { textoDe } from '../../lib/i18n.ts'
import { useCaja } from '../../replica/contexto.ts'
import { Hoja } from '../../ui/hoja.tsx'
import { Icono } from '../../ui/iconos.tsx'
import type { Movimiento } from './movimientos.ts'
import { t } from './textos.ts'

/** Whole or partial refund of a sale of the list (SCAN-40, 50). The reason is asked because the dueño reads it. */
export function ReembolsoHoja({ venta, alCerrar }: { venta: Movimiento; alCerrar: () => void }) {
  const { replica } = useCaja()
  const [error, setError] = useState<{ campo: string; texto: string } | null>(null)
  const [ocupada, setOcupada] = useState(false)
  const id = useId()

  const enviar = async (evento: FormEvent<HTMLFormElement>) => {
    evento.preventDefault()
    const campos = new FormData(evento.currentTarget)
    const motivo = String(campos.get('motivo') ?? '').trim()
    if (motivo === '') return setError({ campo: 'motivo', texto: t.faltaMotivo })
    try {
      setOcupada(true)
      const montoCentavos = centavosDesdePesos(String(campos.get('monto') ?? ''))
      if (montoCentavos > venta.reembolsableCentavos)
        return setError({ campo: 'monto', texto: t.quedan(pesos(venta.reembolsableCentavos)) })
      const r = await replica.registrarReembolso({ transaccionId: venta.id, montoCentavos, motivo, operador: null })
      if (r.ok) alCerrar()
      else setError({ campo: r.campo ?? '', texto: textoDe(r.codigo) })
    } catch (problema) {
      if (!(problema instanceof Rechazo)) throw problema
      setError({ campo: 'monto', texto: textoDe(problema.codigo) })
    } finally {
      setOcupada(false)
    }
  }

  return (
    <Hoja titulo={t.reembolsoDe(venta.folio)} alCerrar={alCerrar}>
      <form className="formulario" onSubmit={(evento) => void enviar(evento)} noValidate>
        <p className="suave">{t.puedesDevolver(pesos(venta.montoCentavos), pesos(venta.reembolsableCentavos))}</p>
        <label className="etiqueta" htmlFor={`${id}-monto`}>
          {t.montoADevolver}
        </label>
        <input
          id={`${id}-monto`}
          className="campo cifra"
          name="monto"
          inputMode="decimal"
          autoComplete="off"
          defaultValue={pesosDesdeCentavos(venta.reembolsableCentavos)}
          aria-invalid={error?.campo === 'monto'}
          aria-describedby={error ? `${id}-mal` : undefined}
        />
        <label className="etiqueta" htmlFor={`${id}-motivo`}>
          {t.motivo}
        </label>
        <input
          id={`${id}-motivo`}
          className="campo"
          name="motivo"
          maxLength={500}
          autoComplete="off"
          aria-invalid={error?.campo === 'motivo'}
          aria-describedby={error ? `${id}-mal` : undefined}
        />
        {error && (
          <p id={`${id}-mal`} className="mal" role="alert">
            <Icono de="atencion" /> {error.texto}
          </p>
        )}
        <button type="submit" className="boton boton--accion" disabled={ocupada}>
          {t.devolver}
        </button>
      </form>
    </Hoja>
  )
}
