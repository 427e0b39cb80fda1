/** `/admin/negocios`: every tenant, a page at a time (ADM-52, as far as sync goes). */
import { Link } from '@tanstack/react-router'
import { Building2, CircleCheck, ListFilter, SearchX, TriangleAlert } from 'lucide-react'
import type { NegocioDePlataforma } from '../../../../schema/protocol/plataforma.ts'
import { negociosEnVivo } from '../../../domain/plataforma/formas.ts'
import { Huesos, Vacio } from '../../../ui/escritorio/estados.tsx'
import { Etiqueta } from '../../../ui/escritorio/etiqueta.tsx'
import { useBusqueda } from '../busqueda.ts'
import { useAhora } from '../contexto.ts'
import { BotonDePausa } from '../en-vivo.tsx'
import { cuantosEsperan } from '../equipo.ts'
import { DatosViejos, NoRespondio } from '../estados.tsx'
import { Nada } from '../fila-de-equipo.tsx'
import { FiltrosDeEquipos } from '../filtros-de-equipos.tsx'
import { contacto, edad, numero } from '../palabras.ts'
import { CambiosDeOrden, PieDeLista } from '../pie-de-lista.tsx'
import { t as comun } from '../textos.ts'
import { type Lista, useLista } from '../use-lista.ts'
import { useVivo } from '../use-vivo.ts'
import { t } from './textos.ts'
import './negocios.css'

const idDe = (n: NegocioDePlataforma) => n.negocioId
const EN_VIVO = negociosEnVivo({ desdeAhora: true })

export function NegociosPantalla() {
  const [{ filtro = 'todos', buscar = '' }, cambiar] = useBusqueda()
  const vivo = useVivo(EN_VIVO)
  const lista = useLista<NegocioDePlataforma>('/api/admin/negocios', { filtro: filtro === 'todos' ? null : filtro, buscar }, { idDe, vivo })
  return (
    <>
      <div className="phead">
        <div className="t">
          <h1>{comun.negocios}</h1>
          <p className="n">{lista.valor && !buscar && filtro === 'todos' ? t.cuantos(numero(lista.total)) : <>&nbsp;</>}</p>
        </div>
        <BotonDePausa />
      </div>
      <section className="card tw" aria-label={comun.negocios}>
        <div className="panel-filtros">
          <FiltrosDeEquipos cuentas={lista.valor?.cuentas ?? null} />
          <CambiosDeOrden lista={lista} />
        </div>
        {lista.valor === null ? (
          lista.falla ? (
            <NoRespondio codigo={lista.falla} alReintentar={lista.releer} />
          ) : (
            <Huesos filas={8} />
          )
        ) : lista.filas.length > 0 ? (
          <Tabla lista={lista} />
        ) : buscar || filtro !== 'todos' ? (
          <Vacio icono={SearchX} titulo={t.ningunoCoincide}>
            <button type="button" className="btn" onClick={() => cambiar({ buscar: undefined, filtro: undefined })}>
              <ListFilter className="i" aria-hidden="true" />
              {comun.quitarFiltros}
            </button>
          </Vacio>
        ) : (
          <Vacio icono={Building2} titulo={t.ninguno} texto={t.ningunoTexto} />
        )}
      </section>
    </>
  )
}

function Tabla({ lista }: { lista: Lista<NegocioDePlataforma> }) {
  const ahora = useAhora()
  return (
    <>
      {lista.falla && lista.leidoAt !== null && <DatosViejos at={lista.leidoAt} />}
      <table className="t cards neg-tabla" aria-busy={lista.leyendo}>
        <thead>
          <tr>
            <th scope="col">{t.negocio}</th>
            <th scope="col">{t.estado}</th>
            <th scope="col" className="num">
              {t.sucursales}
            </th>
            <th scope="col" className="num">
              {t.equipos}
            </th>
            <th scope="col" className="num">
              {t.porEnviar}
            </th>
            <th scope="col" className="num">
              {t.masViejo}
            </th>
            <th scope="col" className="num">
              {t.recibidos}
            </th>
            <th scope="col" className="num">
              {t.ultimo}
            </th>
          </tr>
        </thead>
        <tbody>
          {lista.filas.map((negocio) => (
            <Renglon key={negocio.negocioId} negocio={negocio} ahora={ahora} />
          ))}
        </tbody>
      </table>
      <PieDeLista lista={lista} />
    </>
  )
}

function Renglon({ negocio: n, ahora }: { negocio: NegocioDePlataforma; ahora: number }) {
  return (
    <tr>
      <td>
        <Link className="cellm neg-nombre" to="/admin/negocios/$id" params={{ id: n.negocioId }}>
          <span className="av" aria-hidden="true">
            {inicialesDe(n.nombre)}
          </span>
          <span className="col">
            <b>{n.nombre}</b>
            <span className="sub n">{t.numero(n.numero)}</span>
          </span>
        </Link>
      </td>
      <td className="r">
        <EstadoDeNegocio negocio={n} />
      </td>
      <td className="num no">{numero(n.sucursales)}</td>
      <td className="num" data-l={t.equipos}>
        {n.enLinea}/{numero(n.equipos)}
      </td>
      <td className="num r" data-l={t.porEnviar}>
        <PendientesDeNegocio negocio={n} />
      </td>
      <td className="num nw" data-l={t.masViejo}>
        {n.masAntiguoAt === null ? <Nada dicho={n.enLinea >= n.equipos} /> : edad(ahora - n.masAntiguoAt)}
      </td>
      <td className="num no">{numero(n.recibidos)}</td>
      <td className="num nw r" data-l={comun.contacto}>
        {n.ultimoContactoAt === null ? <span className="mut">{comun.nunca}</span> : contacto(n.ultimoContactoAt, ahora)}
      </td>
    </tr>
  )
}

export function EstadoDeNegocio({ negocio: n }: { negocio: NegocioDePlataforma }) {
  if (n.conAtencion === 0)
    return (
      <span className="ok sm nw">
        <CircleCheck className="i s" aria-hidden="true" /> {t.todoBien}
      </span>
    )
  return (
    <Etiqueta tono="warn" icono={TriangleAlert}>
      {t.porAtender(n.conAtencion)}
    </Etiqueta>
  )
}

/** At least this, while one of its devices is out of contact. */
export function PendientesDeNegocio({ negocio: n }: { negocio: NegocioDePlataforma }) {
  return <span className={n.pendientes === 0 ? 'mut' : 'warn b'}>{cuantosEsperan(n.pendientes, n.enLinea < n.equipos)}</span>
}

export const inicialesDe = (nombre: string): string =>
  nombre
    .split(/\s+/)
    .slice(0, 2)
    .map((palabra) => palabra.charAt(0))
    .join('')
    .toUpperCase()
