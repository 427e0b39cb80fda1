/** Tenants, their sucursales, their devices: those with the oldest pending hecho first. Rows stay in place while they change. */
import { Link } from '@tanstack/react-router'
import { CircleCheck, ListFilter, SearchX, Store, TabletSmartphone } from 'lucide-react'
import { useState } from 'react'
import type { Filtro, NegocioDePlataforma, ResumenDePlataforma } from '../../../../schema/protocol/plataforma.ts'
import { Huesos, Vacio } from '../../../ui/escritorio/estados.tsx'
import { useBusqueda } from '../busqueda.ts'
import { useAhora } from '../contexto.ts'
import { DatosViejos, NoRespondio } from '../estados.tsx'
import { CabezasDeEquipo } from '../fila-de-equipo.tsx'
import { FiltrosDeEquipos } from '../filtros-de-equipos.tsx'
import { CambiosDeOrden, PieDeLista } from '../pie-de-lista.tsx'
import { t as comun } from '../textos.ts'
import { type Lista, useLista } from '../use-lista.ts'
import type { Vivo } from '../use-vivo.ts'
import { RamaDeNegocio } from './rama.tsx'
import { t } from './textos.ts'

/** Opened by themselves at the top of the first page: those that a person looks for first. */
const ABIERTAS = 3

const idDe = (n: NegocioDePlataforma) => n.negocioId

type EnVivo = Vivo<NegocioDePlataforma>

export function Arbol({ resumen: r, vivo }: { resumen: ResumenDePlataforma | null; vivo: EnVivo }) {
  const [{ filtro = 'todos', buscar = '' }] = useBusqueda()
  const lista = useLista<NegocioDePlataforma>('/api/admin/negocios', { filtro: filtro === 'todos' ? null : filtro, buscar }, { idDe, vivo })
  return (
    <section className="card tw" aria-label={t.arbol}>
      <div className="panel-filtros">
        {/* Devices, as the strip counts them; of a search the server counts negocios, which is another thing. */}
        <FiltrosDeEquipos
          cuentas={r && !buscar ? { todos: r.equipos, atencion: r.conAtencion, sin_conexion: r.equipos - r.enLinea } : null}
        />
        <CambiosDeOrden lista={lista} />
        <span className="sm mut hide-s">{comun.segunElEquipo}</span>
      </div>
      <Tabla lista={lista} filtro={filtro} buscar={buscar} vivo={vivo} />
    </section>
  )
}

interface PropsDeTabla {
  filtro: Filtro
  buscar: string
  lista: Lista<NegocioDePlataforma>
  vivo: EnVivo
}

function Tabla({ lista, filtro, buscar, vivo }: PropsDeTabla) {
  const ahora = useAhora()
  const [tocadas, setTocadas] = useState<ReadonlyMap<string, boolean>>(new Map())
  if (lista.valor === null) return lista.falla ? <NoRespondio codigo={lista.falla} alReintentar={lista.releer} /> : <Huesos filas={5} />
  if (lista.filas.length === 0) return <NadaAqui filtro={filtro} buscar={buscar} />
  const mayor = Math.max(1, ...lista.filas.map((n) => n.pendientes))
  return (
    <>
      {lista.falla && lista.leidoAt !== null && <DatosViejos at={lista.leidoAt} />}
      <table className="t tree" aria-busy={lista.leyendo}>
        <CabezasDeEquipo />
        {lista.filas.map((negocio, i) => {
          const abierta = tocadas.get(negocio.negocioId) ?? (i < ABIERTAS && lista.desde === 1)
          return (
            <RamaDeNegocio
              key={negocio.negocioId}
              {...{ negocio, ahora, mayor, abierta, filtro, buscar }}
              senal={vivo.parches.get(negocio.negocioId)?.en ?? 0}
              enVivo={vivo.enVivo}
              alTocar={() => setTocadas(new Map(tocadas).set(negocio.negocioId, !abierta))}
            />
          )
        })}
      </table>
      <PieDeLista lista={lista} />
    </>
  )
}

/** Nothing to show is good news, a search that found nothing, or a platform without devices. */
export function NadaAqui({ filtro, buscar }: { filtro: Filtro; buscar: string }) {
  const [, cambiar] = useBusqueda()
  if (buscar)
    return (
      <Vacio icono={SearchX} titulo={comun.ningunoCoincide}>
        <button type="button" className="btn" onClick={() => cambiar({ buscar: undefined, filtro: undefined })}>
          <ListFilter className="i" aria-hidden="true" />
          {comun.quitarFiltros}
        </button>
      </Vacio>
    )
  if (filtro === 'atencion') return <Vacio icono={CircleCheck} titulo={comun.todoBien} texto={comun.todoBienTexto} />
  if (filtro === 'sin_conexion') return <Vacio icono={CircleCheck} titulo={comun.todosConectados} />
  return <Vacio icono={TabletSmartphone} titulo={comun.ningunEquipo} texto={comun.ningunEquipoTexto} />
}

/** The line of a sucursal between its devices. */
export function FilaDeSucursal({ nombre, columnas }: { nombre: string | null; columnas: number }) {
  return (
    <tr className="rs">
      <td colSpan={columnas}>
        <span className="cellm">
          <Store className="i" aria-hidden="true" />
          {nombre ?? comun.todasLasSucursales}
        </span>
      </td>
    </tr>
  )
}

export function EnlaceANegocio({ id, nombre }: { id: string; nombre: string }) {
  return (
    <Link to="/admin/negocios/$id" params={{ id }} aria-label={t.verNegocio(nombre)}>
      {t.ver}
    </Link>
  )
}
