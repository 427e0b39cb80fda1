import { useWindowVirtualizer } from '@tanstack/react-virtual'
import { Eye, EyeOff, Package, Receipt, Star, Wrench } from 'lucide-react'
import { useEffect, useRef } from 'react'
import { seVendeEn } from '../../../../schema/domain/articulos/articulo.ts'
import type { FilaDeCatalogo } from '../../../../workers/replica/api.ts'
import { EstadoDeArticulo } from '../../../domain/articulos/estado.tsx'
import { Foto } from '../../../domain/articulos/foto.tsx'
import { t as ta } from '../../../domain/articulos/textos.ts'
import { pesos } from '../../../lib/formato.ts'
import { useStudio } from '../../../replica/studio.ts'
import { useAncho } from '../../../ui/use-ancho.ts'
import { type DeLista, focoDe, useTeclado } from './lista.ts'
import { MenuDeFila } from './menu-de-fila.tsx'
import { t } from './textos.ts'

/** A row of cards with the air under it, px; each is measured once drawn. */
const ALTO = 242

/** CAT-10. The same rows as cards, by rows of as many as fit. */
export function Tarjetas(props: DeLista) {
  const { ventana } = props
  const dos = useAncho('(max-width: 1000px)')
  const columnas = dos ? 2 : 4
  const rejilla = useRef<HTMLDivElement>(null)
  const total = ventana.catalogo?.total ?? 0
  const virtual = useWindowVirtualizer({
    count: Math.ceil(total / columnas),
    estimateSize: () => ALTO,
    overscan: 3,
    scrollMargin: rejilla.current?.offsetTop ?? 0,
  })
  const hileras = virtual.getVirtualItems()
  const primera = (hileras[0]?.index ?? 0) * columnas
  const { mirar } = ventana
  useEffect(() => mirar(primera), [mirar, primera])
  useTeclado(props, total, columnas, (i) => virtual.scrollToIndex(Math.floor(i / columnas), { align: 'auto' }))
  return (
    <div className="cat-tarjetas" ref={rejilla}>
      <ul style={{ height: virtual.getTotalSize() }}>
        {hileras.map((hilera) => (
          <li
            key={hilera.key}
            ref={virtual.measureElement}
            data-index={hilera.index}
            className="cat-hilera"
            style={{ transform: `translateY(${hilera.start - virtual.options.scrollMargin}px)` }}
          >
            {Array.from({ length: columnas }, (_, c) => {
              const i = hilera.index * columnas + c
              const fila = ventana.fila(i)
              return fila ? <Tarjeta key={fila.articulo.id} i={i} fila={fila} {...props} /> : <div key={i} aria-hidden="true" />
            })}
          </li>
        ))}
      </ul>
    </div>
  )
}

function Tarjeta({ i, fila, metricas, seleccion, acciones, abrir }: DeLista & { i: number; fila: FilaDeCatalogo }) {
  const { replica, negocio, alta } = useStudio()
  const { articulo: a } = fila
  const ajeno = !seVendeEn(a, alta.sucursalId)
  const suyas = metricas?.de.get(a.id)
  const Tipo = a.tipo === 'producto' ? Package : Wrench
  return (
    <article className="ac" data-indice={i} data-elegida={seleccion.ids.has(a.id)} aria-label={a.nombre} data-articulo={a.id}>
      <Foto replica={replica} negocioId={negocio.negocioId} hash={a.imagenes?.[0]} clase="ph" />
      <span className="tag out tp">
        <Tipo className="i" aria-hidden="true" />
        {ta[a.tipo]}
      </span>
      <input
        className="ck ck--fila"
        type="checkbox"
        aria-label={t.elegir(a.nombre)}
        checked={seleccion.ids.has(a.id)}
        onChange={() => seleccion.alternar(a.id)}
      />
      <div className="acb">
        <button type="button" className="b tr cat-nombre" onClick={() => abrir(a)} {...focoDe(i)}>
          {a.nombre}
        </button>
        <div className="row">
          <span className="b n">
            {a.desde && <span className="cat-desde">{t.desde} </span>}
            {pesos(a.precioCentavos)}
          </span>
          <span className="sp" />
          {suyas && (
            <span className="mut sm n nw cat-cuantos">
              <Eye className="i s" aria-hidden="true" />
              <span className="vh">{t.vistas}</span> {suyas.vistas.toLocaleString('es-MX')}
              <Receipt className="i s" aria-hidden="true" />
              <span className="vh">{t.ventas30}</span> {suyas.ventas.toLocaleString('es-MX')}
            </span>
          )}
        </div>
        <div className="row g4 aca">
          <span className="sp">
            <EstadoDeArticulo fila={fila} />
          </span>
          <button
            type="button"
            className="btn s ic g"
            aria-pressed={a.destacado}
            aria-label={`${t.destacado}: ${a.nombre}`}
            disabled={ajeno}
            onClick={() => void acciones.destacar([a], !a.destacado)}
          >
            <Star className={`i ${a.destacado ? 'f' : ''}`} aria-hidden="true" />
          </button>
          <button
            type="button"
            className="btn s ic g"
            aria-pressed={a.visible}
            aria-label={t.verVisible(a.nombre)}
            disabled={ajeno}
            onClick={() => void acciones.mostrar([a], !a.visible)}
          >
            {a.visible ? <Eye className="i" aria-hidden="true" /> : <EyeOff className="i" aria-hidden="true" />}
          </button>
          <MenuDeFila articulo={a} acciones={acciones} abrir={() => abrir(a)} />
        </div>
      </div>
    </article>
  )
}
