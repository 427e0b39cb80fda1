import { useVirtualizer } from '@tanstack/react-virtual'
import { CircleAlert, CirclePlus, Equal, Pencil } from 'lucide-react'
import { useRef } from 'react'
import type { RenglonDeImportacion } from '../../../../workers/replica/api.ts'
import { textoDe } from '../../../lib/i18n.ts'
import { Etiqueta } from '../../../ui/escritorio/etiqueta.tsx'
import { useAncho } from '../../../ui/use-ancho.ts'
import { t } from './textos.ts'

const ALTO = { escritorio: 44, telefono: 72 }

/** Thousands of rows, of which only those in view are drawn; rows without content stand for the others, above and below. */
export function Renglones({ renglones }: { renglones: RenglonDeImportacion[] }) {
  const caja = useRef<HTMLDivElement>(null)
  const telefono = useAncho('(max-width: 767px)')
  const alto = telefono ? ALTO.telefono : ALTO.escritorio
  const virtual = useVirtualizer({
    count: renglones.length,
    getScrollElement: () => caja.current,
    estimateSize: () => alto,
    overscan: 12,
    getItemKey: (i) => renglones[i]?.renglon ?? i,
  })
  if (renglones.length === 0) return <p className="state">{t.nadaEnFiltro}</p>
  const vistos = virtual.getVirtualItems()
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must take the focus, or the keyboard cannot scroll it
    <div ref={caja} className="imp__caja" tabIndex={0}>
      <table className="t imp__tabla" aria-rowcount={renglones.length + 1}>
        <thead>
          <tr aria-rowindex={1}>
            <th className="num">{t.renglon}</th>
            <th>{t.suerte}</th>
            <th>{t.articulo}</th>
            <th>{t.detalle}</th>
          </tr>
        </thead>
        <tbody>
          <Hueco alto={vistos[0]?.start ?? 0} />
          {vistos.map(({ key, index }) => {
            const renglon = renglones[index]
            return renglon && <Renglon key={key} renglon={renglon} indice={index + 2} alto={alto} />
          })}
          <Hueco alto={virtual.getTotalSize() - (vistos.at(-1)?.end ?? 0)} />
        </tbody>
      </table>
    </div>
  )
}

const Hueco = ({ alto }: { alto: number }) =>
  alto > 0 && (
    // biome-ignore lint/a11y/noAriaHiddenOnFocusable: a row takes no focus
    <tr aria-hidden="true" className="imp__hueco">
      <td colSpan={4} style={{ height: alto }} />
    </tr>
  )

function Renglon({ renglon, indice, alto }: { renglon: RenglonDeImportacion; indice: number; alto: number }) {
  return (
    <tr aria-rowindex={indice} data-suerte={renglon.suerte} style={{ height: alto }}>
      <td className="num mut">{renglon.renglon.toLocaleString('es-MX')}</td>
      <td>
        <Suerte de={renglon.suerte} />
      </td>
      <td className="b">
        <span className="tr">{renglon.nombre}</span>
      </td>
      <td className="sm ink2">
        <span className="tr">{detalleDe(renglon)}</span>
      </td>
    </tr>
  )
}

function detalleDe({ suerte, cambios, columna, valor, codigo }: RenglonDeImportacion): string {
  if (suerte === 'nuevo') return t.seAgrega
  if (suerte === 'igual') return t.seQueda
  if (suerte === 'cambia') return t.cambiaColumnas(cambios.join(', '))
  const donde = columna ? `${t.enColumna(columna, valor ?? '')}. ` : ''
  return `${donde}${codigo ? textoDe(codigo) : ''}`
}

const ICONOS = { nuevo: CirclePlus, cambia: Pencil, igual: Equal, malo: CircleAlert }
const TONOS = { nuevo: 'ok', cambia: 'acc', igual: 'out', malo: 'bad' } as const

function Suerte({ de }: { de: RenglonDeImportacion['suerte'] }) {
  const texto = { nuevo: t.unNuevo, cambia: t.unCambia, igual: t.unIgual, malo: t.unMalo }[de]
  return (
    <Etiqueta tono={TONOS[de]} icono={ICONOS[de]}>
      {texto}
    </Etiqueta>
  )
}
