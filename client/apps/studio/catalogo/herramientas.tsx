import { LayoutGrid, SlidersHorizontal, Table2 } from 'lucide-react'
import { type ReactNode, useEffect, useId, useRef, useState } from 'react'
import type { Catalogo } from '../../../../workers/replica/api.ts'
import { t as ta } from '../../../domain/articulos/textos.ts'
import { Busqueda } from '../../../ui/escritorio/busqueda.tsx'
import { cuantosFiltros, type Filtros, SIN_FILTROS } from './consulta.ts'
import { t } from './textos.ts'

export type Vista = 'tabla' | 'tarjetas'
interface Props {
  filtros: Filtros
  alFiltrar: (filtros: Filtros) => void
  catalogo: Catalogo | null
  vista: Vista
  alVer: (vista: Vista) => void
}

/** CAT-01, 07. Category tabs with their counts, the search as one types, what is rarer behind a button, table or cards. */
export function Herramientas({ filtros, alFiltrar, catalogo, vista, alVer }: Props) {
  const poner = (mas: Partial<Filtros>) => alFiltrar({ ...filtros, ...mas })
  return (
    <div className="row g12 cat-herramientas">
      <Categorias elegida={filtros.categoria} catalogo={catalogo} alElegir={(categoria) => poner({ categoria })} />
      <Busqueda etiqueta={t.buscar} valor={filtros.texto} alCambiar={(texto) => poner({ texto })} clase="cat-buscar" />
      <MasFiltros filtros={filtros} poner={poner} />
      <fieldset className="seg cat-vista" aria-label={t.vista}>
        <button type="button" aria-pressed={vista === 'tabla'} aria-label={t.tabla} title={t.tabla} onClick={() => alVer('tabla')}>
          <Table2 className="i" aria-hidden="true" />
        </button>
        <button
          type="button"
          aria-pressed={vista === 'tarjetas'}
          aria-label={t.tarjetas}
          title={t.tarjetas}
          onClick={() => alVer('tarjetas')}
        >
          <LayoutGrid className="i" aria-hidden="true" />
        </button>
      </fieldset>
    </div>
  )
}

function Categorias({
  elegida,
  catalogo,
  alElegir,
}: {
  elegida: string | null
  catalogo: Catalogo | null
  alElegir: (categoria: string | null) => void
}) {
  const suma = (catalogo?.categorias ?? []).reduce((n, c) => n + c.cuantos, 0)
  const todas = [{ nombre: null, texto: t.todas, cuantos: suma }, ...(catalogo?.categorias ?? []).map((c) => ({ ...c, texto: c.nombre }))]
  return (
    <fieldset className="tabs sp" aria-label={t.categorias}>
      {todas.map(({ nombre, texto, cuantos }) => (
        <button key={nombre ?? ''} type="button" aria-pressed={nombre === elegida} onClick={() => alElegir(nombre)}>
          {texto} <span className="n">{cuantos.toLocaleString('es-MX')}</span>
        </button>
      ))}
    </fieldset>
  )
}

function MasFiltros({ filtros, poner }: { filtros: Filtros; poner: (mas: Partial<Filtros>) => void }) {
  const id = useId()
  const caja = useRef<HTMLDivElement>(null)
  const boton = useRef<HTMLButtonElement>(null)
  const [abierto, setAbierto] = useState(false)
  const cuantos = cuantosFiltros(filtros)
  useEffect(() => {
    const [b, c] = [boton.current, caja.current]
    if (!abierto || !b || !c) return
    const { bottom, right } = b.getBoundingClientRect()
    c.style.top = `${Math.min(bottom + 4, Math.max(8, innerHeight - c.offsetHeight - 8))}px`
    c.style.left = `${Math.max(8, Math.min(right, innerWidth - 8) - c.offsetWidth)}px`
  }, [abierto])
  return (
    <>
      <button ref={boton} type="button" className="btn" popoverTarget={id} aria-expanded={abierto}>
        <SlidersHorizontal className="i" aria-hidden="true" />
        {cuantos > 0 ? t.conFiltros(cuantos) : t.filtros}
      </button>
      <div
        ref={caja}
        id={id}
        popover="auto"
        className="desplegable cat-filtros"
        role="dialog"
        aria-label={t.filtros}
        onToggle={(evento) => setAbierto(evento.newState === 'open')}
      >
        <Opcion rotulo={t.tipo} valor={filtros.tipo ?? ''} alCambiar={(v) => poner({ tipo: (v || null) as Filtros['tipo'] })}>
          <option value="">{t.cualquiera}</option>
          <option value="producto">{t.productos}</option>
          <option value="servicio">{t.servicios}</option>
        </Opcion>
        <Opcion
          rotulo={t.visibilidad}
          valor={filtros.visible === null ? '' : String(filtros.visible)}
          alCambiar={(v) => poner({ visible: v === '' ? null : v === 'true' })}
        >
          <option value="">{t.cualquiera}</option>
          <option value="true">{t.visibles}</option>
          <option value="false">{t.ocultos}</option>
        </Opcion>
        <Opcion rotulo={t.estado} valor={filtros.estado ?? ''} alCambiar={(v) => poner({ estado: (v || null) as Filtros['estado'] })}>
          <option value="">{t.cualquiera}</option>
          <option value="en_este_equipo">{ta.enEsteEquipo}</option>
          <option value="recibido">{ta.recibido}</option>
          <option value="conflicto">{ta.conflicto}</option>
          <option value="rechazado">{ta.rechazado}</option>
        </Opcion>
        <Opcion rotulo={t.orden} valor={filtros.orden} alCambiar={(v) => poner({ orden: v as Filtros['orden'] })}>
          <option value="nombre">{t.porNombre}</option>
          <option value="precio">{t.porPrecio}</option>
          <option value="categoria">{t.porCategoria}</option>
          <option value="cambio">{t.porCambio}</option>
        </Opcion>
        <Opcion rotulo={t.orden} valor={filtros.dir} alCambiar={(v) => poner({ dir: v as Filtros['dir'] })} oculto>
          <option value="asc">{t.ascendente}</option>
          <option value="desc">{t.descendente}</option>
        </Opcion>
        <div className="row">
          <button
            type="button"
            className="btn g"
            onClick={() => poner({ ...SIN_FILTROS, texto: filtros.texto, categoria: filtros.categoria })}
          >
            {t.quitarFiltros}
          </button>
          <span className="sp" />
          <button type="button" className="btn p" onClick={() => caja.current?.hidePopover()}>
            {t.listo}
          </button>
        </div>
      </div>
    </>
  )
}

function Opcion({
  rotulo,
  valor,
  alCambiar,
  oculto = false,
  children,
}: {
  rotulo: string
  valor: string
  alCambiar: (valor: string) => void
  /** The label is for screen readers only. */
  oculto?: boolean
  children: ReactNode
}) {
  const id = useId()
  return (
    <div className="field">
      <label htmlFor={id} className={oculto ? 'vh' : ''}>
        {rotulo}
      </label>
      <span className="in">
        <select id={id} value={valor} onChange={(evento) => alCambiar(evento.target.value)}>
          {children}
        </select>
      </span>
    </div>
  )
}
