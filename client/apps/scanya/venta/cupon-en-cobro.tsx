import { useId, useState } from 'react'
import { MONTO_MAXIMO_CENTAVOS } from '../../../../schema/core/dinero.ts'
import { pideRegalado } from '../../../domain/cupones/cuenta.ts'
import { loQueQuita } from '../../../domain/cupones/en-palabras.ts'
import { pesos } from '../../../lib/formato.ts'
import { Icono } from '../../../ui/iconos.tsx'
import { t } from './textos.ts'
import type { VentaViva } from './use-venta.ts'
import './cupon-en-cobro.css'

/** The cupón of the open sale while its amount is typed: what it takes off, what is left to pay, and the way to take it away. */
export function CuponEnCobro({ viva: { venta, cuenta, cambiar } }: { viva: VentaViva }) {
  const { cupon } = venta
  if (!cupon?.aplicado) return null
  const falta = cupon.visto.compraMinimaCentavos - cuenta.totalCentavos
  return (
    <section className="panel cupon-en-cobro" aria-label={t.cupon}>
      <div className="row">
        <Icono de="cupon" />
        <div className="grow">
          <b>{cupon.visto.titulo}</b>
          <br />
          <span className="sm soft num" role="status">
            {cuenta.falta ? t.faltaParaElCupon(pesos(falta)) : t.porCobrar(pesos(cuenta.porCobrarCentavos))}
          </span>
        </div>
        <b className="num quita">{cuenta.descuentoCentavos > 0 ? `−${pesos(cuenta.descuentoCentavos)}` : loQueQuita(cupon.visto)}</b>
        <button
          type="button"
          className="icon-btn"
          aria-label={t.quitarCupon}
          title={t.quitarCupon}
          onClick={() => cambiar({ cupon: null })}
        >
          <Icono de="cerrar" />
        </button>
      </div>
      {pideRegalado(cupon.visto) && (
        <Regalado centavos={cupon.regaladoCentavos} alCambiar={(regaladoCentavos) => cambiar({ cupon: { ...cupon, regaladoCentavos } })} />
      )}
    </section>
  )
}

/** A till without lines does not know what goes free: the cashier says its price, in pesos. */
function Regalado({ centavos, alCambiar }: { centavos: number; alCambiar: (centavos: number) => void }) {
  const id = useId()
  const [texto, setTexto] = useState(centavos > 0 ? String(centavos / 100) : '')
  return (
    <div className="regalado">
      <label htmlFor={id}>{t.vaGratis}</label>
      <input
        id={id}
        className="input num"
        inputMode="decimal"
        autoComplete="off"
        placeholder="0.00"
        value={texto}
        aria-describedby={`${id}-ayuda`}
        onChange={(evento) => {
          const limpio = evento.target.value.replace(',', '.').replace(/[^\d.]/g, '')
          if (!/^\d{0,8}(\.\d{0,2})?$/.test(limpio)) return
          setTexto(limpio)
          alCambiar(enCentavos(limpio))
        }}
      />
      <p className="xs soft" id={`${id}-ayuda`}>
        {t.vaGratisAyuda}
      </p>
    </div>
  )
}

/** Through the digits, never through a product of decimals. */
function enCentavos(texto: string): number {
  const [enteros = '', decimales = ''] = texto.split('.')
  return Math.min(MONTO_MAXIMO_CENTAVOS, Number(enteros || '0') * 100 + Number(decimales.padEnd(2, '0') || '0'))
}
