import { useEffect, useState } from 'react'
import type { NuevaVenta } from '../../../../workers/replica/api.ts'
import { pesos } from '../../../lib/formato.ts'
import { Icono } from '../../../ui/iconos.tsx'
import { perezosa } from '../../../ui/perezosa.tsx'
import { type Tecla, Teclado } from '../../../ui/teclado.tsx'
import { useIr } from '../ir.ts'
import { Marco } from '../marco.tsx'
import { AvisoDeQr } from './aviso-de-qr.tsx'
import { ClienteEnCobro } from './cliente-en-cobro.tsx'
import { CuponEnCobro } from './cupon-en-cobro.tsx'
import { conTecla, faltaDeMonto } from './monto.ts'
import { MontoEnPantalla } from './monto-en-pantalla.tsx'
import { PapelVivo } from './papel-vivo.tsx'
import { t } from './textos.ts'
import { useVenta } from './use-venta.ts'
import './cobrar.css'

const FotoDeVenta = perezosa(async () => (await import('./foto.tsx')).FotoDeVenta)

const METODOS = [
  ['efectivo', 'efectivo', 'e'],
  ['tarjeta', 'tarjeta', 't'],
  ['transferencia', 'transferencia', 'r'],
] as const satisfies [NuevaVenta['metodoPago'], Parameters<typeof Icono>[0]['de'], string][]
const DESCRIPCION_MAXIMA = 500
const ENTER = 'Enter'

/** SCAN-17: how much, how it is paid, and what for. On a desk the ticket grows beside it. */
export function Cobrar() {
  const ir = useIr()
  const viva = useVenta()
  const { venta, cambiar, cliente, validez, cuenta } = viva
  const [error, setError] = useState<ReturnType<typeof faltaDeMonto>>(null)

  const revisar = () => {
    const falta = faltaDeMonto(venta.montoCentavos) ?? cuenta.falta
    setError(falta)
    if (!falta) ir('/confirmar')
  }
  const alTecla = (tecla: Tecla) => {
    if (tecla === 'ir') return revisar()
    const monto = conTecla({ centavos: venta.montoCentavos, error }, tecla)
    setError(monto.error)
    cambiar({ montoCentavos: monto.centavos })
  }
  useTeclasDeMetodo((metodoPago) => cambiar({ metodoPago }))

  return (
    <Marco
      titulo={t.cobrar}
      atras={cliente ? '/cliente' : '/inicio'}
      {...(cliente ? { etiquetaAtras: t.volverAlCliente } : {})}
      clase="cobrar"
    >
      <PapelVivo viva={viva} />
      <ClienteEnCobro cliente={cliente} alCambiar={() => ir('/escanear')} alQuitar={() => cambiar({ cliente: null, cupon: null })} />
      <AvisoDeQr validez={validez} />
      <MontoEnPantalla viva={viva} error={error} />
      <CuponEnCobro viva={viva} />
      <Metodos elegido={venta.metodoPago} alElegir={(metodoPago) => cambiar({ metodoPago })} />
      <form
        className="extras"
        onSubmit={(evento) => {
          evento.preventDefault()
          revisar()
        }}
      >
        <label className="field">
          <span className="lbl">{t.descripcion}</span>
          <input
            className="input"
            autoComplete="off"
            enterKeyHint="next"
            maxLength={DESCRIPCION_MAXIMA}
            placeholder={t.descripcion}
            value={venta.descripcion}
            onChange={(evento) => cambiar({ descripcion: evento.target.value })}
          />
        </label>
        <FotoDeVenta foto={venta.foto ?? null} alCambiar={(foto) => cambiar({ foto })} />
      </form>
      <p className="keys" aria-hidden="true">
        <span>
          <kbd className="kbd">0–9</kbd>
          {t.teclaMonto}
        </span>
        <span>
          {METODOS.map(([metodo, , letra]) => (
            <kbd key={metodo} className="kbd">
              {letra.toUpperCase()}
            </kbd>
          ))}
          {t.teclaMetodo}
        </span>
        <span>
          <kbd className="kbd">{ENTER}</kbd>
          {t.teclaRevisar}
        </span>
      </p>
      <Teclado alTecla={alTecla} etiqueta={t.tecladoDelMonto} />
      <button type="button" className="btn btn--primary btn--lg go" onClick={revisar}>
        {t.revisar} {venta.montoCentavos > 0 && <span className="num">{pesos(cuenta.porCobrarCentavos)}</span>}
        <Icono de="flecha" />
      </button>
    </Marco>
  )
}

function Metodos({ elegido, alElegir }: { elegido: NuevaVenta['metodoPago']; alElegir: (metodo: NuevaVenta['metodoPago']) => void }) {
  return (
    <div className="seg methods" role="radiogroup" aria-label={t.metodoDePago}>
      {METODOS.map(([metodo, icono], i) => (
        // biome-ignore lint/a11y/useSemanticElements: the whole segment is the target, and arrows move it as radios do
        <button
          key={metodo}
          type="button"
          role="radio"
          aria-checked={metodo === elegido}
          tabIndex={metodo === elegido ? 0 : -1}
          onClick={() => alElegir(metodo)}
          onKeyDown={(evento) => {
            const paso =
              evento.key === 'ArrowRight' || evento.key === 'ArrowDown'
                ? 1
                : evento.key === 'ArrowLeft' || evento.key === 'ArrowUp'
                  ? -1
                  : 0
            if (paso === 0) return
            evento.preventDefault()
            const siguiente = (i + paso + METODOS.length) % METODOS.length
            alElegir(METODOS[siguiente]?.[0] ?? elegido)
            ;(evento.currentTarget.parentElement?.children[siguiente] as HTMLElement | undefined)?.focus()
          }}
        >
          <Icono de={metodo === elegido ? 'palomita' : icono} />
          {t[metodo]}
        </button>
      ))}
    </div>
  )
}

/** E, T and R of a keyboard, unless somebody is writing. */
function useTeclasDeMetodo(alElegir: (metodo: NuevaVenta['metodoPago']) => void): void {
  useEffect(() => {
    const alPulsar = (evento: KeyboardEvent) => {
      if (evento.ctrlKey || evento.metaKey || evento.altKey || document.querySelector('dialog[open]')) return
      if (evento.target instanceof Element && evento.target.closest('input, textarea')) return
      const metodo = METODOS.find(([, , letra]) => letra === evento.key.toLowerCase())
      if (metodo) alElegir(metodo[0])
    }
    document.addEventListener('keydown', alPulsar)
    return () => document.removeEventListener('keydown', alPulsar)
  }, [alElegir])
}
