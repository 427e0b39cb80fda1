/** `/admin/negocios/:id`: one tenant, its sucursales and the devices in them. */
import { Link } from '@tanstack/react-router'
import { ChevronRight, GitMerge, TabletSmartphone } from 'lucide-react'
import { Fragment, useMemo } from 'react'
import type { EquipoDePlataforma, NegocioDePlataforma } from '../../../../schema/protocol/plataforma.ts'
import { dispositivosEnVivo } from '../../../domain/plataforma/formas.ts'
import { Vacio } from '../../../ui/escritorio/estados.tsx'
import { useAhora } from '../contexto.ts'
import { BotonDePausa } from '../en-vivo.tsx'
import { porSucursal } from '../equipo.ts'
import { Leido } from '../estados.tsx'
import { CabezasDeEquipo, COLUMNAS, FilaDeEquipo, Nada } from '../fila-de-equipo.tsx'
import { edad, numero } from '../palabras.ts'
import { CambiosDeOrden, PieDeLista } from '../pie-de-lista.tsx'
import { FilaDeSucursal } from '../servidor/arbol.tsx'
import { t as comun } from '../textos.ts'
import { type Lista, useLista } from '../use-lista.ts'
import { useVivo } from '../use-vivo.ts'
import { EstadoDeNegocio, PendientesDeNegocio } from './negocios.tsx'
import { t } from './textos.ts'
import './negocios.css'

const idDe = (e: EquipoDePlataforma) => e.id
const idDeNegocio = (n: NegocioDePlataforma) => n.negocioId

export function NegocioPantalla({ id }: { id: string }) {
  const forma = useMemo(() => dispositivosEnVivo({ desdeAhora: true, negocio: id }), [id])
  const vivo = useVivo(forma)
  const equipos = useLista<EquipoDePlataforma>('/api/admin/dispositivos', { negocioId: id }, { idDe, vivo })
  const negocios = useLista<NegocioDePlataforma>('/api/admin/negocios', { negocioId: id }, { idDe: idDeNegocio, senal: vivo.senal })
  return (
    <>
      <nav className="row sm disp-migas" aria-label={comun.ruta}>
        <Link to="/admin/negocios">{comun.negocios}</Link>
        <ChevronRight className="i s" aria-hidden="true" />
        <span className="mut">{negocios.filas[0]?.nombre ?? equipos.filas[0]?.negocio ?? '…'}</span>
      </nav>
      <Leido de={negocios} filas={2}>
        {() => negocios.filas[0] && <Cabeza negocio={negocios.filas[0]} />}
      </Leido>
      <section className="card tw" aria-label={comun.equipos}>
        <Leido de={equipos} filas={6} sinFecha>
          {() =>
            equipos.filas.length === 0 ? (
              <Vacio icono={TabletSmartphone} titulo={t.sinEquipos} texto={t.sinEquiposTexto} />
            ) : (
              <Equipos lista={equipos} />
            )
          }
        </Leido>
      </section>
    </>
  )
}

function Cabeza({ negocio: n }: { negocio: NegocioDePlataforma }) {
  const ahora = useAhora()
  return (
    <>
      <div className="phead">
        <div className="t">
          <div className="row g12 wrap">
            <h1>{n.nombre}</h1>
            <EstadoDeNegocio negocio={n} />
          </div>
          <p className="n">{t.descripcion(n.sucursales, n.equipos, n.enLinea)}</p>
        </div>
        <Link className="btn" to="/admin/conflictos" search={{ negocio: n.negocioId }}>
          <GitMerge className="i" aria-hidden="true" />
          {t.verConflictos}
        </Link>
        <BotonDePausa />
      </div>
      <section className="card strip neg-cifras" aria-label={n.nombre}>
        <div>
          <span className="lb">{t.enLinea}</span>
          <span className="v">
            {numero(n.enLinea)} <small>/ {numero(n.equipos)}</small>
          </span>
        </div>
        <div>
          <span className="lb">{t.porEnviar}</span>
          <span className="v">
            <PendientesDeNegocio negocio={n} />
          </span>
        </div>
        <div>
          <span className="lb">{t.masViejo}</span>
          <span className="v">{n.masAntiguoAt === null ? <Nada dicho={n.enLinea >= n.equipos} /> : edad(ahora - n.masAntiguoAt)}</span>
        </div>
        <div>
          <span className="lb">{t.recibidos}</span>
          <span className="v">{numero(n.recibidos)}</span>
        </div>
      </section>
    </>
  )
}

function Equipos({ lista }: { lista: Lista<EquipoDePlataforma> }) {
  const ahora = useAhora()
  const mayor = Math.max(1, ...lista.filas.map((e) => e.pendientes ?? 0))
  return (
    <>
      <CambiosDeOrden lista={lista} />
      <table className="t tree" aria-busy={lista.leyendo}>
        <CabezasDeEquipo />
        <tbody>
          {porSucursal(lista.filas).map(({ sucursal, equipos }) => (
            <Fragment key={sucursal}>
              <FilaDeSucursal nombre={sucursal} columnas={COLUMNAS} />
              {equipos.map((equipo) => (
                <FilaDeEquipo key={equipo.id} {...{ equipo, ahora, mayor }} />
              ))}
            </Fragment>
          ))}
        </tbody>
      </table>
      <PieDeLista lista={lista} />
    </>
  )
}
