import { useWindowVirtualizer } from '@tanstack/react-virtual'
import { Star } from 'lucide-react'
import { useEffect, useRef } from 'react'
import { seVendeEn } from '../../../../schema/domain/articulos/articulo.ts'
import type { FilaDeCatalogo } from '../../../../workers/replica/api.ts'
import { sucursalesDe } from '../../../domain/articulos/campos.ts'
import { EstadoDeArticulo } from '../../../domain/articulos/estado.tsx'
import { Foto } from '../../../domain/articulos/foto.tsx'
import { pesos } from '../../../lib/formato.ts'
import { useStudio } from '../../../replica/studio.ts'
import { Interruptor } from '../../../ui/escritorio/interruptor.tsx'
import { useAncho } from '../../../ui/use-ancho.ts'
import { type DeLista, focoDe, useTeclado } from './lista.ts'
import { MenuDeFila } from './menu-de-fila.tsx'
import { t } from './textos.ts'

const ALTO = 44
/** On a phone a row is a card of two lines. */
const ALTO_EN_TELEFONO = 80

/** The rows in view and some more; of 10,000 some thirty are drawn. */
export function Tabla(props: DeLista) {
  const { ventana, seleccion, alElegirTodos } = props
  const enTelefono = useAncho('(max-width: 767px)')
  const cuerpo = useRef<HTMLTableSectionElement>(null)
  const total = ventana.catalogo?.total ?? 0
  const alto = enTelefono ? ALTO_EN_TELEFONO : ALTO
  const virtual = useWindowVirtualizer({
    count: total,
    estimateSize: () => alto,
    overscan: 12,
    scrollMargin: cuerpo.current?.offsetTop ?? 0,
  })
  const filas = virtual.getVirtualItems()
  const primera = filas[0]?.index ?? 0
  // biome-ignore lint/correctness/useExhaustiveDependencies: rows of a phone have another height
  useEffect(() => virtual.measure(), [virtual, alto])
  const { mirar } = ventana
  useEffect(() => mirar(primera), [mirar, primera])
  useTeclado(props, total, 1, (i) => virtual.scrollToIndex(i, { align: 'auto' }))
  const arriba = (filas[0]?.start ?? 0) - virtual.options.scrollMargin
  const abajo = virtual.getTotalSize() - ((filas.at(-1)?.end ?? 0) - virtual.options.scrollMargin)
  return (
    <table className="t cards cat-tabla" aria-rowcount={total + 1}>
      <thead>
        <tr>
          <th className="cat-ck">
            <input
              className="ck"
              type="checkbox"
              aria-label={t.elegirTodos}
              checked={total > 0 && seleccion.ids.size >= total}
              onChange={(evento) => alElegirTodos(evento.target.checked)}
            />
          </th>
          <th>{t.articulo}</th>
          <th className="cat-categoria">{t.categoria}</th>
          <th className="num cat-precio">{t.precio}</th>
          <th className="cat-sucursales">{t.sucursales}</th>
          <th className="num cat-vistas">{t.vistas}</th>
          <th className="num cat-ventas">{t.ventas30}</th>
          <th className="cat-visible">{t.visible}</th>
          <th className="cat-estado">{t.estado}</th>
          <th className="cat-mas">
            <span className="vh">{t.acciones}</span>
          </th>
        </tr>
      </thead>
      <tbody ref={cuerpo}>
        {arriba > 0 && <Hueco alto={arriba} />}
        {filas.map(({ index, key }) => {
          const fila = ventana.fila(index)
          return fila ? <Fila key={fila.articulo.id} i={index} fila={fila} {...props} /> : <Hueco key={key} alto={alto} />
        })}
        {abajo > 0 && <Hueco alto={abajo} />}
      </tbody>
    </table>
  )
}

/** One cell, and not as wide as the table: a fixed layout would make columns for those that a narrow screen hides. */
function Hueco({ alto }: { alto: number }) {
  return (
    // biome-ignore lint/a11y/noAriaHiddenOnFocusable: a row takes no focus; this one is only height
    <tr aria-hidden="true" className="cat-hueco">
      <td style={{ height: alto }} />
    </tr>
  )
}

function Fila({ i, fila, metricas, seleccion, acciones, abrir }: DeLista & { i: number; fila: FilaDeCatalogo }) {
  const { replica, negocio, alta } = useStudio()
  const { articulo: a } = fila
  const suyas = metricas?.de.get(a.id) ?? { vistas: 0, ventas: 0 }
  return (
    <tr data-indice={i} aria-rowindex={i + 2} aria-selected={seleccion.ids.has(a.id)} data-articulo={a.id}>
      <td className="cat-ck">
        <input
          className="ck ck--fila"
          type="checkbox"
          aria-label={t.elegir(a.nombre)}
          checked={seleccion.ids.has(a.id)}
          onChange={() => seleccion.alternar(a.id)}
        />
      </td>
      <td className="full">
        <button type="button" className="cellm cat-nombre" onClick={() => abrir(a)} {...focoDe(i)}>
          <Foto replica={replica} negocioId={negocio.negocioId} hash={a.imagenes?.[0]} clase="th" />
          <span className="tr" title={a.nombre}>
            <span className="b">{a.nombre}</span>
            {a.destacado && (
              <span className="cat-estrella" title={t.destacado}>
                {' '}
                <Star className="i f" aria-hidden="true" />
                <span className="vh">{t.destacado}</span>
              </span>
            )}
          </span>
          {a.agotado && <span className="tag out">{t.agotado}</span>}
        </button>
      </td>
      <td className="ink2 cat-categoria">{a.categoria}</td>
      <td className="num b cat-precio">
        {a.desde && <span className="cat-desde">{t.desde} </span>}
        {pesos(a.precioCentavos)}
      </td>
      <td className="ink2 tr cat-sucursales">{sucursalesDe(a, negocio.sucursales)}</td>
      <td className="num ink2 cat-vistas">{metricas ? suyas.vistas.toLocaleString('es-MX') : <SinDato />}</td>
      <td className="num ink2 cat-ventas" data-l={t.ventas}>
        {metricas ? suyas.ventas.toLocaleString('es-MX') : <SinDato />}
      </td>
      <td className="cat-visible">
        <Interruptor
          si={a.visible}
          etiqueta={t.verVisible(a.nombre)}
          inerte={!seVendeEn(a, alta.sucursalId)}
          alCambiar={(si) => void acciones.mostrar([a], si)}
        />
      </td>
      <td className="r cat-estado">
        <EstadoDeArticulo fila={fila} />
      </td>
      <td className="cat-mas">
        <MenuDeFila articulo={a} acciones={acciones} abrir={() => abrir(a)} />
      </td>
    </tr>
  )
}

function SinDato() {
  return (
    <>
      <span aria-hidden="true">–</span>
      <span className="vh">{t.sinDato}</span>
    </>
  )
}
