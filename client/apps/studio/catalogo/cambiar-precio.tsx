import { ArrowRight, CircleAlert } from 'lucide-react'
import { useId, useState } from 'react'
import type { ArticuloDoc } from '../../../../schema/protocol/documentos.ts'
import { type CambioDePrecio, leerPrecio, precioNuevo, REDONDEOS, type Redondeo } from '../../../domain/articulos/precios.ts'
import { pesos } from '../../../lib/formato.ts'
import type { Acciones } from './acciones.ts'
import { HojaDeVarios } from './hoja-de-varios.tsx'
import { t } from './textos.ts'

/** As many previews as help. */
const A_LA_VISTA = 8
const MODOS = ['fijar', 'sumar', 'porcentaje'] as const
type Modo = (typeof MODOS)[number]
const ROTULOS: Record<Modo, string> = { fijar: t.fijar, sumar: t.sumar, porcentaje: t.porciento }

/** What is written as a change; null while it is none. A minus, long or short, goes down. */
function cambioDe(modo: Modo, texto: string): CambioDePrecio | null {
  const limpio = texto.trim().replace('−', '-')
  if (modo === 'porcentaje') {
    const porcentaje = Number(limpio.replace('%', ''))
    return limpio !== '' && Number.isFinite(porcentaje) && porcentaje >= -100 && porcentaje <= 1_000 ? { modo, porcentaje } : null
  }
  const centavos = leerPrecio(limpio.replace(/^[-+]/, ''))
  if (centavos === null || (modo === 'fijar' && limpio.startsWith('-'))) return null
  return { modo, centavos: limpio.startsWith('-') ? -centavos : centavos }
}

/** Prices of many: set, moved by an amount or a percentage, rounded; what each becomes is seen before. */
export function CambiarPrecio({ articulos, acciones, alCerrar }: { articulos: ArticuloDoc[]; acciones: Acciones; alCerrar: () => void }) {
  const id = useId()
  const [modo, setModo] = useState<Modo>('fijar')
  const [texto, setTexto] = useState('')
  const [redondeo, setRedondeo] = useState<Redondeo>('exacto')
  const cambio = cambioDe(modo, texto)
  const precioDe = (a: ArticuloDoc) => (cambio ? precioNuevo(a.precioCentavos, cambio, redondeo) : a.precioCentavos)
  const cambian = articulos.filter((a) => precioDe(a) !== a.precioCentavos)
  const malo = texto !== '' && cambio === null
  const aplicar = async () => {
    if (cambian.length > 0 && (await acciones.cambiarPrecio(cambian, precioDe))) alCerrar()
  }
  return (
    <HojaDeVarios
      titulo={t.cambiarPrecio}
      accion={t.cambiarN(cambian.length)}
      listo={cambian.length > 0}
      aplicar={aplicar}
      alCerrar={alCerrar}
    >
      <fieldset className="seg full" aria-label={t.modo}>
        {MODOS.map((cual) => (
          <button key={cual} type="button" aria-pressed={cual === modo} onClick={() => setModo(cual)}>
            {ROTULOS[cual]}
          </button>
        ))}
      </fieldset>
      <div className={malo ? 'field err' : 'field'}>
        <label htmlFor={id}>{modo === 'porcentaje' ? t.porciento : modo === 'fijar' ? t.precio : t.cantidad}</label>
        <span className="in">
          <span className="mut">{modo === 'porcentaje' ? '%' : '$'}</span>
          <input
            id={id}
            className="n"
            inputMode={modo === 'fijar' ? 'decimal' : 'text'}
            value={texto}
            aria-invalid={malo}
            aria-describedby={`${id}a`}
            onChange={(evento) => setTexto(evento.target.value)}
          />
        </span>
        <span id={`${id}a`} className={malo ? 'em' : 'hint'}>
          {malo ? (
            <>
              <CircleAlert className="i" aria-hidden="true" />
              {t.numeroInvalido}
            </>
          ) : (
            { fijar: '', sumar: t.cantidadAyuda, porcentaje: t.porcentajeAyuda }[modo]
          )}
        </span>
      </div>
      {modo !== 'fijar' && (
        <div className="field">
          <label htmlFor={`${id}r`}>{t.redondeo}</label>
          <span className="in">
            <select id={`${id}r`} value={redondeo} onChange={(evento) => setRedondeo(evento.target.value as Redondeo)}>
              {REDONDEOS.map((cual) => (
                <option key={cual} value={cual}>
                  {t[cual]}
                </option>
              ))}
            </select>
          </span>
        </div>
      )}
      {cambio && (
        <section>
          <h3>{t.asiQuedan}</h3>
          <ul>
            {articulos.slice(0, A_LA_VISTA).map((a) => (
              <li key={a.id} className="li">
                <span className="sp tr">{a.nombre}</span>
                <span className="mut n">{pesos(a.precioCentavos)}</span>
                <ArrowRight className="i s" aria-hidden="true" />
                <b className="n">{pesos(precioDe(a))}</b>
              </li>
            ))}
          </ul>
          {articulos.length > A_LA_VISTA && <p className="mut sm">{t.yMas(articulos.length - A_LA_VISTA)}</p>}
        </section>
      )}
    </HojaDeVarios>
  )
}
