import { Link } from '@tanstack/react-router'
import { ChevronDown, ChevronRight } from 'lucide-react'
import { Fragment } from 'react'
import type { EquipoDePlataforma, Filtro, NegocioDePlataforma } from '../../../../schema/protocol/plataforma.ts'
import { cuantosEsperan, porSucursal } from '../equipo.ts'
import { NoRespondio } from '../estados.tsx'
import { COLUMNAS, FilaDeEquipo, PorEnviar } from '../fila-de-equipo.tsx'
import { edad, numero } from '../palabras.ts'
import { t as comun } from '../textos.ts'
import { useLista } from '../use-lista.ts'
import { EnlaceANegocio, FilaDeSucursal } from './arbol.tsx'
import { t } from './textos.ts'

interface Props {
  negocio: NegocioDePlataforma
  ahora: number
  /** Largest count of the tree. */
  mayor: number
  abierta: boolean
  alTocar: () => void
  filtro: Filtro
  buscar: string
  /** Another one when the tenant changed: its devices are read again. */
  senal: number
  enVivo: boolean
}

/** A tenant and, when it is open, its devices: those are read only then. */
export function RamaDeNegocio(props: Props) {
  const { negocio: n, ahora, mayor, abierta, alTocar } = props
  const Flecha = abierta ? ChevronDown : ChevronRight
  const pendientes = cuantosEsperan(n.pendientes, n.enLinea < n.equipos)
  return (
    <tbody data-negocio={n.negocioId}>
      <tr className="rt">
        <th scope="rowgroup">
          <button type="button" className="cellm" aria-expanded={abierta} onClick={alTocar}>
            <Flecha className="i s" aria-hidden="true" />
            <b className="tr">{n.nombre}</b>
            <span className="mut sm nw hide-s">
              {t.sucursales(n.sucursales)}, {t.nEquipos(n.equipos)}
            </span>
          </button>
        </th>
        <td className="num b" data-l={comun.porEnviar}>
          <PorEnviar texto={pendientes} cuantos={n.pendientes} mayor={mayor} />
        </td>
        <td className="num b nw" data-l={comun.masViejo}>
          {n.masAntiguoAt === null ? '' : edad(ahora - n.masAntiguoAt)}
        </td>
        {/* One for each column that only devices have: those that a narrow screen hides are hidden here too. */}
        <td />
        <td />
        <td />
        <td />
        <td />
        <td className="es sm">
          {n.conAtencion > 0 && !abierta && <span className="warn b panel-separado">{t.porAtender(n.conAtencion)}</span>}
          <EnlaceANegocio id={n.negocioId} nombre={n.nombre} />
        </td>
      </tr>
      {abierta && <Equipos {...props} />}
    </tbody>
  )
}

const idDe = (e: EquipoDePlataforma) => e.id

function Equipos({ negocio: n, ahora, mayor, filtro, buscar, senal, enVivo }: Props) {
  const filtros = { negocioId: n.negocioId, filtro: filtro === 'todos' ? null : filtro, buscar }
  const lista = useLista<EquipoDePlataforma>('/api/admin/dispositivos', filtros, { idDe, senal, enVivo })
  if (lista.valor === null)
    return (
      <tr className="rs">
        <td colSpan={COLUMNAS}>
          {lista.falla ? <NoRespondio codigo={lista.falla} alReintentar={lista.releer} /> : <span className="sk panel-hueso" />}
        </td>
      </tr>
    )
  return (
    <>
      {porSucursal(lista.filas).map(({ sucursal, equipos }) => (
        <Fragment key={sucursal}>
          <FilaDeSucursal nombre={sucursal} columnas={COLUMNAS} />
          {equipos.map((equipo) => (
            <FilaDeEquipo key={equipo.id} {...{ equipo, ahora, mayor }} />
          ))}
        </Fragment>
      ))}
      {lista.siguiente && (
        <tr className="rs">
          <td colSpan={COLUMNAS}>
            <Link to="/admin/dispositivos" search={{ negocio: n.negocioId }}>
              {t.verTodos(numero(lista.total))}
            </Link>
          </td>
        </tr>
      )}
    </>
  )
}
