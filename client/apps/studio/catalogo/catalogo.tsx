import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { Download, Package, Plus, SearchX, Upload } from 'lucide-react'
import { useState } from 'react'
import type { ArticuloDoc } from '../../../../schema/protocol/documentos.ts'
import { useMetricas } from '../../../domain/articulos/metricas.ts'
import { fechaYHora } from '../../../lib/formato.ts'
import { useStudio, useStudioVivo } from '../../../replica/studio.ts'
import { Huesos, Vacio } from '../../../ui/escritorio/estados.tsx'
import { useTeclas } from '../../../ui/escritorio/tecla.ts'
import { bajarCatalogo } from '../importar/exportar.tsx'
import { recordado, recordar } from '../marco/recordado.ts'
import { useAcciones } from './acciones.ts'
import { Barra } from './barra.tsx'
import { cuantosFiltros, type Filtros, SIN_FILTROS, todasLasFilas, useVentana } from './consulta.ts'
import { Herramientas, type Vista } from './herramientas.tsx'
import { HojaDeArticulo } from './hoja/hoja-de-articulo.tsx'
import { useSeleccion } from './seleccion.ts'
import { Tabla } from './tabla.tsx'
import { Tarjetas } from './tarjetas.tsx'
import { t } from './textos.ts'
import './catalogo.css'

const VISTA = 'vista-de-catalogo'

/** CAT-01..10. The catálogo as this device has it: search, filters, edits of one and of many, all of it with no network. */
export function Catalogo() {
  const { replica, sucursalId, pedir, negocio } = useStudio()
  const { zona } = useStudioVivo()
  const [filtros, setFiltros] = useState<Filtros>(SIN_FILTROS)
  const [vista, setVista] = useState<Vista>(() => (recordado(VISTA) === 'tarjetas' ? 'tarjetas' : 'tabla'))
  const ventana = useVentana(replica, filtros, sucursalId)
  const metricas = useMetricas(pedir, negocio.negocioId)
  const seleccion = useSeleccion()
  const acciones = useAcciones()
  const { abierto, abrir, cerrar } = useAbierto()
  const { catalogo } = ventana
  const filtrado = filtros.texto !== '' || filtros.categoria !== null || cuantosFiltros(filtros) > 0
  useTeclas({
    n: () => abrir('nuevo'),
    Escape: () => {
      if (seleccion.ids.size === 0) return false
      seleccion.vaciar()
    },
  })
  const elegirTodos = async (si: boolean) => {
    if (!si || !catalogo) return seleccion.vaciar()
    seleccion.poner((await todasLasFilas(replica, filtros, sucursalId, catalogo.total)).map((f) => f.articulo.id))
  }
  const deLista = {
    ventana,
    metricas,
    seleccion,
    abrir: (a: ArticuloDoc) => abrir(a.id),
    alElegirTodos: (si: boolean) => void elegirTodos(si),
    acciones,
  }
  return (
    <>
      <div className="phead">
        <div className="t">
          <h1>{t.titulo}</h1>
          <p>{catalogo ? t.resumen(catalogo.todos, catalogo.visibles) : t.leyendo}</p>
        </div>
        <Link className="btn" to="/business-studio/$seccion" params={{ seccion: 'importar' }}>
          <Upload className="i" aria-hidden="true" />
          {t.importar}
        </Link>
        <button type="button" className="btn" onClick={() => void bajarCatalogo(replica, { ...filtros, sucursalId })}>
          <Download className="i" aria-hidden="true" />
          {t.exportar}
        </button>
        <button type="button" className="btn p" onClick={() => abrir('nuevo')}>
          <Plus className="i" aria-hidden="true" />
          {t.nuevo}
        </button>
      </div>
      <Herramientas
        filtros={filtros}
        alFiltrar={setFiltros}
        catalogo={catalogo}
        vista={vista}
        alVer={(cual) => {
          recordar(VISTA, cual)
          setVista(cual)
        }}
      />
      <section className="card tw cat-lista" aria-label={t.titulo} aria-busy={!catalogo}>
        {!catalogo && <Huesos filas={8} texto={t.leyendo} />}
        {catalogo?.total === 0 &&
          (filtrado ? (
            <Vacio icono={SearchX} titulo={t.nada} texto={t.nadaTexto}>
              <button type="button" className="btn" onClick={() => setFiltros(SIN_FILTROS)}>
                {t.quitarFiltros}
              </button>
            </Vacio>
          ) : (
            <Vacio icono={Package} titulo={t.vacio} texto={t.vacioTexto}>
              <button type="button" className="btn p" onClick={() => abrir('nuevo')}>
                <Plus className="i" aria-hidden="true" />
                {t.nuevo}
              </button>
            </Vacio>
          ))}
        {catalogo && catalogo.total > 0 && (vista === 'tabla' ? <Tabla {...deLista} /> : <Tarjetas {...deLista} />)}
        {catalogo && catalogo.total > 0 && (
          <p className="tfoot">
            <span className="sp">{metricas && t.metricasDe(fechaYHora(metricas.leidoAt, zona))}</span>
            <span className="hide-s">{t.atajos}</span>
          </p>
        )}
      </section>
      {seleccion.ids.size > 0 && <Barra seleccion={seleccion} acciones={acciones} categorias={catalogo?.categorias ?? []} />}
      {abierto !== null && (
        <HojaDeArticulo
          key={abierto}
          id={abierto}
          categorias={(catalogo?.categorias ?? []).map((c) => c.nombre)}
          acciones={acciones}
          alCerrar={cerrar}
        />
      )}
    </>
  )
}

/** Which sheet is open is in the address: it can be linked to, and the back button closes it. */
function useAbierto() {
  const { articulo } = useSearch({ strict: false }) as { articulo?: string }
  const navegar = useNavigate()
  const ir = (cual: string | undefined) =>
    void navegar({
      to: '/business-studio/$seccion',
      params: { seccion: 'catalogo' },
      search: cual === undefined ? {} : { articulo: cual },
      resetScroll: false,
    })
  return { abierto: articulo ?? null, abrir: ir, cerrar: () => ir(undefined) }
}
